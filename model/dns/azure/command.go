package azure

import (
	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/safe"
)

// linkCommand links a private zone to a VNET; both are ARM ids.
func linkCommand(zone, vnet safe.Text) string {
	subscription, group, name, ok := azurenet.Place(zone)
	if _, _, _, whole := azurenet.Place(vnet); !ok || !whole {
		return ""
	}
	return azurenet.Az("network private-dns link vnet create", "--subscription", subscription, "--resource-group", group,
		"--zone-name", name, "--name", tail(vnet), "--virtual-network", vnet.String(), "--registration-enabled", "false")
}

// fallbackCommand lets what a private zone does not hold be asked for in the Internet.
func fallbackCommand(zone, link safe.Text) string {
	subscription, group, name, ok := azurenet.Place(zone)
	if !ok {
		return ""
	}
	return azurenet.Az("network private-dns link vnet update", "--subscription", subscription, "--resource-group", group,
		"--zone-name", name, "--name", link.String(), "--resolution-policy", "NxDomainRedirect")
}

// addRecord gives a name of a private zone an address.
func addRecord(zone safe.Text, name string, address safe.Text) string {
	subscription, group, of, ok := azurenet.Place(zone)
	if !ok || name == "" {
		return ""
	}
	return azurenet.Az("network private-dns record-set a add-record", "--subscription", subscription, "--resource-group", group,
		"--zone-name", of, "--record-set-name", name, "--ipv4-address", address.String())
}

// changeRecord gives the record of a name another address.
func changeRecord(zone safe.Text, name string, address safe.Text) string {
	subscription, group, of, ok := azurenet.Place(zone)
	if !ok || name == "" {
		return ""
	}
	return azurenet.Az("network private-dns record-set a update", "--subscription", subscription, "--resource-group", group,
		"--zone-name", of, "--name", name, "--set", "aRecords[0].ipv4Address="+address.String())
}

// delegate gives a subnet to private resolvers.
func delegate(vnet safe.Text, subnet string) string {
	subscription, group, name, ok := azurenet.Place(vnet)
	if !ok {
		return ""
	}
	return azurenet.Az("network vnet subnet update", "--subscription", subscription, "--resource-group", group,
		"--vnet-name", name, "--name", subnet, "--delegations", "Microsoft.Network/dnsResolvers")
}

// showEndpoint shows an inbound endpoint as it is now.
func showEndpoint(id safe.Text) string {
	if id.IsEmpty() {
		return ""
	}
	return "az resource show --ids " + model.ShellQuote(id.String()) + " --api-version 2022-07-01 --query properties"
}
