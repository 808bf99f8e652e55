package redact

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
)

func aDomain(t *rapid.T, name string) string {
	labels := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "orders", "Orders", "corp", "internal", "com", "uk", "co", "net", "windows", "core", "blob", "privatelink", "azure", "x_y", "-q", "müller", "xn--mller-kva", "10", "in-addr", "arpa", "westeurope"}), 1, 5).Draw(t, name)
	d := strings.Join(labels, ".")
	return rapid.SampledFrom([]string{"", "*.", ""}).Draw(t, name+" star") + d + rapid.SampledFrom([]string{"", "", "."}).Draw(t, name+" dot")
}

// Whatever the table, the rule that wins for a name is the stand-in of the one that won.
func TestTheSameRuleWins(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := New(Options{Key: key(t)})
		table := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string { return aDomain(t, "domain") }), 1, 12).Draw(t, "table")
		stands := make([]string, len(table))
		for i, d := range table {
			stands[i] = r.Domain(d)
		}
		name := aDomain(t, "name")
		if rapid.Bool().Draw(t, "below") {
			name = aDomain(t, "host") + strings.TrimPrefix(table[0], "*.")
		}
		before, after := winner(table, name), winner(stands, r.Domain(name))
		if before != after {
			t.Errorf("of %q row %d won for %s; of %q row %d wins for %s", table, before, name, stands, after, r.Domain(name))
		}
	})
}

// winner is the first row of the domain with the most labels that a name falls under.
func winner(table []string, name string) int {
	at := strings.ToLower(strings.Trim(name, "."))
	best, most := -1, -1
	for i, d := range table {
		d = dnstable.Normalise(d).ASCII
		if n := dnstable.Normalise(at).ASCII; d != "" && n != "" && (n == d || strings.HasSuffix(n, "."+d)) && len(strings.Split(d, ".")) > most {
			best, most = i, len(strings.Split(d, "."))
		}
	}
	return best
}

// What identifies nobody stays, and nothing else.
func TestDomains(t *testing.T) {
	t.Parallel()
	r := New(Options{Key: Key{1}})
	acme, orders := r.Domain("acme"), r.Domain("orders")
	for in, want := range map[string]string{
		"acme.com":                               acme + ".com",
		"orders.acme.co.uk":                      orders + "." + acme + ".co.uk",
		"acme.privatelink.blob.core.windows.net": acme + ".privatelink.blob.core.windows.net",
		"privatelink.blob.core.windows.net":      "privatelink.blob.core.windows.net",
		"windows.net":                            "windows.net",
		"acme.internal":                          acme + ".internal",
		"corp":                                   "corp",
		"*.acme.corp":                            "*." + acme + ".corp",
		"ACME.Com":                               strings.ToUpper(acme) + ".Com",
		"acme.com.":                              acme + ".com.",
		"_ldap._tcp.acme.com":                    "_ldap._tcp." + acme + ".com",
		"acme.westeurope.azmk8s.io":              acme + ".westeurope.azmk8s.io",
		"acme.database.windows.net":              acme + ".database.windows.net",
		"management.azure.com":                   "management.azure.com",
		"":                                       "", ".": ".",
	} {
		if got := r.Domain(in); got != want {
			t.Errorf("%s became %s, want %s", in, got, want)
		}
	}
	if r.Domain("müller.de") != r.Domain("xn--mller-kva.de") {
		t.Error("two spellings of one name have two stand-ins")
	}
	if l := r.Domain(strings.Repeat("a", 64) + ".de"); len(l) != 67 {
		t.Errorf("a label that is too long became %s", l)
	}
}

// A reverse zone holds the beginning of an address, and stays one of the stand-in.
func TestReverseZones(t *testing.T) {
	t.Parallel()
	r := New(Options{Key: Key{3}})
	ip, _ := r.structure("10.20.30.40")
	parts := strings.Split(ip, ".")
	for in, want := range map[string]string{
		"40.30.20.10.in-addr.arpa":   strings.Join([]string{parts[3], parts[2], parts[1], parts[0]}, ".") + ".in-addr.arpa",
		"20.10.in-addr.arpa.":        parts[1] + ".10.in-addr.arpa.",
		"10.in-addr.arpa":            "10.in-addr.arpa",
		"in-addr.arpa":               "in-addr.arpa",
		"0/25.30.20.10.in-addr.arpa": "",
	} {
		got := r.Domain(in)
		if want == "" {
			if !strings.HasSuffix(got, "in-addr.arpa") {
				t.Errorf("%s became %s", in, got)
			}
			continue
		}
		if got != want {
			t.Errorf("%s became %s, want %s", in, got, want)
		}
	}
	six, _ := r.structure("fd00:1:2::")
	if got := r.Domain("1.0.0.0.0.0.d.f.ip6.arpa"); !strings.HasSuffix(got, "d.f.ip6.arpa") || len(got) != len("1.0.0.0.0.0.d.f.ip6.arpa") {
		t.Errorf("%s, %s", got, six)
	}
}
