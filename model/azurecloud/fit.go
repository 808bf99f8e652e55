package azurecloud

import (
	"regexp"
	"strings"
)

// Variable is the environment variable by which one run of the Azure CLI uses another
// cloud than the one that az cloud set has chosen. It changes nothing for later runs.
const Variable = "AZURE_CLOUD_NAME"

// Fit makes a text that was written for the public cloud one for this cloud: commands of
// the Azure CLI run in it, whatever cloud the CLI stands at, and links lead to its
// portal, its Resource Manager and its Graph. Texts for the public cloud stay as they are.
func (c Cloud) Fit(text string) string {
	if c == Public || text == "" {
		return text
	}
	for _, pair := range [][2]string{{Public.ARM(), c.ARM()}, {Public.Graph(), c.Graph()}, {Public.Portal(), c.Portal()}, {Public.Login(), c.Login()}} {
		text = strings.ReplaceAll(text, pair[0], pair[1])
	}
	if !strings.Contains(text, "az ") {
		return text
	}
	// One that stands behind the variable already is left alone: a text may be fitted twice.
	command := regexp.MustCompile(`(^|[^\w/.=-])((?:` + Variable + `=\w+ )?)az (` + strings.Join(groups(), "|") + `)\b`)
	return command.ReplaceAllString(text, "${1}"+Variable+"="+c.CLI()+" az ${3}")
}

// groups are the groups of commands of the Azure CLI that are printed somewhere: the
// words behind "az" that make a command of it and no sentence.
func groups() []string {
	return []string{
		"account", "ad", "deployment", "dns-resolver", "feature", "graph", "group", "lock", "login", "logout", "monitor", "network",
		"policy", "provider", "resource", "rest", "role",
	}
}
