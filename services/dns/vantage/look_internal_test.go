package vantage

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"strings"
	"syscall"
	"testing"

	"github.com/peerdeck/peerdeck/model/dns/vantage"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
)

// line writes a route as the kernel does.
func line(card, to, mask string, flags, metric int) string {
	n := func(s string) uint32 {
		b := netip.MustParseAddr(s).As4()
		return binary.NativeEndian.Uint32(b[:])
	}
	return fmt.Sprintf("%s\t%08X\t00000000\t%04X\t0\t0\t%d\t%08X\t0\t0\t0  \n", card, n(to), flags, metric, n(mask))
}

const head = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n"

const six = `fd00000a000000000000000000000000 30 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000001 00000000 00000001     eth0
00000000000000000000000000000000 00 00000000000000000000000000000000 00 fe800000000000000000000000000001 00000400 00000001 00000000 00000003     eth0
fe80000000000000000000000000000a 80 00000000000000000000000000000000 00 00000000000000000000000000000000 00000000 00000001 00000000 80200001     eth0
ff000000000000000000000000000000 08 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000001 00000000 00000001     eth0
00000000000000000000000000000000 00 00000000000000000000000000000000 00 00000000000000000000000000000000 ffffffff 00000001 00000000 00200200       lo
zz000000000000000000000000000000 00 x
`

func words(list []vantage.Route) string {
	var b strings.Builder
	for _, r := range list {
		fmt.Fprintf(&b, "%s %s %d %v; ", r.To, r.Card, r.Metric, r.Reject)
	}
	return b.String()
}

func TestRoutesAreRead(t *testing.T) {
	t.Parallel()
	four := head + line("eth0", "0.0.0.0", "0.0.0.0", 3, 100) + line("tun0", "10.1.0.0", "255.255.0.0", 3, 50) +
		line("eth1", "10.2.0.0", "255.255.0.0", 2, 0) + line("*", "10.3.0.0", "255.255.255.0", 0x201, 0) +
		line("eth0", "10.4.0.0", "255.0.255.0", 1, 0) + "eth0 zz\n\neth0 0 0 1 0 0 -1 0\n"
	if got, want := words(routes4([]byte(four))), "0.0.0.0/0 eth0 100 false; 10.1.0.0/16 tun0 50 false; 10.3.0.0/24  0 true; "; got != want {
		t.Errorf("%s", got)
	}
	if got, want := words(routes6([]byte(six))), "fd00:a::/48 eth0 256 false; ::/0 eth0 1024 false; ::/0 lo 4294967295 true; "; got != want {
		t.Errorf("%s", got)
	}
}

func FuzzRoutes(f *testing.F) {
	f.Add(head+line("eth0", "0.0.0.0", "0.0.0.0", 3, 100), six)
	f.Fuzz(func(t *testing.T, four, six string) {
		for _, r := range append(routes4([]byte(four)), routes6([]byte(six))...) {
			if !r.To.IsValid() || r.To != r.To.Masked() {
				t.Errorf("%+v", r)
			}
		}
	})
}

func machine(system, table string, ways map[string]string) *Machine {
	return &Machine{
		system: system,
		cards: func() ([]vantage.Interface, error) {
			return []vantage.Interface{{Name: safe.New("eth0"), Prefixes: []netip.Prefix{netip.MustParsePrefix("192.168.1.2/24")}}}, nil
		},
		file: func(path string) ([]byte, error) {
			if path == "/proc/net/route" && table != "" {
				return []byte(table), nil
			}
			return nil, os.ErrNotExist
		},
		way: func(_ context.Context, to netip.Addr) (netip.Addr, error) {
			switch from := ways[to.String()]; from {
			case "":
				return netip.Addr{}, &net.OpError{Op: "dial", Err: os.NewSyscallError("connect", syscall.ENETUNREACH)}
			case "?":
				return netip.Addr{}, errors.New("not allowed")
			default:
				return netip.MustParseAddr(from), nil
			}
		},
	}
}

func TestTheMachineIsLookedAt(t *testing.T) {
	t.Parallel()
	servers := addresses([]safe.Text{safe.New("10.1.0.4"), safe.New("::ffff:10.1.0.4"), safe.New("10.2.0.4"), safe.New("10.3.0.4"), safe.New("ns1")})
	ways := map[string]string{"10.1.0.4": "192.168.1.2", "10.2.0.4": "", "10.3.0.4": "?"}
	f := machine("linux", head+line("eth0", "0.0.0.0", "0.0.0.0", 3, 100), ways).Look(t.Context(), servers)
	if !f.Routes.IsKnown() || len(f.Ways) != 2 || f.Ways[servers[2]].None != "network is unreachable" {
		t.Errorf("%+v", f)
	}
	for i, want := range []vantage.Standing{vantage.Unproven, vantage.Unproven, vantage.None, vantage.Unproven} {
		if d := f.Decide(servers[i]); d.Standing != want {
			t.Errorf("%s: %+v", servers[i], d)
		}
	}
	for _, m := range []*Machine{machine("darwin", "x", ways), machine("linux", "", ways)} {
		if f := m.Look(t.Context(), servers); f.Routes.IsKnown() || f.Routes.Why() == "" || f.Decide(servers[0]).Standing != vantage.Unproven {
			t.Errorf("%+v", f)
		}
	}
}

func TestWhatTheSystemHidesIsNotKnown(t *testing.T) {
	t.Parallel()
	m := machine("linux", "", nil)
	m.cards = func() ([]vantage.Interface, error) { return nil, errors.New("forbidden\x1b") }
	f := m.Look(t.Context(), nil)
	if f.Interfaces.IsKnown() || !strings.HasSuffix(f.Interfaces.Why(), `forbidden\u{1b}`) {
		t.Errorf("%+v", f.Interfaces)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if f := m.Look(stopped, addresses([]safe.Text{safe.New("10.1.0.4")})); len(f.Ways) != 0 {
		t.Errorf("%+v", f.Ways)
	}
}

// The machine that the tests run on always has a loopback card, and a way to it.
func TestThisMachine(t *testing.T) {
	t.Parallel()
	loopback := netip.MustParseAddr("127.0.0.1")
	f := New().Look(t.Context(), []netip.Addr{loopback})
	list, known := f.Interfaces.Get()
	if !known || len(list) == 0 {
		t.Fatalf("%+v", f.Interfaces)
	}
	if w := f.Ways[loopback]; w.From != loopback || f.Decide(loopback).Standing != vantage.Proven {
		t.Errorf("%+v", f)
	}
	if got := f.DecideAll([]safe.Text{safe.New("127.0.0.1")}); got.Route() != dnsverdict.Know(true) {
		t.Errorf("%+v", got)
	}
}

// addresses are those among the servers of rows; what is none is left out.
func addresses(servers []safe.Text) []netip.Addr {
	var out []netip.Addr
	for _, s := range servers {
		if a, err := netip.ParseAddr(s.Raw()); err == nil {
			out = append(out, a.Unmap())
		}
	}
	return out
}
