package setup_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
)

// The question names every subnet that has the table, whichever VNET it is of, and how the
// route comes back; a subnet more is another question.
func TestTheQuestionOfARoute(t *testing.T) {
	t.Parallel()
	p := setup.RoutePlan{
		Mend: &setup.Mend{By: finding.MendRoute, Change: finding.Change{
			On: safe.New("/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/routeTables/rt-apps"), Route: safe.New("no-kong"), Prefix: safe.New("10.0.0.0/16"), Hop: safe.New("None"),
		}},
		Dropped: azurenet.Dropped{Subnets: safe.Texts("snet-a", "snet-b")},
		Kept:    azurenet.Kept{Subnets: safe.Texts("/x/virtualNetworks/vnet-other/subnets/snet-c"), Tags: []azurenet.Tag{{Name: safe.New("managed-by"), Value: safe.New("Terraform")}}},
		VNet:    model.VNet{ID: safe.New("/x/virtualNetworks/vnet-hub")},
	}
	ask := p.Ask()
	for _, want := range []string{"no-kong, which leads 10.0.0.0/16 to the next hop None", "the subnet snet-a, the subnet snet-b and the subnet snet-c of vnet-other", "managed-by=Terraform", "az network route-table route create"} {
		if !strings.Contains(ask.Text, want) {
			t.Errorf("it does not say %q: %s", want, ask.Text)
		}
	}
	before := p.Agreed()
	p.Dropped.Subnets = safe.Texts("snet-a", "snet-b", "snet-d")
	if ask.Confirm.Raw() != "no-kong" || p.Agreed()[0] == before[0] {
		t.Errorf("%+v, %q", ask, before)
	}
	for _, f := range []model.Failure{setup.RouteOther(p), setup.NotByRoute(p.Mend, azurenet.Step{Why: "it is told"}), setup.RouteStays(p.Mend)} {
		if _, known := finding.Lookup(string(f.Finding)); !known || f.Cause.IsEmpty() || f.Subject.Raw() != "no-kong" {
			t.Errorf("%+v", f)
		}
	}
}
