package handoff

import (
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Markdown returns the same as [Script] as a text to read, with commands that run
// as they stand, one block after the other.
func Markdown(h Handoff) string {
	if h.Request.Hub {
		return hubMarkdown(h)
	}
	var b strings.Builder
	v := h.Request.VNet
	paragraph := func(lines ...string) { b.WriteString(strings.Join(lines, "\n") + "\n\n") }
	b.WriteString("# For the Azure admin: let Kong peer with a VNET\n\n")
	for _, row := range [][2]string{
		{"Network of Kong", h.network()},
		{"Peering", h.Request.Peering.String()},
		{"VNET", v.Name.String()},
		{"Resource group", v.ResourceGroup.String()},
		{"Subscription", h.subscription()},
		{"Tenant", v.TenantID.String()},
		{"Cloud", h.cloud()},
		{"Application", h.Request.App().String()},
	} {
		if row[1] == "" {
			continue
		}
		b.WriteString("- " + row[0] + ": " + codeSpan(row[1]) + "\n")
	}
	b.WriteByte('\n')
	paragraph("Three things are wanted, each once. Made twice they do no harm, apart from the role, which says then that it is there.",
		"`peerdeck handoff -o sh` prints a script that does all of it and can be run again.")

	paragraph("## 1. Approve Kong's application", "",
		"Who: a Cloud Application Administrator, Application Administrator, Privileged Role Administrator or Global Administrator of the tenant.",
		"Open this page and accept. It makes an entry for the application in the tenant; it gives access to no resource.")
	paragraph("<" + link(h.Link) + ">")
	paragraph("Without a browser, the same people can run this instead. It makes the entry alone; no consent is recorded.")
	block(&b, login(h)+"az ad sp create --id "+model.ShellQuote(h.Request.App().Raw()))

	paragraph("## 2. Make a role with five rights", "",
		"Who: an Owner or User Access Administrator of the subscription.",
		"The rights are: to read VNETs and their peerings, to make and remove peerings, and to be peered with.")
	block(&b, login(h)+"az role definition create --role-definition "+model.ShellQuote(h.roleJSON()))
	paragraph("Konnect's own form names it " + codeSpan(safe.New(h.otherName()).String()) + ". If the tenant has that one, put its name in the place of the other in the blocks below.")
	paragraph("If the answer is `RoleDefinitionWithSameNameExists`, the role is in another subscription of the tenant.",
		"Add this subscription to it, as an Owner or User Access Administrator of all its subscriptions:")
	block(&b, extend(h))

	paragraph("## 3. Give the role to the application, on this VNET alone", "",
		"Who: an Owner, User Access Administrator or Role Based Access Control Administrator of the VNET.")
	block(&b, values(h)+assignCommand)
	paragraph("`RoleDefinitionDoesNotExist` and `PrincipalNotFound` mean that Azure has not spread what is new: wait a minute and run it again.")

	paragraph("## How to check")
	block(&b, values(h)+checkCommand)
	paragraph("The first line is the application's id, the second that of the role, the last one the assignment. Azure takes up to ten minutes to act on it.")

	paragraph("## What this does not grant", "",
		"Kong's application gets no right on virtual machines, disks, secrets, subnets, security groups or routes, none on any other VNET,",
		"and none to give rights to others. It can make and remove peerings of this one VNET.")

	paragraph("## How to undo it", "",
		"Remove the peering in Konnect first: what runs over it stops. Leave out what another peering of the tenant still uses.")
	block(&b, values(h)+undoCommand)
	return strings.TrimRight(b.String(), "\n") + "\n"
}

// login selects the tenant and the subscription.
func login(h Handoff) string {
	v := h.Request.VNet
	cloud := ""
	if name := h.cloud(); name != "" {
		cloud = "az cloud set --name " + name + "\n"
	}
	return cloud + "az login --tenant " + model.ShellQuote(v.TenantID.Raw()) + "\naz account set --subscription " + model.ShellQuote(v.SubscriptionID.Raw()) + "\n"
}

// values gives the variables of a block their values, so that each block can be run
// alone.
func values(h Handoff) string {
	var b strings.Builder
	assign(&b, "app", h.Request.App().Raw())
	assign(&b, "role", h.Request.Role().Raw())
	assign(&b, "subscription", h.subscriptionScope())
	assign(&b, "vnet", h.Request.VNet.ID().Raw())
	return b.String()
}

const assignCommand = `az role assignment create \
  --assignee-object-id "$(az ad sp list --filter "appId eq '$app'" --query '[0].id' --output tsv)" \
  --assignee-principal-type ServicePrincipal \
  --role "$(az role definition list --name "$role" --scope "$subscription" --query '[0].id' --output tsv)" \
  --scope "$vnet"`

const checkCommand = `az ad sp list --filter "appId eq '$app'" --query '[0].id' --output tsv
az role definition list --name "$role" --scope "$subscription" --query '[0].name' --output tsv
az role assignment list --scope "$vnet" --include-inherited --output tsv \
  --query "[?principalId=='$(az ad sp list --filter "appId eq '$app'" --query '[0].id' --output tsv)'].id"`

const undoCommand = `az role assignment delete --scope "$vnet" --role "$role" \
  --assignee "$(az ad sp list --filter "appId eq '$app'" --query '[0].id' --output tsv)"
az role definition delete --name "$role" --custom-role-only true --scope "$subscription"
az ad sp delete --id "$app"`

// extend adds the subscription to a role that is there.
func extend(h Handoff) string {
	var b strings.Builder
	assign(&b, "role", h.Request.Role().Raw())
	assign(&b, "subscription", h.subscriptionScope())
	b.WriteString(`home=/subscriptions/ID-OF-THE-SUBSCRIPTION-THAT-HAS-THE-ROLE
az role definition list --name "$role" --scope "$home" --output json \
  --query "[0].{id: id, roleName: roleName, description: description, permissions: permissions, assignableScopes: [assignableScopes, ['$subscription']][]}" \
  > role.json
az role definition update --role-definition @role.json`)
	return b.String()
}

// block writes commands between fences that nothing in them can end.
func block(b *strings.Builder, commands string) {
	fence := strings.Repeat("`", max(3, longest(commands)+1))
	b.WriteString(fence + "sh\n" + commands + "\n" + fence + "\n\n")
}

// codeSpan writes a value that Markdown must leave as it is.
func codeSpan(s string) string {
	ticks := strings.Repeat("`", longest(s)+1)
	if strings.Contains(s, "`") {
		return ticks + " " + s + " " + ticks
	}
	return ticks + s + ticks
}

// longest is the length of the longest run of backticks.
func longest(s string) int {
	most, run := 0, 0
	for _, r := range s {
		if run++; r != '`' {
			run = 0
		}
		most = max(most, run)
	}
	return most
}

// link is an address that cannot leave its brackets.
func link(l safe.Text) string {
	return strings.NewReplacer("<", "%3C", ">", "%3E", " ", "%20").Replace(l.String())
}
