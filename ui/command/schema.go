package command

import (
	"cmp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	"github.com/peerdeck/peerdeck/services/bundle"
	"github.com/peerdeck/peerdeck/ui/report"
	"github.com/peerdeck/peerdeck/ui/report/schema"
)

// schemaVersion is the version of all documents. Members may come without a new one: their
// fields bear the tag schema:"later", so that documents from before still fit.
const schemaVersion = "v1"

// schemaAddress begins the name of each schema. It is a name, and nothing is asked there.
const schemaAddress = "urn:peerdeck:schema:" + schemaVersion + ":"

// document is what a command writes with -o json.
type document struct {
	name, of string
	value    any
}

// documents lists them.
func documents() []document {
	return []document{
		{"bundle-names", "bundle names FILE", standInList{}},
		{"bundle-show", "bundle show", bundle.Manifest{}},
		{"bundle-text", "bundle names STAND-IN...", translated{}},
		{"contexts", "context list", report.ContextList{}},
		{"dns-apply", "dns apply", dnsApplied{}},
		{"dns-diff", "dns diff", dnsDifference{}},
		{"dns-lint", "dns lint", dnsFindings{}},
		{"dns-list", "dns list", report.DNSTable{}},
		{"dns-probe", "dns probe", dnstrace.MatrixDocument{}},
		{"dns-trace", "dns trace", dnstrace.Document{}},
		{"doctor", "doctor", report.Doctor{}},
		{"explain", "explain CODE", report.Entry{}},
		{"findings", "explain", report.Catalogue{}},
		{"known", "known", report.KnownList{}},
		{"paths", "paths", report.Paths{}},
		{"paths-addresses", "paths addresses", report.Addresses{}},
		{"paths-assume", "paths with what-if", report.WhatIf{}},
		{"ranges", "ranges", report.Ranges{}},
		{"setup", "a line of setup and of mend", event{}},
		{"status", "status", report.Report{}},
		{"version", "version", report.Version{}},
	}
}

// schema prints the JSON schema of what a command writes.
func (c *cli) schema() *cobra.Command {
	var words []string
	long := "schema prints the JSON schema (2020-12) of what a command writes with -o json; without a name, the names. " +
		"Members may come, none changes or goes within a version; this one is " + schemaVersion + ".\n\nThe names:\n"
	for _, d := range documents() {
		words = append(words, d.name+"\t"+"peerdeck "+d.of)
		long += "  " + d.name + strings.Repeat(" ", 18-len(d.name)) + d.of + "\n" //nolint:mnd // beside the longest
	}
	return &cobra.Command{
		Use: "schema [OUTPUT]", Short: "Print the JSON schema of an output",
		Long:    long + "\nExit codes: 0 it is printed; 1 there is no such output.",
		Example: "peerdeck schema\npeerdeck schema status > status.schema.json",
		Args:    cobra.MatchAll(cobra.MaximumNArgs(1), cobra.OnlyValidArgs), ValidArgs: words,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				var names []string
				for _, d := range documents() {
					names = append(names, d.name)
				}
				return c.print(strings.Join(names, "\n") + "\n")
			}
			i, _ := slices.BinarySearchFunc(documents(), args[0], func(d document, name string) int { return cmp.Compare(d.name, name) })
			d := documents()[i]
			text, err := schema.Of(schemaAddress+d.name, "peerdeck "+d.of+" -o json", d.value)
			if err != nil {
				return err
			}
			return c.print(string(text))
		},
	}
}
