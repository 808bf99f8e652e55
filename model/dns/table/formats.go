package table

import (
	"strings"

	"github.com/peerdeck/peerdeck/model/safe"
)

// Format is a way to write mappings down.
type Format string

// The formats. Terraform and az are written only; those of other programs are read only.
const (
	FormatPairs         Format = "pairs"
	FormatCSV           Format = "csv"
	FormatYAML          Format = "yaml"
	FormatKonnectMap    Format = "konnect-map"  // the JSON of an outbound resolver: an object keyed by domain
	FormatKonnectList   Format = "konnect-list" // the JSON of a peering: a list of servers and domains
	FormatDnsmasq       Format = "dnsmasq"
	FormatCoreDNS       Format = "coredns"
	FormatUnbound       Format = "unbound"
	FormatBIND          Format = "bind"
	FormatAzureRuleset  Format = "azure-ruleset" // the JSON of az dns-resolver forwarding-rule list
	FormatAzureCommands Format = "az"
	FormatTerraform     Format = "terraform"
	FormatKubernetes    Format = "kubernetes"
	FormatWindows       Format = "windows"
	FormatResolved      Format = "systemd-resolved"
	FormatNetworkM      Format = "networkmanager"
	FormatMacOS         Format = "macos" // what scutil --dns prints
	FormatAdGuard       Format = "adguard"
	FormatBlocky        Format = "blocky"
	FormatPihole        Format = "pihole"
	FormatPowerDNS      Format = "powerdns"
	FormatKnot          Format = "knot-resolver"
	FormatTechnitium    Format = "technitium"
	FormatInfoblox      Format = "infoblox"
	FormatAWS           Format = "aws-resolver"
	FormatGCP           Format = "gcp-dns"
	FormatOCI           Format = "oci-dns"
)

// FormatInfo is what is to be known of a format before it is chosen.
type FormatInfo struct {
	Format     Format
	Title      string // for people
	Readable   bool
	Writable   bool
	Extensions []string // of files, with the dot, the usual one first
}

// Formats returns all formats, those that people write by hand first.
func Formats() []FormatInfo {
	return []FormatInfo{
		{FormatPairs, "plain pairs: domain -> server", true, true, []string{".txt"}},
		{FormatCSV, "CSV, for a spreadsheet", true, true, []string{".csv", ".tsv"}},
		{FormatYAML, "YAML, as in a set-up file", true, true, []string{".yaml", ".yml"}},
		{FormatKonnectMap, "JSON of an outbound resolver", true, true, []string{".json"}},
		{FormatKonnectList, "JSON of a peering's own table", true, true, []string{".json"}},
		{FormatAzureRuleset, "JSON of an Azure forwarding ruleset", true, true, []string{".json"}},
		{FormatAzureCommands, "az commands that make an Azure ruleset", false, true, []string{".sh"}},
		{FormatTerraform, "Terraform resource", false, true, []string{".tf"}},
		{FormatDnsmasq, "dnsmasq", true, true, []string{".conf"}},
		{FormatCoreDNS, "CoreDNS Corefile", true, true, []string{".corefile"}},
		{FormatUnbound, "unbound forward zones", true, true, []string{".conf"}},
		{FormatBIND, "BIND forward zones", true, true, []string{".conf"}},
		{FormatKubernetes, "stub domains and CoreDNS servers of a Kubernetes cluster", true, false, nil},
		{FormatWindows, "Windows DNS commands and what they print", true, false, nil},
		{FormatResolved, "systemd-resolved", true, false, nil},
		{FormatNetworkM, "NetworkManager", true, false, nil},
		{FormatMacOS, "the resolvers of macOS, as scutil --dns prints them", true, false, nil},
		{FormatAdGuard, "AdGuard upstreams", true, false, nil},
		{FormatBlocky, "blocky conditional mappings", true, false, nil},
		{FormatPihole, "Pi-hole conditional forwarding", true, false, nil},
		{FormatPowerDNS, "PowerDNS Recursor forward zones", true, false, nil},
		{FormatKnot, "Knot Resolver forwarding", true, false, nil},
		{FormatTechnitium, "Technitium forwarder zones", true, false, nil},
		{FormatInfoblox, "Infoblox CSV of forward zones", true, false, nil},
		{FormatAWS, "JSON of AWS Route 53 Resolver rules", true, false, nil},
		{FormatGCP, "JSON of Google Cloud DNS forwarding zones", true, false, nil},
		{FormatOCI, "JSON of an Oracle Cloud resolver", true, false, nil},
	}
}

// Info returns what is to be known of the format; false for one that is unknown.
func (f Format) Info() (FormatInfo, bool) {
	for _, info := range Formats() {
		if info.Format == f {
			return info, true
		}
	}
	return FormatInfo{}, false
}

// Label returns the format in words.
func (f Format) Label() string {
	if info, ok := f.Info(); ok {
		return info.Title
	}
	return string(f)
}

// FormatNamed returns the format with a name. For another word there is a problem, which
// lists the names, and no format.
func FormatNamed(name string) (f Format, problem string) {
	var names []string
	for _, info := range Formats() {
		if strings.EqualFold(string(info.Format), name) {
			return info.Format, ""
		}
		names = append(names, string(info.Format))
	}
	return "", "there is no format \"" + safe.Clean(name) + "\"; there are " + strings.Join(names, ", ")
}
