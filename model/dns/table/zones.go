package table

import (
	"strings"

	"github.com/peerdeck/peerdeck/model/safe"
)

// azureParents are domains that Azure's and Microsoft's own services live below. A rule
// for one of them takes the names of all customers and of the sign-in along.
func azureParents() []string {
	return []string{
		"windows.net", "azure.com", "azure.net", "microsoftonline.com", "windowsazure.com", "windowsazure.us", "azurewebsites.net",
		"cloudapp.net", "trafficmanager.net", "azure-api.net", "azurecr.io", "azureedge.net", "azurefd.net", "azure-devices.net",
		"azmk8s.io", "azuredatabricks.net", "azurecontainerapps.io", "azurecontainer.io", "azurestaticapps.net", "azurehdinsight.net",
		"azuresynapse.net", "azureml.ms", "azconfig.io", "azure-automation.net", "msauth.net", "msftauth.net", "msidentity.com",
		"microsoft.com", "office.com", "office365.com", "live.com", "signalr.net", "chinacloudapi.cn", "usgovcloudapi.net",
	}
}

// azureParent finds the parent of Azure services that a name is, or is the top level of.
func azureParent(name string) bool {
	top := !strings.Contains(name, ".")
	for _, p := range azureParents() {
		if name == p || top && strings.HasSuffix(p, "."+name) {
			return true
		}
	}
	return false
}

// belowAzure reports whether a name lies in a domain of Azure's services.
func belowAzure(name string) bool {
	for _, p := range azureParents() {
		if in(name, p) {
			return true
		}
	}
	return false
}

// kongZone reports whether Konnect's own names lie in a domain: its control planes,
// its telemetry and the gateways' public names.
func kongZone(name string) bool {
	for _, p := range []string{"konghq.com", "konghq.tech", "konggateway.com"} {
		if in(name, p) {
			return true
		}
	}
	return false
}

// reservedName tells which document reserves a name, and whether it is one that people
// use in tests and examples.
func reservedName(name string) (rfc string, examples bool) {
	top := name[strings.LastIndexByte(name, '.')+1:]
	switch top {
	case "localhost", "invalid":
		return "RFC 6761", false
	case "test", "example":
		return "RFC 6761", true
	case "onion":
		return "RFC 7686", false
	case "alt":
		return "RFC 9476", false
	}
	for _, p := range []string{"example.com", "example.net", "example.org"} {
		if in(name, p) {
			return "RFC 6761", true
		}
	}
	return "", false
}

// privateSuffix returns the private-use suffix that a name is or ends with, empty when
// it ends with none. .internal and home.arpa are reserved for it (ICANN 2024, RFC 8375);
// the others are habits that RFC 6762, appendix G, lists.
func privateSuffix(name string) string {
	for _, p := range []string{"internal", "home.arpa", "corp", "home", "lan", "intranet", "private", "localdomain"} {
		if in(name, p) {
			return p
		}
	}
	return ""
}

// PrivateUse reports whether a domain is one that no public DNS serves by design, or lies
// in one: what resolves to a public address there is a mistake, or somebody else's answer.
func PrivateUse(d safe.Text) bool {
	return privateSuffix(Normalise(d.Raw()).ASCII) != ""
}

// reverseProblem says what is odd about a reverse zone; empty for none, and for what is
// no reverse zone.
func reverseProblem(name string) string {
	if in(name, "ip6.arpa") {
		return "it is for IPv6, and servers are IPv4 only"
	}
	if name == "in-addr.arpa" {
		return "it takes every reverse look-up there is"
	}
	rest, found := strings.CutSuffix(name, ".in-addr.arpa")
	if !found {
		return ""
	}
	octets := strings.Split(rest, ".")
	if len(octets) > 4 {
		return "it has more than four numbers"
	}
	for _, o := range octets {
		if !octet(o) {
			return "\"" + o + "\" is no octet, so it may never be asked for"
		}
	}
	return ""
}

func octet(s string) bool {
	if s == "" || len(s) > 3 || len(s) > 1 && s[0] == '0' || strings.Trim(s, "0123456789") != "" {
		return false
	}
	return len(s) < 3 || s <= "255"
}
