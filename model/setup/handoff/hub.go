package handoff

import (
	"strings"

	"github.com/peerdeck/peerdeck/model"
)

// What the admin does for a virtual hub is the consent and the role from Konnect's wizard.
// Which actions that role needs is not public, so none is written down here.

// hubScript looks what is there, and makes nothing.
func hubScript(h Handoff) string {
	var b strings.Builder
	b.WriteString("#!/bin/sh\n")
	for _, line := range []string{
		"Looks whether Kong may connect to one virtual hub in Azure. Written",
		"by peerdeck for the Azure admin. It changes nothing.",
		"",
		"  network of Kong   " + h.network(),
		"  peering           " + h.Request.Peering.String(),
		"  virtual hub       " + h.Request.VNet.Name.String(),
		"  resource group    " + h.Request.VNet.ResourceGroup.String(),
		"  subscription      " + h.subscription(),
		"  tenant            " + h.Request.VNet.TenantID.String(),
		"  role              " + h.Request.RoleName.String(),
		"",
		"What is yours: approve Kong's application on the page below, then",
		"make the role and assign it at the hub with the commands that",
		"Konnect's wizard for a Virtual WAN shows. Which actions the role",
		"needs is not public; take them from there.",
		"",
		"  " + h.Link.String(),
	} {
		b.WriteString(strings.TrimRight("# "+line, " ") + "\n")
	}
	b.WriteString("set -eu\n\n" + hubCheck(h))
	return b.String()
}

// hubCheck are the commands that show what is there.
func hubCheck(h Handoff) string {
	r := h.Request
	return login(h) + "az ad sp list --output table --filter " + model.ShellQuote("appId eq '"+r.App().Raw()+"'") + "\n" +
		"az role assignment list --include-inherited --output table --scope " + model.ShellQuote(r.EndID().Raw()) + "\n"
}

func hubMarkdown(h Handoff) string {
	var b strings.Builder
	b.WriteString("# For the Azure admin: let Kong connect to a virtual hub\n\n")
	for _, row := range [][2]string{
		{"Network of Kong", h.network()},
		{"Peering", h.Request.Peering.String()},
		{"Virtual hub", h.Request.VNet.Name.String()},
		{"Resource group", h.Request.VNet.ResourceGroup.String()},
		{"Subscription", h.subscription()},
		{"Tenant", h.Request.VNet.TenantID.String()},
		{"Cloud", h.cloud()},
		{"Application", h.Request.App().String()},
		{"Role", h.Request.RoleName.String()},
	} {
		if row[1] != "" {
			b.WriteString("- " + row[0] + ": " + codeSpan(row[1]) + "\n")
		}
	}
	b.WriteString("\n## 1. Approve Kong's application\n\nOpen this page as an administrator of the tenant and accept. If Konnect's wizard names another application, take its page.\n\n<" + link(h.Link) + ">\n\n")
	b.WriteString("## 2. Make the role and assign it at the hub\n\nTake the commands from Konnect's wizard for a Virtual WAN: which actions the role needs is not public, so they do not stand here.\n\n## How to check\n\n")
	block(&b, strings.TrimRight(hubCheck(h), "\n"))
	return b.String()
}
