package model

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"peerdeck/model/safe"
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

// Problems lists everything that is wrong with a request as far as the request
// alone tells, in the order of the set-up file. Nothing is asked of a cloud.
func (r SetupRequest) Problems() []SetupProblem {
	var p setupProblems
	p.name(FieldNetwork, r.Network, "the network", "give its name or its id in Konnect")
	p.name(FieldPeering, r.Peering, "the peering", "give the name that Konnect is to show")
	if n := utf8.RuneCountInString(r.Peering.Raw()); n > maxPeeringName {
		p.fatalf(FieldPeering, "the name %s has %d characters; Konnect takes %d", quoted(r.Peering), n, maxPeeringName)
	}
	p.tenant(r.VNet.TenantID)
	p.guid(FieldSubscription, r.VNet.SubscriptionID, "the subscription", "az account show --query id --output tsv prints that of the subscription in use")
	p.take(FieldGroup, groupProblem(r.VNet.ResourceGroup))
	p.take(FieldVNet, vnetProblem(r.VNet.Name))
	if !r.RoleName.IsEmpty() {
		p.name(FieldRole, r.RoleName, "the role", "give its name")
	}
	if n := utf8.RuneCountInString(r.RoleName.Raw()); n > maxRoleName {
		p.fatalf(FieldRole, "the name %s has %d characters; Azure takes %d", quoted(r.RoleName), n, maxRoleName)
	}
	if !r.AppID.IsEmpty() {
		p.guid(FieldApp, r.AppID, "the application", "leave it out for Kong's own, "+KongAppID)
	}
	p.mode(r)
	p.mappings(r)
	return p.list
}

// Runnable reports whether no problem forbids a run: warnings do not.
func Runnable(problems []SetupProblem) bool {
	for _, p := range problems {
		if p.Fatal {
			return false
		}
	}
	return true
}

// setupProblems gathers problems.
type setupProblems struct{ list []SetupProblem }

func (p *setupProblems) fatalf(field SetupField, format string, args ...any) {
	p.take(field, fmt.Sprintf(format, args...))
}

// take adds a problem that forbids a run; an empty text is none.
func (p *setupProblems) take(field SetupField, text string) {
	if text != "" {
		p.list = append(p.list, SetupProblem{Field: field, Index: -1, Fatal: true, Text: text})
	}
}

// name checks a text that a person gave as a name.
func (p *setupProblems) name(field SetupField, name safe.Text, what, cure string) {
	switch {
	case name.IsEmpty():
		p.fatalf(field, "%s is missing; %s", what, cure)
	case !visible(name):
		p.fatalf(field, "the name %s holds a line break, a tab or a character that cannot be seen; write it again by hand", quoted(name))
	case strings.TrimSpace(name.Raw()) != name.Raw():
		p.fatalf(field, "the name %s begins or ends with a space; take it away", quoted(name))
	}
}

func (p *setupProblems) tenant(id safe.Text) {
	const cure = "az account show --query tenantId --output tsv prints that of the account in use"
	if domain, problem := DomainName(id.Raw()); problem == "" && strings.Contains(domain, ".") {
		p.fatalf(FieldTenant, "%s is a domain name; the tenant's id is wanted: %s", quoted(id), cure)
		return
	}
	p.guid(FieldTenant, id, "the tenant", cure)
}

func (p *setupProblems) guid(field SetupField, id safe.Text, what, cure string) {
	switch {
	case id.IsEmpty():
		p.fatalf(field, "the id of %s is missing; %s", what, cure)
	case id.Raw() == placeholderID:
		p.fatalf(field, "the id of %s is still the placeholder %s of an example; %s", what, placeholderID, cure)
	case !IsGUID(id.Raw()):
		p.fatalf(field, "%s is no id of %s: that is 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12, such as %s; %s", quoted(id), what, KongAppID, cure)
	}
}

// visible reports whether a text shows all that it holds.
func visible(t safe.Text) bool { return t.String() == t.Raw() }

// quoted returns a value for a sentence: clean, and no longer than one line takes.
func quoted(t safe.Text) string {
	const most = 80
	s := t.String()
	if utf8.RuneCountInString(s) > most {
		s = string([]rune(s)[:most]) + "…"
	}
	return `"` + s + `"`
}
