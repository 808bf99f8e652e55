package redact

import "net/netip"

// addresses permutes addresses so that two of them share as long a prefix afterwards as
// before (Xu, Fan, Ammar, Moon: Prefix-preserving IP address anonymization, 2002): each
// bit is flipped, or not, by what stands before it alone.
//
// Ranges with a meaning of their own keep it. What lies in one that is fixed stays as it
// is; a kept range is permuted within itself; the bits above both are not flipped. The
// last eight bits are not flipped either, so that the ends of a subnet stay its ends.
type addresses struct {
	key   Key
	fixed []netip.Prefix
	kept  []netip.Prefix
	flips map[netip.Prefix]bool // what is known already
}

// stay is the number of bits at the end of an address that stay.
const stay = 8

func newAddresses(key Key) *addresses {
	parse := func(list ...string) []netip.Prefix {
		out := make([]netip.Prefix, len(list))
		for i, s := range list {
			out[i] = netip.MustParsePrefix(s)
		}
		return out
	}
	return &addresses{
		key: key,
		// Nobody, loopback, link-local, shared (RFC 6598), examples, benchmarks, multicast and
		// above, and Azure's own resolver: they are the same for everybody.
		fixed: parse(
			"0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24",
			"198.18.0.0/15", "224.0.0.0/3", "168.63.129.16/32", "::/8", "fe80::/10", "ff00::/8", "2001:db8::/32",
		),
		kept:  parse("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fd00::/8", "fc00::/7", "2000::/3"),
		flips: map[netip.Prefix]bool{},
	}
}

// address returns the stand-in of an address. An IPv4 address within an IPv6 one is
// permuted as what it is.
func (a *addresses) address(ip netip.Addr) netip.Addr { return a.walk(ip, ip.BitLen(), false) }

// prefix returns the stand-in of a range; bits behind its length stay as they are only
// where there are none.
func (a *addresses) prefix(p netip.Prefix) netip.Prefix {
	if p == p.Masked() {
		return netip.PrefixFrom(a.walk(p.Addr(), p.Bits(), false), p.Bits())
	}
	return netip.PrefixFrom(a.address(p.Addr()), p.Bits())
}

// original is what an address is the stand-in of.
func (a *addresses) original(ip netip.Addr) netip.Addr { return a.walk(ip, ip.BitLen(), true) }

// originalPrefix is what a range is the stand-in of.
func (a *addresses) originalPrefix(p netip.Prefix) netip.Prefix {
	if p == p.Masked() {
		return netip.PrefixFrom(a.walk(p.Addr(), p.Bits(), true), p.Bits())
	}
	return netip.PrefixFrom(a.original(p.Addr()), p.Bits())
}

// walk flips the first bits of an address, or flips them back.
func (a *addresses) walk(ip netip.Addr, bits int, back bool) netip.Addr {
	if ip.Is4In6() {
		four := a.walk(ip.Unmap(), max(0, bits-96), back)
		return netip.AddrFrom16(four.As16()).WithZone(ip.Zone())
	}
	if nat := netip.MustParsePrefix("64:ff9b::/96"); nat.Contains(ip) { // RFC 6052
		whole := ip.As16()
		four := a.walk(netip.AddrFrom4([4]byte(whole[12:])), max(0, bits-96), back).As4()
		copy(whole[12:], four[:])
		return netip.AddrFrom16(whole)
	}
	in, out := ip.AsSlice(), ip.AsSlice()
	before := in // the bits that decide: those of the original
	if back {
		before = out
	}
	for i := range min(bits, ip.BitLen()-stay) {
		if a.flip(before, i) {
			out[i/8] ^= 1 << (7 - i%8)
		}
	}
	result, _ := netip.AddrFromSlice(out)
	return result.WithZone(ip.Zone())
}

// flip reports whether the bit behind a prefix is flipped.
func (a *addresses) flip(bytes []byte, bits int) bool {
	ip, _ := netip.AddrFromSlice(bytes)
	node := netip.PrefixFrom(ip, bits).Masked()
	if f, known := a.flips[node]; known {
		return f
	}
	f := a.free(node)
	if f && bits > 0 && a.free(netip.PrefixFrom(ip, bits-1).Masked()) {
		data, _ := node.MarshalBinary()
		f = a.key.digest("address", string(data))[0]&1 == 1
	} // the first bit that may be flipped always is: no address stays what it is by chance
	a.flips[node] = f
	return f
}

// free reports whether the bit behind a prefix may be flipped.
func (a *addresses) free(node netip.Prefix) bool {
	for _, p := range a.fixed {
		if p.Overlaps(node) {
			return false
		}
	}
	for _, p := range a.kept {
		if p.Overlaps(node) && p.Bits() > node.Bits() {
			return false
		}
	}
	return true
}
