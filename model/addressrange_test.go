package model_test

import (
	"net/netip"
	"testing"

	"github.com/peerdeck/peerdeck/model"
)

// Each range at its first and its last address, and the addresses beside it.
func TestRangeOf(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]model.AddressRange{
		"0.0.0.0": model.RangeNobody, "0.255.255.255": model.RangeNobody, "1.0.0.0": model.RangePublic, "::": model.RangeNobody,
		"9.255.255.255": model.RangePublic, "10.0.0.0": model.RangePrivate, "10.255.255.255": model.RangePrivate, "11.0.0.0": model.RangePublic,
		"100.63.255.255": model.RangePublic, "100.64.0.0": model.RangeShared, "100.127.255.255": model.RangeShared, "100.128.0.0": model.RangePublic,
		"126.255.255.255": model.RangePublic, "127.0.0.1": model.RangeLoopback, "127.255.255.255": model.RangeLoopback, "128.0.0.0": model.RangePublic, "::1": model.RangeLoopback,
		"168.63.129.15": model.RangePublic, "168.63.129.16": model.RangePlatform, "168.63.129.17": model.RangePublic,
		"169.253.255.255": model.RangePublic, "169.254.0.0": model.RangeLinkLocal, "169.254.255.255": model.RangeLinkLocal, "fe80::1": model.RangeLinkLocal,
		"172.15.255.255": model.RangePublic, "172.16.0.0": model.RangePrivate, "172.31.255.255": model.RangePrivate, "172.32.0.0": model.RangePublic,
		"192.0.1.255": model.RangePublic, "192.0.2.0": model.RangeDocumentation, "192.0.2.255": model.RangeDocumentation, "192.0.3.0": model.RangePublic,
		"192.168.0.0": model.RangePrivate, "192.169.0.0": model.RangePublic,
		"198.17.255.255": model.RangePublic, "198.18.0.0": model.RangeBenchmark, "198.19.255.255": model.RangeBenchmark, "198.20.0.0": model.RangePublic,
		"198.51.100.7": model.RangeDocumentation, "198.51.101.0": model.RangePublic, "203.0.113.7": model.RangeDocumentation, "203.0.114.0": model.RangePublic,
		"223.255.255.255": model.RangePublic, "224.0.0.0": model.RangeMulticast, "239.255.255.255": model.RangeMulticast, "ff02::1": model.RangeMulticast,
		"240.0.0.0": model.RangeReserved, "255.255.255.254": model.RangeReserved, "255.255.255.255": model.RangeBroadcast,
		"fd00::1": model.RangePrivate, "2001:db8::1": model.RangeDocumentation, "2001:db9::1": model.RangePublic, "::ffff:10.1.0.4": model.RangePrivate,
	} {
		if got := model.RangeOf(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s lies in the %s range, want %s", address, got, want)
		}
	}
	if model.RangeOf(netip.Addr{}) != model.RangeNobody {
		t.Error("no address stands for nobody")
	}
}
