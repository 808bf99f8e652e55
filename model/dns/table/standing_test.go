package table_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// standingNetwork is one with a peered VNET of 10.1.0.0/16 and a resolver with one row.
func standingNetwork(domain string, servers ...string) *model.NetworkStatus {
	var list []safe.Text
	for _, s := range servers {
		list = append(list, safe.New(s))
	}
	at := model.Part{At: time.Unix(1, 0)}
	return &model.NetworkStatus{
		Network:      model.Network{ID: safe.New("n1"), Name: safe.New("eu-prod"), State: model.NetworkReady, CIDR: model.NewPrefix(safe.New("10.0.0.0/16"))},
		PeeringsRead: at, PrivateDNSRead: at,
		Peerings: []model.PeeringStatus{{
			Peering: model.Peering{ID: safe.New("p1"), Name: safe.New("hub"), Kind: model.KindAzureVNet, State: model.PeeringReady, DNS: []model.DNSMapping{
				{Domains: []safe.Text{safe.New("old.acme.io")}, Servers: []safe.Text{safe.New("10.1.0.4"), safe.New("10.1.1.4")}},
			}},
			Azure: model.AzureHalf{Status: model.HalfPresent, VNet: model.VNet{Name: safe.New("vnet-hub"), AddressPrefixes: []model.Prefix{model.NewPrefix(safe.New("10.1.0.0/16"))}}},
		}},
		PrivateDNS: []model.PrivateDNSStatus{{PrivateDNS: model.PrivateDNS{
			ID: safe.New("d1"), Name: safe.New("corp-dns"), Kind: model.KindAzureResolver, State: model.PrivateDNSReady,
			DNS: []model.DNSMapping{{Domains: []safe.Text{safe.New(domain)}, Servers: list}},
		}}},
	}
}

// What keeps names from resolving is a finding of the network; advice, and what is not
// known, is none.
func TestTablesAsTheyStand(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		n         *model.NetworkStatus
		codes     []finding.Code
		severity  finding.Severity
		unchecked bool
		edit      func(*model.NetworkStatus)
	}{
		"well":                       {n: standingNetwork("corp.acme.io", "10.1.0.4", "10.1.0.5")},
		"one server is advice":       {n: standingNetwork("corp.acme.io", "10.1.0.4")},
		"a Private Link zone":        {n: standingNetwork("privatelink.blob.core.windows.net", "10.1.0.4", "10.1.1.5")},
		"outside every peered range": {n: standingNetwork("corp.acme.io", "10.9.0.4"), codes: []finding.Code{"S10"}, severity: finding.Attention},
		"Azure's own resolver":       {n: standingNetwork("corp.acme.io", "168.63.129.16"), codes: []finding.Code{"S08"}, severity: finding.Broken},
		"the gateway's own range":    {n: standingNetwork("corp.acme.io", "10.0.0.4"), codes: []finding.Code{"S11"}, severity: finding.Broken},
		"Azure's public zones":       {n: standingNetwork("windows.net", "10.1.0.4"), codes: []finding.Code{"D23"}, severity: finding.Attention},
		"Konnect's own":              {n: standingNetwork("konghq.com", "10.1.0.4"), codes: []finding.Code{"D24"}, severity: finding.Attention},
		"in the peering's too":       {n: standingNetwork("old.acme.io", "10.1.0.9", "10.1.1.4"), codes: []finding.Code{"D27"}, severity: finding.Attention},
		"VNET not read":              {n: standingNetwork("corp.acme.io", "10.9.0.4"), unchecked: true, edit: func(n *model.NetworkStatus) { n.Peerings[0].Azure = model.AzureHalf{Status: model.HalfUnreadable} }},
		"being deleted":              {n: standingNetwork("corp.acme.io", "10.9.0.4"), edit: func(n *model.NetworkStatus) { n.PrivateDNS[0].State = model.PrivateDNSTerminating }},
		"another cloud's":            {n: standingNetwork("corp.acme.io", "10.9.0.4"), edit: func(n *model.NetworkStatus) { n.PrivateDNS[0].Kind = model.KindAWSResolver }},
		"said by the resolver": {n: standingNetwork("corp.acme.io", "168.63.129.16"), edit: func(n *model.NetworkStatus) {
			n.PrivateDNS[0].Finding.Code = "dns-error-target"
		}},
	} {
		if c.edit != nil {
			c.edit(c.n)
		}
		found, unchecked := dnstable.Standing(c.n)
		var codes []finding.Code
		for _, f := range found {
			codes = append(codes, f.Finding.Code)
			if f.Finding.Severity != c.severity || f.Table.Raw() != "corp-dns" || !strings.Contains(f.Finding.Cause, "corp-dns") || f.Finding.Next.Text == "" || f.Finding.Next.Command != "peerdeck dns lint --network eu-prod" {
				t.Errorf("%s: %+v", name, f)
			}
		}
		if !slices.Equal(codes, c.codes) {
			t.Errorf("%s: %v, want %v", name, codes, c.codes)
		}
		if c.unchecked && unchecked == 0 {
			t.Errorf("%s: all rules are said to have looked", name)
		}
		c.n.Mappings = found
		if v := model.NewJudge().RollUp(*c.n); len(found) > 0 && v.Code != c.codes[0] {
			t.Errorf("%s: the network says %s", name, v.Code)
		}
	}
}

// Many rows with one fault are one finding.
func TestOneFaultOfManyRowsIsOneFinding(t *testing.T) {
	t.Parallel()
	n := standingNetwork("a.acme.io", "10.9.0.4")
	for _, d := range []string{"b.acme.io", "c.acme.io", "d.acme.io", "e.acme.io"} {
		n.PrivateDNS[0].DNS = append(n.PrivateDNS[0].DNS, model.DNSMapping{Domains: []safe.Text{safe.New(d)}, Servers: []safe.Text{safe.New("10.9.0.4")}})
	}
	found, _ := dnstable.Standing(n)
	if len(found) != 1 || !strings.Contains(found[0].Finding.Cause, "rows a.acme.io, b.acme.io, c.acme.io and 2 more") {
		t.Errorf("%+v", found)
	}
}

// What the last probe found counts for what is mapped today, and for nothing else.
func TestWhatTheLastProbeFound(t *testing.T) {
	fault := func(domain string, servers ...string) model.ProbeFault {
		f := model.ProbeFault{Domain: safe.New(domain)}
		for _, s := range servers {
			f.Servers = append(f.Servers, safe.New(s))
		}
		return f
	}
	for about, c := range map[string]struct {
		faults []model.ProbeFault
		says   string // empty: nothing is found
	}{
		"all was well":             {nil, ""},
		"a server was silent":      {[]model.ProbeFault{fault("corp.acme.io", "10.1.0.5")}, "found 1 of 7 domains not answered as it should be: corp.acme.io."},
		"two domains":              {[]model.ProbeFault{fault("CORP.acme.io."), fault("old.acme.io", "10.1.0.4")}, "found 2 of 7 domains not answered as they should be: "},
		"the domain has gone":      {[]model.ProbeFault{fault("gone.acme.io", "10.1.0.5")}, ""},
		"it has other servers now": {[]model.ProbeFault{fault("corp.acme.io", "10.1.0.99")}, ""},
	} {
		n := standingNetwork("corp.acme.io", "10.1.0.4", "10.1.0.5")
		if len(dnstable.OfProbe(n)) != 0 {
			t.Errorf("%s: found without a probe", about)
		}
		n.Probed = &model.Probed{At: time.Unix(1764000000, 0), Vantage: "from this machine", Domains: 7, Faults: c.faults}
		got := dnstable.OfProbe(n)
		switch {
		case c.says == "" && len(got) > 0:
			t.Errorf("%s: %+v", about, got)
		case c.says == "":
		case len(got) != 1 || got[0].Finding.Code != "mapping-probe-failed" || !got[0].Finding.NeedsPerson() ||
			!strings.Contains(got[0].Finding.Cause, "UTC from this machine, "+c.says) || got[0].Finding.Next.Command != "peerdeck dns probe --network eu-prod":
			t.Errorf("%s: %+v", about, got)
		}
	}
}

func TestProbeWords(t *testing.T) {
	now := time.Unix(1764000000, 0)
	at := now.Add(-12 * time.Minute)
	fault := func(domain string) model.ProbeFault { return model.ProbeFault{Domain: safe.New(domain)} }
	for about, c := range map[string]struct {
		probed *model.Probed
		last   time.Time
		says   string
		bad    bool
	}{
		"never":            {nil, time.Time{}, "never probed", false},
		"too long ago":     {nil, now.Add(-50 * time.Hour), "last probed 2 days ago", false},
		"a name fails":     {&model.Probed{At: at, Domains: 7, Faults: []model.ProbeFault{fault("corp.acme.io")}}, at, "1 name fails (12 min ago)", true},
		"and some unknown": {&model.Probed{At: at, Domains: 7, Untold: 2, Faults: []model.ProbeFault{fault("corp.acme.io")}}, at, "1 name fails, 2 not testable (12 min ago)", true},
		"all is well":      {&model.Probed{At: at, Domains: 7}, at, "7 names answer (12 min ago)", false},
		"nothing is known": {&model.Probed{At: at, Domains: 7, Untold: 7, Vantage: "from this machine"}, at, "nothing could be tested from this machine (12 min ago)", false},
		"it has gone":      {&model.Probed{At: at, Domains: 1, Faults: []model.ProbeFault{fault("gone.acme.io")}}, at, "nothing that is mapped now was probed (12 min ago)", false},
	} {
		n := standingNetwork("corp.acme.io", "10.1.0.4", "10.1.0.5")
		n.Probed, n.ProbedAt = c.probed, c.last
		if got, bad := dnstable.ProbeWords(n, now); got != c.says || bad != c.bad {
			t.Errorf("%s: %q, %v", about, got, bad)
		}
	}
	if got, _ := dnstable.ProbeWords(&model.NetworkStatus{PeeringsRead: model.Part{At: at}, PrivateDNSRead: model.Part{At: at}}, now); got != "" {
		t.Errorf("a network without names: %q", got)
	}
}

// A row of which a rule knows how it is to be is mended by a known sequence, in a resolver's
// table alone; where only a person knows the right server, it is not.
func TestTablesThatARuleCanMend(t *testing.T) {
	t.Parallel()
	for about, c := range map[string]struct {
		n    *model.NetworkStatus
		want string
	}{
		"octal":            {standingNetwork("corp.acme.io", "10.01.0.4", "10.1.1.4"), "10.1.0.4, 10.1.1.4"},
		"a port elsewhere": {standingNetwork("corp.acme.io", "10.1.0.4:5353"), "10.1.0.4"},
		"a wrong server":   {standingNetwork("corp.acme.io", "10.9.0.4"), ""},
		"no server":        {standingNetwork("corp.acme.io"), ""},
	} {
		found, _ := dnstable.Standing(c.n)
		for _, f := range found {
			got := ""
			if f.Finding.Next.Mend == finding.MendRow {
				got = phrase.List(f.Finding.Next.Change.Servers)
			}
			if got != c.want || c.want != "" && (f.Finding.Next.Change.On.Raw() != "d1" || f.Finding.Next.Change.Domain.Raw() != "corp.acme.io") {
				t.Errorf("%s: %+v", about, f.Finding)
			}
		}
		if len(found) == 0 {
			t.Errorf("%s: nothing is found", about)
		}
	}
	n := standingNetwork("corp.acme.io", "10.1.0.4")
	n.Peerings[0].DNS[0].Servers = safe.Texts("10.01.0.4")
	if found, _ := dnstable.Standing(n); len(found) == 0 || found[0].Finding.Next.Mend != "" {
		t.Errorf("a peering's own table: %+v", found)
	}
}
