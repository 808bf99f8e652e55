// Package journal keeps what a run intends and what became of it, one JSON line
// each, so that a run that was stopped, or killed between a request and its
// answer, can be told about, gone on with, and undone.
//
// The order is what makes it worth something: the intent is on the disk before the
// request leaves, and the outcome is on the disk before the next step begins.
package journal

import (
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
)

// Kind is the kind of an entry.
type Kind string

// The kinds of entries.
const (
	Begin    Kind = "begin"    // a session of a run: the first, a resumption, or a teardown
	Step     Kind = "step"     // a step has another state
	Intent   Kind = "intent"   // a request that changes something will be sent
	Outcome  Kind = "outcome"  // what became of it
	Found    Kind = "found"    // an intent without an outcome turned out to have taken effect
	Accepted Kind = "accepted" // a person accepted findings
	Gone     Kind = "gone"     // something that the run made is there no more
	Place    Kind = "place"    // ID is that of the network, which keeps it when its name changes
	End      Kind = "end"      // a session ended
)

// Entry is one line. Fields that its kind has no use for are empty.
type Entry struct {
	At      time.Time        `json:"at"`
	Kind    Kind             `json:"kind"`
	Run     setup.RunKind    `json:"run,omitempty"`
	Request *request         `json:"request,omitempty"`
	Context string           `json:"context,omitempty"` // in which the run was begun
	Step    setup.StepID     `json:"step,omitempty"`
	State   string           `json:"state,omitempty"`
	Number  int              `json:"number,omitempty"` // of the write, from 1
	Object  model.ObjectKind `json:"object,omitempty"`
	ID      safe.Text        `json:"id,omitzero"`
	Name    safe.Text        `json:"name,omitzero"`
	// Changed: the object was there before, and this changes it.
	Changed bool `json:"changed,omitempty"`
	// Deletes: the write removes the object.
	Deletes bool        `json:"deletes,omitempty"`
	Domains []safe.Text `json:"domains,omitempty"` // that a write to a resolver adds
	Method  string      `json:"method,omitempty"`
	URL     safe.Text   `json:"url,omitzero"`
	Body    safe.Text   `json:"body,omitzero"`
	// Error is why a write failed. Unsure: it may have taken effect all the same.
	Error    safe.Text `json:"error,omitzero"`
	Unsure   bool      `json:"unsure,omitempty"`
	Findings []string  `json:"findings,omitempty"`
	Text     safe.Text `json:"text,omitzero"`
	// StopAt are the steps that a session is to pause before.
	StopAt []setup.StepID `json:"stop_at,omitempty"`
}

// request is a set-up request as the journal writes it.
type request struct {
	Network      safe.Text     `json:"network"`
	Peering      safe.Text     `json:"peering"`
	Tenant       safe.Text     `json:"tenant_id"`
	Subscription safe.Text     `json:"subscription_id"`
	Group        safe.Text     `json:"resource_group"`
	VNet         safe.Text     `json:"vnet"`
	Hub          bool          `json:"virtual_hub,omitempty"` // the name is that of a virtual hub
	Role         safe.Text     `json:"role_name,omitzero"`
	App          safe.Text     `json:"app_id,omitzero"`
	DNS          setup.DNSMode `json:"dns_mode"`
	Mappings     []mapping     `json:"mappings,omitempty"`
	Create       *create       `json:"create_network,omitempty"`
	Route        *route        `json:"route,omitempty"`
	Mend         *mend         `json:"mend,omitempty"`
}

// mend is the sequence by which a run mends a peering.
type mend struct {
	By      finding.Sequence `json:"by"`
	Peering safe.Text        `json:"peering_id"`
	Change  *finding.Change  `json:"change,omitempty"`
}

func newMend(m *setup.Mend) *mend {
	if m == nil {
		return nil
	}
	out := &mend{By: m.By, Peering: m.Peering}
	if c := m.Change; !c.IsZero() {
		out.Change = &c
	}
	return out
}

func (m *mend) model() *setup.Mend {
	if m == nil {
		return nil
	}
	out := &setup.Mend{By: m.By, Peering: m.Peering}
	if c := m.Change; c != nil {
		out.Change = *c
	}
	return out
}

// create is the network that a run makes first.
type create struct {
	Region  safe.Text   `json:"region"`
	Zones   []safe.Text `json:"zones,omitempty"`
	CIDR    safe.Text   `json:"cidr"`
	Account safe.Text   `json:"account,omitzero"`
}

type mapping struct {
	Domains []safe.Text `json:"domains"`
	Servers []safe.Text `json:"servers"`
}

func newRequest(r setup.Request) *request {
	out := &request{
		Network: r.Network, Peering: r.Peering, Tenant: r.VNet.TenantID, Subscription: r.VNet.SubscriptionID,
		Group: r.VNet.ResourceGroup, VNet: r.VNet.Name, Hub: r.Hub, Role: r.RoleName, App: r.AppID, DNS: r.DNS,
	}
	for _, m := range r.Mappings {
		out.Mappings = append(out.Mappings, mapping{m.Domains, m.Servers})
	}
	if c := r.Create; c != nil {
		out.Create = &create{Region: c.Region, Zones: c.Zones, CIDR: c.CIDR, Account: c.Account}
	}
	out.Route = newRoute(r.Route)
	out.Mend = newMend(r.Mend)
	return out
}

func (r *request) model() setup.Request {
	out := setup.Request{
		Network: r.Network, Peering: r.Peering, Hub: r.Hub, RoleName: r.Role, AppID: r.App, DNS: r.DNS,
		VNet: model.VNetRef{TenantID: r.Tenant, SubscriptionID: r.Subscription, ResourceGroup: r.Group, Name: r.VNet},
	}
	for _, m := range r.Mappings {
		out.Mappings = append(out.Mappings, model.DNSMapping{Domains: m.Domains, Servers: m.Servers})
	}
	if c := r.Create; c != nil {
		out.Create = &setup.CreateNetwork{Region: c.Region, Zones: c.Zones, CIDR: c.CIDR, Account: c.Account}
	}
	out.Route = r.Route.draft()
	out.Mend = r.Mend.model()
	return out
}

// Started returns the entry that begins a session.
func Started(at time.Time, kind setup.RunKind, r setup.Request, stopAt []setup.StepID) Entry {
	return Entry{At: at, Kind: Begin, Run: kind, Request: newRequest(r), StopAt: stopAt}
}
