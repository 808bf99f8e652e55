package sandbox

import (
	"encoding/json"
	"slices"
	"strings"
)

// The values below are what a test looks at to see what became of the world. They
// share nothing with it.

// RoleView is a role definition of a tenant.
type RoleView struct {
	ID, Name string // GUID, and the name that people use
	Scopes   []string
	Actions  []string
}

// AssignmentView is a role assignment.
type AssignmentView struct {
	ID, Scope, RoleID, RoleName, PrincipalID, PrincipalType string
}

// PeeringView is a peering of a network, with the state of Azure's half; "none" when
// there is none.
type PeeringView struct {
	ID, Name, State, Reason, VNet, Half string
	Domains                             []string // its own DNS mappings
}

// ResolverView is a private DNS of a network as it is, whatever readers are shown.
type ResolverView struct {
	ID, Name, Kind, State string
	Version               int
	Servers               map[string][]string // by domain
}

// PrincipalView is an application in a tenant.
type PrincipalView struct {
	ObjectID, AppID  string
	Enabled, Deleted bool
}

// Writes returns how many requests of a service changed something: those with
// another method than GET that were answered with success.
func (w *World) Writes(service string) int { return w.WritesOf(Request{Service: service}) }

// WritesOf returns how many requests of a kind changed something.
func (w *World) WritesOf(q Request) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	total := 0
	for done, n := range w.writes {
		if q.fits(done.Service, done.Method, done.Path) {
			total += n
		}
	}
	return total
}

// BeyondContract reports whether an event has made of Konnect what Kong's contract does not
// know: a newer one.
func (w *World) BeyondContract() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.beyond
}

// TenantID returns the id of the tenant with a domain, empty for none.
func (w *World) TenantID(domain string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if t := w.tenant(domain); t != nil {
		return t.id
	}
	return ""
}

// NetworkID returns the id of the network with a name, empty for none.
func (w *World) NetworkID(name string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if n := w.network(name); n != nil {
		return n.id
	}
	return ""
}

// SubscriptionID returns the id of the subscription with a name, empty for none.
func (w *World) SubscriptionID(name string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if s := w.subscription(name); s != nil {
		return s.id
	}
	return ""
}

// VNetID returns the ARM id of a VNET, empty for none. The subscription is named by
// its name or its id.
func (w *World) VNetID(subscription, name string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if v := w.vnetNamed(subscription, name); v != nil {
		return v.id()
	}
	return ""
}

// HubID returns the ARM id of a virtual hub, empty for none. The subscription is named by its
// name or its id.
func (w *World) HubID(subscription, name string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if s := w.subscription(subscription); s != nil {
		for _, h := range w.hubsOf(s, "") {
			if h.name == name {
				return h.id()
			}
		}
	}
	return ""
}

// Roles lists the custom roles of a tenant, named by its domain or its id.
func (w *World) Roles(tenant string) []RoleView {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.advance()
	t := w.tenant(tenant)
	if t == nil {
		return nil
	}
	var out []RoleView
	for _, d := range t.roles {
		v := RoleView{ID: d.name, Name: d.roleName, Scopes: slices.Clone(d.scopes)}
		for _, p := range d.permissions {
			v.Actions = append(v.Actions, p.actions...)
		}
		out = append(out, v)
	}
	return out
}

// Assignments lists what is given at exactly one scope, an ARM id.
func (w *World) Assignments(scope string) []AssignmentView {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.advance()
	var out []AssignmentView
	for _, t := range w.tenants {
		for _, a := range t.assignments {
			if sameScope(a.scope, scope) {
				out = append(out, AssignmentView{
					ID: a.name, Scope: a.scope, RoleID: a.role, RoleName: w.roleNameOf(t, a.role), PrincipalID: a.principalID, PrincipalType: a.principalType,
				})
			}
		}
	}
	return out
}

func (w *World) roleNameOf(t *tenant, guid string) string {
	if d := w.role(t, guid); d != nil {
		return d.roleName
	}
	return ""
}

// Peerings lists the peerings of a network, named by its name or its id.
func (w *World) Peerings(network string) []PeeringView {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.advance()
	n := w.network(network)
	if n == nil {
		return nil
	}
	var out []PeeringView
	for _, p := range n.peerings {
		v := PeeringView{ID: p.id, Name: p.name, State: p.state, Reason: p.reason, Half: "none"}
		if p.vnet != nil {
			v.VNet = p.vnet.id()
			if h := p.vnet.half(n); h != nil {
				v.Half = h.state
			}
		}
		for _, d := range p.dns {
			v.Domains = append(v.Domains, d.domains...)
		}
		out = append(out, v)
	}
	return out
}

// Resolvers lists the private DNS of a network, named by its name or its id.
func (w *World) Resolvers(network string) []ResolverView {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.advance()
	n := w.network(network)
	if n == nil {
		return nil
	}
	var out []ResolverView
	for _, d := range n.dns {
		v := ResolverView{ID: d.id, Name: d.name, State: d.state, Version: d.version, Servers: map[string][]string{}}
		v.Kind, _ = d.config["kind"].(string)
		for domain, entry := range tableOf(d.config) {
			v.Servers[domain] = serversOf(entry)
		}
		out = append(out, v)
	}
	return out
}

// ResolverJSON is a private DNS as Konnect would tell it if nothing showed late, with
// members that nobody knows; empty for none.
func (w *World) ResolverJSON(network, name string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.advance()
	n := w.network(network)
	if n == nil || n.privateDNS(name) == nil {
		return ""
	}
	text, err := json.Marshal(renderDNS(n.privateDNS(name)))
	if err != nil {
		return ""
	}
	return string(text)
}

// serversOf reads the servers of a mapping, as the world made it or as a request
// brought it.
func serversOf(entry any) []string {
	e, _ := entry.(map[string]any)
	switch list := e["remote_dns_server_ip_addresses"].(type) {
	case []string:
		return slices.Clone(list)
	case []any:
		var out []string
		for _, item := range list {
			s, _ := item.(string)
			out = append(out, s)
		}
		return out
	default:
		return nil
	}
}

// Principals lists the applications of a tenant, deleted ones included.
func (w *World) Principals(tenant string) []PrincipalView {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.advance()
	t := w.tenant(tenant)
	if t == nil {
		return nil
	}
	var out []PrincipalView
	for _, p := range t.principals {
		out = append(out, PrincipalView{ObjectID: p.objectID, AppID: p.appID, Enabled: !p.disabled, Deleted: p.deleted})
	}
	return out
}

func (w *World) subscription(name string) *subscription {
	for _, s := range w.subs {
		if s.name == name || strings.EqualFold(s.id, name) {
			return s
		}
	}
	return nil
}

func (w *World) vnetNamed(subscription, name string) *vnet {
	s := w.subscription(subscription)
	for _, v := range w.vnets {
		if v.sub == s && strings.EqualFold(v.name, name) {
			return v
		}
	}
	return nil
}

// NetworkView is a network of the organization.
type NetworkView struct{ ID, Name, State, CIDR, Region string }

// Networks lists the networks of a name, of any state; all where it is empty.
func (w *World) Networks(name string) []NetworkView {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.advance()
	var out []NetworkView
	for _, n := range w.networks {
		if name == "" || n.name == name {
			out = append(out, NetworkView{n.id, n.name, n.state, n.cidr, n.region})
		}
	}
	return out
}

// AccountID is the id of the organization's account of a provider.
func (w *World) AccountID(provider string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, a := range w.accounts {
		if a.provider == provider {
			return a.id
		}
	}
	return ""
}
