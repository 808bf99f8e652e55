package sandbox

import (
	"net/http"
	"strings"
	"time"
)

// subnetBody is what a PUT of a subnet carries, as far as it is written here.
type subnetBody struct {
	Properties *struct {
		Group       *idBody `json:"networkSecurityGroup"`
		Table       *idBody `json:"routeTable"`
		Policies    string  `json:"privateEndpointNetworkPolicies"`
		Delegations []struct {
			Properties struct {
				Service string `json:"serviceName"`
			} `json:"properties"`
		} `json:"delegations"`
	} `json:"properties"`
}

// putSubnet changes what a subnet names: its security group, its route table, whom it is
// delegated to, and what private endpoints in it obey. Its range stays, and no subnet is
// made. A group and a table lie in the VNET's resource group here.
func (q armRequest) putSubnet(v *vnet, name string) reply {
	var body subnetBody
	if refusal, ok := q.read(&body); !ok {
		return refusal
	}
	s := v.subnet(name)
	if s == nil || body.Properties == nil {
		return q.notBuilt()
	}
	if refusal, ok := q.mayChange(v.sub, v.id(), false); !ok {
		return refusal
	}
	b := body.Properties
	group, ok := nameIn(v, "networkSecurityGroups", b.Group)
	table, too := nameIn(v, "routeTables", b.Table)
	if !ok || !too {
		return q.notBuilt()
	}
	s.nsg, s.routeTable, s.policies, s.delegation = group, table, b.Policies, ""
	for _, d := range b.Delegations {
		s.delegation = d.Properties.Service
	}
	op := q.begin(v.sub, v.location, func(*World, time.Time) {})
	properties, _ := renderVNet(v)["properties"].(map[string]any)
	subnets, _ := properties["subnets"].([]any)
	for _, item := range subnets {
		if one, _ := item.(map[string]any); strings.EqualFold(asText(one["name"]), name) {
			if p, ok := one["properties"].(map[string]any); ok {
				p["provisioningState"] = "Updating"
			}
			return op.accept(q, reply{status: http.StatusOK, kind: jsonType, body: one}, false)
		}
	}
	return q.notFound()
}

// nameIn is the name of what a subnet is to name, empty for nothing. It reports false for what
// lies in another resource group than the VNET.
func nameIn(v *vnet, kind string, of *idBody) (string, bool) {
	if of == nil || of.ID == "" {
		return "", true
	}
	name := lastSegment(of.ID)
	return name, strings.EqualFold(of.ID, v.sub.scope()+"/resourceGroups/"+v.group+networkProvider+kind+"/"+name)
}
