package azurenet

import (
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Kept is what a resource that is to be changed says of itself beside its rules or routes:
// who looks after it, and what else has it.
type Kept struct {
	Etag     safe.Text // of its last change
	Location safe.Text
	Tags     []Tag
	Subnets  []safe.Text // that have it, by ARM id, of any VNET
	Cards    []safe.Text // network cards that have it, by ARM id
	// Group is its resource group, and Manager the resource that looks after that, by ARM id;
	// empty for none. GroupUnread: whether there is one was not read.
	Group       safe.Text
	Manager     safe.Text
	GroupUnread bool
}

// Tag is a tag of a resource.
type Tag struct{ Name, Value safe.Text }

// Automation is a clause that says which program of somebody's looks after the resource, as
// far as it tells; empty where nothing says so, which does not prove that nobody's does.
func (k Kept) Automation() string {
	if !k.Manager.IsEmpty() {
		return "its resource group " + k.Group.String() + " is managed by " + model.LastSegment(k.Manager).String()
	}
	var said []string
	for _, t := range k.Tags {
		if t.automated() {
			said = append(said, t.Name.String()+"="+t.Value.Or("…").String())
		}
	}
	switch len(said) {
	case 0:
		return ""
	case 1:
		return "its tag " + said[0] + " says that a program looks after it"
	default:
		return "its tags " + phrase.And(said) + " say that a program looks after it"
	}
}

// automated reports whether a tag is one that programs put on what they make, or that names
// one. Sources: the conventions of Terraform, Bicep and azd, Pulumi, Crossplane, Ansible, and
// of Azure's own managed services, which tag what they make for somebody else.
func (t Tag) automated() bool {
	name, value := strings.ToLower(t.Name.Raw()), strings.ToLower(t.Value.Raw())
	programs := []string{"terraform", "opentofu", "terragrunt", "bicep", "pulumi", "crossplane", "ansible", "cloudformation", "azd-", "aks-managed", "databricks", "iac", "gitops", "argocd", "flux"}
	names := func(text string) bool {
		return slices.ContainsFunc(programs, func(p string) bool {
			if len(p) > 4 {
				return strings.Contains(text, p)
			}
			return slices.Contains(strings.FieldsFunc(text, func(r rune) bool { return r == '-' || r == '_' || r == '.' || r == ':' || r == '/' || r == ' ' }), strings.TrimSuffix(p, "-"))
		})
	}
	plain := strings.NewReplacer("-", "", "_", "", " ", "", ".", "").Replace(name)
	by := slices.Contains([]string{"managedby", "provisionedby", "deployedby", "createdby", "maintainedby", "automation"}, plain)
	people := strings.Contains(value, "@") || value == "" || value == "manual" || value == "portal" || value == "none"
	return names(name) || names(value) || by && plain != "createdby" && !people
}

// Elsewhere are the subnets that have the resource and are none of a VNET's, and the network
// cards that have it, by name.
func (k Kept) Elsewhere(vnet safe.Text) []string {
	var out []string
	for _, s := range k.Subnets {
		if !within(s, vnet) {
			out = append(out, "the subnet "+tail(s)+" of "+tail(safe.New(strings.TrimSuffix(s.Raw(), "/subnets/"+model.LastSegment(s).Raw()))))
		}
	}
	for _, c := range k.Cards {
		out = append(out, "the network card "+tail(c))
	}
	return out
}
