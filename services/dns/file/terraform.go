package file

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/peerdeck/peerdeck/model/safe"
)

// writeTerraform writes the resource of Kong's provider for an Azure outbound resolver,
// in the layout of terraform fmt.
func writeTerraform(w *writer) {
	w.head("#")
	w.line("# Every change of this resource makes the provider delete the resolver and make a new one.")
	network := quoteHCL(w.options.NetworkID.Raw())
	if w.options.NetworkID.IsEmpty() {
		w.line("# Put the id of the network in place of the variable.")
		network = "var.network_id"
	}
	name := w.options.Name.Or("mappings")
	w.line(`resource "konnect_cloud_gateway_private_dns" "` + identifier(name) + `" {`)
	w.line("  name       = " + quoteHCL(name.Raw()))
	w.line("  network_id = " + network)
	w.line("  private_dns_attachment_config = {")
	w.line("    azure_private_dns_resolver_attachment_config = {")
	w.line(`      kind = "azure-outbound-resolver"`)
	w.line("      dns_config = {")
	for _, row := range w.sorted() {
		var servers []string
		for _, s := range row.Servers {
			servers = append(servers, quoteHCL(s.Raw()))
		}
		w.line("        " + quoteHCL(row.Key.Raw()) + " = {")
		w.line("          remote_dns_server_ip_addresses = [" + strings.Join(servers, ", ") + "]")
		w.line("        }")
	}
	w.line("      }")
	w.line("    }")
	w.line("  }")
	w.line("}")
}

// identifier makes the name of a resource: letters, digits and _, a letter first.
func identifier(t safe.Text) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r >= 'A' && r <= 'Z':
			return unicode.ToLower(r)
		default:
			return '_'
		}
	}, t.Raw())
	if name == "" || name[0] < 'a' || name[0] > 'z' {
		name = "dns_" + name
	}
	return name[:min(60, len(name))]
}

// quoteHCL writes a text between quotation marks. ${ and %{ begin a template there.
func quoteHCL(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for i, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteString(`\` + string(r))
		case (r == '$' || r == '%') && strings.HasPrefix(s[i+1:], "{"):
			b.WriteString(string(r) + string(r))
		case r == ' ' || unicode.IsPrint(r) && safe.Clean("a"+string(r)) == "a"+string(r):
			b.WriteRune(r)
		case r > 0xffff:
			fmt.Fprintf(&b, `\U%08x`, r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String() + `"`
}
