package file

import (
	"path/filepath"
	"strings"

	dnstable "peerdeck/model/dns/table"
)

// Detect finds the format of a text: by what it holds, and by the name of its file
// where it could be several. What is nothing else is read as plain pairs.
func Detect(name string, data []byte) dnstable.Format {
	const enough = 64 << 10
	text := strings.TrimPrefix(string(data[:min(len(data), enough)]), "\ufeff")
	base := strings.ToLower(filepath.Base(name))
	switch filepath.Ext(base) {
	case ".csv", ".tsv":
		return dnstable.FormatCSV
	case ".yaml", ".yml":
		return dnstable.FormatYAML
	case ".tf":
		return dnstable.FormatTerraform
	case ".json":
		return detectJSON(text)
	}
	if base == "corefile" || strings.HasSuffix(base, ".corefile") {
		return dnstable.FormatCoreDNS
	}
	if start := strings.TrimLeft(text, " \t\r\n"); strings.HasPrefix(start, "{") || strings.HasPrefix(start, "[") {
		return detectJSON(start)
	}
	if zoneFile(text) {
		return dnstable.FormatBIND
	}
	for line := range strings.Lines(text) {
		if f := detectLine(strings.TrimSpace(line)); f != "" {
			return f
		}
	}
	return dnstable.FormatPairs
}

// detectJSON tells the shapes apart by the names in them; the reader looks at the whole.
func detectJSON(text string) dnstable.Format {
	switch {
	case strings.Contains(text, `"targetDnsServers"`), strings.Contains(text, `"forwardingRuleState"`):
		return dnstable.FormatAzureRuleset
	case strings.Contains(text, `"domain_proxy_list"`):
		return dnstable.FormatKonnectList
	case strings.Contains(text, `"`+nameServers+`"`):
		return dnstable.FormatKonnectMap
	case strings.Contains(text, "domains") && strings.Contains(text, "servers"):
		return dnstable.FormatYAML
	case strings.HasPrefix(strings.TrimSpace(text), "["):
		return dnstable.FormatKonnectList
	default:
		return dnstable.FormatKonnectMap
	}
}

// detectLine returns the format that a line can belong to alone, or nothing.
func detectLine(line string) dnstable.Format {
	lower := strings.ToLower(line)
	starts := func(prefixes ...string) bool {
		for _, p := range prefixes {
			if strings.HasPrefix(lower, p) {
				return true
			}
		}
		return false
	}
	fields := strings.Fields(lower)
	switch {
	case len(fields) == 0 || starts("#", "//"):
		return ""
	case starts("server=/", "--server=/", "local=/", "rev-server="):
		return dnstable.FormatDnsmasq
	case starts("az dns-resolver"):
		return dnstable.FormatAzureCommands
	case starts(`resource "`, `terraform {`, `variable "`, `locals {`):
		return dnstable.FormatTerraform
	case starts("zone ", "options {", `view "`, `acl "`):
		return dnstable.FormatBIND
	case starts("forward-zone:", "stub-zone:", "server:"):
		return dnstable.FormatUnbound
	case starts("mappings:", "dns:", "dns_config:", "network:", "peering:", "- domains:", "- servers:", "- domain_proxy_list:", "- remote_dns_server", "private_dns_attachment_config:", "remote_dns_server"), line == "---":
		return dnstable.FormatYAML
	case starts("sep="):
		return dnstable.FormatCSV
	case fields[len(fields)-1] == "{", fields[0] == "forward" && len(fields) > 2:
		return dnstable.FormatCoreDNS
	case tableHead(lower):
		return dnstable.FormatCSV
	default:
		return ""
	}
}

// tableHead reports whether a line names the columns of a table, or has cells between
// quotation marks.
func tableHead(line string) bool {
	for _, s := range ",\t;" {
		cells := strings.Split(line, string(s))
		for i, c := range cells {
			cells[i] = strings.Trim(c, `"`)
		}
		if _, ok := header(cells); ok {
			return true
		}
	}
	return strings.HasPrefix(line, `"`) || strings.HasPrefix(line, "'")
}
