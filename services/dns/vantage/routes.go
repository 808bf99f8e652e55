package vantage

import (
	"encoding/binary"
	"encoding/hex"
	"math/bits"
	"net/netip"
	"strconv"
	"strings"

	"github.com/peerdeck/peerdeck/model/dns/vantage"
	"github.com/peerdeck/peerdeck/model/safe"
)

const (
	// Flags of a route, as the kernel's uapi headers route.h and ipv6_route.h have them.
	flagUp      = 0x1
	flagReject  = 0x200
	flagAnycast = 0x100000
	flagLocal   = 0x80000000
	// maxRoutes bounds what is kept: a router with the table of the whole internet is
	// no place to start peerdeck on, and must not hang it.
	maxRoutes = 20_000
)

// routes4 reads Linux's /proc/net/route. Numbers are hexadecimal in the byte order of
// the machine. What cannot be read is left out.
func routes4(table []byte) []vantage.Route {
	var out []vantage.Route
	for line := range strings.Lines(string(table)) {
		w := strings.Fields(line)
		if len(w) < 8 || len(out) == maxRoutes {
			continue
		}
		to, ok1 := number(w[1])
		flags, ok2 := number(w[3])
		mask, ok3 := number(w[7])
		metric, err := strconv.ParseUint(w[6], 10, 32)
		if !ok1 || !ok2 || !ok3 || err != nil || flags&flagUp == 0 {
			continue
		}
		ones := bits.OnesCount32(mask)
		p, err := netip.AddrFrom4(native(to)).Prefix(ones)
		if err != nil || binary.BigEndian.Uint32(slice(native(mask))) != ^uint32(0)<<(32-ones) {
			continue
		}
		out = append(out, vantage.Route{To: p, Card: card(w[0]), Metric: uint32(metric), Reject: flags&flagReject != 0})
	}
	return out
}

// routes6 reads Linux's /proc/net/ipv6_route. The machine's own addresses and
// multicast are left out.
func routes6(table []byte) []vantage.Route {
	var out []vantage.Route
	for line := range strings.Lines(string(table)) {
		w := strings.Fields(line)
		if len(w) < 10 || len(out) == maxRoutes {
			continue
		}
		raw, err1 := hex.DecodeString(w[0])
		size, err2 := strconv.ParseUint(w[1], 16, 8)
		metric, ok1 := number(w[5])
		flags, ok2 := number(w[8])
		to, ok3 := netip.AddrFromSlice(raw)
		if err1 != nil || err2 != nil || !ok1 || !ok2 || !ok3 || flags&flagUp == 0 && flags&flagReject == 0 || flags&(flagLocal|flagAnycast) != 0 {
			continue
		}
		if p, err := to.Prefix(int(size)); err == nil && !to.IsMulticast() && to.Is6() {
			out = append(out, vantage.Route{To: p, Card: card(w[9]), Metric: metric, Reject: flags&flagReject != 0})
		}
	}
	return out
}

// card is the name of a card; a route that is refused has none.
func card(name string) safe.Text {
	if name == "*" {
		return safe.Text{}
	}
	return safe.New(name)
}

func number(s string) (uint32, bool) {
	n, err := strconv.ParseUint(s, 16, 32)
	return uint32(n), err == nil
}

// native writes a number as it lies in memory.
func native(n uint32) [4]byte {
	var b [4]byte
	binary.NativeEndian.PutUint32(b[:], n)
	return b
}

func slice(b [4]byte) []byte { return b[:] }
