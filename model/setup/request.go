package setup

import (
	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/safe"
)

// What the seed of the set-up names; both can be given otherwise.
const (
	// KongAppID is the application that Kong peers with: kong-cgw-azure-vnet-peering-app.
	KongAppID = model.KongAppID
)

// DNSMode says where the DNS mappings of a set-up go.
type DNSMode string

// The modes.
const (
	// DNSResolver: into the network's outbound resolver, which can be edited later.
	DNSResolver DNSMode = "resolver"
	// DNSPeering: into the peering itself, where they are fixed at its creation.
	DNSPeering DNSMode = "peering"
	// DNSNone: no mappings.
	DNSNone DNSMode = "none"
)

// Request is what a set-up is to bring about: what the form edits and what a
// set-up file holds.
type Request struct {
	Network safe.Text // name or id
	Peering safe.Text // the name that Konnect shows
	VNet    model.VNetRef
	// Hub: VNet names a virtual hub of a Virtual WAN. Its role is the one that Konnect's wizard
	// gives: it is looked for and never made, since its actions are not public.
	Hub      bool
	DNS      DNSMode
	Mappings []model.DNSMapping
	RoleName safe.Text // empty: DefaultRoleName; for a hub, the name or the id of the wizard's role
	AppID    safe.Text // empty: KongAppID
	// Create is the network that the run makes first, with the name Network; nil: it is
	// there already.
	Create *CreateNetwork
	// Route is a gateway service with a route that the run makes last; nil for none.
	Route *gateway.Draft
	// Mend is the sequence that mends a peering which is there; nil: this is a set-up.
	Mend *Mend
}

// Kind is what a run of the request does.
func (r Request) Kind() RunKind {
	if r.Mend != nil {
		return RunMend
	}
	return RunSetup
}

// CreateNetwork is how the network is to be made. It cannot be changed afterwards.
type CreateNetwork struct {
	Region  safe.Text   // a region of Azure that Konnect has
	Zones   []safe.Text // empty: all that Konnect has there
	CIDR    safe.Text
	Account safe.Text // id of the provider account; empty: the only one on Azure
}

// HubRef names the virtual hub of a request for one.
func (r Request) HubRef() model.HubRef { return model.HubRef(r.VNet) }

// EndKey returns one spelling for all spellings of what is to be peered, as
// [model.Peering.EndKey] has it.
func (r Request) EndKey() string {
	if r.Hub {
		return r.HubRef().Key()
	}
	return r.VNet.Key()
}

// EndID is the ARM id of what is to be peered.
func (r Request) EndID() safe.Text {
	if r.Hub {
		return r.HubRef().ID()
	}
	return r.VNet.ID()
}

// End is what is to be peered, as a noun.
func (r Request) End() string {
	if r.Hub {
		return "virtual hub"
	}
	return "VNET"
}

// Role returns the name of the custom role.
func (r Request) Role() safe.Text { return r.RoleName.Or(model.DefaultRoleName) }

// App returns the id of Kong's application.
func (r Request) App() safe.Text { return r.AppID.Or(KongAppID) }

// Field names a field of a request, as the set-up file writes it.
type Field string

// The fields of a request.
const (
	FieldNetwork      Field = "network"
	FieldPeering      Field = "peering"
	FieldTenant       Field = "azure.tenant_id"
	FieldSubscription Field = "azure.subscription_id"
	FieldGroup        Field = "azure.resource_group"
	FieldVNet         Field = "azure.vnet"
	FieldHub          Field = "azure.virtual_hub"
	FieldRole         Field = "azure.role_name"
	FieldApp          Field = "azure.app_id"
	FieldDNSMode      Field = "dns.mode"
	FieldMappings     Field = "dns.mappings"
	FieldRegion       Field = "create_network.region"
	FieldZones        Field = "create_network.zones"
	FieldCIDR         Field = "create_network.cidr"
	FieldAccount      Field = "create_network.account"
	FieldRoute        Field = "route" // and below it the fields of a draft
)

// Problem is one thing that is wrong with a request before anything is asked
// of a cloud.
type Problem struct {
	Field Field
	// Index is the mapping that is meant, from 0; -1 for none.
	Index int
	// Severity: with an error nothing can be run; a warning is asked about; a note is told.
	Severity dnstable.Severity
	// Rule is the rule of the mapping table that found it ("D17"); empty for none.
	Rule string
	Text string // names the value, and the way out

	more int // domains of the mapping of which the same is so
}

// Fatal reports whether nothing can be run with it.
func (p Problem) Fatal() bool { return p.Severity == dnstable.Error }

// Asks reports whether a person has to accept it before a run goes on.
func (p Problem) Asks() bool { return p.Severity == dnstable.Warning }
