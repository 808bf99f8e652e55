package model_test

import (
	"net/netip"
	"strings"
	"testing"

	"peerdeck/model"
	"peerdeck/model/safe"
)

func FuzzDomainName(f *testing.F) {
	for _, seed := range []string{"example.com", "EXAMPLE.com.", "*.a", "a..b", "bücher.example", "xn--bcher-kva.de", "１０.0.0.1", "раураl.com", "a\x1b.com", "ß.de", "。", "a。b", ".", "xn--", "-a"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		name, problem := model.DomainName(in)
		if (name == "") == (problem == "") {
			t.Fatalf("%q gave %q and %q", in, name, problem)
		}
		if safe.Clean(problem) != problem {
			t.Fatalf("%q is not clean", problem)
		}
		if name == "" {
			return
		}
		if again, problem := model.DomainName(name); again != name {
			t.Fatalf("%q became %q, and that %q (%s)", in, name, again, problem)
		}
		if strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-_.") != "" || len(name) > 253 {
			t.Fatalf("%q became %q", in, name)
		}
	})
}

func FuzzDNSServer(f *testing.F) {
	for _, seed := range []string{"10.1.0.4", "::ffff:10.1.0.4", "fd00::1", "10.0.0.04", "1.2.3.4:53", "10.0.0.0/8", "a", "", "fe80::1%eth0", "168.63.129.16", "::"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		address, problem := model.DNSServer(in)
		if address == "" && problem == "" || safe.Clean(problem) != problem {
			t.Fatalf("%q gave %q and %q", in, address, problem)
		}
		if address == "" {
			return
		}
		if a, err := netip.ParseAddr(address); err != nil || a.IsLoopback() || a.IsMulticast() || a.IsUnspecified() || a.IsLinkLocalUnicast() {
			t.Fatalf("%q was taken as %q (%v)", in, address, err)
		}
		if again, _ := model.DNSServer(address); again != address {
			t.Fatalf("%q became %q, and that %q", in, address, again)
		}
	})
}
