// Package azurecloud knows Azure's clouds by name: where each signs people in, where its
// Resource Manager and its Microsoft Graph are, what a token is asked for there, and how
// a command of the Azure CLI is written for it. Whoever needs one of these takes it from
// a [Cloud], so that no two of them are of different clouds.
package azurecloud

import "strings"

// Cloud is one of Azure's clouds. The zero value is the public one.
type Cloud string

// The clouds. What is called DoD is Azure Government with the Graph of the United States'
// Department of Defense.
const (
	Public     Cloud = ""
	Government Cloud = "government"
	DoD        Cloud = "dod"
	China      Cloud = "china"
)

// public is how the public cloud is written.
const public = "public"

// All lists the clouds.
func All() []Cloud { return []Cloud{Public, Government, DoD, China} }

// Names are the clouds as they are written in settings, the public one first.
func Names() []string {
	var out []string
	for _, c := range All() {
		out = append(out, c.Name())
	}
	return out
}

// Parse finds a cloud by the name that people give it: that of settings, that of the
// Azure CLI (AzureUSGovernment), that of the SDKs (AzureGovernment), or a common one.
// Capitals, blanks, hyphens and underscores do not matter.
func Parse(name string) (Cloud, bool) {
	plain := strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(strings.TrimSpace(name)))
	switch plain {
	case public, "azure", "azurecloud", "azurepublic", "azurepubliccloud", "commercial", "global":
		return Public, true
	case "government", "gov", "usgov", "usgovernment", "azuregovernment", "azureusgovernment", "azureusgovernmentcloud":
		return Government, true
	case "dod", "usdod", "governmentdod", "usgovernmentdod", "azureusgovernmentdod":
		return DoD, true
	case "china", "azurechina", "azurechinacloud", "mooncake", "21vianet":
		return China, true
	default:
		return Public, false
	}
}

// Closed says why there is nothing any more behind a name that was a cloud once; empty
// for all others.
func Closed(name string) string {
	plain := strings.ToLower(strings.TrimSpace(name))
	if strings.HasPrefix(plain, "german") || strings.HasPrefix(plain, "azuregerman") {
		return "Azure Germany was closed in 2021; the German regions of today belong to the public cloud"
	}
	return ""
}

// addresses are what differs between the clouds. Sources: the SDK's own table
// (azcore/cloud) for sign-in and Resource Manager, which a test holds this one to; the
// Azure CLI's table for Graph in China; Microsoft's list of national clouds for the rest.
type addresses struct {
	title    string
	cli      string
	login    string
	consent  string // where an administrator approves an application, where that is another place
	arm      string
	audience string // of a token for Resource Manager
	graph    string
	portal   string
}

func (c Cloud) addresses() addresses {
	government := addresses{
		title: "Azure Government", cli: "AzureUSGovernment", login: "https://login.microsoftonline.us",
		arm: "https://management.usgovcloudapi.net", audience: "https://management.core.usgovcloudapi.net/",
		graph: "https://graph.microsoft.us", portal: "https://portal.azure.us",
	}
	switch c {
	case Government:
		return government
	case DoD:
		government.title, government.graph = "Azure Government for DoD", "https://dod-graph.microsoft.us"
		return government
	case China:
		return addresses{
			title: "Azure China", cli: "AzureChinaCloud", login: "https://login.chinacloudapi.cn",
			consent: "https://login.partner.microsoftonline.cn",
			arm:     "https://management.chinacloudapi.cn", audience: "https://management.core.chinacloudapi.cn/",
			graph: "https://microsoftgraph.chinacloudapi.cn", portal: "https://portal.azure.cn",
		}
	default:
		return addresses{
			title: "Azure's public cloud", cli: "AzureCloud", login: "https://login.microsoftonline.com",
			arm: "https://management.azure.com", audience: "https://management.core.windows.net/",
			graph: "https://graph.microsoft.com", portal: "https://portal.azure.com",
		}
	}
}

// Name is the cloud as it is written in settings.
func (c Cloud) Name() string {
	if c == Public {
		return public
	}
	return string(c)
}

// Title is what people call it.
func (c Cloud) Title() string { return c.addresses().title }

// CLI is what the Azure CLI calls it.
func (c Cloud) CLI() string { return c.addresses().cli }

// Login is the address of its Microsoft sign-in, without a slash at the end.
func (c Cloud) Login() string { return c.addresses().login }

// Consent is the address under which an administrator approves an application.
func (c Cloud) Consent() string {
	if a := c.addresses(); a.consent != "" {
		return a.consent
	}
	return c.Login()
}

// ARM is the address of its Resource Manager, without a slash at the end.
func (c Cloud) ARM() string { return c.addresses().arm }

// ARMAudience is what a token for its Resource Manager is asked for. Its slash at the end
// is Azure's own, so a scope has two.
func (c Cloud) ARMAudience() string { return c.addresses().audience }

// ARMScope is the purpose of such a token.
func (c Cloud) ARMScope() string { return c.ARMAudience() + "/.default" }

// Graph is the address of its Microsoft Graph, which is also what a token for it is asked
// for.
func (c Cloud) Graph() string { return c.addresses().graph }

// GraphScope is the purpose of such a token.
func (c Cloud) GraphScope() string { return c.Graph() + "/.default" }

// Portal is the address of its portal.
func (c Cloud) Portal() string { return c.addresses().portal }

// Of finds the cloud of an address of Resource Manager, Graph or sign-in; the public one
// where the address is of none.
func Of(address string) Cloud {
	for _, c := range All() {
		for _, base := range []string{c.ARM(), c.Graph(), c.Login(), c.Consent()} {
			if rest, is := strings.CutPrefix(strings.ToLower(address), base); is && (rest == "" || strings.ContainsAny(rest[:1], "/:?")) {
				return c
			}
		}
	}
	return Public
}
