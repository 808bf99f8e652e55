package model

import (
	"net/netip"

	"github.com/peerdeck/peerdeck/model/safe"
)

// AddressRange is the sort of range that an address lies in. netip knows some of
// them, and calls documentation, reserved and Azure's own addresses global ones.
type AddressRange int

// The ranges.
const (
	RangePublic        AddressRange = iota // of the internet
	RangePrivate                           // 10/8, 172.16/12, 192.168/16, fc00::/7
	RangeNobody                            // 0/8 and ::, which stand for no machine
	RangeLoopback                          // 127/8, ::1
	RangeLinkLocal                         // 169.254/16, fe80::/10
	RangeMulticast                         // 224/4, ff00::/8
	RangeReserved                          // 240/4
	RangeBroadcast                         // 255.255.255.255
	RangePlatform                          // 168.63.129.16, Azure's own resolver
	RangeDocumentation                     // 192.0.2/24, 198.51.100/24, 203.0.113/24, 2001:db8::/32
	RangeShared                            // 100.64/10, carrier-grade NAT (RFC 6598)
	RangeBenchmark                         // 198.18/15 (RFC 2544)
)

// String names the range.
func (r AddressRange) String() string {
	switch r {
	case RangePublic:
		return "public"
	case RangePrivate:
		return "private"
	case RangeNobody:
		return "placeholder"
	case RangeLoopback:
		return "loopback"
	case RangeLinkLocal:
		return "link-local"
	case RangeMulticast:
		return "multicast"
	case RangeReserved:
		return "reserved"
	case RangeBroadcast:
		return "broadcast"
	case RangePlatform:
		return "Azure platform"
	case RangeDocumentation:
		return "documentation"
	case RangeShared:
		return "carrier-grade NAT"
	case RangeBenchmark:
		return "benchmark"
	default:
		return "unknown"
	}
}

// RangeOf returns the range of an address; an IPv4 address inside an IPv6 one counts
// as what it is.
func RangeOf(a netip.Addr) AddressRange {
	a = a.Unmap()
	switch {
	case !a.IsValid():
		return RangeNobody
	case a.IsUnspecified(), within(a, 0, 0, 0, 8):
		return RangeNobody
	case a.IsLoopback():
		return RangeLoopback
	case a.IsLinkLocalUnicast():
		return RangeLinkLocal
	case a.IsMulticast():
		return RangeMulticast
	case a.IsPrivate():
		return RangePrivate
	case a == netip.AddrFrom4([4]byte{255, 255, 255, 255}):
		return RangeBroadcast
	case within(a, 240, 0, 0, 4):
		return RangeReserved
	case a == netip.AddrFrom4([4]byte{168, 63, 129, 16}):
		return RangePlatform
	case within(a, 192, 0, 2, 24), within(a, 198, 51, 100, 24), within(a, 203, 0, 113, 24), examples6().Contains(a):
		return RangeDocumentation
	case within(a, 100, 64, 0, 10):
		return RangeShared
	case within(a, 198, 18, 0, 15):
		return RangeBenchmark
	default:
		return RangePublic
	}
}

func within(a netip.Addr, one, two, three byte, bits int) bool {
	return a.Is4() && netip.PrefixFrom(netip.AddrFrom4([4]byte{one, two, three}), bits).Contains(a)
}

// examples6 is the range of examples in documents, RFC 3849.
func examples6() netip.Prefix {
	return netip.PrefixFrom(netip.AddrFrom16([16]byte{0x20, 0x01, 0x0d, 0xb8}), 32)
}

// IsPlatform reports whether a text is the address of Azure's own resolver, which answers
// inside each VNET only and is refused as a target.
func IsPlatform(address safe.Text) bool {
	a, err := netip.ParseAddr(address.Raw())
	return err == nil && RangeOf(a) == RangePlatform
}
