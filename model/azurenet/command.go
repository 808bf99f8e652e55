package azurenet

import (
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Az writes a command of the Azure CLI; the words after a flag are quoted.
func Az(command string, pairs ...string) string {
	out := "az " + command
	for i := 0; i+1 < len(pairs); i += 2 {
		out += flag(pairs[i], pairs[i+1])
	}
	return out
}

// flag is a flag with its value, or with a list of values.
func flag(name string, values ...string) string {
	out := " " + name
	for _, v := range values {
		out += " " + model.ShellQuote(v)
	}
	return out
}

// Place parts an ARM id of a resource of a resource group into subscription, group and
// name.
func Place(id safe.Text) (subscription, group, name string, ok bool) {
	parts := strings.Split(id.String(), "/")
	if len(parts) != 9 {
		return "", "", "", false
	}
	return parts[2], parts[4], parts[8], true
}

// listRules is the command that shows the rules of a group in their order.
func listRules(g SecurityGroup) string {
	subscription, group, name, ok := Place(g.ID)
	if !ok {
		return ""
	}
	return Az("network nsg rule list", "--subscription", subscription, "--resource-group", group, "--nsg-name", name, "--output", "table")
}

// showRoute is the command that shows a route.
func showRoute(t RouteTable, r Route) string {
	subscription, group, name, ok := Place(t.ID)
	if !ok {
		return ""
	}
	return Az("network route-table route show", "--subscription", subscription, "--resource-group", group, "--route-table-name", name, "--name", r.Name.String())
}
