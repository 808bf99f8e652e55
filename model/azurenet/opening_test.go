package azurenet_test

import (
	"fmt"
	"slices"
	"strconv"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// change is that of the finding about a port in a world.
func change(t *testing.T, f azurenet.Facts, q azurenet.Question) finding.Change {
	t.Helper()
	udp, tcp := f.PassageBoth(q)
	for _, s := range slices.Concat(tcp.Steps, udp.Steps) {
		if s.Finding.Next.Mend == finding.MendRule {
			return s.Finding.Next.Change
		}
	}
	t.Fatal("no finding names a sequence")
	return finding.Change{}
}

// A rule is for the network's range, the one address, the one port, and each protocol that is
// shut; its number is free and before the rule that denies, its name is nobody's; and once it
// is there, the finding is gone.
func TestAnOpeningIsNarrow(t *testing.T) {
	for name, x := range map[string]struct {
		rules []string
		want  []string // name priority protocol
	}{
		"one rule shuts both":     {[]string{"No 200 Deny * * * *"}, []string{"AllowDnsUdpFromKong 199 Udp", "AllowDnsTcpFromKong 198 Tcp"}},
		"a rule for each":         {[]string{"NoU 200 Deny Udp * * 53", "NoT 300 Deny Tcp * * 53"}, []string{"AllowDnsUdpFromKong 199 Udp", "AllowDnsTcpFromKong 299 Tcp"}},
		"TCP alone is shut":       {[]string{"NoT 300 Deny Tcp * * 53"}, []string{"AllowDnsTcpFromKong 299 Tcp"}},
		"a number is taken":       {[]string{"No 200 Deny * * * *", "X 199 Allow Tcp 10.99.0.0/16 * 1"}, []string{"AllowDnsUdpFromKong 198 Udp", "AllowDnsTcpFromKong 197 Tcp"}},
		"outbound numbers do not": {[]string{"No 200 Deny * * * *", "<X 199 Allow Tcp * * 1"}, []string{"AllowDnsUdpFromKong 199 Udp", "AllowDnsTcpFromKong 198 Tcp"}},
		"a name is taken":         {[]string{"No 200 Deny * * * *", "allowdnsudpfromkong 150 Allow Udp 10.99.0.0/16 * 53"}, []string{"AllowDnsUdpFromKong2 199 Udp", "AllowDnsTcpFromKong 198 Tcp"}},
		"one number is left":      {[]string{"No 101 Deny * * * *"}, []string{"AllowDnsFromKong 100 *"}},
		"Azure's own rule denies": {[]string{"No 4096 Deny * 10.0.0.0/8 * *"}, []string{"AllowDnsUdpFromKong 4095 Udp", "AllowDnsTcpFromKong 4094 Tcp"}},
		"a part is let through":   {[]string{"Yes 150 Allow * 10.0.1.0/24 * 53", "No 200 Deny * * * *"}, []string{"AllowDnsUdpFromKong 199 Udp", "AllowDnsTcpFromKong 198 Tcp"}},
	} {
		t.Run(name, func(t *testing.T) {
			f := world(t)
			f.Groups[0] = group(t, "nsg-apps", x.rules...)
			q := question("10.20.4.10", 53)
			c := change(t, f, q)
			o := f.Opening(c, model.Yes)
			var got []string
			for _, r := range o.Rules {
				got = append(got, fmt.Sprintf("%s %d %s", r.Name, r.Priority, r.Protocol))
				if !slices.Equal(r.Sources, safe.Texts(cidr)) || !slices.Equal(r.Destinations, safe.Texts("10.20.4.10")) || !slices.Equal(r.Ports, safe.Texts("53")) || r.Direction.Raw() != "Inbound" || !azurenet.Lets(r, c) {
					t.Errorf("%+v", r)
				}
			}
			if !slices.Equal(got, x.want) {
				t.Fatalf("%q, want %q", got, x.want)
			}
			f.Groups[0].Rules = append(f.Groups[0].Rules, o.Rules...)
			after := f.Opening(c, model.Yes)
			udp, tcp := f.PassageBoth(q)
			if after.Step.Outcome != azurenet.Open || len(after.Rules) != 0 || udp.Outcome() != azurenet.Open || tcp.Outcome() != azurenet.Open {
				t.Errorf("it is still shut: %+v", after.Step)
			}
		})
	}
}

// Where a rule would not help, or may not be added, none is offered and none is planned.
func TestNoOpeningWhereItWouldNotHelp(t *testing.T) {
	f := world(t)
	f.Groups[0] = group(t, "nsg-apps", "No 200 Deny * * * *")
	q := question("10.20.4.10", 53)
	c := change(t, f, q)
	offered := func(f azurenet.Facts) bool {
		udp, tcp := f.PassageBoth(q)
		return slices.ContainsFunc(slices.Concat(udp.Steps, tcp.Steps), func(s azurenet.Step) bool { return s.Finding.Next.Mend != "" })
	}
	admin := f
	admin.AdminRules = []azurenet.AdminRule{{Rule: rule(t, "Corp 10 Deny Any * * 53"), ID: text("/x/corp"), Manager: text("nm")}}
	if o := admin.Opening(c, model.Yes); offered(admin) || len(o.Rules) != 0 || o.Admin.Outcome != azurenet.Closed {
		t.Errorf("over a security admin rule: %+v", o)
	}
	first := f
	first.Groups = []azurenet.SecurityGroup{group(t, "nsg-apps", "No 100 Deny * * * *"), f.Groups[1]}
	if o := first.Opening(c, model.Yes); offered(first) || len(o.Rules) != 0 || o.Step.Outcome != azurenet.Closed {
		t.Errorf("before the first number: %+v", o)
	}
	unread := f
	unread.Groups, unread.Gaps = nil, []azurenet.Gap{{Part: azurenet.PartRules, Failure: model.Failure{Cause: text("you may not")}}}
	if o := unread.Opening(c, model.Yes); offered(unread) || len(o.Rules) != 0 || o.Step.Outcome != azurenet.Unknown {
		t.Errorf("unread: %+v", o)
	}
	moved := f
	moved.VNet.Subnets = slices.Clone(f.VNet.Subnets)
	moved.VNet.Subnets[0].SecurityGroup = text(resources + "networkSecurityGroups/nsg-card")
	if o := moved.Opening(c, model.Yes); len(o.Rules) != 0 || o.Step.Outcome != azurenet.Open {
		t.Errorf("the group is on no way any more: %+v", o)
	}
	odd := c
	odd.Near = text("nowhere")
	if o := f.Opening(odd, model.Yes); len(o.Rules) != 0 || o.Step.Outcome != azurenet.Unknown {
		t.Errorf("%+v", o)
	}
}

// What the other group on the way says is told beside.
func TestTheOtherGroupOnTheWay(t *testing.T) {
	f := world(t)
	f.Groups[0], f.Groups[1] = group(t, "nsg-apps", "No 200 Deny * * * *"), group(t, "nsg-card", "No 300 Deny * * * *")
	c := change(t, f, question("10.20.4.10", 53))
	o := f.Opening(c, model.Yes)
	if o.Step.Outcome != azurenet.Closed || o.Other.Outcome != azurenet.Closed || o.Step.Name == o.Other.Name {
		t.Errorf("%+v", o)
	}
	c.On = f.Groups[1].ID
	if o = f.Opening(c, model.Yes); len(o.Rules) != 2 || o.Rules[0].Priority != 299 || o.Group.Name.Raw() != "nsg-card" {
		t.Errorf("%+v", o)
	}
}

// A rule that somebody has changed is not the one that was made.
func TestLets(t *testing.T) {
	c := finding.Change{On: text("/x"), Near: text("10.20.4.10"), Far: safe.Texts("10.0.0.68", "10.0.0.132"), Port: 8080, Protocol: text("Tcp")}
	own := func() azurenet.Rule {
		return rule(t, "AllowTcp8080FromKong 199 Allow tcp 10.0.0.132/32,10.0.0.68 10.20.4.10 8080")
	}
	if !azurenet.Lets(own(), c) {
		t.Error("Azure's spelling of it is another rule")
	}
	for i, change := range []func(*azurenet.Rule){
		func(r *azurenet.Rule) { r.Access = text("Deny") },
		func(r *azurenet.Rule) { r.Sources = append(r.Sources, text("10.0.0.99")) },
		func(r *azurenet.Rule) { r.Sources = r.Sources[:1] },
		func(r *azurenet.Rule) { r.Destinations = safe.Texts("*") },
		func(r *azurenet.Rule) { r.Ports = safe.Texts("8080", "8081") },
		func(r *azurenet.Rule) { r.Direction = text("Outbound") },
		func(r *azurenet.Rule) { r.Protocol = text("Udp") },
		func(r *azurenet.Rule) { r.SourceGroups = safe.Texts("/asg") },
	} {
		r := own()
		change(&r)
		if azurenet.Lets(r, c) {
			t.Error("changed in the way " + strconv.Itoa(i) + ", it still is the one that was made")
		}
	}
}

// Tags that programs put on what they make are told from those that people do.
func TestWhoLooksAfterIt(t *testing.T) {
	for tag, want := range map[[2]string]bool{
		{"managed-by", "terraform"}: true, {"ManagedBy", "Bicep"}: true, {"managed_by", "platform-pipeline"}: true, {"azd-env-name", "prod"}: true,
		{"aks-managed-cluster-name", "k"}: true, {"iac", "true"}: true, {"deployment", "pulumi-up"}: true, {"provisioned by", "ansible"}: true,
		{"env", "prod"}: false, {"owner", "jane@example.org"}: false, {"managed-by", "jane@example.org"}: false, {"createdBy", "jane"}: false,
		{"costcenter", "maniac"}: false, {"managed-by", "portal"}: false, {"", ""}: false, {"purpose", "influx"}: false,
	} {
		k := azurenet.Kept{Tags: []azurenet.Tag{{Name: text(tag[0]), Value: text(tag[1])}}}
		if got := k.Automation() != ""; got != want {
			t.Errorf("%q: %v (%s)", tag, got, k.Automation())
		}
	}
	k := azurenet.Kept{Group: text("MC_rg"), Manager: text("/subscriptions/s/resourcegroups/rg/providers/Microsoft.ContainerService/managedClusters/aks-1")}
	if k.Automation() != "its resource group MC_rg is managed by aks-1" {
		t.Error(k.Automation())
	}
}
