package trace_test

import (
	"testing"

	"github.com/peerdeck/peerdeck/model"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	"github.com/peerdeck/peerdeck/model/safe"
)

// A peering of subnets carries questions to servers in them, and to no others of the VNET.
func TestServersOfAPeeringOfSubnets(t *testing.T) {
	t.Parallel()
	for about, c := range map[string]struct {
		local []model.Prefix
		want  string
		spans int
	}{
		"in the subnet":        {prefixes("10.20.0.0/24"), "routed", 9},
		"in another one":       {prefixes("10.20.128.0/17"), "not routed", 2},
		"which is not told":    {nil, "not known", 1},
		"in parts of the VNET": {prefixes("10.20.0.0/17", "10.20.128.0/17"), "routed", 2},
	} {
		n := network()
		n.Peerings[0].Azure.Peering.WholeVNets, n.Peerings[0].Azure.Peering.Local = model.No, c.local
		f := dnstrace.FactsOf(n, dnstrace.RulesFor(dnstrace.Read("www.hr.example.org").Name, n))
		got := "not known"
		if routed, known := f.Servers[safe.New("10.20.0.5")].Routed.Get(); known {
			got = map[bool]string{true: "routed", false: "not routed"}[routed]
		}
		if got != c.want {
			t.Errorf("%s: %s", about, got)
		}
		if reach, known := f.Reach.Get(); !known || len(reach.Spans) != c.spans {
			t.Errorf("%s: %d ranges, %+v", about, len(reach.Spans), reach)
		}
	}
}
