// Package report writes what is known for people and programs that have no
// full-screen terminal: as a table, as JSON, as YAML.
package report

import (
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Report is the document of "peerdeck status -o json". Its keys are stable: new
// ones may come, none changes or goes.
type Report struct {
	GeneratedAt  time.Time    `json:"generated_at"`
	Context      safe.Text    `json:"context,omitzero"` // that was used, left out for none
	Organization Organization `json:"organization"`
	Networks     []Network    `json:"networks"`
	SignIns      []SignIn     `json:"sign_ins"`
	Failures     []Failure    `json:"failures"`
}

// Organization is the Konnect organization.
type Organization struct {
	ID   safe.Text `json:"id"`
	Name safe.Text `json:"name"`
}

// Network is a network with its peerings.
type Network struct {
	ID            safe.Text      `json:"id"`
	Name          safe.Text      `json:"name"`
	Provider      string         `json:"provider"`
	Region        safe.Text      `json:"region"`
	CIDRBlock     safe.Text      `json:"cidr_block"`
	State         string         `json:"state"`
	Reason        safe.Text      `json:"reason"`
	Severity      string         `json:"severity"` // ok, working, unknown, attention, broken
	Code          finding.Code   `json:"code"`     // of the catalogue; see peerdeck explain
	Verdict       string         `json:"verdict"`
	NextStep      string         `json:"next_step"`
	ControlPlanes []ControlPlane `json:"control_planes"`
	Peerings      []Peering      `json:"peerings"`
	DNS           []Mapping      `json:"dns"`                       // of all origins
	NotChecked    int            `json:"mapping_rules_not_checked"` // rules of mapping tables that could not look
	Findings      []Finding      `json:"findings"`                  // of the network and all in it, what is fine left out
	Since         Since          `json:"since"`                     // of the network's own state

	// Acknowledged is what somebody knows of the finding that speaks for the network; null
	// for nothing. Of several, one that nobody knows of speaks first.
	Acknowledged *Acknowledged `json:"acknowledged"`
}

// Since says when a state began: not before one time and not after the other. Both are
// the same where it was seen to begin; empty ones are not known.
type Since struct {
	NotBefore string `json:"not_before"`
	NotAfter  string `json:"not_after"`
	Lasts     string `json:"lasts"` // in words: "at least 3 h"
}

// Finding is what peerdeck thinks of one thing.
type Finding struct {
	Code     finding.Code `json:"code"`
	Because  finding.Code `json:"because"` // of the failure for which it is not known; empty for none
	Severity string       `json:"severity"`
	Subject  string       `json:"subject"` // network, peering, private DNS
	ID       safe.Text    `json:"id"`
	Name     safe.Text    `json:"name"`
	Cause    string       `json:"cause"`
	NextStep string       `json:"next_step"`
	Command  string       `json:"command"`
	Since    Since        `json:"since"` // of the state that it is about

	Acknowledged *Acknowledged `json:"acknowledged"` // null where nobody knows of it
}

// ControlPlane is a control plane that uses a network.
type ControlPlane struct {
	ID   safe.Text `json:"id"`
	Name safe.Text `json:"name"`
	Geo  safe.Text `json:"geo"`
}

// Peering is a peering with both halves.
type Peering struct {
	ID       safe.Text    `json:"id"`
	Name     safe.Text    `json:"name"`
	Kind     string       `json:"kind"`
	State    string       `json:"state"`
	Reason   safe.Text    `json:"reason"`
	Severity string       `json:"severity"`
	Code     finding.Code `json:"code"`
	Verdict  string       `json:"verdict"`
	NextStep string       `json:"next_step"`
	Azure    *Azure       `json:"azure"` // null unless it is an Azure VNET peering
	DNS      []Mapping    `json:"dns"`   // that this peering carries
	Since    Since        `json:"since"` // of its states together

	Acknowledged *Acknowledged `json:"acknowledged"` // null where nobody knows of its finding
}

// Azure is Azure's half. PeeringState is empty when there is no half, or when
// it could not be read; Error then says why, and ErrorCode is the entry of the catalogue
// for that. Of a peering with a virtual hub it is empty too, since Azure gives none: Hub says
// what there is, and ProvisioningState is that of the hub's connection.
type Azure struct {
	TenantID          safe.Text    `json:"tenant_id"`
	SubscriptionID    safe.Text    `json:"subscription_id"`
	ResourceGroup     safe.Text    `json:"resource_group"`
	VNet              safe.Text    `json:"vnet"`
	AddressPrefixes   []safe.Text  `json:"address_prefixes"`
	PeeringState      string       `json:"peering_state"`
	SyncLevel         string       `json:"sync_level"`
	ProvisioningState string       `json:"provisioning_state"`
	Error             string       `json:"error"`
	ErrorCode         finding.Code `json:"error_code"`
	Hub               *Hub         `json:"virtual_hub,omitempty"`
}

// Mapping is a set of domains that are resolved by a set of servers. Origin is
// "peering" for a peering's own table and "resolver" for an outbound resolver's.
type Mapping struct {
	Domains []safe.Text `json:"domains"`
	Servers []safe.Text `json:"servers"`
	Origin  string      `json:"origin"`
}

// Failure is something that could not be read.
type Failure struct {
	Kind      string       `json:"kind"`
	Code      finding.Code `json:"code"`
	Operation string       `json:"operation"`
	Subject   safe.Text    `json:"subject"`
	Cause     safe.Text    `json:"cause"`
	Cure      string       `json:"cure"`
	Command   string       `json:"command"` // that of the cure; empty where none helps
	TraceID   safe.Text    `json:"trace_id"`
}

// New makes the report of a snapshot.
func New(s model.Snapshot, networks []*model.NetworkStatus) Report {
	r := Report{
		GeneratedAt: s.At.UTC(), Context: s.Context, Organization: Organization(s.Organization),
		Networks: make([]Network, 0, len(networks)), SignIns: signIns(s), Failures: []Failure{},
	}
	for _, n := range networks {
		r.Networks = append(r.Networks, network(n, s.At))
	}
	for _, f := range Failures(s, networks) {
		r.Failures = append(r.Failures, failure(f))
	}
	return r
}

func failure(f model.Failure) Failure {
	return Failure{
		Kind: string(f.Kind), Code: f.FindingCode(), Operation: f.Operation, Subject: f.Subject, Cause: f.Cause, Cure: f.Cure, Command: f.Command, TraceID: f.TraceID,
	}
}

// Failures lists what could not be read, of the whole and of the networks.
func Failures(s model.Snapshot, networks []*model.NetworkStatus) []model.Failure {
	out := slices.Clone(s.Failures)
	for _, n := range networks {
		for _, part := range []model.Part{n.PeeringsRead, n.PrivateDNSRead, n.ReferencesRead} {
			if part.Failure != nil {
				out = append(out, *part.Failure)
			}
		}
	}
	return out
}

func network(n *model.NetworkStatus, now time.Time) Network {
	out := Network{
		ID: n.ID, Name: n.Name, Provider: string(n.Provider), Region: n.Region, CIDRBlock: n.CIDR.Text, State: string(n.State), Reason: n.Reason,
		Severity: n.Finding.Severity.String(), Code: n.Finding.Code, Verdict: n.Finding.Cause, NextStep: n.Finding.Next.Line(),
		ControlPlanes: []ControlPlane{}, Peerings: []Peering{}, DNS: []Mapping{}, NotChecked: n.MappingsUnchecked, Findings: findings(n, now), Since: sinceOf(n.Since, now),
		Acknowledged: acknowledged(n.Finding),
	}
	for _, c := range n.ControlPlanes {
		out.ControlPlanes = append(out.ControlPlanes, ControlPlane{ID: c.ID, Name: c.Name, Geo: c.Geo})
	}
	var resolved []Mapping
	for i := range n.PrivateDNS {
		resolved = append(resolved, mappings(n.PrivateDNS[i].DNS, "resolver")...)
	}
	for i := range n.Peerings {
		p := &n.Peerings[i]
		own := mappings(p.DNS, "peering")
		out.DNS = append(out.DNS, own...)
		out.Peerings = append(out.Peerings, peering(p, append(own, carried(resolved, p)...), now))
	}
	out.DNS = append(out.DNS, resolved...)
	return out
}

// findings lists what is not fine, of the network itself and all that is in it.
func findings(n *model.NetworkStatus, now time.Time) []Finding {
	out := []Finding{}
	for _, f := range n.Found() {
		if f.Finding.Severity == model.SeverityOK {
			continue
		}
		out = append(out, Finding{
			Code: f.Finding.Code, Because: f.Finding.Because, Severity: f.Finding.Severity.String(), Subject: string(f.Subject), ID: f.ID, Name: f.Name,
			Cause: f.Finding.Cause, NextStep: f.Finding.Next.Text, Command: f.Finding.Next.Command, Since: sinceOf(f.Since, now), Acknowledged: acknowledged(f.Finding),
		})
	}
	return out
}

func sinceOf(s model.Since, now time.Time) Since {
	return Since{NotBefore: stamp(s.Earliest), NotAfter: stamp(s.Latest), Lasts: s.Whole(now)}
}

// stamp writes a time; empty for none.
func stamp(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format(time.RFC3339)
}

func peering(p *model.PeeringStatus, dns []Mapping, now time.Time) Peering {
	out := Peering{
		ID: p.ID, Name: p.Name, Kind: string(p.Kind), State: string(p.State), Reason: p.Reason,
		Severity: p.Finding.Severity.String(), Code: p.Finding.Code, Verdict: p.Finding.Cause, NextStep: p.Finding.Next.Line(), DNS: dns, Since: sinceOf(p.Since, now),
		Acknowledged: acknowledged(p.Finding),
	}
	if p.EndKey() != "" {
		out.Azure = azure(p)
	}
	return out
}

func azure(p *model.PeeringStatus) *Azure {
	at := p.Place()
	a := &Azure{
		TenantID: at.TenantID, SubscriptionID: at.SubscriptionID, ResourceGroup: at.ResourceGroup, VNet: p.VNet.Name, Hub: hub(p),
		AddressPrefixes: []safe.Text{}, PeeringState: string(p.Azure.Peering.State),
		SyncLevel: string(p.Azure.Peering.Sync), ProvisioningState: string(p.Azure.Peering.Provisioning),
	}
	for _, prefix := range p.Azure.Ranges() {
		a.AddressPrefixes = append(a.AddressPrefixes, prefix.Text)
	}
	switch {
	case p.Azure.Failure != nil:
		a.Error, a.ErrorCode = p.Azure.Failure.Cause.String(), p.Azure.Failure.FindingCode()
	case p.Azure.Status != model.HalfPresent:
		_, a.Error = p.Azure.Summary()
	}
	return a
}

func mappings(list []model.DNSMapping, origin string) []Mapping {
	out := make([]Mapping, 0, len(list))
	for _, m := range list {
		out = append(out, Mapping{Domains: texts(m.Domains), Servers: texts(m.Servers), Origin: origin})
	}
	return out
}

// carried returns the resolver's mappings whose servers lie in the peered VNET:
// the questions for them go over this peering.
func carried(resolved []Mapping, p *model.PeeringStatus) []Mapping {
	var out []Mapping
	for _, m := range resolved {
		if slices.ContainsFunc(m.Servers, func(server safe.Text) bool {
			return slices.ContainsFunc(p.Azure.Reachable(), func(prefix model.Prefix) bool { return prefix.Contains(server) })
		}) {
			out = append(out, m)
		}
	}
	return out
}

// texts never returns nil, which JSON would write as null.
func texts(list []safe.Text) []safe.Text {
	if list == nil {
		return []safe.Text{}
	}
	return list
}
