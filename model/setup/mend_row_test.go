package setup_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
)

// A row is found however it is spelt, what peerdeck does not know of it stays, and one that is
// neither as it was nor as it is to be is left alone.
func TestPlanOfARow(t *testing.T) {
	t.Parallel()
	extra := []model.Member{{Name: safe.New("ttl"), JSON: safe.New("30")}}
	table := func(servers ...string) model.PrivateDNS {
		return model.PrivateDNS{Name: safe.New("corp-dns"), DNS: []model.DNSMapping{
			{Domains: safe.Texts("HR.example.org."), Servers: safe.Texts(servers...), Extra: extra}, {Domains: safe.Texts("b.example.org"), Servers: safe.Texts("10.0.0.9")},
		}}
	}
	change := func(was, is string) finding.Change {
		return finding.Change{Domain: safe.New("hr.example.org"), Was: safe.Texts(strings.Fields(was)...), Servers: safe.Texts(strings.Fields(is)...)}
	}
	for about, c := range map[string]struct {
		there model.PrivateDNS
		ch    finding.Change
		want  string // met, other, or the servers of each row
		asks  string
	}{
		"changed":        {table("10.0.0.4", "10.0.0.5"), change("10.0.0.4 10.0.0.5", "10.0.0.5"), "10.0.0.5; 10.0.0.9", "hr.example.org has 10.0.0.4, 10.0.0.5 and gets 10.0.0.5. The other 1 row is sent as it is"},
		"met":            {table("10.0.0.5"), change("10.0.0.4 10.0.0.5", "10.0.0.5"), "met", ""},
		"other order":    {table("10.0.0.5", "10.0.0.4"), change("10.0.0.4 10.0.0.5", "10.0.0.5"), "other", ""},
		"added":          {model.PrivateDNS{Name: safe.New("corp-dns")}, change("", "10.0.0.5"), "10.0.0.5", "hr.example.org is added, with 10.0.0.5. What is there"},
		"added by other": {table("10.0.0.7"), change("", "10.0.0.5"), "other", ""},
		"gone before":    {model.PrivateDNS{}, change("10.0.0.4", "10.0.0.5"), "other", ""},
		"goes":           {table("10.0.0.4"), change("10.0.0.4", ""), "10.0.0.9", "Type the domain"},
		"went":           {model.PrivateDNS{}, change("10.0.0.4", ""), "met", ""},
	} {
		p := setup.PlanRow(&setup.Mend{By: finding.MendRow, Change: c.ch}, c.there)
		var got string
		switch {
		case p.Met:
			got = "met"
		case p.Other:
			got = "other"
		default:
			var rows []string
			for _, r := range p.Rows {
				rows = append(rows, phrase.List(r.Servers))
			}
			got = strings.Join(rows, "; ")
		}
		if got != c.want || c.asks != "" && !strings.Contains(p.Ask().Text, c.asks) {
			t.Errorf("%s: %s; %s", about, got, p.Ask().Text)
		}
		if about == "changed" && (len(p.Rows[0].Extra) != 1 || p.Rows[0].Key.Raw() != "HR.example.org.") {
			t.Errorf("%+v", p.Rows[0])
		}
		if about == "goes" && p.Ask().Confirm.Raw() != "hr.example.org" {
			t.Errorf("%+v", p.Ask())
		}
	}
}

// A row needs no peering: the tables are Konnect's. It is another request than that of another
// row, or of other servers.
func TestARowNeedsNoPeering(t *testing.T) {
	t.Parallel()
	n := &model.NetworkStatus{Network: model.Network{Name: safe.New("eu-prod")}}
	next := finding.Next{Mend: finding.MendRow, Change: finding.Change{On: safe.New("r1"), Domain: safe.New("hr.example.org"), Servers: safe.Texts("10.0.0.5")}}
	r, ok := setup.MendFor(n, next)
	next.Change.Servers = safe.Texts("10.0.0.6")
	other, _ := setup.MendFor(n, next)
	if !ok || r.Key() == other.Key() || !r.Mend.Reaches("HR.example.org") || r.Mend.To() != "hr.example.org" {
		t.Errorf("%+v", r)
	}
	n.Mappings = []model.MappingFinding{{Finding: finding.Finding{Next: next}}, {Finding: finding.Finding{Next: next}}}
	if list := setup.Mendable(n); len(list) != 1 {
		t.Errorf("%+v", list)
	}
}
