package file

import (
	"strings"

	"github.com/peerdeck/peerdeck/model"
)

// writeAzureCommands writes a script that makes the rules of a forwarding ruleset. It
// stops where the ruleset is not named.
func writeAzureCommands(w *writer) {
	w.line("#!/bin/sh")
	w.head("#")
	w.line("# Makes one rule for each domain in an Azure DNS forwarding ruleset. A rule of the")
	w.line("# same name is replaced; the extension dns-resolver of az is installed at first use.")
	w.line("set -eu")
	w.variable("RESOURCE_GROUP", w.options.ResourceGroup.Raw(), "the resource group of the ruleset")
	w.variable("RULESET", w.options.Ruleset.Raw(), "the name of the ruleset")
	names := ruleNames{}
	for _, row := range w.rows() {
		var targets []string
		for _, s := range row.Servers {
			targets = append(targets, `{"ip-address":`+quoteJSON(s.Raw())+`,"port":53}`)
		}
		w.line("")
		w.line(`az dns-resolver forwarding-rule create --output none \`)
		w.line(`  --resource-group "$RESOURCE_GROUP" --ruleset-name "$RULESET" \`)
		w.line(`  --name ` + names.of(row.Key) + ` --domain-name ` + model.ShellQuote(azureDomain(row.Key)) + ` \`)
		w.line(`  --forwarding-rule-state Enabled \`)
		w.line(`  --target-dns-servers ` + model.ShellQuote("["+strings.Join(targets, ",")+"]"))
	}
}

// variable sets a variable of the script, or asks for it where there is no value.
func (w *writer) variable(name, value, what string) {
	if value == "" {
		w.line(`: "${` + name + `:?set it to ` + what + `}"`)
		return
	}
	w.line(name + "=" + model.ShellQuote(value))
}
