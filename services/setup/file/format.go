package file

import (
	"fmt"
	"strings"

	"github.com/peerdeck/peerdeck/model/setup"

	"github.com/peerdeck/peerdeck/model/safe"
	strictyaml "github.com/peerdeck/peerdeck/services/local/yaml"
)

const head = `# A set-up file of peerdeck: what one VNET peering between Kong Konnect and Azure
# is to be. It holds no secret.
#
#   peerdeck setup -f FILE      does it, or what is left of it
#   peerdeck handoff -f FILE    prints what the Azure admin must do

`

// Format writes a request as a set-up file, which [Parse] reads.
func Format(r setup.Request) []byte {
	var b strings.Builder
	b.WriteString(head)
	line := func(indent, key string, value safe.Text, remark string) {
		written := indent + key + ": " + strictyaml.Scalar(value)
		if remark != "" {
			written = fmt.Sprintf("%-27s # %s", written, remark)
		}
		b.WriteString(written + "\n")
	}
	line("", "network", r.Network, "name or id in Konnect")
	if c := r.Create; c != nil {
		b.WriteString("create_network:             # made first, in 30 to 40 minutes; nothing of it can be changed\n")
		line("  ", "region", c.Region, "")
		if len(c.Zones) > 0 {
			b.WriteString("  zones: " + strictyaml.List(c.Zones) + "\n")
		}
		line("  ", "cidr", c.CIDR, "peerdeck ranges offers free ones")
		if !c.Account.IsEmpty() {
			line("  ", "account", c.Account, "")
		}
	}
	line("", "peering", r.Peering, "the name that Konnect shows")
	b.WriteString("azure:\n")
	line("  ", "tenant_id", r.VNet.TenantID, "")
	line("  ", "subscription_id", r.VNet.SubscriptionID, "")
	line("  ", "resource_group", r.VNet.ResourceGroup, "")
	if r.Hub {
		line("  ", "virtual_hub", r.VNet.Name, "")
	} else {
		line("  ", "vnet", r.VNet.Name, "")
	}
	if !r.RoleName.IsEmpty() {
		line("  ", "role_name", r.RoleName, "")
	}
	if !r.AppID.IsEmpty() {
		line("  ", "app_id", r.AppID, "")
	}
	b.WriteString("dns:\n")
	line("  ", "mode", safe.New(string(r.DNS)), "resolver (editable later), peering (fixed at creation), none")
	if len(r.Mappings) > 0 {
		b.WriteString("  mappings:\n")
	}
	for _, m := range r.Mappings {
		b.WriteString("    - domains: " + strictyaml.List(m.Domains) + "\n      servers: " + strictyaml.List(m.Servers) + "\n")
	}
	b.WriteString(formatRoute(r.Route))
	return []byte(b.String())
}
