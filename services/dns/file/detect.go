package file

import (
	"path/filepath"
	"strings"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Detect finds the format of a text: by what it holds, and by the name of its file
// where it could be several. What is nothing else is read as plain pairs.
func Detect(name string, data []byte) dnstable.Format {
	f, _ := detect(name, safe.Decode(data))
	return f
}

// detect finds the format of a text that was decoded, and whether that is certain: by a
// sign that no other format has, or by the name of the file.
func detect(name, text string) (f dnstable.Format, certain bool) {
	base := strings.ToLower(filepath.Base(name))
	switch ext := filepath.Ext(base); {
	case ext == ".tf":
		return dnstable.FormatTerraform, true
	case base == "corefile", ext == ".corefile":
		return dnstable.FormatCoreDNS, true
	}
	if bracketed(text) {
		if root, _, problem := parseJSON(text); problem == "" {
			return shapeOf(root)
		}
		if start := strings.TrimLeft(text, " \t\n"); start[0] == '{' || strings.HasPrefix(start, "[{") || strings.HasPrefix(start, `["`) {
			return dnstable.FormatKonnectMap, true // JSON with a mistake, whose place is told
		}
	}
	s := newSample(text)
	for _, sign := range signs() {
		if sign.certain(s) {
			return sign.format, true
		}
	}
	switch filepath.Ext(base) {
	case ".csv", ".tsv":
		return dnstable.FormatCSV, true
	case ".yaml", ".yml":
		return dnstable.FormatYAML, true
	case ".json":
		return dnstable.FormatKonnectMap, true
	}
	return guess(s)
}

// bracketed reports whether a text can be JSON.
func bracketed(text string) bool {
	start := strings.TrimLeft(text, " \t\n")
	return strings.HasPrefix(start, "{") || strings.HasPrefix(start, "[")
}

// guess takes the likeliest format of a text without a sign.
func guess(s sample) (f dnstable.Format, certain bool) {
	for _, l := range s.lines {
		if strings.HasPrefix(l, `"`) || strings.HasPrefix(l, "'") {
			return dnstable.FormatCSV, false
		}
		if dnstable.HasArrow(l) {
			m, problem := dnstable.ParseMappingLine(l)
			if problem == nil && len(m.Servers) > 0 {
				if _, ok := dnstable.NormalServer(m.Servers[0].Raw()); ok {
					return dnstable.FormatPairs, true
				}
			}
		}
	}
	if bracketed(s.text) {
		return dnstable.FormatKonnectMap, false
	}
	return dnstable.FormatPairs, false
}

// sample is the beginning of a text, cut into lines.
type sample struct {
	text  string
	lines []string // in small letters, without blanks around them, without empty ones and remarks
}

func newSample(text string) sample {
	const enough = 64 << 10
	s := sample{text: text[:min(len(text), enough)]}
	for line := range strings.Lines(s.text) {
		line = strings.ToLower(strings.TrimSpace(line))
		if line != "" && line[0] != '#' && line[0] != ';' && !strings.HasPrefix(line, "//") {
			s.lines = append(s.lines, line)
		}
	}
	return s
}

// starts reports whether a line begins with one of some texts.
func (s sample) starts(prefixes ...string) bool {
	for _, l := range s.lines {
		for _, p := range prefixes {
			if strings.HasPrefix(l, p) {
				return true
			}
		}
	}
	return false
}

// lists reports whether there is a line that is one of some texts, as YAML writes keys.
func (s sample) lists(keys ...string) bool {
	for _, l := range s.lines {
		for _, k := range keys {
			if strings.TrimPrefix(l, "- ") == k {
				return true
			}
		}
	}
	return false
}

// sign tells a format by what no other has.
type sign struct {
	format  dnstable.Format
	certain func(s sample) bool
}

// signs lists the signs of all formats but those that can only be guessed, the narrow ones
// first. JSON is told by its shape.
func signs() []sign { return append(listSigns(), append(programSigns(), serverSigns()...)...) }

// listSigns are those of clouds, of Windows and of what keeps lists.
func listSigns() []sign {
	return []sign{
		{dnstable.FormatAzureCommands, func(s sample) bool { return s.starts("az dns-resolver") }},
		{dnstable.FormatTerraform, func(s sample) bool { return s.starts(`resource "`, "terraform {", `variable "`, "locals {", `data "`) }},
		{dnstable.FormatInfoblox, func(s sample) bool { return s.starts("header-", `"header-`) }},
		{dnstable.FormatWindows, windowsSign},
		{dnstable.FormatAWS, func(s sample) bool { return s.starts("type: aws::route53resolver::resolverrule", "targetips:") }},
		{dnstable.FormatGCP, func(s sample) bool { return s.lists("forwardingconfig:") }},
		{dnstable.FormatKubernetes, func(s sample) bool {
			return s.starts("kind: configmap", "kind: list", "kind: dns", "stubdomains:", "forwardplugin:", "- kind: configmap") ||
				s.starts("- zones:", "zones:") && s.starts("plugins:", "- plugins:")
		}},
	}
}

// programSigns are those of programs that ask servers for others.
func programSigns() []sign {
	return []sign{
		{dnstable.FormatKnot, func(s sample) bool {
			return s.starts("policy.add(") || s.lists("forward:") && s.starts("- subtree:", "subtree:")
		}},
		{dnstable.FormatPowerDNS, func(s sample) bool {
			return s.starts("forward-zones=", "forward-zones-recurse=", "forward-zones+=", "forward-zones-recurse+=", "forward-zones =", "forward_zones:", "forward_zones_recurse:", "- forwarders:") ||
				s.starts("- zone:") && s.starts("forwarders:") || s.recursed()
		}},
		{dnstable.FormatBlocky, func(s sample) bool { return s.lists("conditional:") && s.lists("mapping:") }},
		{dnstable.FormatAdGuard, func(s sample) bool {
			return s.lists("upstream_dns:") || s.starts("[/", "- '[/", `- "[/`)
		}},
		{dnstable.FormatPihole, func(s sample) bool {
			return s.starts("rev_server", "revservers =", "revservers=", "conditional_forwarding")
		}},
		{dnstable.FormatNetworkM, func(s sample) bool {
			return s.starts("[global-dns", "ipv4.dns", "ipv6.dns") || s.starts("[connection]") && s.starts("[ipv4]", "[ipv6]")
		}},
		{dnstable.FormatResolved, func(s sample) bool {
			return s.starts("[resolve]") || s.starts("[match]", "[network]") && s.starts("dns=", "domains=") ||
				s.starts("global", "link ") && s.starts("dns servers:", "dns domain:", "protocols:", "current dns server:") || s.linked()
		}},
		{dnstable.FormatMacOS, func(s sample) bool { return s.starts("resolver #") && s.starts("nameserver[", "domain ", "flags ") }},
	}
}

// serverSigns are those of servers, and of general forms.
func serverSigns() []sign {
	return []sign{
		{dnstable.FormatTechnitium, func(s sample) bool { return technitium(s.text) }},
		{dnstable.FormatBIND, func(s sample) bool {
			return s.starts("zone ", "zone\t", "options {", `view "`, `acl "`) && strings.ContainsAny(s.text, "{;") || zoneFile(s.text) && !technitium(s.text)
		}},
		{dnstable.FormatUnbound, func(s sample) bool {
			return s.starts("forward-zone:", "stub-zone:", "server:") && !s.starts("- server:")
		}},
		{dnstable.FormatDnsmasq, func(s sample) bool { return s.starts("server=/", "--server=/", "local=/", "rev-server=") }},
		{dnstable.FormatCSV, func(s sample) bool { return s.starts("sep=") || s.head() && !s.starts("header-", `"header-`) }},
		{dnstable.FormatYAML, func(s sample) bool {
			return len(s.lines) > 0 && s.lines[0] == "---" || s.starts("mappings:", "dns_config:", "network:", "peering:", "- domains:", "- servers:", "- domainname:", "targetdnsservers:", "- domain_proxy_list:", "- "+nameServers, "private_dns_attachment_config:", nameServers+":")
		}},
		{dnstable.FormatCoreDNS, corefile},
	}
}

// recursed reports a line of a forward-zones-file: +corp.example.com=10.1.0.4.
func (s sample) recursed() bool {
	for _, l := range s.lines {
		zone, servers, _ := strings.Cut(l, "=")
		if zone[:min(1, len(zone))] == "+" && zoneLine(setting{name: zone, value: strings.TrimSpace(servers)}) {
			return true
		}
	}
	return false
}

// linked reports the lines of resolvectl dns and resolvectl domain.
func (s sample) linked() bool {
	for _, l := range s.lines {
		if !strings.HasPrefix(l, "global:") && (!strings.HasPrefix(l, "link ") || !strings.Contains(l, "):")) {
			return false
		}
	}
	return len(s.lines) > 0
}

// head reports whether one of the first lines names the columns of a table.
func (s sample) head() bool {
	for i, l := range s.lines {
		if i < maxPreamble && tableHead(l) && !windowsTableHead(l) {
			return true
		}
	}
	return false
}

// corefile reports whether a text has blocks of plugins, or a forward by itself.
func corefile(s sample) bool {
	block := false
	if s.starts("apiversion:", "- apiversion:", "zone ") { // the text of another format, which has one in it or its braces
		return false
	}
	for _, l := range s.lines {
		fields := strings.Fields(l)
		block = block || fields[len(fields)-1] == "{" || fields[len(fields)-1] == "}"
		switch {
		case fields[0] == "forward" || fields[0] == "proxy":
			if len(fields) > 2 || block {
				return true
			}
		case block && (fields[0] == "errors" || fields[0] == "log" || fields[0] == "cache" || fields[0] == "health" || fields[0] == "ready" || fields[0] == "import" || fields[0] == "file" || fields[0] == "kubernetes"):
			return true
		}
	}
	return false
}

// tableHead reports whether a line names the columns of a table.
func tableHead(line string) bool {
	for _, s := range ",\t;|" {
		cells := strings.Split(line, string(s))
		for i, c := range cells {
			cells[i] = strings.Trim(strings.TrimSpace(c), `"`)
		}
		if _, ok := header(cells); ok {
			return true
		}
	}
	return false
}
