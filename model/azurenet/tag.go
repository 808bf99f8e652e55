package azurenet

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// meaning is what a service tag of a rule comes to for some addresses.
type meaning int

const (
	strange    meaning = iota // not known here
	everything                // every address
	network                   // the VNET and what is connected to it
	elsewhere                 // addresses, and none of these
)

// balancerProbe is the address from which load balancers probe, which the tag
// AzureLoadBalancer stands for.
func balancerProbe() netip.Addr { return netip.AddrFrom4([4]byte{168, 63, 129, 16}) }

// tag reads a word that stands for addresses. Azure's tags for services stand for
// public addresses and those of the platform, so no private address is among them;
// only those that are certain to be of that kind are taken so. Behind a dot stands a
// region.
func tag(t safe.Text, of netip.Addr) meaning {
	name, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(t.Raw())), ".")
	private := of.IsPrivate()
	switch name {
	case "*", "any":
		return everything
	case "virtualnetwork", "virtual_network":
		return network
	case "azureloadbalancer", "azure_loadbalancer":
		if of == balancerProbe() {
			return everything
		}
		return elsewhere
	case "internet":
		if private {
			return elsewhere
		}
	default:
		if slices.Contains(serviceTags(), name) && (private || inner(of)) {
			return elsewhere
		}
	}
	return strange
}

// inner reports whether an address is of a range that no service of Azure has, though it is
// not one of the private ones.
func inner(of netip.Addr) bool {
	r := model.RangeOf(of)
	return r == model.RangeShared || r == model.RangeBenchmark
}

// serviceTags are the tags of services, whose addresses are public, and of the platform.
// Source: Microsoft, virtual network service tags.
func serviceTags() []string {
	return []string{
		"actiongroup", "apimanagement", "appconfiguration", "appservice", "appservicemanagement", "autonomousdevelopmentplatform",
		"azureactivedirectory", "azureactivedirectorydomainservices", "azureadvancedthreatprotection", "azurearcinfrastructure", "azureattestation",
		"azurebackup", "azurebotservice", "azurecloud", "azurecognitivesearch", "azureconnectors", "azurecontainerregistry", "azurecosmosdb",
		"azuredatabricks", "azuredataexplorermanagement", "azuredevops", "azuredigitaltwins", "azureeventgrid", "azurefrontdoor",
		"azureinformationprotection", "azureiothub", "azurekeyvault", "azuremachinelearning", "azuremonitor", "azureplatformdns", "azureplatformimds",
		"azureplatformlkm", "azureresourcemanager", "azuresignalr", "azuresiterecovery", "azurestack", "azuretrafficmanager", "azureupdatedelivery",
		"azurewebpubsub", "batchnodemanagement", "cognitiveservicesfrontend", "cognitiveservicesmanagement", "containerappsmanagement", "datafactory",
		"datafactorymanagement", "dynamics365formarketingemail", "eopexternalpublishedips", "eventhub", "gatewaymanager", "guestandhybridmanagement",
		"hdinsight", //nolint:misspell // the name of a service
		"logicapps", "logicappsmanagement", "m365managementactivityapi", "microsoftcloudappsecurity", "microsoftcontainerregistry",
		"microsoftdefenderforendpoint", "microsoftpurviewpolicydistribution", "onedsccollector", "powerbi", "powerplatforminfra", "powerplatformplex",
		"powerqueryonline", "scuba", "sccservice", "sentinel", "servicebus", "servicefabric", "sql", "sqlmanagement", "storage", "storagesyncservice",
		"storagemover", "trafficmanager", "windowsadmincenter", "windowsvirtualdesktop", "videoindexer",
	}
}

func strangeTag(t safe.Text) string {
	return "it is for " + t.Quoted() + ", and which addresses that stands for is not known here"
}
