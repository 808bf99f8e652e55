package model

import (
	"slices"
	"strconv"
	"strings"

	"github.com/peerdeck/peerdeck/model/finding"
)

// PeeringsSummary says in a few words how the peerings of a network stand.
type PeeringsSummary struct {
	Text     string
	Severity Severity
	Quiet    bool // it says that there is nothing, or nothing yet
}

// PeeringsSummary counts the peerings by the words of their findings: "2 ready · 1
// broken". Of a network that is not ready, or whose peerings were not read, it says that
// instead.
func (n *NetworkStatus) PeeringsSummary() PeeringsSummary {
	s := PeeringsSummary{Severity: n.Own.Severity}
	for i := range n.Peerings {
		s.Severity = max(s.Severity, n.Peerings[i].Finding.Severity)
	}
	switch {
	case n.State != NetworkReady:
		s.Text = "network " + n.Own.Word
	case !n.PeeringsRead.Read() && n.PeeringsRead.Failure != nil:
		s.Text = "cannot be read"
	case !n.PeeringsRead.Read() && n.PeeringCount < 0:
		s.Text, s.Quiet = "being read", true
	case !n.PeeringsRead.Read():
		s.Text, s.Quiet = strconv.Itoa(n.PeeringCount)+", being read", true
	case len(n.Peerings) == 0:
		s.Text, s.Quiet = "none", true
	default:
		s.Text = n.PeeringWords()
		if f, bad := n.worstBeside(); bad && f.Severity > s.Severity {
			// The mark of the network would else have no word beside it.
			s.Text, s.Severity = s.Text+" · "+f.Word, f.Severity
		}
	}
	return s
}

// PeeringWords counts the peerings by the words of their findings, those that are well
// first: "2 ready · 1 broken". Empty: there is none.
func (n *NetworkStatus) PeeringWords() string {
	if len(n.Peerings) == 0 {
		return ""
	}
	type group struct {
		word     string
		severity Severity
		count    int
	}
	var groups []group
	for i := range n.Peerings {
		f := n.Peerings[i].Finding
		k := slices.IndexFunc(groups, func(g group) bool { return g.word == f.Label() })
		if k < 0 {
			groups = append(groups, group{word: f.Label(), severity: f.Severity})
			k = len(groups) - 1
		}
		groups[k].count++
	}
	slices.SortStableFunc(groups, func(a, b group) int { return int(a.severity) - int(b.severity) })
	words := make([]string, len(groups))
	for i, g := range groups {
		words[i] = strconv.Itoa(g.count) + " " + g.word
	}
	text := strings.Join(words, " · ")
	if cloud := n.Peerings[0].Kind.Cloud(); cloud != ProviderAzure && cloud != "" {
		text += " (" + cloud.Label() + ")"
	}
	return text
}

// worstBeside returns the most urgent finding of the private DNS, its tables and the paths
// that needs a look; false when none does.
func (n *NetworkStatus) worstBeside() (worst finding.Finding, bad bool) {
	worst, bad = n.WorstDNS()
	for i := range n.Paths {
		if f := n.Paths[i].Finding; f.Severity >= SeverityAttention && f.Severity > worst.Severity {
			worst, bad = f, true
		}
	}
	return worst, bad
}

// WorstDNS returns the most urgent finding of the private DNS and its tables that needs a look; false
// when none does.
func (n *NetworkStatus) WorstDNS() (worst finding.Finding, bad bool) {
	for i := range n.PrivateDNS {
		if f := n.PrivateDNS[i].Finding; f.Severity >= SeverityAttention && f.Severity > worst.Severity {
			worst, bad = f, true
		}
	}
	for i := range n.Mappings {
		if f := n.Mappings[i].Finding; f.Severity >= SeverityAttention && f.Severity > worst.Severity {
			worst, bad = f, true
		}
	}
	return worst, bad
}

// PlaneNames are the names of the control planes; of one without a name, its id.
func (n *NetworkStatus) PlaneNames() []string {
	names := make([]string, len(n.ControlPlanes))
	for i, c := range n.ControlPlanes {
		names[i] = c.Name.Or(c.ID.Raw()).String()
	}
	return names
}

// Unused says in a word that nobody uses the network, empty where somebody may: it is not
// built, or has neither peerings nor resolvers, and no control plane refers to it. It needs
// nobody, and is no sign that anything works.
func (n *NetworkStatus) Unused() string {
	switch {
	case n.Finding.Severity != SeverityOK:
		return ""
	case n.State == NetworkOffline:
		return "offline"
	case n.State == NetworkTerminated:
		return "deleted"
	case !n.PeeringsRead.Read() || !n.PrivateDNSRead.Read() || !n.ReferencesRead.Read():
		return ""
	case len(n.Peerings)+len(n.PrivateDNS)+len(n.References)+len(n.ControlPlanes) > 0:
		return ""
	default:
		return "not used"
	}
}
