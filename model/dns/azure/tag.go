package azure

import (
	"net/netip"
	"strings"

	"peerdeck/model/safe"
)

// meaning is what a service tag of a rule comes to for one address.
type meaning int

const (
	strange    meaning = iota // not known here
	everything                // every address
	network                   // the VNET and what is connected to it
	elsewhere                 // addresses, and not this one
)

// tag reads a word that stands for addresses. Azure's tags for services stand for
// public addresses and those of the platform, so no private address is among them;
// only those that are certain to be of that kind are taken so.
func tag(t safe.Text, of netip.Addr) meaning {
	name, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(t.Raw())), ".") // the rest is a region
	switch name {
	case "*", "any":
		return everything
	case "virtualnetwork", "virtual_network":
		return network
	case "internet", "azureloadbalancer", "azure_loadbalancer", "azurecloud", "azureplatformdns", "azureplatformimds", "azureplatformlkm",
		"azuretrafficmanager", "gatewaymanager", "azurefrontdoor", "azuremonitor", "azureactivedirectory", "storage", "sql":
		if of.IsPrivate() {
			return elsewhere
		}
	}
	return strange
}
