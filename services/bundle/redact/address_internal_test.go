package redact

import (
	"net/netip"
	"testing"

	"pgregory.net/rapid"

	"github.com/peerdeck/peerdeck/model"
)

func key(t *rapid.T) Key {
	var k Key
	copy(k[:], rapid.SliceOfN(rapid.Byte(), len(k), len(k)).Draw(t, "key"))
	return k
}

// anAddress draws from few first bytes, so that addresses meet.
func anAddress(t *rapid.T, name string) netip.Addr {
	if rapid.IntRange(0, 3).Draw(t, name+" family") == 0 {
		var b [16]byte
		copy(b[:], rapid.SliceOfN(rapid.SampledFrom([]byte{0, 1, 0x20, 0xfd, 0xfe, 0x80, 0xff, 0x64}), 16, 16).Draw(t, name))
		if rapid.Bool().Draw(t, name+" mapped") {
			return netip.AddrFrom16(b)
		}
		a := netip.AddrFrom16(b)
		return a
	}
	first := rapid.SampledFrom([]byte{10, 10, 10, 172, 192, 100, 168, 127, 169, 198, 203, 20, 40, 224, 0}).Draw(t, name+" first")
	rest := rapid.SliceOfN(rapid.SampledFrom([]byte{0, 1, 2, 16, 63, 64, 100, 129, 168, 200, 255}), 3, 3).Draw(t, name)
	return netip.AddrFrom4([4]byte{first, rest[0], rest[1], rest[2]})
}

func aPrefix(t *rapid.T, name string) netip.Prefix {
	a := anAddress(t, name)
	return netip.PrefixFrom(a, rapid.IntRange(0, a.BitLen()).Draw(t, name+" bits")).Masked()
}

// Two addresses share as long a prefix afterwards as before, in their family.
func TestPrefixesAreKept(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := newAddresses(key(t))
		p, q, ip := aPrefix(t, "p"), aPrefix(t, "q"), anAddress(t, "ip")
		sp, sq, sip := a.prefix(p), a.prefix(q), a.address(ip)
		if sp != sp.Masked() || sp.Bits() != p.Bits() {
			t.Fatalf("%s became %s", p, sp)
		}
		if p.Overlaps(q) != sp.Overlaps(sq) {
			t.Errorf("%s and %s became %s and %s", p, q, sp, sq)
		}
		if p.Contains(ip) != sp.Contains(sip) {
			t.Errorf("%s and %s became %s and %s", p, ip, sp, sip)
		}
		if a.original(sip) != ip || a.originalPrefix(sp) != p {
			t.Errorf("%s became %s, and that %s", ip, sip, a.original(sip))
		}
		if model.RangeOf(ip) != model.RangeOf(sip) {
			t.Errorf("%s (%s) became %s (%s)", ip, model.RangeOf(ip), sip, model.RangeOf(sip))
		}
	})
}

// The longest of some ranges that hold an address is the longest afterwards.
func TestLongestMatches(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := newAddresses(key(t))
		ip := anAddress(t, "ip")
		best, standBest := -1, -1
		for range rapid.IntRange(1, 12).Draw(t, "routes") {
			p := aPrefix(t, "route")
			if p.Contains(ip) {
				best = max(best, p.Bits())
			}
			if s := a.prefix(p); s.Contains(a.address(ip)) {
				standBest = max(standBest, s.Bits())
			}
		}
		if best != standBest {
			t.Errorf("the longest match had %d bits and has %d", best, standBest)
		}
	})
}

// What is the same for everybody stays, and no other address does.
func TestWhatStays(t *testing.T) {
	t.Parallel()
	a := newAddresses(Key{7})
	for text, stays := range map[string]bool{
		"168.63.129.16": true, "127.0.0.1": true, "169.254.169.254": true, "100.64.3.4": true, "0.0.0.0": true, "255.255.255.255": true, "192.0.2.7": true,
		"::1": true, "::": true, "fe80::1": true, "2001:db8::5": true, "ff02::1": true, "::ffff:127.0.0.1": true, "64:ff9b::7f00:1": true,
		"10.0.0.4": false, "10.20.30.40": false, "172.16.0.1": false, "192.168.1.1": false, "20.50.1.2": false, "168.63.129.17": true, "168.63.130.16": false,
		"fd00::1": false, "2a01:111::1": false, "::ffff:10.0.0.4": false, "64:ff9b::a00:4": false,
	} {
		ip := netip.MustParseAddr(text)
		if stand := a.address(ip); (stand == ip) != stays {
			t.Errorf("%s became %s", ip, stand)
		}
	}
	if a.address(netip.MustParseAddr("::ffff:10.0.0.4")).Unmap() != a.address(netip.MustParseAddr("10.0.0.4")) {
		t.Error("an IPv4 address within an IPv6 one has a stand-in of its own")
	}
	if p := a.prefix(netip.MustParsePrefix("0.0.0.0/0")); p.String() != "0.0.0.0/0" {
		t.Error(p)
	}
}
