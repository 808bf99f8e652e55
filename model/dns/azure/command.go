package azure

import (
	"slices"
	"strconv"
	"strings"

	"peerdeck/model"
	"peerdeck/model/safe"
)

// az writes a command of the Azure CLI; the words after a flag are quoted.
func az(command string, pairs ...string) string {
	var b strings.Builder
	b.WriteString("az " + command)
	for i := 0; i+1 < len(pairs); i += 2 {
		b.WriteString(" " + pairs[i] + " " + model.ShellQuote(pairs[i+1]))
	}
	return b.String()
}

// place parts an ARM id of a resource of a resource group into subscription, group and
// name.
func place(id safe.Text) (subscription, group, name string, ok bool) {
	parts := strings.Split(id.String(), "/")
	if len(parts) != 9 {
		return "", "", "", false
	}
	return parts[2], parts[4], parts[8], true
}

// linkCommand links a private zone to a VNET; both are ARM ids.
func linkCommand(zone, vnet safe.Text) string {
	subscription, group, name, ok := place(zone)
	if _, _, _, whole := place(vnet); !ok || !whole {
		return ""
	}
	return az("network private-dns link vnet create", "--subscription", subscription, "--resource-group", group,
		"--zone-name", name, "--name", tail(vnet), "--virtual-network", vnet.String(), "--registration-enabled", "false")
}

// openCommand lets a gateway network's questions in, with a rule that comes before the one
// that closes the port. It is empty where no number is free for it.
func openCommand(g SecurityGroup, closedBy int, from model.Prefix, server string) string {
	const most = 4096 // of a user's rule
	subscription, group, name, ok := place(g.ID)
	if !ok {
		return ""
	}
	priority, taken := min(closedBy-1, most), prioritiesOf(g)
	for slices.Contains(taken, priority) {
		priority--
	}
	if priority < leastPriority {
		return ""
	}
	return az("network nsg rule create", "--subscription", subscription, "--resource-group", group, "--nsg-name", name,
		"--name", "AllowDnsFromKong", "--priority", strconv.Itoa(priority), "--direction", "Inbound", "--access", "Allow", "--protocol", "*",
		"--source-address-prefixes", from.String(), "--destination-address-prefixes", server, "--destination-port-ranges", "53")
}

func prioritiesOf(g SecurityGroup) []int {
	var out []int
	for _, r := range g.Rules {
		if strings.EqualFold(r.Direction.Raw(), "inbound") {
			out = append(out, r.Priority)
		}
	}
	return out
}
