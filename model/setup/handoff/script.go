package handoff

import (
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurecloud"
)

// Script returns a script for a POSIX shell with the Azure CLI. It finds what is
// there, makes what is missing, and says what it did; a second run changes nothing.
// Every value stands once, quoted, in a variable at the top.
func Script(h Handoff) string { //nolint:funlen // one script, from its top to its end
	if h.Request.Hub {
		return hubScript(h)
	}
	var b strings.Builder
	b.WriteString("#!/bin/sh\n")
	// No remark is wider than 70 columns, but for long names: where a window wraps one,
	// its second line looks like a command.
	for _, line := range []string{
		"Lets Kong peer with one VNET in Azure. Written by peerdeck for the",
		"Azure admin.",
		"",
		"  network of Kong   " + h.network(),
		"  peering           " + h.Request.Peering.String(),
		"  VNET              " + h.Request.VNet.Name.String(),
		"  resource group    " + h.Request.VNet.ResourceGroup.String(),
		"  subscription      " + h.subscription(),
		"  tenant            " + h.Request.VNet.TenantID.String(),
		"",
		"It looks for Kong's application in the tenant, makes a custom role",
		"with five rights on VNETs and their peerings, and gives it to the",
		"application on this VNET alone. Nobody gets a right to read or",
		"change anything else. What is there stays; a second run changes",
		"nothing.",
		"",
		"  sh FILE                      do it",
		"  sh FILE --check              only look, change nothing",
		"  sh FILE --create-principal   make the application's entry in the",
		"                               tenant without the consent page; no",
		"                               consent is recorded by that",
		"",
		"You need: az, signed in with the role Owner or User Access",
		"Administrator on the subscription; and for the consent",
		"Cloud Application Administrator, Application Administrator,",
		"Privileged Role Administrator or Global Administrator in the tenant.",
		"On Windows, use the Azure Cloud Shell or WSL.",
		"",
		"Exit codes: 0 all is there, 1 something failed, 2 an unknown option,",
		"3 no az or the wrong sign-in, 4 the consent is missing,",
		"5 a right is missing, 6 with --check: something is missing.",
	} {
		b.WriteString(strings.TrimRight("# "+line, " ") + "\n")
	}
	b.WriteString("set -eu\n\n")
	if h.Cloud != azurecloud.Public {
		b.WriteString("# The VNET is in " + h.Cloud.Title() + ": az runs in that cloud here, whatever\n# cloud it stands at elsewhere.\nexport " + azurecloud.Variable + "=" + h.Cloud.CLI() + "\n\n")
	}
	v := h.Request.VNet
	assign(&b, "TENANT_ID", v.TenantID.Raw())
	assign(&b, "SUBSCRIPTION_ID", v.SubscriptionID.Raw())
	assign(&b, "RESOURCE_GROUP", v.ResourceGroup.Raw())
	assign(&b, "VNET_NAME", v.Name.Raw())
	assign(&b, "APP_ID", h.Request.App().Raw())
	assign(&b, "ROLE_NAME", h.Request.Role().Raw())
	assign(&b, "OTHER_ROLE_NAME", h.otherName())
	assign(&b, "CONSENT_LINK", h.Link.Raw())
	assign(&b, "ACTIONS", strings.Join(model.PeeringActions(), " "))
	assign(&b, "ROLE_JSON", h.roleJSON())
	b.WriteString(headEnd)
	for _, part := range []string{scriptTools, scriptSignIn, scriptPrincipal, scriptRole, scriptRoleWrite, scriptAssignment, scriptEnd} {
		if h.Cloud != azurecloud.Public {
			part = strings.ReplaceAll(part, "Run: az login", "Run: "+h.Cloud.Fit("az login"))
		}
		b.WriteString(part)
	}
	return b.String()
}

// headEnd is where the values end.
const headEnd = "# The end of the values.\n"
