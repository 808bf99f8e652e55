package setup

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

const (
	// maxPeeringName is Konnect's limit for the name of a transit gateway.
	maxPeeringName = 120
	// maxRoleName is Azure's limit for the name of a role definition.
	maxRoleName = 512
	// placeholderID stands in examples and is nobody's id.
	placeholderID = "00000000-0000-0000-0000-000000000000"
)

// DNSModes lists the modes that a request may have.
func DNSModes() []DNSMode { return []DNSMode{DNSResolver, DNSPeering, DNSNone} }

// Problems lists everything that is wrong with a request as far as the request and what
// is known around its mappings tell, in the order of the set-up file. Nothing is asked of
// a cloud. The rules that could not look are in [Request.Unchecked].
func (r Request) Problems(around dnstable.Surroundings) []Problem {
	var p problems
	p.name(FieldNetwork, r.Network, "the network", "give its name or its id in Konnect")
	p.newNetwork(r)
	p.name(FieldPeering, r.Peering, "the peering", "give the name that Konnect is to show")
	if n := utf8.RuneCountInString(r.Peering.Raw()); n > maxPeeringName {
		p.fatalf(FieldPeering, "the name %s has %d characters; Konnect takes %d", r.Peering.Quoted(), n, maxPeeringName)
	}
	p.tenant(r.VNet.TenantID)
	p.guid(FieldSubscription, r.VNet.SubscriptionID, "the subscription", "az account show --query id --output tsv prints that of the subscription in use")
	p.fatal(FieldGroup, model.GroupNameProblem(r.VNet.ResourceGroup))
	p.end(r)
	if !r.RoleName.IsEmpty() {
		p.name(FieldRole, r.RoleName, "the role", "give its name")
	}
	if n := utf8.RuneCountInString(r.RoleName.Raw()); n > maxRoleName {
		p.fatalf(FieldRole, "the name %s has %d characters; Azure takes %d", r.RoleName.Quoted(), n, maxRoleName)
	}
	if !r.AppID.IsEmpty() {
		p.guid(FieldApp, r.AppID, "the application", "leave it out for Kong's own, "+KongAppID)
	}
	p.mode(r)
	p.mappings(r, around)
	p.route(r)
	return p.list
}

// end checks the name of what is to be peered. Of a hub, the role has to be given too.
func (p *problems) end(r Request) {
	if !r.Hub {
		p.fatal(FieldVNet, model.VNetNameProblem(r.VNet.Name))
		return
	}
	p.name(FieldHub, r.VNet.Name, "the name of the virtual hub", "az network vhub list --query '[].name' --output tsv lists those that there are")
	if r.RoleName.IsEmpty() {
		p.fatalf(FieldRole, "the role for the virtual hub is missing; give the name or the id of the one that Konnect's wizard had you make and assign: which actions it needs is not public, so peerdeck makes none")
	}
}

// Runnable reports whether no problem forbids a run: warnings do not.
func Runnable(problems []Problem) bool {
	for _, p := range problems {
		if p.Fatal() {
			return false
		}
	}
	return true
}

// problems gathers problems.
type problems struct{ list []Problem }

func (p *problems) fatalf(field Field, format string, args ...any) {
	p.fatal(field, fmt.Sprintf(format, args...))
}

// fatal adds a problem that forbids a run; an empty text is none.
func (p *problems) fatal(field Field, text string) {
	if text != "" {
		p.list = append(p.list, Problem{Field: field, Index: -1, Severity: dnstable.Error, Text: text})
	}
}

// name checks a text that a person gave as a name.
func (p *problems) name(field Field, name safe.Text, what, cure string) {
	switch {
	case name.IsEmpty():
		p.fatalf(field, "%s is missing; %s", what, cure)
	case !name.Visible():
		p.fatalf(field, "the name %s holds a line break, a tab or a character that cannot be seen; write it again by hand", name.Quoted())
	case strings.TrimSpace(name.Raw()) != name.Raw():
		p.fatalf(field, "the name %s begins or ends with a space; take it away", name.Quoted())
	}
}

func (p *problems) tenant(id safe.Text) {
	const cure = "az account show --query tenantId --output tsv prints that of the account in use"
	if domain := dnstable.Normalise(id.Raw()).ASCII; strings.Contains(strings.Trim(domain, "."), ".") {
		p.fatalf(FieldTenant, "%s is a domain name; the tenant's id is wanted: %s", id.Quoted(), cure)
		return
	}
	p.guid(FieldTenant, id, "the tenant", cure)
}

func (p *problems) guid(field Field, id safe.Text, what, cure string) {
	switch {
	case id.IsEmpty():
		p.fatalf(field, "the id of %s is missing; %s", what, cure)
	case id.Raw() == placeholderID:
		p.fatalf(field, "the id of %s is still the placeholder %s of an example; %s", what, placeholderID, cure)
	case !model.IsGUID(id.Raw()):
		p.fatalf(field, "%s is no id of %s: that is 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12, such as %s; %s", id.Quoted(), what, KongAppID, cure)
	}
}
