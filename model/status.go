package model

import (
	"fmt"
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Part says when a part of a network was last read, and what went wrong since.
// Data that was read once stays, with its age, when a later read fails.
type Part struct {
	At      time.Time // the last good read; zero when there was none
	Failure *Failure  // why the read after that failed
	// Partly: what was read at that time was not all, and Failure says why. A read that
	// failed altogether takes nothing away from the one before.
	Partly bool
}

// Read reports whether the part was ever read.
func (p Part) Read() bool { return !p.At.IsZero() }

// PeeringStatus is a peering with both halves and the verdict.
type PeeringStatus struct {
	Peering
	Azure    AzureHalf
	Overlaps []Overlap
	Finding  finding.Finding
	Since    Since // when the present states began
}

// PrivateDNSStatus is a private DNS attachment with its verdict.
type PrivateDNSStatus struct {
	PrivateDNS
	Finding finding.Finding
	Since   Since // when the present state began
}

// NetworkStatus is a network with everything that is known about it.
type NetworkStatus struct {
	Network
	Provider      Provider
	KongAccount   safe.Text // on Azure, Kong's subscription
	Peerings      []PeeringStatus
	PrivateDNS    []PrivateDNSStatus
	References    []ConfigurationReference
	ControlPlanes []ControlPlane

	// Mappings is what the rules say of the mapping tables, and MappingsUnchecked how many
	// rules could not look: that is no news, neither good nor bad.
	Mappings          []MappingFinding
	Probed            *Probed   // the last probe of the tables, nil for none that counts still
	ProbedAt          time.Time // when they were probed last, however long ago; zero: never
	MappingsUnchecked int

	// Paths is what routes and rules of the peered VNETs say, and PathsRead the last whole
	// reading of the paths; nil for none that counts still.
	Paths     []PathFinding
	PathsRead *PathsRead

	PeeringsRead   Part
	PrivateDNSRead Part
	ReferencesRead Part

	// UnreadKnown is what somebody said of a part that cannot be read; nil where nobody did.
	UnreadKnown *finding.Known

	Own     finding.Finding // of the network by itself
	Finding finding.Finding // with its peerings, its DNS and its paths
	Since   Since
}

// DNSRules counts the domains that are mapped to servers, in the peerings' own
// tables and in the resolvers'. It is -1 while neither was read.
func (n *NetworkStatus) DNSRules() int {
	if !n.PeeringsRead.Read() && !n.PrivateDNSRead.Read() {
		return -1
	}
	count := 0
	for _, p := range n.Peerings {
		count += CountDomains(p.DNS)
	}
	for _, d := range n.PrivateDNS {
		count += CountDomains(d.DNS)
	}
	return count
}

// Servers lists the DNS servers that the tables of the network name, each once.
func (n *NetworkStatus) Servers() []safe.Text {
	var out []safe.Text
	add := func(tables []DNSMapping) {
		for _, m := range tables {
			for _, s := range m.Servers {
				if !slices.Contains(out, s) {
					out = append(out, s)
				}
			}
		}
	}
	for _, p := range n.Peerings {
		add(p.DNS)
	}
	for _, d := range n.PrivateDNS {
		add(d.DNS)
	}
	return out
}

// Changing reports whether something in the network is expected to change soon.
func (n *NetworkStatus) Changing() bool {
	if n.State.Changing() {
		return true
	}
	for _, p := range n.Peerings {
		if p.State.Changing() || p.Azure.Peering.Provisioning.Changing() || p.Azure.hubChanging() {
			return true
		}
	}
	for _, d := range n.PrivateDNS {
		if d.State.Changing() {
			return true
		}
	}
	return false
}

// RollUp judges a network with its peerings, its DNS and its paths: the most urgent of
// them speaks for it.
func (j *Judge) RollUp(n NetworkStatus) finding.Finding {
	worst, _ := n.speaks()
	if worst.Severity == SeverityOK && n.State == NetworkReady {
		worst.Cause = restingText(n)
	}
	return worst
}

// SpeaksSince is when the state began that speaks for the network.
func (n *NetworkStatus) SpeaksSince() Since {
	_, since := n.speaks()
	return since
}

// speaks finds what is the most urgent in a network, and when that began. What somebody
// knows of already leaves the word to what presses.
func (n *NetworkStatus) speaks() (worst finding.Finding, since Since) {
	worst, since = n.Own, n.Since
	for _, f := range n.Found()[1:] {
		if f.Finding.Rank() > worst.Rank() {
			worst, since = f.spoken(), f.Since
		}
	}
	return worst, since
}

func named(v finding.Finding, name, id safe.Text) finding.Finding {
	v.Cause = name.Or(id.Raw()).String() + ": " + v.Cause
	return v
}

// unreadPart is what it means that a part could not be read; false where all could.
func (n *NetworkStatus) unreadPart() (finding.Finding, bool) {
	f, found := n.unreadable()
	f.Known = n.UnreadKnown
	return f, found
}

func (n *NetworkStatus) unreadable() (finding.Finding, bool) {
	switch {
	case n.PeeringsRead.Failure != nil && !n.PeeringsRead.Read():
		return finding.Finding{
			Code: "peerings-unreadable", Severity: SeverityUnknown, Word: "not known",
			Cause: "Its peerings cannot be read: " + n.PeeringsRead.Failure.Cause.String(),
			Next:  finding.Next{Kind: finding.NextWait, Text: n.PeeringsRead.Failure.Cure},
		}, true
	case !n.PeeringsRead.Read():
		return finding.Finding{
			Code: "peerings-unread", Severity: SeverityUnknown, Word: "reading",
			Cause: "Its peerings are being read.", Next: finding.Next{Kind: finding.NextWait, Text: "Wait a moment."},
		}, true
	case n.PeeringsRead.Partly && n.PeeringsRead.Failure != nil:
		return finding.Finding{
			Code: "peerings-partly", Severity: SeverityUnknown, Word: "not known",
			Cause: "Not all of its peerings could be read: " + n.PeeringsRead.Failure.Cause.String(),
			Next:  finding.Next{Kind: finding.NextWait, Text: "Look again in a moment; what was known before stays."},
		}, true
	case n.PrivateDNSRead.Failure != nil && !n.PrivateDNSRead.Read():
		return finding.Finding{
			Code: "dns-unreadable", Severity: SeverityUnknown, Word: "DNS not known",
			Cause: "Its private DNS cannot be read: " + n.PrivateDNSRead.Failure.Cause.String(),
			Next:  finding.Next{Kind: finding.NextWait, Text: n.PrivateDNSRead.Failure.Cure},
		}, true
	default:
		return finding.Finding{}, false
	}
}

func restingText(n NetworkStatus) string {
	living := 0
	for i := range n.Peerings {
		if n.Peerings[i].State != PeeringTerminated {
			living++
		}
	}
	switch living {
	case 0:
		return "The network is ready; it has no peering."
	case 1:
		return "The network and its peering are ready."
	default:
		return fmt.Sprintf("The network and its %d peerings are ready.", living)
	}
}
