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

const someGroup = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/networkSecurityGroups/nsg-dns"

// opens is what lets port 53 of a server through a group.
func opens() finding.Change {
	return finding.Change{On: safe.New(someGroup), Near: safe.New("10.20.0.4"), Far: safe.Texts("10.0.0.0/16"), Port: 53, Protocol: safe.New("*")}
}

func rulePlan() setup.RulePlan {
	return setup.RulePlan{
		Mend: &setup.Mend{By: finding.MendRule, Change: opens()},
		Opening: azurenet.Opening{
			Group: azurenet.SecurityGroup{Name: safe.New("nsg-dns")}, Step: azurenet.Step{Rule: safe.New("Deny"), Priority: 200}, Subnets: safe.Texts("snet-dns"),
			Rules: []azurenet.Rule{{Name: safe.New("AllowDnsUdpFromKong"), Priority: 199, Protocol: safe.New("Udp")}, {Name: safe.New("AllowDnsTcpFromKong"), Priority: 198, Protocol: safe.New("Tcp")}},
		},
	}
}

// The question says what is added, before what, for whom, what else has the group, and who
// else looks after it; what is not so is not said.
func TestTheQuestionOfARule(t *testing.T) {
	t.Parallel()
	p := rulePlan()
	text := p.Ask().Text
	for _, want := range []string{"AllowDnsUdpFromKong (priority 199), AllowDnsTcpFromKong (priority 198)", "Deny (priority 200)", "UDP and TCP 53 from 10.0.0.0/16 to 10.20.0.4", "nothing else"} {
		if !strings.Contains(text, want) {
			t.Errorf("it does not say %q: %s", want, text)
		}
	}
	for _, not := range []string{"any protocol", "Mind that", "The group is that of"} {
		if strings.Contains(text, not) {
			t.Errorf("it says %q: %s", not, text)
		}
	}
	if _, is := setup.LookedAfter(p.Kept, safe.New("nsg-dns")); is {
		t.Error("somebody's program looks after it")
	}
	p.Kept = azurenet.Kept{Tags: []azurenet.Tag{{Name: safe.New("managed-by"), Value: safe.New("Terraform")}}, Subnets: safe.Texts("/x/virtualNetworks/vnet-other/subnets/snet-apps")}
	p.Opening.Rules = []azurenet.Rule{{Name: safe.New("AllowDnsFromKong"), Priority: 100, Protocol: safe.New("*")}}
	text = p.Ask().Text
	for _, want := range []string{"any protocol", "managed-by=Terraform", "its code", "the subnet snet-apps of vnet-other"} {
		if !strings.Contains(text, want) {
			t.Errorf("it does not say %q: %s", want, text)
		}
	}
	c, is := setup.LookedAfter(p.Kept, safe.New("nsg-dns"))
	if !is || c.Code != "mend-looked-after" || !strings.Contains(c.Cause, "nsg-dns") {
		t.Errorf("%+v", c)
	}
}

// Who has agreed to a rule has agreed to no other one: its name, its number, its protocol and
// both sides count.
func TestAgreedRule(t *testing.T) {
	t.Parallel()
	one := azurenet.Rule{Name: safe.New("A"), Priority: 199, Protocol: safe.New("Udp"), Sources: safe.Texts("10.0.0.0/16"), Destinations: safe.Texts("10.20.0.4"), Ports: safe.Texts("53")}
	seen := map[string]bool{setup.AgreedRule(safe.New(someGroup), one): true}
	for _, change := range []func(*azurenet.Rule){
		func(r *azurenet.Rule) { r.Name = safe.New("B") },
		func(r *azurenet.Rule) { r.Priority = 198 },
		func(r *azurenet.Rule) { r.Protocol = safe.New("Tcp") },
		func(r *azurenet.Rule) { r.Sources = safe.Texts("*") },
		func(r *azurenet.Rule) { r.Destinations = safe.Texts("*") },
		func(r *azurenet.Rule) { r.Ports = safe.Texts("*") },
	} {
		other := one
		change(&other)
		key := setup.AgreedRule(safe.New(someGroup), other)
		if seen[key] {
			t.Errorf("the consent to %+v is that to another", other)
		}
		seen[key] = true
	}
}

// The failures of what is mended beside a peering have the codes that explain tells of, and
// a way out.
func TestFailuresBesideAPeering(t *testing.T) {
	t.Parallel()
	m := &setup.Mend{By: finding.MendRule, Change: opens()}
	shut := azurenet.Step{Why: "denied", Finding: finding.Finding{Cause: "Denied.", Next: finding.Next{Text: "Ask the owner."}}}
	for code, list := range map[finding.Code][]model.Failure{
		"mend-not-possible": {setup.NotOpened(m, shut)},
		"mend-no-effect":    {setup.StillShut(m, shut), setup.RuleFailed(safe.New("A"), model.ProvisioningFailed)},
	} {
		for _, f := range list {
			if f.FindingCode() != code || f.Cause.IsEmpty() || f.Cure == "" {
				t.Errorf("%s: %+v", code, f)
			}
		}
	}
}

// What lies beside the peerings is mended by the peering with the VNET in which it lies, and
// given on a command line by its address.
func TestMendFor(t *testing.T) {
	t.Parallel()
	peering := func(name, prefix string) model.PeeringStatus {
		p := model.PeeringStatus{Peering: model.Peering{ID: safe.New("id-" + name), Name: safe.New(name), Kind: model.KindAzureVNet, VNet: model.VNetRef{Name: safe.New("vnet-" + name)}}}
		p.Azure.VNet.AddressPrefixes = model.NewPrefixes(safe.Texts(prefix))
		return p
	}
	next := finding.Next{Mend: finding.MendRule, Change: opens()}
	n := model.NetworkStatus{Network: model.Network{Name: safe.New("eu")}, Peerings: []model.PeeringStatus{peering("a", "10.30.0.0/16"), peering("b", "10.20.0.0/16")}}
	n.Paths = []model.PathFinding{{Finding: finding.Finding{Next: next}}, {Finding: finding.Finding{Next: next}}, {Finding: finding.Finding{Next: finding.Next{Text: "Ask."}}}}
	list := setup.Mendable(&n)
	if len(list) != 1 || list[0].Peering.Raw() != "b" || list[0].Kind() != setup.RunMend || list[0].Mend.To() != "10.20.0.4:53" {
		t.Fatalf("%+v", list)
	}
	for text, want := range map[string]bool{"": true, "10.20.0.4": true, "10.20.0.4:53": true, "10.20.0.4:54": false, "10.20.0": false} {
		if list[0].Mend.Reaches(text) != want {
			t.Errorf("it is the one for %q: %v", text, !want)
		}
	}
	other := next
	other.Change.Port = 54
	r, _ := setup.MendFor(&n, other)
	if r.Key() == list[0].Key() {
		t.Error("two changes have one lock")
	}
	n.Peerings = n.Peerings[:1]
	if _, can := setup.MendFor(&n, next); can {
		t.Error("it is mended by a peering with another VNET")
	}
	if _, can := setup.MendFor(nil, next); can {
		t.Error("it is mended without a network")
	}
}
