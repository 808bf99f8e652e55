package setup_test

import (
	"strings"
	"testing"

	"peerdeck/model"
	dnstable "peerdeck/model/dns/table"
	"peerdeck/model/safe"
	"peerdeck/model/setup"
)

func TestProblemsOfMappings(t *testing.T) {
	pair := []string{"10.1.0.4", "10.1.0.5"}
	one := func(domains string, servers ...string) []model.DNSMapping {
		return []model.DNSMapping{mapping(domains, servers...)}
	}
	for name, c := range map[string]struct {
		mode     setup.DNSMode
		mappings []model.DNSMapping
		index    int
		fatal    bool
		says     string // empty: nothing is wrong
	}{
		"three kinds":     {"", append(one("a.example.com", pair...), mapping("b.example.com c.example.com", "10.1.0.6", "10.1.0.5")), 0, false, ""},
		"spellings":       {"", one("EXAMPLE.com. _msdcs.corp.example.com", pair...), 0, false, ""},
		"reverse":         {"", one("1.10.in-addr.arpa", pair...), 0, false, ""},
		"no domain":       {"", one("", pair...), 0, true, "no domain"},
		"no server":       {"", one("example.com"), 0, true, "no server"},
		"one server":      {"", one("example.com", pair[0]), 0, false, "10.1.0.4 alone: if it is down"},
		"server twice":    {"", one("example.com", pair[0], pair[0]), 0, false, "twice"},
		"seven":           {"", one("example.com", "10.1.0.1", "10.1.0.2", "10.1.0.3", "10.1.0.4", "10.1.0.5", "10.1.0.6", "10.1.0.7"), 0, false, "7 servers; Azure's forwarding rules hold 6"},
		"other script":    {"", one("münchen.example", pair...), 0, false, "xn--mnchen-3ya.example"},
		"wildcard":        {"", one("*.example.com", pair...), 0, true, `write "example.com"`},
		"other star":      {"", one("a*.example.com", pair...), 0, true, "holds a star"},
		"root":            {"", one(".", pair...), 0, true, "every name"},
		"leading dot":     {"", one(".example.com", pair...), 0, true, `write "example.com"`},
		"two dots":        {"", one("a..example.com", pair...), 0, true, "two dots"},
		"address":         {"", one("10.0.0.1", pair...), 0, true, "is an address"},
		"bad address":     {"", one("10.0.0.256", pair...), 0, true, "ends with a number"},
		"link":            {"", one("https://example.com/x", pair...), 0, true, "without scheme"},
		"port":            {"", one("example.com:53", pair...), 0, true, "without scheme"},
		"hyphen":          {"", one("-a.example.com", pair...), 0, true, `"-a"`},
		"command":         {"", one("$(id).example.com", pair...), 0, true, "character $"},
		"escape":          {"", one("a\x1b[2J.com", pair...), 0, true, `\u{1b}`},
		"zero width":      {"", one("a\u200bb.com", pair...), 0, true, `\u{200b}`},
		"long label":      {"", one(strings.Repeat("a", 64)+".com", pair...), 0, true, "64 characters; DNS takes 63"},
		"long name":       {"", one(strings.Repeat("abcdefg.", 32)+"com", pair...), 0, true, "259 characters; DNS takes 253"},
		"bad punycode":    {"", one("xn--zzzz99999999.com", pair...), 0, true, "no valid international"},
		"platform":        {"", one("example.com", "168.63.129.16"), 0, true, "Azure's own resolver"},
		"loopback":        {"", one("example.com", "127.0.0.53"), 0, true, "each machine's own"},
		"loopback 6":      {"", one("example.com", "::1"), 0, true, "each machine's own"},
		"mapped loopback": {"", one("example.com", "::ffff:127.0.0.1"), 0, true, "each machine's own"},
		"link-local":      {"", one("example.com", "169.254.169.254"), 0, true, "link-local"},
		"zone":            {"", one("example.com", "fe80::1%eth0"), 0, true, "network card"},
		"unspecified":     {"", one("example.com", "0.0.0.0"), 0, true, "no machine"},
		"this network":    {"", one("example.com", "0.1.2.3"), 0, true, "no machine"},
		"multicast":       {"", one("example.com", "224.0.0.251"), 0, true, "multicast"},
		"reserved":        {"", one("example.com", "240.0.0.1"), 0, true, "reserved"},
		"range":           {"", one("example.com", "10.0.0.0/8"), 0, true, "range of addresses"},
		"with port":       {"", one("example.com", "10.0.0.4:53"), 0, true, "port 53"},
		"leading zero":    {"", one("example.com", "10.0.0.04"), 0, true, "begins with 0"},
		"host name":       {"", one("example.com", "dns.example.com"), 0, true, "no IP address"},
		"public":          {"", one("example.com", "8.8.8.8", pair[0]), 0, false, "public address"},
		"shared":          {"", one("example.com", "100.64.0.1", pair[0]), 0, false, "providers"},
		"documents":       {"", one("example.com", "203.0.113.9", pair[0]), 0, false, "examples"},
		"version 6":       {"", one("example.com", "fd00::4", pair[0]), 0, false, "IPv6"},
		"twice the same":  {"", append(one("example.com", pair...), mapping("Example.COM.", pair...)), 1, false, "twice with the same"},
		"twice, resolver": {"", append(one("example.com", pair...), mapping("example.com", "10.1.0.5", "10.1.0.4")), 1, true, "10.1.0.4, 10.1.0.5 and with 10.1.0.5, 10.1.0.4"},
		"twice, peering":  {setup.DNSPeering, append(one("example.com", pair...), mapping("example.com", "10.1.0.6", "10.1.0.7")), 1, false, "not documented"},
	} {
		t.Run(name, func(t *testing.T) {
			r := goodRequest()
			r.Mappings = c.mappings
			if c.mode != "" {
				r.DNS = c.mode
			}
			got := r.Problems()
			if c.says == "" {
				if len(got) != 0 {
					t.Errorf("problems %+v", got)
				}
				return
			}
			if len(got) != 1 || got[0].Field != setup.FieldMappings || got[0].Index != c.index || got[0].Fatal != c.fatal || !strings.Contains(got[0].Text, c.says) {
				t.Errorf("problems %+v", got)
			}
		})
	}
}

func TestNormalised(t *testing.T) {
	r := goodRequest()
	r.Mappings = []model.DNSMapping{
		mapping("Example.COM. example.com BÜCHER.example", "::ffff:10.1.0.4", "10.1.0.4", "10.1.0.5"),
		mapping("example.com", "10.1.0.4", "10.1.0.5"),
		mapping("example.com", "10.1.0.9"),
		mapping("no..domain", "nowhere"),
	}
	want := "example.com, xn--bcher-kva.example -> 10.1.0.4, 10.1.0.5\nexample.com -> 10.1.0.9\nno..domain -> nowhere\n"
	n := r.Normalised()
	if got := dnstable.FormatMappings(n.Mappings); got != want {
		t.Errorf("got\n%s", got)
	}
	if got := dnstable.FormatMappings(n.Normalised().Mappings); got != want {
		t.Errorf("the second time\n%s", got)
	}
	if r.Mappings[0].Domains[0].Raw() != "Example.COM." {
		t.Error("the request itself was changed")
	}
}

func TestKey(t *testing.T) {
	a, b := goodRequest(), goodRequest()
	b.VNet.Name, b.VNet.ResourceGroup, b.Network, b.Peering = safe.Texts("VNET-HUB")[0], safe.Texts("RG-network")[0], safe.Texts("EU-prod ")[0], safe.Texts("other")[0]
	if a.Key() != b.Key() {
		t.Error("two spellings of one set-up have two keys")
	}
	b.Network = safe.Texts("eu-stage")[0]
	if a.Key() == b.Key() {
		t.Error("two networks have one key")
	}
}

func TestServersOutside(t *testing.T) {
	r := goodRequest()
	r.Mappings = []model.DNSMapping{mapping("a.example.com", "10.20.0.4", "10.21.0.4"), mapping("b.example.com", "10.99.0.4", "nowhere")}
	prefixes := func(p ...string) []model.Prefix { return model.NewPrefixes(safe.Texts(p...)) }
	v := model.VNet{Name: safe.Texts("vnet-hub")[0], AddressPrefixes: prefixes("10.20.0.0/16"), Peerings: []model.VNetPeering{{RemoteNow: prefixes("10.21.0.0/16")}}}
	got := r.ServersOutside(v)
	if len(got) != 1 || got[0].Index != 1 || got[0].Fatal || !strings.Contains(got[0].Text, "10.99.0.4 lies neither in vnet-hub (10.20.0.0/16)") {
		t.Errorf("problems %+v", got)
	}
	r.Mappings[1].Servers = safe.Texts("10.99.0.4", "10.99.0.5", "10.99.0.6")
	if got := r.ServersOutside(v); len(got) != 1 || !strings.Contains(got[0].Text, "the servers 10.99.0.4, 10.99.0.5 and 10.99.0.6 lie neither in") {
		t.Errorf("several of one mapping are one problem: %+v", got)
	}
	if got := r.ServersOutside(model.VNet{}); len(got) != 0 {
		t.Errorf("of a VNET without known ranges: %+v", got)
	}
	got = r.ServersInside(prefixes("10.21.0.0/16")[0])
	if len(got) != 1 || got[0].Index != 0 || !got[0].Fatal || !strings.Contains(got[0].Text, "10.21.0.4") {
		t.Errorf("in the gateway network: %+v", got)
	}
}
