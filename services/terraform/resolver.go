package terraform

import (
	"github.com/hashicorp/hcl/v2/hclwrite"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Replaces is what every change of a resolver does.
const Replaces = "Every change of this resource makes the provider delete the resolver and make a new one."

const kindPrivateDNS = "konnect_cloud_gateway_private_dns"

// Resolver writes the resource of an Azure outbound resolver with its map. Network is how
// the id of the network is said: its id, or where that is empty a variable.
func Resolver(name, network safe.Text, rows []dnstable.Row) string {
	f := hclwrite.NewEmptyFile()
	comment(f.Body(), Replaces)
	id := quoted(network)
	if network.IsEmpty() {
		comment(f.Body(), "Put the id of the network in place of the variable.")
		id = reference("var", "network_id")
	}
	resolver(f.Body(), Identifier(name, "dns"), name, id, rows)
	return string(hclwrite.Format(f.Bytes()))
}

func resolver(b *hclwrite.Body, resource string, name safe.Text, network hclwrite.Tokens, rows []dnstable.Row) *hclwrite.Body {
	var mapped []member
	for _, row := range rows {
		mapped = append(mapped, member{quoted(row.Key), object(named("remote_dns_server_ip_addresses", list(row.Servers)))})
	}
	r := b.AppendNewBlock("resource", []string{kindPrivateDNS, resource}).Body()
	r.SetAttributeRaw("name", quoted(name))
	r.SetAttributeRaw("network_id", network)
	r.SetAttributeRaw("private_dns_attachment_config", object(named("azure_private_dns_resolver_attachment_config", object(
		named("kind", word("azure-outbound-resolver")), named("dns_config", object(mapped...)),
	))))
	return r
}
