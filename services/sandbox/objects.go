package sandbox

import (
	"strings"
	"time"
)

// The objects of the world. They are changed only under the world's lock.

type account struct {
	id, provider, accountID string
	shown                   string // what Konnect calls it, where that is not the account's id
	created                 time.Time
}

type network struct {
	id, name, region, cidr string
	account                *account
	zones                  []string
	state                  string
	reported, reason       string
	isDefault              bool
	vpcID                  string
	subnets                []string
	version                int
	created, updated       time.Time
	peerings               []*peering
	dns                    []*privateDNS
	configurations         []*configuration
}

type peering struct {
	id, name         string
	state            string
	reported, reason string
	config           map[string]any // with its kind
	dns              []dnsEntry
	cidrs            []string // nil: the kind has none
	version          int
	created, updated time.Time
	vnet             *vnet       // nil unless it is an Azure VNET peering
	hub              *virtualHub // nil unless it is with a virtual hub
	ending           bool        // somebody deleted it; it is gone soon
}

type dnsEntry struct{ domains, servers []string }

type privateDNS struct {
	id, name         string
	state            string
	reported, reason string
	config           map[string]any // never changed in place
	extra            map[string]any // members that a newer Konnect has; never changed in place
	version          int
	created, updated time.Time
	works            int         // how often it was set to work
	before           *privateDNS // what readers are shown until lateUntil, nil for what is
	lateUntil        time.Time
}

type configuration struct {
	id, version, region, provider string
	plane                         *controlPlane
	privateIPs, egressIPs         []string
	apiAccess                     string // empty: the default
	entityVersion                 int
	created, updated              time.Time
}

type controlPlane struct {
	id, geo, name    string
	created, updated time.Time
	refused          bool                 // no token may read it
	gone             bool                 // it was deleted, and configurations still name it
	members          []*controlPlane      // of a group; nil for other control planes
	page             int                  // the most that its lists give at once; 0 for the contract's
	entities         map[string][]*entity // what it tells its data planes, by kind
	requests         []apiRequest         // that its data planes have served, the newest first
}

type tenant struct {
	id, domain, name string
	principals       []*principal
	roles            []*roleDefinition
	assignments      []*roleAssignment
	// directory is what the signed-in account may do in the tenant's directory.
	directory directoryRole
	// managedBy is a tenant whose tokens are taken for this one's subscriptions too,
	// and whose list has them (Azure Lighthouse); nil for none.
	managedBy *tenant
	// consentAfter is how long after the first question for Kong's application an
	// administrator lets it in; 0 for never.
	consentAfter time.Duration
}

// takes reports whether a token of another tenant is good for the subscriptions.
func (t *tenant) takes(signedIn *tenant) bool { return t == signedIn || t.managedBy == signedIn }

type directoryRole int

const (
	directoryAdmin  directoryRole = iota // may add applications
	directoryMember                      // may read them
	directoryGuest                       // may not read them
)

// principal is an application in a tenant.
type principal struct {
	objectID, appID, name string
	disabled              bool
	deleted               bool // it can still be restored
	visibleAt             time.Time
}

// kong returns Kong's application in the tenant, nil while it is not there.
func (t *tenant) kong() *principal {
	for _, p := range t.principals {
		if p.appID == kongAppID && !p.deleted {
			return p
		}
	}
	return nil
}

type subscription struct {
	id, name string
	tenant   *tenant
	state    string // empty for Enabled
	gone     bool   // Azure does not know it any more
}

// readOnly: Azure refuses every change in the subscription.
func (s *subscription) readOnly() bool { return s.state == "Disabled" || s.state == "Deleted" }

type vnet struct {
	sub              *subscription
	group, name      string
	location         string
	prefixes         []string
	dnsServers       []string
	subnets          []subnet
	peerings         []*vnetPeering
	provisioning     string
	guid             string
	deletedFromAzure bool
	// addresses are those of which an event says whether something has them.
	addresses map[string]bool
	ids       string // how its ids are spelt: upper, lower; empty for as they were made
	// adminRules are those of a network manager.
	adminRules []adminRule
}

type subnet struct {
	name, prefix, nsg, routeTable, delegation string
	// policies are those for private endpoints: Disabled, Enabled, and those for groups or
	// tables alone; empty for Disabled.
	policies string
}

type vnetPeering struct {
	name, remoteID      string
	state, sync         string
	provisioning        string
	routed, remoteNow   []string
	access, forward     bool
	gateway, useGateway bool
	guid                string
	odd                 map[string]any // properties that an event has set; nil leaves one out
}

func (v *vnet) id() string {
	return "/subscriptions/" + v.sub.id + "/resourceGroups/" + v.group + "/providers/Microsoft.Network/virtualNetworks/" + v.name
}

func vnetKey(sub, group, name string) string {
	return strings.ToLower(sub + "\x00" + group + "\x00" + name)
}

// half returns the peering of the VNET that leads to a network.
func (v *vnet) half(n *network) *vnetPeering {
	for _, p := range v.peerings {
		if strings.EqualFold(p.remoteID, n.remoteID()) {
			return p
		}
	}
	return nil
}

// remoteID is the id of Kong's VNET for a network.
func (n *network) remoteID() string {
	return "/subscriptions/" + n.account.accountID + "/resourceGroups/kong-" + n.region +
		"/providers/Microsoft.Network/virtualNetworks/kong-" + n.id[:8]
}

// setState changes a network, as Konnect would: version and time go up.
func (n *network) setState(state, reported, reason string, now time.Time) {
	n.state, n.reported, n.reason = state, reported, reason
	n.version++
	n.updated = now
}

func (p *peering) setState(state, reported, reason string, now time.Time) {
	p.state, p.reported, p.reason = state, reported, reason
	p.version++
	p.updated = now
}

func (d *privateDNS) setState(state, reported, reason string, now time.Time) {
	d.state, d.reported, d.reason = state, reported, reason
	d.touch(now)
}

func (d *privateDNS) touch(now time.Time) {
	d.version++
	d.updated = now
}
