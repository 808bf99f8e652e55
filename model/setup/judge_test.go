package setup_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
)

// judged writes a result as "CODE severity stops|asks".
func judged(c setup.Checked) string {
	out := string(c.Code) + " " + c.Severity.String()
	if c.Stops {
		out += " stops"
	}
	if c.Asks {
		out += " asks"
	}
	return out
}

func allJudged(list []setup.Checked) string {
	out := make([]string, len(list))
	for i, c := range list {
		out[i] = judged(c)
	}
	return strings.Join(out, ", ")
}

// want is what a result must be, and what its cause and next step must say.
type want struct {
	judged string
	cause  string
	next   string
}

func (w want) of(t *testing.T, c setup.Checked) {
	t.Helper()
	if got := judged(c); got != w.judged || !strings.Contains(c.Cause, w.cause) || !strings.Contains(c.Next.Line(), w.next) {
		t.Errorf("%s: %q, next %q; want %s with %q, next with %q", got, c.Cause, c.Next.Line(), w.judged, w.cause, w.next)
	}
	if e, found := finding.Lookup(string(c.Code)); !found || !slices.Contains(e.Severities, c.Severity) {
		t.Errorf("the catalogue has no %s of severity %s", c.Code, c.Severity)
	}
	if (c.Stops || c.Asks) && c.Title == "" {
		t.Errorf("%s has no title", c.Code)
	}
}

func TestJudgeProvider(t *testing.T) {
	n := model.Network{Name: safe.New("eu-prod")}
	for on, w := range map[model.Provider]want{
		model.ProviderUnknown: {"setup-provider-unknown attention asks", "which cloud eu-prod is on", "Go on only"},
		model.ProviderAWS:     {"setup-provider broken stops", "eu-prod is on AWS", "network on Azure"},
		model.ProviderGCP:     {"setup-provider broken stops", "eu-prod is on", "network on Azure"},
	} {
		c, said := setup.JudgeProvider(n, on)
		if !said {
			t.Errorf("nothing is said of %v", on)
		}
		w.of(t, c)
	}
	if c, said := setup.JudgeProvider(n, model.ProviderAzure); said {
		t.Errorf("%s is said of Azure", judged(c))
	}
}

func TestJudgeNetwork(t *testing.T) {
	for state, w := range map[model.NetworkState]struct{ stops, asks bool }{
		model.NetworkReady:               {},
		model.NetworkInitializing:        {stops: true},
		model.NetworkCreated:             {stops: true},
		model.NetworkOffline:             {stops: true},
		model.NetworkTerminating:         {stops: true},
		model.NetworkTerminated:          {stops: true},
		model.NetworkState("half-ready"): {asks: true},
	} {
		f := model.NetworkFacts{Network: model.Network{Name: safe.New("eu-prod"), Region: safe.New("westeurope"), CIDR: model.NewPrefix(safe.New("10.4.0.0/16")), State: state}}
		c := setup.JudgeNetwork(f)
		if c.Stops != w.stops || c.Asks != w.asks || !strings.HasPrefix(c.Cause, "eu-prod") {
			t.Errorf("%s: %s, %q", state, judged(c), c.Cause)
		}
		// What is wrong with a network is what is said of it elsewhere.
		if own := model.NewJudge().Network(f); !c.Same(own) {
			t.Errorf("%s: %+v here and %+v elsewhere", state, c.Finding, own)
		}
	}
}

func TestPeeringsThere(t *testing.T) {
	r := goodRequest()
	peer := func(change func(*model.Peering)) model.Peering {
		p := model.Peering{ID: safe.New("p"), Name: safe.New("hub-vnet"), Kind: model.KindAzureVNet, State: model.PeeringReady, VNet: r.VNet}
		change(&p)
		return p
	}
	other := r.VNet
	other.Name = safe.New("vnet-other")
	for name, c := range map[string]struct {
		peering model.Peering
		want    want
		there   bool
	}{
		"attached":               {peer(func(*model.Peering) {}), want{"setup-peerings ok", "will not be made again", ""}, true},
		"attached in other case": {peer(func(p *model.Peering) { p.VNet.Name = safe.New("VNET-HUB") }), want{"setup-peerings ok", "will not be made again", ""}, true},
		"another tenant":         {peer(func(p *model.Peering) { p.VNet.TenantID = safe.New("99999999-2222-3333-4444-555555555555") }), want{"setup-peering-tenant broken stops", "99999999-", "delete that peering"}, true},
		"the name is in use":     {peer(func(p *model.Peering) { p.VNet = other }), want{"setup-peering-name broken stops", "hub-vnet is taken by a peering with vnet-other", "another name"}, false},
		"another name and VNET":  {peer(func(p *model.Peering) { p.VNet, p.Name = other, safe.New("b") }), want{"setup-peerings ok", "no peering with vnet-hub", ""}, false},
		"one that goes":          {peer(func(p *model.Peering) { p.State = model.PeeringTerminating }), want{"setup-peerings ok", "no peering with", ""}, false},
		"one that is gone":       {peer(func(p *model.Peering) { p.State = model.PeeringTerminated }), want{"setup-peerings ok", "no peering with", ""}, false},
	} {
		t.Run(name, func(t *testing.T) {
			p := setup.PeeringsThere{Network: model.Network{Name: safe.New("eu-prod")}, Request: r, Peerings: []model.Peering{c.peering}}
			c.want.of(t, p.Judge())
			if (p.Attached() != nil) != c.there {
				t.Errorf("attached: %v", p.Attached())
			}
		})
	}
	broken := setup.PeeringsThere{Network: model.Network{Name: safe.New("eu-prod")}, Request: r, Peerings: []model.Peering{peer(func(p *model.Peering) { p.State = model.PeeringError })}}
	c := broken.Judge()
	if own := model.NewJudge().Peering(model.PeeringFacts{Network: broken.Network, Peering: broken.Peerings[0]}); !c.Stops || !c.Same(own) || !strings.Contains(c.Cause, own.Cause) {
		t.Errorf("%s %q; of the peering it is said %+v", judged(c), c.Cause, own)
	}
}

func TestJudgeDifference(t *testing.T) {
	r := goodRequest()
	there := model.Peering{Name: r.Peering}
	renamed := model.Peering{Name: safe.New("old")}
	fixed := r
	fixed.DNS = setup.DNSPeering
	for name, c := range map[string]struct {
		there   model.Peering
		request setup.Request
		sameDNS bool
		want    string
	}{
		"the same":                      {there, fixed, true, ""},
		"another name":                  {renamed, r, true, "setup-other-name attention asks"},
		"other mappings":                {there, fixed, false, "setup-other-mappings attention asks"},
		"mappings go into the resolver": {there, r, false, ""},
		"both":                          {renamed, fixed, false, "setup-other-name attention asks, setup-other-mappings attention asks"},
	} {
		if got := allJudged(setup.JudgeDifference(c.there, c.request, c.sameDNS)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestJudgeSubscription(t *testing.T) {
	ref := goodRequest().VNet
	sub := func(tenant, state string) model.Subscription {
		return model.Subscription{Name: safe.New("labs"), TenantID: safe.New(tenant), State: safe.New(state)}
	}
	for name, c := range map[string]struct {
		s    model.Subscription
		want want
	}{
		"of the tenant":      {sub(ref.TenantID.Raw(), "Enabled"), want{"setup-subscription ok", "labs is of the tenant", ""}},
		"of another":         {sub("99999999-2222-3333-4444-555555555555", "Enabled"), want{"setup-tenant broken stops", "labs is of the tenant 99999999-", "Give the tenant"}},
		"warned":             {sub(ref.TenantID.Raw(), "Warned"), want{"setup-subscription-state attention asks", "labs is Warned", "enabled first"}},
		"nothing is told":    {sub("", ""), want{"setup-subscription ok", "labs", ""}},
		"disabled elsewhere": {sub("99999999-2222-3333-4444-555555555555", "Disabled"), want{"setup-tenant broken stops", "", ""}},
	} {
		t.Run(name, func(t *testing.T) { c.want.of(t, setup.JudgeSubscription(c.s, ref)) })
	}
}

func TestWhatIsRefused(t *testing.T) {
	f := model.Failure{Kind: model.FailurePermission, Cause: safe.New("you may not read it"), Cure: "Ask for Reader."}
	ref := goodRequest().VNet
	want{"setup-subscription broken stops", "you may not read it.", "Ask for Reader."}.of(t, setup.SubscriptionRefused(f, ref, false))
	want{"setup-vnet broken stops", "you may not read it.", "Ask for Reader."}.of(t, setup.VNetRefused(f))
	want{"setup-network broken stops", "you may not read it.", "Ask for Reader."}.of(t, setup.NetworkNotFound(f))
	c := setup.SubscriptionRefused(f, ref, true)
	want{"setup-tenant broken stops", ref.SubscriptionID.String(), "Give the tenant"}.of(t, c)
	if !strings.HasSuffix(c.Next.Command, "--subscription "+model.ShellQuote(ref.SubscriptionID.String())) {
		t.Errorf("the command is %q", c.Next.Command)
	}
}

func TestJudgeVNet(t *testing.T) {
	for n, code := range map[int]string{
		0: "setup-peerings-room ok", 449: "setup-peerings-room ok",
		450: "setup-peerings-many attention asks", 499: "setup-peerings-many attention asks",
		500: "setup-peerings-full broken stops", 501: "setup-peerings-full broken stops",
	} {
		v := model.VNet{Name: safe.New("vnet-hub"), Location: safe.New("westeurope"), Peerings: make([]model.VNetPeering, n)}
		list := setup.JudgeVNet(v)
		if got := allJudged(list); got != "setup-vnet ok, "+code {
			t.Errorf("%d peerings: %s", n, got)
		}
		if last := list[len(list)-1]; !strings.Contains(last.Cause, strconv.Itoa(n)) {
			t.Errorf("%d peerings: %q", n, last.Cause)
		}
	}
}

func TestRanges(t *testing.T) {
	prefixes := func(list ...string) []model.Prefix {
		out := make([]model.Prefix, len(list))
		for i, p := range list {
			out[i] = model.NewPrefix(safe.New(p))
		}
		return out
	}
	beside := model.VNetPeering{ID: safe.New("/peerings/spoke"), Name: safe.New("spoke"), State: model.VNetConnected, Routed: prefixes("10.9.0.0/16")}
	for name, c := range map[string]struct {
		cidr     string
		own      []string
		peerings []model.VNetPeering
		reserved []string
		want     want
	}{
		"apart":               {"10.4.0.0/16", []string{"10.64.0.0/16"}, nil, []string{"172.16.0.0/16"}, want{"setup-ranges ok", "overlaps 10.4.0.0/16", ""}},
		"the same":            {"10.4.0.0/16", []string{"10.64.0.0/16", "10.4.8.0/24"}, nil, nil, want{"setup-overlap broken stops", "10.4.8.0/24", model.OverlapCure}},
		"a neighbour's":       {"10.9.0.0/20", []string{"10.64.0.0/16"}, []model.VNetPeering{beside}, nil, want{"setup-overlap broken stops", "spoke", model.OverlapCure}},
		"reserved":            {"10.4.0.0/16", []string{"172.16.3.0/24"}, nil, []string{"172.16.0.0/16"}, want{"setup-reserved attention asks", "172.16.3.0/24 of vnet-hub overlaps 172.16.0.0/16", "may not be reached"}},
		"reserved, beside":    {"10.4.0.0/16", []string{"10.64.0.0/16"}, []model.VNetPeering{beside}, []string{"10.9.4.0/24"}, want{"setup-reserved attention asks", "which vnet-hub reaches by spoke", "may not be reached"}},
		"unreadable":          {"10.4.0.0/16", []string{"10.64/x"}, nil, nil, want{"setup-ranges-unread attention asks", "10.64/x", "by eye"}},
		"no range of its own": {"", []string{"10.64.0.0/16"}, nil, nil, want{"setup-ranges-unread attention asks", "", "by eye"}},
	} {
		t.Run(name, func(t *testing.T) {
			c.want.of(t, setup.Ranges{
				Network:  model.Network{Name: safe.New("eu-prod"), CIDR: model.NewPrefix(safe.New(c.cidr))},
				VNet:     model.VNet{Name: safe.New("vnet-hub"), AddressPrefixes: prefixes(c.own...), Peerings: c.peerings},
				Reserved: prefixes(c.reserved...),
			}.Judge())
		})
	}
}

func TestRights(t *testing.T) {
	ref := goodRequest().VNet
	list := setup.RightsFor(ref, safe.New("/subscriptions/s"))
	if len(list) != 3 || list[0].On.Raw() != "/subscriptions/s" || list[1].On != ref.ID() {
		t.Fatalf("%+v", list)
	}
	owner := []model.PermissionSet{{Actions: safe.Texts("*")}}
	contributor := []model.PermissionSet{{Actions: safe.Texts("*"), NotActions: safe.Texts("Microsoft.Authorization/*/Write")}}
	unread := &model.Failure{Cause: safe.New("Azure did not answer.")}
	for i, c := range []struct {
		sets   []model.PermissionSet
		unread *model.Failure
		want   want
	}{
		{owner, nil, want{"setup-rights ok", "likely that you may create or change the role on the subscription", ""}},
		{contributor, nil, want{"setup-rights-missing attention asks", "You may not create or change the role", "PIM"}},
		{nil, nil, want{"setup-rights-missing attention asks", "You may not", "hand the Azure part"}},
		{owner, unread, want{"setup-rights-unread unknown", "cannot tell whether you may create or change the role on the subscription (Azure did not answer)", ""}},
	} {
		got := list[0].Judge(c.sets, c.unread)
		c.want.of(t, got)
		if got.About != list[0].Action {
			t.Errorf("%d: about %q", i, got.About)
		}
	}
}

func TestJudgeStrangers(t *testing.T) {
	ref := goodRequest().VNet
	of := func(role, scope, principal string) model.RoleAssignment {
		return model.RoleAssignment{RoleDefinitionID: safe.New(role), Scope: safe.New(scope), PrincipalID: safe.New(principal)}
	}
	const role, us = "/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/7f3b0000-0000-0000-0000-000000000001", "kong"
	vnet := ref.ID().Raw()
	for name, c := range map[string]struct {
		list []model.RoleAssignment
		want string
	}{
		"none":             {nil, ""},
		"our own":          {[]model.RoleAssignment{of(role, vnet, "KONG")}, ""},
		"a stranger":       {[]model.RoleAssignment{of(role, strings.ToUpper(vnet), "old")}, "setup-other-assignment attention asks"},
		"of another role":  {[]model.RoleAssignment{of(strings.Replace(role, "1", "2", 1)+"9", vnet, "old")}, ""},
		"of another scope": {[]model.RoleAssignment{of(role, "/subscriptions/s", "old")}, ""},
		"two":              {[]model.RoleAssignment{of(role, vnet, "old"), of(role, vnet, us), of(role, vnet, "older")}, "setup-other-assignment attention asks, setup-other-assignment attention asks"},
	} {
		got := setup.JudgeStrangers(c.list, safe.New(role), safe.New(us), ref)
		if allJudged(got) != c.want {
			t.Errorf("%s: %s, want %s", name, allJudged(got), c.want)
		}
		if len(got) == 2 && got[0].Key() == got[1].Key() {
			t.Errorf("%s: who accepts %q has accepted the other too", name, got[0].Key())
		}
	}
}

func TestJudgeMappings(t *testing.T) {
	for name, c := range map[string]struct {
		mapping model.DNSMapping
		want    string
	}{
		"a public suffix": {mapping("co.uk", "10.64.0.4", "10.64.0.5"), "D17 broken stops"},
		"a host name":     {mapping("a.acme.net", "dns.acme.net", "10.64.0.5"), "S02 broken stops"},
		"the root":        {mapping(".", "10.64.0.4", "10.64.0.5"), "D15 attention asks"},
	} {
		r := goodRequest()
		r.Mappings = []model.DNSMapping{c.mapping}
		got := r.JudgeMappings(dnstable.Surroundings{})
		if !slices.ContainsFunc(got, func(f setup.Checked) bool { return judged(f) == c.want }) || allJudged(got[len(got)-1:]) == "setup-dns ok" {
			t.Errorf("%s: %s, want %s", name, allJudged(got), c.want)
		}
	}
	none := goodRequest()
	none.Mappings = nil
	if got := none.JudgeMappings(dnstable.Surroundings{}); !strings.Contains(allJudged(got), "setup-mapping broken stops") {
		t.Errorf("a resolver without a mapping: %s", allJudged(got))
	}
	r := goodRequest()
	got := r.JudgeMappings(dnstable.Surroundings{})
	if last := got[len(got)-1]; judged(last) != "setup-dns ok" || !strings.Contains(last.Cause, "2 domains") {
		t.Errorf("%s", allJudged(got))
	}
	for _, c := range got[:len(got)-1] {
		if c.Code == "setup-unchecked" && (c.Stops || c.Asks || !strings.Contains(c.Cause, "not checked, because ")) {
			t.Errorf("%s %q", judged(c), c.Cause)
		}
	}
}

func TestNotReady(t *testing.T) {
	at := time.Date(2026, 11, 28, 10, 0, 0, 0, time.UTC)
	h := setup.Halves{LookedAt: at, Finding: finding.Finding{Code: "peering-error-rights", Cause: "Konnect may not.", Next: finding.Next{Text: "Assign the role."}}}
	other := h
	other.Finding.Code = "peering-error"
	for name, c := range map[string]struct {
		halves   setup.Halves
		assigned time.Time
		kind     model.FailureKind
	}{
		"rights of long ago":     {h, at.Add(-10 * time.Minute), model.FailureConflict},
		"rights of a moment ago": {h, at.Add(-9 * time.Minute), model.FailurePermission},
		"rights that were there": {h, time.Time{}, model.FailureConflict},
		"another cause":          {other, at.Add(-time.Minute), model.FailureConflict},
	} {
		f := setup.NotReady(c.halves, safe.New("hub"), c.assigned, 10*time.Minute)
		fresh := strings.Contains(f.Cause.Raw(), "before Kong's new rights acted") && strings.Contains(f.Cure, "run again")
		if f.Kind != c.kind || fresh != (c.kind == model.FailurePermission) || !strings.HasPrefix(f.Cause.Raw(), "Konnect may not.") || !strings.HasPrefix(f.Cure, "Assign the role.") {
			t.Errorf("%s: %+v", name, f)
		}
	}
}

func TestWhatATeardownSays(t *testing.T) {
	ref := goodRequest().VNet
	half := model.AzureHalf{Status: model.HalfPresent, Removable: true, Peering: model.VNetPeering{Name: safe.New("it's"), State: model.VNetDisconnected}}
	c, found := setup.HalfLeft(half, model.Network{}, ref)
	want{"setup-dead-half attention asks", "it's stays in " + ref.Name.String(), "Delete it"}.of(t, c)
	if !found || !strings.HasPrefix(c.Next.Command, "az network vnet peering delete ") || !strings.HasSuffix(c.Next.Command, "--name "+model.ShellQuote("it's")) {
		t.Errorf("%q", c.Next.Command)
	}
	half.Removable, half.Rivals = false, []model.NetworkName{{ID: safe.New("n2"), Name: safe.New("eu-two")}}
	if c, found = setup.HalfLeft(half, model.Network{}, ref); !found || strings.Contains(c.Next.Command, "delete") || !strings.Contains(c.Next.Text, "eu-two (n2)") {
		t.Errorf("another network may own it, and the step is %+v", c.Next)
	}
	half.Peering.State = model.VNetConnected
	if c, found = setup.HalfLeft(half, model.Network{}, ref); found {
		t.Errorf("a half that lives goes by itself: %+v", c)
	}
	role := setup.Made{Kind: model.ObjectRole, Name: safe.New("Peering")}
	want{"setup-kept attention asks", "Peering stays: it is used.", ""}.of(t, setup.Stays(role, "it is used"))
	want{"setup-table-changed attention asks", "a.example was changed.", "DNS screen"}.of(t, setup.TableChanged("a.example was changed."))
}

func TestWhatARunMayNotMend(t *testing.T) {
	for _, c := range []struct {
		f                    model.Failure
		subject, cause, cure string
	}{
		{setup.ApplicationDisabled(model.ServicePrincipal{ID: safe.New("obj-1"), Name: safe.New("Kong")}), "Kong", "object obj-1", "then retry"},
		{setup.RoleForbids(safe.New("Peering")), "Peering", "NotActions", "another role name"},
		{setup.BeingDeleted(safe.New("hub")), "hub", "deleting it in Konnect", "from its beginning"},
	} {
		if c.f.Kind != model.FailureConflict || c.f.Retryable || c.f.Subject.Raw() != c.subject || !strings.Contains(c.f.Cause.Raw(), c.cause) || !strings.Contains(c.f.Cure, c.cure) {
			t.Errorf("%+v", c.f)
		}
	}
}
