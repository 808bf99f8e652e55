package table_test

import (
	"net/netip"
	"strings"
	"testing"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

func TestNormalise(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]dnstable.Name{
		"corp.example.com":            {ASCII: "corp.example.com", Unicode: "corp.example.com"},
		" Corp.Example.COM. ":         {ASCII: "corp.example.com", Unicode: "corp.example.com", Changed: true},
		"*.corp.example.com":          {ASCII: "corp.example.com", Unicode: "corp.example.com", Changed: true},
		".corp.example.com":           {ASCII: "corp.example.com", Unicode: "corp.example.com", Changed: true},
		"_ldap._tcp.example.com":      {ASCII: "_ldap._tcp.example.com", Unicode: "_ldap._tcp.example.com"},
		"r3---sn-x.example":           {ASCII: "r3---sn-x.example", Unicode: "r3---sn-x.example"},
		".":                           {ASCII: ".", Unicode: "."},
		"münchen.example":             {ASCII: "xn--mnchen-3ya.example", Unicode: "münchen.example", Changed: true},
		"MÜNCHEN.example.":            {ASCII: "xn--mnchen-3ya.example", Unicode: "münchen.example", Changed: true},
		"xn--mnchen-3ya.example":      {ASCII: "xn--mnchen-3ya.example", Unicode: "münchen.example"},
		"straße.de":                   {ASCII: "xn--strae-oqa.de", Unicode: "straße.de", Changed: true},
		"a\u200bb.com":                {ASCII: "ab.com", Unicode: "ab.com", Changed: true, Mapped: true},
		"ｅｘａｍｐｌｅ.com":                 {ASCII: "example.com", Unicode: "example.com", Changed: true, Mapped: true},
		"例え。テスト":                      {ASCII: "xn--r8jz45g.xn--zckzah", Unicode: "例え.テスト", Changed: true, Mapped: true},
		"a--b.münchen.example":        {ASCII: "a--b.xn--mnchen-3ya.example", Unicode: "a--b.münchen.example", Changed: true},
		"":                            {},
		"a..b":                        {},
		"*.*.example.com":             {},
		"a\x1b[2Jb.example":           {},
		"a b.example":                 {},
		"10.0.0.4":                    {},
		"http://corp.example.com/":    {},
		"a\u202eb.example":            {},
		strings.Repeat("a", 64):       {},
		strings.Repeat("abc.", 64):    {},
		"-a.example":                  {},
		"xn--mnchen-3yaz9999.de":      {},
		"שa.example":                  {},
		"0/25.1.168.192.in-addr.arpa": {},
	} {
		if got := dnstable.Normalise(text); got != want {
			t.Errorf("%q became %+v, want %+v", text, got, want)
		}
	}
	if got := dnstable.Normalise("MÜNCHEN.example").Shown(); got != "münchen.example (xn--mnchen-3ya.example)" {
		t.Error(got)
	}
	if got := dnstable.Normalise("a.example").Shown(); got != "a.example" {
		t.Error(got)
	}
}

func TestNormalServer(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"10.1.0.4": "10.1.0.4", " 10.1.0.4\t": "10.1.0.4", //nolint:gocritic // blanks are what is tested
		"10.1.0.4:53": "10.1.0.4", "::ffff:10.1.0.4": "10.1.0.4", "[::ffff:10.1.0.4]:53": "10.1.0.4",
		"FD00::1": "fd00::1", "[fd00::1]:53": "fd00::1", "127.0.0.1": "127.0.0.1",
		"": "", "10.1.0.4:5353": "", "10.1.0.04": "", "10.1.4": "", "0x0a000004": "", "10.1.0.4/32": "", "ns1.example.com": "", "fe80::1%eth0": "", "[fe80::1%a]:53": "", "10.1.0.4\x1b": "",
	} {
		if got, ok := dnstable.NormalServer(text); got != want || ok != (want != "") {
			t.Errorf("%q became %q, %v", text, got, ok)
		}
	}
}

// What has a normal form has one that is made of nothing but what a name is made of,
// and that is its own normal form.
func FuzzNormalise(f *testing.F) {
	for _, seed := range []string{
		"corp.example.com", "A.b.", "*.a", ".", "..", "a..b", "bücher.example", "xn--bcher-kva.de", "XN--BCHER-KVA.de", "１０.0.0.1", "раураl.com", "a\x1b.com", "ß.de", "ẞ.de",
		"。", "a。b。", "xn--", "-a", "0x1f", "a.0x", "שלום.example", "a\u200d.b", "क\u094d\u200d.in", "⑴.a", "\u0378.a", "a\xff", "http://u@h.example:80/p", "[::1]:53", "10.0.0.0/8", "İ.tr", "ﷺ.a", "xn--a.b", "\u1e9e\u0307.x",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		n := dnstable.Normalise(in)
		for _, p := range dnstable.Check([]dnstable.Row{line(in, "10.1.0.4")}, dnstable.Surroundings{}) {
			fit(t, p)
			if p.Fix != nil && p.Fix.Domain != "" {
				if fixed := dnstable.Normalise(p.Fix.Domain); fixed.ASCII != p.Fix.Domain || fixed.Changed {
					t.Fatalf("%q is to be %q, which is %+v", in, p.Fix.Domain, fixed)
				}
			}
		}
		if n.ASCII == "" {
			if n != (dnstable.Name{}) {
				t.Fatalf("%q became %+v", in, n)
			}
			return
		}
		if strings.Trim(n.ASCII, "abcdefghijklmnopqrstuvwxyz0123456789-_.") != "" || len(n.ASCII) > 253 || n.ASCII != "." && (strings.HasPrefix(n.ASCII, ".") || strings.HasSuffix(n.ASCII, ".") || strings.Contains(n.ASCII, "..")) {
			t.Fatalf("%q became %+v", in, n)
		}
		if safe.Clean(n.Unicode) != n.Unicode || safe.Clean(n.Shown()) != n.Shown() {
			t.Fatalf("%q is shown as %q", in, n.Unicode)
		}
		if _, err := netip.ParseAddr(n.ASCII); err == nil {
			t.Fatalf("%q became the address %s", in, n.ASCII)
		}
		again := dnstable.Normalise(n.ASCII)
		if again.ASCII != n.ASCII || again.Changed || again.Mapped || again.Unicode != n.Unicode {
			t.Fatalf("%q became %+v, and that %+v", in, n, again)
		}
	})
}

func FuzzNormalServer(f *testing.F) {
	for _, seed := range []string{"10.1.0.4", "10.1.0.4:53", "::ffff:10.1.0.4", "fd00::1", "[fd00::1]:53", "10.0.0.04", "1.2.3.4:5353", "10.0.0.0/8", "a", "", "fe80::1%eth0", "168.63.129.16", "::", "8.8.8.8", "::1%\x1b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		for _, p := range dnstable.Check([]dnstable.Row{line("a.acme.io", in, "10.1.0.4")}, dnstable.Surroundings{}) {
			fit(t, p)
		}
		got, ok := dnstable.NormalServer(in)
		if !ok {
			if got != "" {
				t.Fatalf("%q became %q", in, got)
			}
			return
		}
		a, err := netip.ParseAddr(got)
		if err != nil || a.String() != got || a.Zone() != "" || a.Is4In6() {
			t.Fatalf("%q became %q", in, got)
		}
		if again, _ := dnstable.NormalServer(got); again != got {
			t.Fatalf("%q became %q, and that %q", in, got, again)
		}
	})
}
