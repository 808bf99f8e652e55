package file

import (
	"bytes"
	"slices"
	"strings"
)

// otherFile says what a text is that people have at hand and that holds no mappings, and
// the nearest way to them; empty for what may hold some.
func otherFile(data []byte, text string) string {
	s := newSample(text)
	first := ""
	if len(s.lines) > 0 {
		first = s.lines[0]
	}
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return "it is a workbook or another packed file; save the sheet as CSV (UTF-8), and give that"
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")):
		return "it is a workbook or document of an old Office; save the sheet as CSV, and give that"
	case bytes.HasPrefix(data, []byte("%PDF")):
		return "it is a PDF; copy the lines with the mappings out of it, and paste them"
	case strings.HasPrefix(text, `{\rtf`):
		return "it is a text with formatting (RTF); save it as plain text, and give that"
	case strings.HasPrefix(first, "<!doctype html"), strings.HasPrefix(first, "<html"), strings.HasPrefix(first, "<?xml"), strings.HasPrefix(first, "<objs "):
		return "it is a page or an XML document; export the list as CSV or JSON, or copy its lines as: corp.example.com -> 10.1.0.4"
	case strings.HasPrefix(first, "windows registry editor"), first == "regedit4":
		return "it is an export of the registry; on that machine Get-DnsClientNrptRule | Format-List prints its DNS rules in a form that is read"
	case strings.HasPrefix(strings.TrimLeft(text, " \n"), "; <<>> DiG"), s.starts(";; ->>header<<-") || strings.Contains(text, ";; ->>HEADER<<-"):
		return "it is the output of dig, an answer and no mapping; trace the name, and paste it there"
	case s.starts("windows ip configuration"):
		return "it is the output of ipconfig; Get-DnsClientNrptRule | Format-List prints which domain is asked where"
	case printedTable(first) != "":
		return printedTable(first)
	case s.starts("enumerated zone list"):
		return "it is the output of dnscmd /EnumZones, which prints no servers; Get-DnsServerZone | Format-List ZoneName, ZoneType, MasterServers prints them"
	case s.resolvConf():
		return "it is a resolv.conf, whose servers are asked for every name; a mapping has a domain: write lines such as: corp.example.com -> " + firstServer(s)
	case s.hosts():
		return "it is a hosts file, which holds addresses of names; a mapping says which servers are asked: write lines such as: corp.example.com -> 10.1.0.4"
	case s.lists("nameservers:") && (s.lists("ethernets:") || s.lists("version: 2")):
		return "it is a netplan file, whose servers are asked for every name of a link; a mapping has a domain: resolvectl status on that machine prints which domain is asked where"
	case s.lists("data", "====") && s.starts("name:") && s.starts("namespace:"):
		return "it is the output of kubectl describe; kubectl get configmap NAME --output yaml prints it in a form that is read"
	default:
		return ""
	}
}

// printedTable says what a table is that a tool of a cloud prints for people, told by its
// first line, and how to print what can be read; empty for another one.
func printedTable(first string) string {
	names := strings.Fields(strings.Trim(first, "|+- "))
	has := func(words ...string) bool {
		for _, w := range words {
			if !slices.Contains(names, w) {
				return false
			}
		}
		return true
	}
	switch {
	case has("domainname", "forwardingrulestate"):
		return "it is a table of az, which leaves the servers out; az dns-resolver forwarding-rule list --output json prints them"
	case has("name", "dns_name", "visibility"):
		return "it is a table of gcloud, which leaves the servers out; gcloud dns managed-zones list --format json prints them"
	case has("listresolverrules") || has("resolverrules"):
		return "it is a table of the AWS command line; with --output json it is printed in a form that is read"
	case has("name", "data", "age"):
		return "it is a table of kubectl; kubectl get configmap NAME --output yaml prints what is in it"
	default:
		return ""
	}
}

// resolvConf reports whether there is nothing but what a resolv.conf has, and a server.
func (s sample) resolvConf() bool {
	server := false
	for _, l := range s.lines {
		word, _, _ := strings.Cut(strings.ReplaceAll(l, "\t", " "), " ")
		switch word {
		case "nameserver":
			server = true
		case "search", "domain", "options", "sortlist":
		default:
			return false
		}
	}
	return server
}

func firstServer(s sample) string {
	for _, l := range s.lines {
		if fields := strings.Fields(l); fields[0] == "nameserver" && len(fields) > 1 && address(fields[1]) {
			return fields[1]
		}
	}
	return "10.1.0.4"
}

// hosts reports whether each line has an address and names behind it.
func (s sample) hosts() bool {
	for _, l := range s.lines {
		fields := strings.Fields(l)
		if len(fields) < 2 || !address(fields[0]) || address(strings.TrimRight(fields[1], ",")) || strings.ContainsAny(l, ",=>;") {
			return false
		}
	}
	return len(s.lines) > 0
}

// terraformWay is the nearest way to the mappings that a Terraform file makes.
func terraformWay(text string) string {
	switch {
	case strings.Contains(text, "aws_route53_resolver_rule"):
		return "aws route53resolver list-resolver-rules prints the rules that it has made in a form that is read"
	case strings.Contains(text, "google_dns_managed_zone"):
		return "gcloud dns managed-zones list --format json prints the zones that it has made in a form that is read"
	case strings.Contains(text, "azurerm_private_dns_resolver"):
		return "az dns-resolver forwarding-rule list --output json prints the rules that it has made in a form that is read"
	case strings.Contains(text, "oci_dns_resolver"):
		return "oci dns resolver get prints the rules that it has made in a form that is read"
	default:
		return "export the table of the network as konnect-map, or write the mappings as plain pairs"
	}
}
