// Package tabletest has one list of mappings, and what the rules find in each: every way
// in (form, set-up file, paste, import, row entry, lint) and every check before a table is
// sent is tested against it, so that they cannot come to different findings.
package tabletest

import (
	"slices"
	"strings"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
)

// Case is a mapping as it is typed, and what is found in it with nothing known around it.
type Case struct {
	Domains string // between commas
	Servers string // between commas
	Want    string // rule and severity of each finding, as [Findings] writes them
}

// Line is the mapping as one line.
func (c Case) Line() string { return c.Domains + " -> " + c.Servers }

// YAML is the mapping as an entry of a set-up file.
func (c Case) YAML() string {
	quote := func(list string) string {
		if list == "" {
			return "[]"
		}
		return `["` + strings.Join(strings.Split(list, ", "), `", "`) + `"]`
	}
	return "    - domains: " + quote(c.Domains) + "\n      servers: " + quote(c.Servers) + "\n"
}

// Cases lists the mappings.
func Cases() []Case {
	const two = "10.1.0.4, 10.2.0.4"
	return []Case{
		{"corp.acme.net", two, ""},
		{"a.acme.net, b.acme.net", two, ""},
		{"b.acme.net", "10.64.0.4", "S15 note"},
		{"com", two, "D17 error, D23 warning"},
		{"co.uk, acme.net", two, "D17 error"},
		{"cloudapp.net", two, "D17 warning, D23 warning"},
		{".", two, "D15 warning"},
		{"*.acme.net", two, "D12 note"},
		{".acme.net.", two, "D12 note"},
		{"ACME.net", two, "D12 note"},
		{"münchen.acme.net", two, "D12 note"},
		{"раураl.com", two, "D12 note, D14 warning"},
		{"a*.acme.net", two, "D05 error"},
		{"a..acme.net", two, "D02 error"},
		{"-a.acme.net", two, "D06 error"},
		{strings.Repeat("a", 64) + ".net", two, "D03 error"},
		{strings.Repeat("abcdefg.", 32) + "net", two, "D04 error"},
		{"xn--zzzz99999999.net", two, "D07 error"},
		{"10.0.0.256", two, "D08 error"},
		{"acme.net:53", two, "D09 error"},
		{"https://acme.net/x", two, "D09 error"},
		{"acme.net, acme.net", two, "D11 note"},
		{"intranet", two, "D21 note"},
		{"printers", two, "D16 warning"},
		{"acme.local", two, "D19 warning"},
		{"acme.invalid", two, "D20 warning"},
		{"example.com", two, "D20 note"},
		{"privatelink.blob.core.windows.net", two, "D22 note"},
		{"konghq.com", two, "D24 warning"},
		{"acme.net, dev.acme.net", two, "D26 note"},
		{"0-127.10.in-addr.arpa", two, "D30 warning"},
		{"acme.net", "dns.acme.net, 10.1.0.4", "S02 error"},
		{"acme.net", "10.1.0.04, 10.2.0.4", "S02 error"},
		{"acme.net", "10.1.0.4:53, 10.2.0.4", "S03 note"},
		{"acme.net", "10.1.0.4:5353, 10.2.0.4", "S03 error"},
		{"acme.net", "10.1.0.0/24, 10.2.0.4", "S04 error"},
		{"acme.net", "fd00::4, 10.2.0.4", "S05 warning"},
		{"acme.net", "::ffff:10.1.0.4, 10.2.0.4", "S05 note"},
		{"acme.net", "127.0.0.53, 10.2.0.4", "S06 error"},
		{"acme.net", "169.254.169.254, 10.2.0.4", "S07 error"},
		{"acme.net", "168.63.129.16, 10.2.0.4", "S08 error"},
		{"acme.net", "8.8.8.8, 10.2.0.4", "S09 note, S09 warning"},
		{"acme.net", "10.1.0.4, 10.2.0.4, 10.1.0.4", "S13 note"},
		{"acme.net", "10.1.0.1, 10.1.0.2, 10.1.0.3, 10.1.0.4, 10.1.0.5, 10.1.0.6, 10.1.0.7", "S14 warning"},
		{"acme.net", "192.0.2.4, 10.2.0.4", "S17 warning"},
		{"", two, "D01 error"},
		{"acme.net", "", "S01 error"},
	}
}

// Finding is what is compared: the rule, and how severe it is.
type Finding struct {
	Rule     string
	Severity dnstable.Severity
}

// Findings writes findings, each once, in the order of their rules.
func Findings(list []Finding) string {
	words := make([]string, len(list))
	for i, f := range list {
		words[i] = f.Rule + " " + f.Severity.String()
	}
	slices.Sort(words)
	return strings.Join(slices.Compact(words), ", ")
}

// Of makes findings of what the rules found.
func Of(problems []dnstable.Problem) []Finding {
	var out []Finding
	for _, p := range problems {
		out = append(out, Finding{p.Rule, p.Severity})
	}
	return out
}
