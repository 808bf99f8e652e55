package setup_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
)

const anAccount = "929b2449-c69f-44c4-b6ad-9ecec6f811ae"

func newNetworkRequest() setup.Request {
	r := goodRequest()
	r.Network = safe.New("eu-new")
	r.Create = &setup.CreateNetwork{Region: safe.New("eastus2"), CIDR: safe.New("10.192.0.0/20")}
	return r
}

// What is wrong with the network of a request before anything is asked.
func TestNewNetworkProblems(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(r *setup.Request)
		field  setup.Field
		says   string
	}{
		"fine":          {func(*setup.Request) {}, "", ""},
		"all of it":     {func(r *setup.Request) { r.Create.Zones, r.Create.Account = safe.Texts("a", "b"), safe.New(anAccount) }, "", ""},
		"no region":     {func(r *setup.Request) { r.Create.Region = safe.Text{} }, setup.FieldRegion, "the region of the new network is missing"},
		"no range":      {func(r *setup.Request) { r.Create.CIDR = safe.Text{} }, setup.FieldCIDR, "peerdeck ranges offers free ones"},
		"no such range": {func(r *setup.Request) { r.Create.CIDR = safe.New("ten") }, setup.FieldCIDR, "is no address range"},
		"too small":     {func(r *setup.Request) { r.Create.CIDR = safe.New("10.0.0.0/24") }, setup.FieldCIDR, "Konnect takes /16 to /21"},
		"not aligned":   {func(r *setup.Request) { r.Create.CIDR = safe.New("10.0.1.0/20") }, setup.FieldCIDR, "the range that it lies in is 10.0.0.0/20"},
		"IPv6":          {func(r *setup.Request) { r.Create.CIDR = safe.New("fd00::/20") }, setup.FieldCIDR, "is no IPv4 range"},
		"a zone twice":  {func(r *setup.Request) { r.Create.Zones = safe.Texts("a", "a") }, setup.FieldZones, "stands twice"},
		"no account":    {func(r *setup.Request) { r.Create.Account = safe.New("azure") }, setup.FieldAccount, "is no id of the provider account"},
		"an id":         {func(r *setup.Request) { r.Network = safe.New(anAccount) }, setup.FieldNetwork, "Konnect chooses that of a new network"},
		"a long name":   {func(r *setup.Request) { r.Network = safe.New(strings.Repeat("n", 121)) }, setup.FieldNetwork, "Konnect takes 120"},
	} {
		r := newNetworkRequest()
		c.change(&r)
		var fatal []setup.Problem
		for _, p := range r.Problems(dnstable.Surroundings{}) {
			if p.Fatal() {
				fatal = append(fatal, p)
			}
		}
		if c.field == "" && len(fatal) == 0 {
			continue
		}
		if len(fatal) != 1 || fatal[0].Field != c.field || !strings.Contains(fatal[0].Text, c.says) {
			t.Errorf("%s: %+v", name, fatal)
		}
	}
}

func zoned() model.Availability {
	return model.Availability{Regions: []model.CloudRegion{{
		Provider: model.ProviderAzure, ID: safe.New("eastus2"), Zones: safe.Texts("z1", "z2", "z3"),
		CIDRs: model.NewPrefixes(safe.Texts("10.0.0.0/8")), Reserved: model.NewPrefixes(safe.Texts("10.100.0.0/16")),
	}}}
}

// What is looked at before a network is asked for, and what stops it.
func TestNetworkPlan(t *testing.T) {
	t.Parallel()
	unread := &model.Failure{Kind: model.FailureTimeout, Operation: "read Konnect's availability", Cause: safe.New("no answer")}
	for name, c := range map[string]struct {
		change func(p *setup.NetworkPlan)
		codes  string // of what is not fine
		stops  bool
	}{
		"fine":                   {func(*setup.NetworkPlan) {}, "", false},
		"a zone too few is fine": {func(p *setup.NetworkPlan) { p.Request.Create.Zones = safe.Texts("z2") }, "", false},
		"no such zone":           {func(p *setup.NetworkPlan) { p.Request.Create.Zones = safe.Texts("z4") }, "setup-network-zones", true},
		"no account":             {func(p *setup.NetworkPlan) { p.Accounts = nil }, "setup-network-no-account", true},
		"another account":        {func(p *setup.NetworkPlan) { p.Request.Create.Account = safe.New("x") }, "setup-network-no-account", true},
		"two accounts": {func(p *setup.NetworkPlan) {
			p.Accounts = append(p.Accounts, model.ProviderAccount{ID: safe.New("b"), Provider: "azure"})
		}, "setup-network-no-account", true},
		"no such region":          {func(p *setup.NetworkPlan) { p.Request.Create.Region = safe.New("moon") }, "setup-network-region", true},
		"kept by Konnect":         {func(p *setup.NetworkPlan) { p.Request.Create.CIDR = safe.New("10.100.0.0/20") }, "setup-network-range", true},
		"beside what Konnect has": {func(p *setup.NetworkPlan) { p.Request.Create.CIDR = safe.New("10.101.0.0/20") }, "", false},
		"meets the VNET":          {func(p *setup.NetworkPlan) { p.VNet.AddressPrefixes = model.NewPrefixes(safe.Texts("10.192.8.0/24")) }, "setup-overlap", true},
		"beside the VNET":         {func(p *setup.NetworkPlan) { p.VNet.AddressPrefixes = model.NewPrefixes(safe.Texts("10.192.16.0/24")) }, "", false},
		"another network has it": {func(p *setup.NetworkPlan) {
			p.Networks = []model.Network{{Name: safe.New("n"), State: model.NetworkReady, CIDR: model.NewPrefix(safe.New("10.192.0.0/16"))}}
		}, "setup-network-taken", false},
		"a deleted network had it": {func(p *setup.NetworkPlan) {
			p.Networks = []model.Network{{Name: safe.New("n"), State: model.NetworkTerminated, CIDR: model.NewPrefix(safe.New("10.192.0.0/16"))}}
		}, "", false},
		"the VNET was not read": {func(p *setup.NetworkPlan) { p.VNet = model.VNet{} }, "setup-network-unread", false},
		"no document, no zones": {func(p *setup.NetworkPlan) { p.Unavailable = unread }, "setup-network-zones", true},
		"no document":           {func(p *setup.NetworkPlan) { p.Unavailable, p.Request.Create.Zones = unread, safe.Texts("z9") }, "setup-network-unread", false},
	} {
		p := setup.NetworkPlan{
			Request: newNetworkRequest(), Availability: zoned(), Accounts: []model.ProviderAccount{{ID: safe.New("a"), Provider: "aws"}, {ID: safe.New(anAccount), Provider: "azure"}},
			VNet: model.VNet{ID: safe.New("/v"), Name: safe.New("vnet-hub"), AddressPrefixes: model.NewPrefixes(safe.Texts("10.20.0.0/16"))},
		}
		c.change(&p)
		n, checks := p.Network()
		var codes []string
		stops := false
		if fine := []string{"setup-network-account", "setup-network-zones-given", "setup-network-range-fits", "setup-ranges", "setup-network-untaken"}; name == "fine" {
			for i, k := range checks {
				if string(k.Code) != fine[i] {
					t.Errorf("%s is not %s", k.Code, fine[i])
				}
			}
		}
		for _, k := range checks {
			stops = stops || k.Stops
			if k.Stops || k.Asks {
				codes = append(codes, string(k.Code))
				if k.Next.Text == "" {
					t.Errorf("%s: %s has no next step", name, k.Code)
				}
			}
		}
		if strings.Join(codes, " ") != c.codes || stops != c.stops {
			t.Errorf("%s: %v, stops %v", name, codes, stops)
		}
		if !stops && (n.Account.Raw() != anAccount || len(n.Zones) == 0 || n.Name != p.Request.Network) {
			t.Errorf("%s: %+v", name, n)
		}
	}
}

func TestASameNetworkIsUsed(t *testing.T) {
	t.Parallel()
	there := model.Network{Name: safe.New("eu-new"), Region: safe.New("EASTUS2"), CIDR: model.NewPrefix(safe.New("10.192.0.0/20")), AvailabilityZones: safe.Texts("z2", "z1"), ProviderAccountID: safe.New(anAccount)}
	for name, c := range map[string]struct {
		change func(r *setup.Request)
		code   string
	}{
		"the same":           {func(*setup.Request) {}, ""},
		"zones in any order": {func(r *setup.Request) { r.Create.Zones = safe.Texts("z1", "z2") }, ""},
		"other zones":        {func(r *setup.Request) { r.Create.Zones = safe.Texts("z1", "z3") }, "setup-network-other-zones"},
		"another range":      {func(r *setup.Request) { r.Create.CIDR = safe.New("10.192.0.0/21") }, "setup-network-other"},
		"another region":     {func(r *setup.Request) { r.Create.Region = safe.New("uksouth") }, "setup-network-other"},
		"another account":    {func(r *setup.Request) { r.Create.Account = safe.New(model.KongAppID) }, "setup-network-other"},
	} {
		r := newNetworkRequest()
		c.change(&r)
		found := setup.JudgeSameNetwork(there, r)
		if c.code == "" && len(found) == 0 {
			continue
		}
		if len(found) != 1 || string(found[0].Code) != c.code || found[0].Stops != (c.code == "setup-network-other") {
			t.Errorf("%s: %+v", name, found)
		}
	}
	if later := setup.NetworkLater(newNetworkRequest()); later.Code != "setup-network-later" || later.Stops || later.Asks {
		t.Errorf("%+v", later)
	}
	if f := setup.NetworkLost(there, setup.Looks{}); f.Finding != "setup-network-lost" || f.Cure == "" {
		t.Errorf("%+v", f)
	}
}

// A network that anything uses, or of which that is not known, stays.
func TestAUsedNetworkStays(t *testing.T) {
	t.Parallel()
	ready, gone := model.Peering{State: model.PeeringReady}, model.Peering{State: model.PeeringTerminated}
	for name, c := range map[string]struct {
		configurations int
		peerings       []model.Peering
		dns            []model.PrivateDNS
		want           string
	}{
		"nothing":        {0, []model.Peering{gone}, []model.PrivateDNS{{State: model.PrivateDNSTerminated}}, ""},
		"a peering":      {0, []model.Peering{gone, ready}, nil, "it is used by 1 peering"},
		"a resolver":     {0, nil, []model.PrivateDNS{{State: model.PrivateDNSReady}}, "it is used by 1 private DNS"},
		"control planes": {2, []model.Peering{ready}, nil, "it is used by 1 peering and 2 control plane configurations"},
		"not told":       {-1, nil, nil, "Konnect does not tell whether a control plane uses it"},
	} {
		if got := setup.NetworkUsed(model.Network{ConfigurationCount: c.configurations}, c.peerings, c.dns); got != c.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestTheNetworkIsTheFirstStep(t *testing.T) {
	t.Parallel()
	r := newNetworkRequest()
	if steps := r.Steps(); steps[0] != setup.StepNetwork || !slices.Equal(steps[1:], setup.Steps(r.DNS)) {
		t.Error(steps)
	}
	if r.Create = nil; !slices.Equal(r.Steps(), setup.Steps(r.DNS)) {
		t.Error(r.Steps())
	}
}
