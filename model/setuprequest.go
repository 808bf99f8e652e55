package model

import "peerdeck/model/safe"

// What the seed of the set-up names; both can be given otherwise.
const (
	// KongAppID is the application that Kong peers with: kong-cgw-azure-vnet-peering-app.
	KongAppID = "207b296f-cf25-4d23-9eba-9a2c41dc62ca"
	// DefaultRoleName is the custom role's name in Kong's instructions.
	DefaultRoleName = "Kong Cloud Gateway Peering Creator"
	// RoleNameSuffix stands behind the name in the commands that Konnect's own form
	// prints. Whether it is the same for everybody is not known, so a role is looked
	// for under both names.
	RoleNameSuffix = " - Kong"
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

// SetupRequest is what a set-up is to bring about: what the form edits and what a
// set-up file holds.
type SetupRequest struct {
	Network  safe.Text // name or id
	Peering  safe.Text // the name that Konnect shows
	VNet     VNetRef
	DNS      DNSMode
	Mappings []DNSMapping
	RoleName safe.Text // empty: DefaultRoleName
	AppID    safe.Text // empty: KongAppID
}

// Role returns the name of the custom role.
func (r SetupRequest) Role() safe.Text { return r.RoleName.Or(DefaultRoleName) }

// App returns the id of Kong's application.
func (r SetupRequest) App() safe.Text { return r.AppID.Or(KongAppID) }

// SetupField names a field of a request, as the set-up file writes it.
type SetupField string

// The fields of a request.
const (
	FieldNetwork      SetupField = "network"
	FieldPeering      SetupField = "peering"
	FieldTenant       SetupField = "azure.tenant_id"
	FieldSubscription SetupField = "azure.subscription_id"
	FieldGroup        SetupField = "azure.resource_group"
	FieldVNet         SetupField = "azure.vnet"
	FieldRole         SetupField = "azure.role_name"
	FieldApp          SetupField = "azure.app_id"
	FieldDNSMode      SetupField = "dns.mode"
	FieldMappings     SetupField = "dns.mappings"
)

// SetupProblem is one thing that is wrong with a request before anything is asked
// of a cloud.
type SetupProblem struct {
	Field SetupField
	// Index is the mapping that is meant, from 0; -1 for none.
	Index int
	// Fatal: nothing can be run with it. Others are warnings.
	Fatal bool
	Text  string // names the value, and the way out
}
