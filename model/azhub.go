package model

import (
	"strings"

	"github.com/peerdeck/peerdeck/model/safe"
)

// The commands about virtual hubs are those of the Azure CLI's extension virtual-wan, which
// it installs when the first of them is run.

// azHub is a command about a hub.
func azHub(h HubRef, verb string, more ...string) string {
	words := append([]string{
		"az network vhub " + verb, "--subscription", ShellQuote(h.SubscriptionID.String()), "--resource-group", ShellQuote(h.ResourceGroup.String()), "--name", ShellQuote(h.Name.String()),
	}, more...)
	return strings.Join(words, " ")
}

// azInHub is a command about what is in a hub: its connections, its route tables. The name
// is left out where it is about all of them.
func azInHub(h HubRef, verb string, name safe.Text, more ...string) string {
	words := []string{
		"az network vhub " + verb, "--subscription", ShellQuote(h.SubscriptionID.String()), "--resource-group", ShellQuote(h.ResourceGroup.String()), "--vhub-name", ShellQuote(h.Name.String()),
	}
	if !name.IsEmpty() {
		words = append(words, "--name", ShellQuote(name.String()))
	}
	return strings.Join(append(words, more...), " ")
}

// azConnection is a command about the connections of a hub.
func azConnection(h HubRef, verb string, name safe.Text, more ...string) string {
	return azInHub(h, "connection "+verb, name, more...)
}

// azRoute adds a route for a range to a route table of a hub, over a connection.
func azRoute(h HubRef, table safe.Text, destination Prefix, over safe.Text) string {
	return azInHub(h, "route-table route add", table, "--route-name kong-gateways", "--destination-type CIDR", "--destinations", ShellQuote(destination.String()),
		"--next-hop-type ResourceId", "--next-hop", ShellQuote(over.String()))
}

// azEffective shows what a hub really routes by one of its route tables.
func azEffective(h HubRef, table safe.Text) string {
	return azHub(h, "get-effective-routes", "--resource-type RouteTable", "--resource-id", ShellQuote(table.String()))
}

// azAssignments lists the roles that reach a hub.
func azAssignments(h HubRef) string {
	if h.IsZero() {
		return ""
	}
	return "az role assignment list --include-inherited --output table --scope " + ShellQuote(h.ID().String())
}
