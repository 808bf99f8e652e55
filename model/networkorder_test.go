package model_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// fourNetworks are networks whose orders all differ; a and a2 have one name.
func fourNetworks() []*model.NetworkStatus {
	make1 := func(id, name, region, cidr string, severity model.Severity, peerings, rules int) *model.NetworkStatus {
		n := &model.NetworkStatus{Network: model.Network{ID: safe.New(id), Name: safe.New(name), Region: safe.New(region), CIDR: model.NewPrefix(safe.New(cidr))}}
		n.Finding.Severity = severity
		n.Peerings, n.PeeringsRead.At = make([]model.PeeringStatus, peerings), time.Unix(1, 0)
		for i := range rules {
			domain := safe.New(string(rune('a'+i)) + ".example")
			n.PrivateDNS = append(n.PrivateDNS, model.PrivateDNSStatus{PrivateDNS: model.PrivateDNS{DNS: []model.DNSMapping{{Domains: []safe.Text{domain}}}}})
		}
		return n
	}
	since := func(n *model.NetworkStatus, s model.Since) *model.NetworkStatus { n.Since = s; return n }
	return []*model.NetworkStatus{
		since(make1("4", "c", "west", "10.1.0.0/16", model.SeverityOK, 1, 3), model.Since{Earliest: time.Unix(70, 0)}),
		since(make1("3", "b", "east", "10.3.0.0/16", model.SeverityBroken, 0, 1), model.Since{Earliest: time.Unix(80, 0), Latest: time.Unix(60, 0)}),
		since(make1("2", "a", "north", "10.2.0.0/16", model.SeverityAttention, 3, 0), model.SinceExactly(time.Unix(90, 0))),
		make1("1", "a", "south", "10.9.0.0/16", model.SeverityOK, 2, 2),
	}
}

func TestSortNetworks(t *testing.T) {
	for by, want := range map[model.NetworkOrder][2]string{ // forwards, and turned round
		model.ByName:     {"1 2 3 4", "4 3 1 2"},
		model.ByUrgency:  {"3 2 1 4", "4 1 2 3"},
		model.ByRegion:   {"3 2 1 4", "4 1 2 3"},
		model.ByCIDR:     {"4 2 3 1", "1 3 2 4"},
		model.ByPeerings: {"2 1 4 3", "3 4 1 2"},
		model.ByDNS:      {"4 1 3 2", "2 3 1 4"},
		model.BySince:    {"2 4 3 1", "1 3 4 2"},
	} {
		for turned, wanted := range want {
			list := fourNetworks()
			model.SortNetworks(list, by, turned == 1)
			ids := make([]string, len(list))
			for i, n := range list {
				ids[i] = n.ID.String()
			}
			if got := strings.Join(ids, " "); got != wanted {
				t.Errorf("%s, turned %v: %s, want %s", by, turned == 1, got, wanted)
			}
		}
	}
}

func TestPeeringsSummary(t *testing.T) {
	read := model.Part{At: time.Unix(1, 0)}
	peering := func(word string, severity model.Severity, kind model.PeeringKind) model.PeeringStatus {
		return model.PeeringStatus{Peering: model.Peering{Kind: kind}, Finding: finding.Finding{Word: word, Severity: severity}}
	}
	good, bad := peering("ready", model.SeverityOK, model.KindAzureVNet), peering("broken", model.SeverityBroken, model.KindAzureVNet)
	network := func(edits ...func(*model.NetworkStatus)) *model.NetworkStatus {
		n := &model.NetworkStatus{Network: model.Network{State: model.NetworkReady}, PeeringsRead: read}
		for _, e := range edits {
			e(n)
		}
		return n
	}
	has := func(list ...model.PeeringStatus) func(*model.NetworkStatus) {
		return func(n *model.NetworkStatus) { n.Peerings = list }
	}
	resolver := func(word string, severity model.Severity) func(*model.NetworkStatus) {
		return func(n *model.NetworkStatus) {
			n.PrivateDNS = append(n.PrivateDNS, model.PrivateDNSStatus{Finding: finding.Finding{Word: word, Severity: severity}})
		}
	}
	unread := func(count int, f *model.Failure) func(*model.NetworkStatus) {
		return func(n *model.NetworkStatus) { n.PeeringsRead, n.PeeringCount = model.Part{Failure: f}, count }
	}
	for _, c := range []struct {
		name string
		of   *model.NetworkStatus
		want model.PeeringsSummary
	}{
		{"none", network(), model.PeeringsSummary{Text: "none", Quiet: true}},
		{"the well ones first", network(has(bad, good, good)), model.PeeringsSummary{Text: "2 ready · 1 broken", Severity: model.SeverityBroken}},
		{"another cloud", network(has(peering("ready", model.SeverityOK, model.KindAWSTransitGateway))), model.PeeringsSummary{Text: "1 ready (AWS)"}},
		{"the DNS is worse", network(has(good), resolver("DNS broken", model.SeverityBroken)), model.PeeringsSummary{Text: "1 ready · DNS broken", Severity: model.SeverityBroken}},
		{"the DNS is no worse", network(has(bad), resolver("DNS broken", model.SeverityBroken)), model.PeeringsSummary{Text: "1 broken", Severity: model.SeverityBroken}},
		{"the DNS is busy", network(has(good), resolver("waiting", model.SeverityWorking)), model.PeeringsSummary{Text: "1 ready"}},
		{"not read yet", network(unread(-1, nil)), model.PeeringsSummary{Text: "being read", Quiet: true}},
		{"not read yet, and counted", network(unread(3, nil)), model.PeeringsSummary{Text: "3, being read", Quiet: true}},
		{"cannot be read", network(unread(3, &model.Failure{})), model.PeeringsSummary{Text: "cannot be read"}},
		{"a network that is made", network(func(n *model.NetworkStatus) {
			n.State, n.Own = model.NetworkInitializing, finding.Finding{Word: "initializing", Severity: model.SeverityWorking}
		}), model.PeeringsSummary{Text: "network initializing", Severity: model.SeverityWorking}},
	} {
		if got := c.of.PeeringsSummary(); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func TestPlaneNames(t *testing.T) {
	n := model.NetworkStatus{ControlPlanes: []model.ControlPlane{{Name: safe.New("eu"), ID: safe.New("1")}, {ID: safe.New("2")}}}
	if got := n.PlaneNames(); !slices.Equal(got, []string{"eu", "2"}) {
		t.Errorf("%q", got)
	}
}

// What nobody uses is told apart from what is well, and stands behind it.
func TestUnused(t *testing.T) {
	ready := func(edit func(*model.NetworkStatus)) *model.NetworkStatus {
		n := &model.NetworkStatus{Network: model.Network{State: model.NetworkReady}, PeeringsRead: model.Part{At: time.Unix(1, 0)}, PrivateDNSRead: model.Part{At: time.Unix(1, 0)}, ReferencesRead: model.Part{At: time.Unix(1, 0)}}
		edit(n)
		return n
	}
	for name, c := range map[string]struct {
		of   *model.NetworkStatus
		want string
	}{
		"a peering":       {ready(func(n *model.NetworkStatus) { n.Peerings = make([]model.PeeringStatus, 1) }), ""},
		"no peering":      {ready(func(*model.NetworkStatus) {}), "not used"},
		"a resolver":      {ready(func(n *model.NetworkStatus) { n.PrivateDNS = make([]model.PrivateDNSStatus, 1) }), ""},
		"a control plane": {ready(func(n *model.NetworkStatus) { n.References = make([]model.ConfigurationReference, 1) }), ""},
		"not read yet":    {ready(func(n *model.NetworkStatus) { n.PeeringsRead = model.Part{} }), ""},
		"planes not read": {ready(func(n *model.NetworkStatus) { n.ReferencesRead = model.Part{} }), ""},
		"offline":         {ready(func(n *model.NetworkStatus) { n.State = model.NetworkOffline }), "offline"},
		"deleted":         {ready(func(n *model.NetworkStatus) { n.State = model.NetworkTerminated }), "deleted"},
		"offline and in use": {ready(func(n *model.NetworkStatus) {
			n.State, n.Finding.Severity = model.NetworkOffline, model.SeverityAttention
		}), ""},
	} {
		if got := c.of.Unused(); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	list := []*model.NetworkStatus{ready(func(*model.NetworkStatus) {}), ready(func(n *model.NetworkStatus) { n.ID, n.Peerings = safe.New("used"), make([]model.PeeringStatus, 1) })}
	model.SortNetworks(list, model.ByUrgency, false)
	if list[0].ID.String() != "used" {
		t.Error("a network that nobody uses stands before one that is used")
	}
}
