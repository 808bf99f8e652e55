// Package vantage finds out what a machine can say about DNS servers: its network
// cards, its routes, and the way that the system would take to each server. It sends no
// packet and needs no rights. What it means is for model/dns/vantage to say.
package vantage

import (
	"context"
	"net"
	"net/netip"
	"os"
	"runtime"

	"github.com/peerdeck/peerdeck/model/dns/vantage"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
)

// maxServers bounds how many ways are looked up at once.
const maxServers = 4096

// Machine looks at the machine that peerdeck runs on. The zero value is not usable; see
// [New].
type Machine struct {
	system string // as runtime.GOOS has it
	// cards lists the network cards that are up.
	cards func() ([]vantage.Interface, error)
	// file reads one of the system's tables.
	file func(path string) ([]byte, error)
	// way returns the address that the system would send from.
	way func(ctx context.Context, to netip.Addr) (netip.Addr, error)
}

// New returns a view of this machine.
func New() *Machine {
	return &Machine{system: runtime.GOOS, cards: cards, file: os.ReadFile, way: way}
}

// Look finds out what this machine can say about servers, as far as the system tells.
// It is quick, and stops at the end of ctx with what it knows then.
func (m *Machine) Look(ctx context.Context, servers []netip.Addr) vantage.Facts {
	f := vantage.Facts{Kind: vantage.ThisMachine, Ways: map[netip.Addr]vantage.Way{}}
	if list, err := m.cards(); err == nil {
		f.Interfaces = dnsverdict.Know(list)
	} else {
		f.Interfaces = dnsverdict.NotKnown[[]vantage.Interface]("the system does not tell its network cards: " + safe.Clean(err.Error()))
	}
	f.Routes = m.routes()
	for i, s := range servers {
		if ctx.Err() != nil || i == maxServers {
			break
		}
		if s = s.Unmap(); !s.IsValid() {
			continue
		}
		if _, done := f.Ways[s]; done {
			continue
		}
		from, err := m.way(ctx, s)
		switch {
		case err == nil:
			f.Ways[s] = vantage.Way{From: from.Unmap()}
		case noWay(err):
			f.Ways[s] = vantage.Way{None: plain(err)}
		default: // the system does not tell
		}
	}
	return f
}

func (m *Machine) routes() dnsverdict.Known[[]vantage.Route] {
	if m.system != "linux" {
		return dnsverdict.NotKnown[[]vantage.Route]("this system does not show its routes without a program of its own")
	}
	four, err := m.file("/proc/net/route")
	if err != nil {
		return dnsverdict.NotKnown[[]vantage.Route]("the table of routes cannot be read")
	}
	list := routes4(four)
	if six, err := m.file("/proc/net/ipv6_route"); err == nil {
		list = append(list, routes6(six)...)
	}
	return dnsverdict.Know(list)
}

// cards lists the network cards of the machine that are up.
func cards() ([]vantage.Interface, error) {
	all, err := net.Interfaces()
	if err != nil {
		return nil, err
	}
	var out []vantage.Interface
	for _, i := range all {
		if i.Flags&net.FlagUp == 0 {
			continue
		}
		c := vantage.Interface{
			Name: safe.New(i.Name),
			Kind: vantage.CardOf(i.Name, i.Flags&net.FlagLoopback != 0, i.Flags&net.FlagPointToPoint != 0),
		}
		addresses, err := i.Addrs()
		if err != nil {
			continue // it went away just now
		}
		for _, a := range addresses {
			if n, ok := a.(*net.IPNet); ok {
				if p, ok := prefix(n); ok {
					c.Prefixes = append(c.Prefixes, p)
				}
			}
		}
		out = append(out, c)
	}
	return out, nil
}

func prefix(n *net.IPNet) (netip.Prefix, bool) {
	a, ok := netip.AddrFromSlice(n.IP)
	bits, size := n.Mask.Size()
	if !ok || size == 0 {
		return netip.Prefix{}, false
	}
	if a = a.Unmap(); a.Is4() && size == 128 {
		bits -= 96
	}
	p := netip.PrefixFrom(a, bits)
	return p, p.IsValid()
}
