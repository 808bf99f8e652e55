package wayin

import (
	"slices"
	"strconv"
	"strings"

	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// FirewallRule is the security rule for the data planes' addresses that a person wants a
// command for.
type FirewallRule struct {
	// Group is the security group that it goes into, by ARM id; empty where a person fills it in.
	Group    safe.Text
	Outbound bool // from the VNET to the data planes; else from them into the VNET
	Ports    []string
	Priority int
	Name     string
}

// The words that stand in a command for what only a person knows.
const (
	PlaceGroup    = "RESOURCE-GROUP"
	PlaceSecurity = "NSG-NAME"
)

// Command is the command that makes the rule for the addresses, and the words in it that a
// person has to replace, if the group is not named. It is empty without addresses.
func (f FirewallRule) Command(list []Address) (command string, places []string) {
	addresses := make([]string, 0, len(list))
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b Address) int { return compareAddresses(a.Address, b.Address) })
	for _, a := range list {
		if text := a.Address.String(); !slices.Contains(addresses, text) {
			addresses = append(addresses, text)
		}
	}
	if len(addresses) == 0 {
		return "", nil
	}
	var of []string
	if subscription, group, name, ok := azurenet.Place(f.Group); ok {
		of = []string{"--subscription", subscription, "--resource-group", group, "--nsg-name", name}
	} else {
		of, places = []string{"--resource-group", PlaceGroup, "--nsg-name", PlaceSecurity}, []string{PlaceGroup, PlaceSecurity}
	}
	direction, sources, destinations := "Inbound", addresses, []string{"*"}
	if f.Outbound {
		direction, sources, destinations = "Outbound", []string{"VirtualNetwork"}, addresses
	}
	command = azurenet.Az("network nsg rule create", append(of, "--name", f.Name, "--priority", strconv.Itoa(f.Priority), "--direction", direction, "--access", "Allow", "--protocol", "Tcp")...)
	return command + listed("--source-address-prefixes", sources) + listed("--destination-address-prefixes", destinations) + listed("--destination-port-ranges", f.Ports), places
}

// Known are the findings that say how far the addresses are known, and nothing of what
// points at them.
func (r Report) Known() []finding.Finding {
	return slices.DeleteFunc(slices.Clone(r.Findings), func(f finding.Finding) bool {
		return f.Code != CodeWaiting && (f.Code != CodeNotKnown || !strings.HasPrefix(f.Cause, "Which addresses"))
	})
}

// Line is an address with what it is of, for a list.
func (a Address) Line() []string {
	return []string{a.Address.String(), Group{Plane: a.Plane}.Label(), a.Region.Or("–").String(), a.State.Or("–").String()}
}

// InboundRule is the command that lets what the data planes send through a security group,
// on the port of HTTPS, and the words in it that a person has to replace.
func (r Report) InboundRule() (command string, places []string) {
	return FirewallRule{Ports: []string{"443"}, Priority: 200, Name: "AllowKongDataPlanes"}.Command(r.Addresses())
}
