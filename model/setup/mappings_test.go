package setup_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
)

// The rules of a mapping are those of the table: each with its code and its severity.
func TestProblemsOfMappings(t *testing.T) {
	pair := []string{"10.1.0.4", "10.1.0.5"}
	one := func(domains string, servers ...string) []model.DNSMapping {
		return []model.DNSMapping{mapping(domains, servers...)}
	}
	for name, c := range map[string]struct {
		mode     setup.DNSMode
		mappings []model.DNSMapping
		want     string // index, rule and severity of each; what nobody is asked about stands in brackets
	}{
		"three kinds":      {"", append(one("a.acme.net", pair...), mapping("b.acme.net c.acme.net", "10.1.0.6", "10.1.0.7")), ""},
		"spellings":        {"", one("ACME.net. _msdcs.corp.acme.net", pair...), "0 D12 (note) 0 D26 (note)"},
		"no domain":        {"", one("", pair...), "0 D01 error"},
		"no server":        {"", one("acme.net"), "0 S01 error"},
		"one server":       {"", one("acme.net", pair[0]), "0 S15 (note)"},
		"of two domains":   {"", one("acme.net acme.org", pair[0]), "0 S15 (note)"},
		"root":             {"", one(".", pair...), "0 D15 warning"},
		"wildcard":         {"", one("*.acme.net", pair...), "0 D12 (note)"},
		"suffixes":         {"", one("com co.uk", pair...), "0 D17 error 0 D23 warning 0 D17 error"},
		"a private suffix": {"", one("cloudapp.net", pair...), "0 D17 warning 0 D23 warning"},
		"zero width":       {"", one("a\u200bb.com", pair...), "0 D13 warning"},
		"platform":         {"", one("acme.net acme.org", "168.63.129.16", pair[0]), "0 S08 error"},
		"with port 53":     {"", one("acme.net", "10.1.0.4:53", pair[1]), "0 S03 (note)"},
		"with port":        {"", one("acme.net", "10.1.0.4:5353", pair[1]), "0 S03 error"},
		"public":           {"", one("acme.net acme.org", "8.8.8.8", pair[0]), "0 S09 warning 0 S09 (note)"},
		"twice the same":   {"", append(one("acme.net", pair...), mapping("Acme.NET.", pair...)), "1 D11 (note) 1 D12 (note)"},
		"twice":            {"", append(one("acme.net", pair...), mapping("acme.net", "10.1.0.6", "10.1.0.7")), "1 D10 error"},
		"twice, peering":   {setup.DNSPeering, append(one("acme.net", pair...), mapping("acme.net", "10.1.0.6", "10.1.0.7")), "1 D10 error"},
	} {
		t.Run(name, func(t *testing.T) {
			r := goodRequest()
			r.Mappings = c.mappings
			if c.mode != "" {
				r.DNS = c.mode
			}
			if got := words(r.Problems(dnstable.Surroundings{})); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func words(problems []setup.Problem) string {
	var out []string
	for _, p := range problems {
		word := p.Severity.String()
		if !p.Fatal() && !p.Asks() {
			word = "(" + word + ")"
		}
		out = append(out, strconv.Itoa(p.Index), p.Rule, word)
	}
	return strings.Join(out, " ")
}

// What is so for all domains of a mapping is said once, and says so.
func TestAProblemOfSeveralDomains(t *testing.T) {
	r := goodRequest()
	r.Mappings = []model.DNSMapping{mapping("a.acme.net b.acme.net c.acme.net", "10.1.0.4")}
	got := r.Problems(dnstable.Surroundings{})
	if len(got) != 1 || got[0].Sentence() != "No spare: one server down means a.acme.net is down. Add a second one. The same for 2 more of its domains. (S15)" {
		t.Errorf("%+v", got)
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

// What is known around a set-up: its network with other peerings and tables, and its VNET.
func TestAround(t *testing.T) {
	prefixes := func(p ...string) []model.Prefix { return model.NewPrefixes(safe.Texts(p...)) }
	r := goodRequest()
	r.Mappings = []model.DNSMapping{mapping("a.acme.net", "10.20.0.4", "10.22.0.4"), mapping("b.acme.net c.acme.net", "10.99.0.4", "10.64.0.4")}
	v := &model.VNet{Name: safe.New("vnet-hub"), AddressPrefixes: prefixes("10.20.0.0/16")}
	part := model.Part{At: time.Unix(1, 0)}
	n := &model.NetworkStatus{
		Network: model.Network{Name: safe.New("eu-prod"), CIDR: prefixes("10.64.0.0/16")[0]}, PeeringsRead: part, PrivateDNSRead: part,
		Peerings: []model.PeeringStatus{
			{Peering: model.Peering{Name: safe.New("hub-vnet"), Kind: model.KindAzureVNet, VNet: r.VNet, DNS: []model.DNSMapping{mapping("a.acme.net", "10.20.0.4")}}},
			{
				Peering: model.Peering{Name: safe.New("spoke"), Kind: model.KindAzureVNet, VNet: model.VNetRef{Name: safe.New("vnet-spoke")}, DNS: []model.DNSMapping{mapping("A.acme.net", "10.22.0.5")}},
				Azure:   model.AzureHalf{Status: model.HalfPresent, VNet: model.VNet{Name: safe.New("vnet-spoke"), AddressPrefixes: prefixes("10.22.0.0/16")}},
			},
		},
		PrivateDNS: []model.PrivateDNSStatus{
			{PrivateDNS: model.PrivateDNS{ID: safe.New("2"), Name: safe.New("b-dns"), Kind: model.KindAzureResolver, DNS: []model.DNSMapping{mapping("c.acme.net", "10.20.0.9")}}},
			{PrivateDNS: model.PrivateDNS{ID: safe.New("1"), Name: safe.New("a-dns"), Kind: model.KindAzureResolver, DNS: []model.DNSMapping{mapping("b.acme.net", "10.20.0.9")}}},
		},
	}
	all := r.Around(n, v)
	if got, want := words(r.Problems(all)), "0 D27 warning 1 S11 error 1 S10 warning 1 D27 warning"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := unchecked(r, all); got != "S12 S16 S19" {
		t.Errorf("not checked: %s", got)
	}
	r.DNS = setup.DNSPeering // the peering's own table: the one that a run has made before is no other
	if got, want := words(r.Problems(r.Around(n, v))), "0 D28 warning 1 S11 error 1 D27 warning 1 S10 warning 1 D27 warning"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	r.DNS = setup.DNSResolver
	n.Peerings[1].Azure = model.AzureHalf{} // its VNET could not be read, so nobody knows where 10.99.0.4 lies
	if got := unchecked(r, r.Around(n, v)); got != "S10 S12 S16 S19" {
		t.Errorf("not checked: %s", got)
	}
	if got := unchecked(r, r.Around(nil, nil)); got != "D27 D28 S10 S11 S12 S16 S19" || words(r.Problems(r.Around(nil, nil))) != "" {
		t.Errorf("not checked: %s", got)
	}
	texts := dnstable.UncheckedText(r.Unchecked(r.Around(nil, nil)))
	if !slices.Contains(texts, "S10 not checked, because the ranges of vnet-hub are not known.") || !slices.Contains(texts, "S11 not checked, because no network is known.") {
		t.Errorf("%q", texts)
	}
	r.Mappings = r.Mappings[:0]
	if got := unchecked(r, dnstable.Surroundings{}); got != "" {
		t.Errorf("of nothing: %s", got)
	}
}

func unchecked(r setup.Request, around dnstable.Surroundings) string {
	var out []string
	for _, n := range r.Unchecked(around) {
		out = append(out, n.Rule)
	}
	return strings.Join(out, " ")
}
