package table

import (
	"net/netip"
	"strconv"
	"strings"
)

// The zones that all reverse names lie in (RFC 1035 section 3.5, RFC 3596 section 2.5).
const (
	reverseFour = "in-addr.arpa"
	reverseSix  = "ip6.arpa"
)

// ReverseZones returns the domains that hold the reverse names of a range, of all its
// addresses and of no other, in their order. Reverse names are cut at the numbers of an
// address, at each of the digits for IPv6: a range that ends within one takes a domain
// for each value there, 128 for a /25. It is empty for what is no range.
func ReverseZones(p netip.Prefix) []string {
	if p.Addr().Is4In6() && p.Bits() >= 96 {
		p = netip.PrefixFrom(p.Addr().Unmap(), p.Bits()-96)
	}
	if !p.IsValid() {
		return nil
	}
	p = p.Masked()
	parts, width, base, end := []byte(nil), 8, 10, reverseFour
	for _, b := range p.Addr().AsSlice() {
		if p.Addr().Is4() {
			parts = append(parts, b)
			continue
		}
		parts, width, base, end = append(parts, b>>4, b&15), 4, 16, reverseSix
	}
	whole := p.Bits() / width
	for _, part := range parts[:whole] {
		end = strconv.FormatUint(uint64(part), base) + "." + end
	}
	rest := p.Bits() % width
	if rest == 0 {
		return []string{end}
	}
	var out []string
	for i := range 1 << (width - rest) {
		out = append(out, strconv.FormatUint(uint64(parts[whole])+uint64(i), base)+"."+end)
	}
	return out
}

// anAddress finds an address, a range and an address with a port, and offers the domain
// that holds its reverse names.
func anAddress(s string) *fault {
	var p netip.Prefix
	isRange := false
	if a, err := netip.ParseAddr(strings.Trim(s, "[]")); err == nil {
		p = netip.PrefixFrom(a.WithZone(""), a.BitLen())
	} else if ap, err := netip.ParseAddrPort(s); err == nil {
		p = netip.PrefixFrom(ap.Addr().WithZone(""), ap.Addr().BitLen())
	} else if p, err = netip.ParsePrefix(s); err != nil {
		return nil
	} else {
		isRange = !p.IsSingleIP()
	}
	zones := ReverseZones(p)
	switch n := len(zones); {
	case p.Bits() == 0:
		return faulty("D08", "This is the range of all addresses, and no domain. Give a domain.")
	case strings.HasSuffix(zones[0], reverseSix) && isRange:
		return faulty("D08", "This is a range of IPv6 addresses, and no domain. Give a domain.")
	case strings.HasSuffix(zones[0], reverseSix):
		return faulty("D08", "This is an IPv6 address: it belongs to the servers. Give a domain.")
	case n > 1:
		return faulty("D08", "A range. It is "+number(n)+" reverse zones: %s to %s.", zones[0], zones[n-1])
	case isRange:
		return faulty("D08", "This is a range, and no domain. For reverse lookups use %s.", zones[0])
	default:
		return faulty("D08", "This is an address: it belongs to the servers. For reverse lookups use %s.", zones[0])
	}
}
