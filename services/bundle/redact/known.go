package redact

import (
	"regexp"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/dns/privatelink"
)

// known is what is the same for everybody, and so stays.
type known struct {
	guids  map[string]bool
	zones  map[string]bool // with all that they lie in
	labels map[string]bool
	names  map[string]bool // whole names, in small letters
	areas  *regexp.Regexp
}

func newKnown() known {
	k := known{
		guids: set(
			model.KongAppID,
			// Microsoft's own applications: Graph, Resource Manager, the Azure CLI.
			"00000003-0000-0000-c000-000000000000", "797f4846-ba00-4fd7-ba43-dac1f8f63013", "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
			// Built-in roles: Owner, Contributor, Reader, Network Contributor, the three that
			// assign roles, those of DNS zones, Managed Identity Operator.
			"8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "b24988ac-6180-42a0-ab88-20f7382dd24c", "acdd72a7-3385-48ef-bd42-f606fba81ae7",
			"4d97b98b-1d4f-4787-a291-c67834d212e7", "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
			"8b54135c-b56d-4d72-a534-26097cfdc8d8", "b12aa53e-6015-4669-85d0-8515ebb3ae7f", "befefa01-2a29-4197-83a8-272ff33ce314", "f1a07417-d97a-45cb-824c-7a7467783830",
		),
		labels: set(
			"privatelink", "privatelink-global", "_tcp", "_udp", "_tls", "_ldap", "_ldaps", "_kerberos", "_kpasswd", "_gc", "_msdcs", "_sites", "_dc", "_http", "_https",
			"_sip", "_sips", "_domainkey", "_dmarc", "_acme-challenge", "xn--",
		),
		names: set(
			"owner", "contributor", "reader", "network contributor", "user access administrator", "role based access control administrator",
			"private dns zone contributor", "dns zone contributor", "access review operator service role", "global administrator", "application administrator", "cloud application administrator",
			"privileged role administrator", "kong cloud gateway peering creator", "kong-cgw-azure-vnet-peering-app",
			"default", "any", "internet", "virtualnetwork", "azureloadbalancer", "root management group", "me",
		),
		zones: map[string]bool{},
		areas: regexp.MustCompile(`^(us|eu|europe|asia|africa|australia|austria|belgium|brazil|canada|chile|china|denmark|france|germany|india|indonesia|israel|italy|japan|jioindia|korea|malaysia|mexico|newzealand|norway|poland|qatar|singapore|southafrica|spain|sweden|switzerland|taiwan|uae|uk|usgov|usdod|` +
			`(north|south|east|west|central)+)?(north|south|east|west|central|gov|dod|arizona|texas|virginia|iowa|us|europe|asia|india)*[0-9]?(euap|stage)?$|^(us|eu|ap|sa|ca|me|af|il|mx)-(gov-)?(north|south|east|west|central)+-[0-9]$|` +
			`^(us|europe|asia|australia|me|africa|southamerica|northamerica)-(north|south|east|west|central)+[0-9]{1,2}$`),
	}
	for _, z := range append(privatelink.Zones(), zones()...) {
		for z != "" {
			k.zones[z] = true
			_, z, _ = strings.Cut(z, ".")
		}
	}
	return k
}

// zones are domains that identify nobody: of the clouds, for examples (RFC 6761), and for
// private use.
func zones() []string {
	return []string{
		"global.api.konghq.com", "us.api.konghq.com", "eu.api.konghq.com", "au.api.konghq.com", "me.api.konghq.com", "in.api.konghq.com", "sg.api.konghq.com",
		"cloud.konghq.com", "konghq.tech", "konggateway.com", "gateways.konggateway.com",
		"management.azure.com", "management.core.windows.net", "graph.microsoft.com", "login.microsoftonline.com", "login.windows.net", "portal.azure.com", "microsoft.com", "aka.ms",
		"login.microsoft.com", "sts.windows.net", "management.usgovcloudapi.net", "management.core.usgovcloudapi.net", "graph.microsoft.us", "dod-graph.microsoft.us", "login.microsoftonline.us", "portal.azure.us",
		"management.chinacloudapi.cn", "management.core.chinacloudapi.cn", "microsoftgraph.chinacloudapi.cn", "login.chinacloudapi.cn", "login.partner.microsoftonline.cn", "portal.azure.cn",
		"onmicrosoft.com", "onmicrosoft.us", "partner.onmschina.cn", "cloudapp.net", "cloudapp.azure.com", "trafficmanager.net", "azureedge.net", "azurefd.net", "internal.cloudapp.net",
		"learn.microsoft.com", "docs.microsoft.com", "go.microsoft.com", "developer.konghq.com", "docs.konghq.com", "github.com", "ietf.org", "rfc-editor.org",
		"example.com", "example.net", "example.org", "example", "test", "invalid", "localhost", "onion", "alt", "local",
		"internal", "home.arpa", "corp", "home", "lan", "intranet", "private", "localdomain", "mail", "in-addr.arpa", "ip6.arpa",
	}
}

// region reports whether a word is the name of a region of a cloud.
func (k known) region(small string) bool {
	const least = 6
	return len(small) >= least && k.areas.MatchString(small)
}

func set(list ...string) map[string]bool {
	out := make(map[string]bool, len(list))
	for _, s := range list {
		out[s] = true
	}
	return out
}
