package netfacts

import (
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"

	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/azure/armread"
	"github.com/peerdeck/peerdeck/services/cloud/rest"
)

// convertBalancer reads a load balancer. Addresses are those of network cards by the ids of
// their configurations.
func convertBalancer(b armnetwork.LoadBalancer, addresses map[string]safe.Text) azurenet.Balancer {
	out := azurenet.Balancer{ID: rest.Text(b.ID), Name: rest.Text(b.Name)}
	p := b.Properties
	if p == nil {
		return out
	}
	for _, f := range p.FrontendIPConfigurations {
		if f != nil && f.Properties != nil {
			out.Frontends = append(out.Frontends, azurenet.Frontend{ID: rest.Text(f.ID), Name: rest.Text(f.Name), Address: rest.Text(f.Properties.PrivateIPAddress), Subnet: subnetID(f.Properties.Subnet)})
		}
	}
	for _, pool := range p.BackendAddressPools {
		if pool != nil {
			out.Pools = append(out.Pools, convertPool(*pool, addresses))
		}
	}
	for _, rule := range p.LoadBalancingRules {
		if rule != nil && rule.Properties != nil {
			out.Rules = append(out.Rules, convertBalancing(rest.Text(rule.Name), *rule.Properties, p.Probes)...)
		}
	}
	return out
}

// convertPool reads the backends of a pool: those that have an address or a card each, and
// those that only their cards name.
func convertPool(pool armnetwork.BackendAddressPool, addresses map[string]safe.Text) azurenet.Pool {
	out := azurenet.Pool{ID: rest.Text(pool.ID), Name: rest.Text(pool.Name)}
	p := pool.Properties
	if p == nil {
		return out
	}
	met := map[string]bool{}
	byCard := func(name, configuration safe.Text) azurenet.PoolTarget {
		met[armread.Key(configuration)] = true
		return azurenet.PoolTarget{Name: name, Address: addresses[armread.Key(configuration)], Card: cardOf(configuration)}
	}
	for _, a := range p.LoadBalancerBackendAddresses {
		if a == nil || a.Properties == nil {
			continue
		}
		t := azurenet.PoolTarget{Name: rest.Text(a.Name)}
		if c := reference(a.Properties.NetworkInterfaceIPConfiguration); !c.IsEmpty() {
			t = byCard(t.Name, c)
		}
		if ip := rest.Text(a.Properties.IPAddress); !ip.IsEmpty() {
			t.Address = ip
		}
		t.VNet = vnetOf(a.Properties)
		out.Targets = append(out.Targets, t)
	}
	for _, c := range p.BackendIPConfigurations {
		if c != nil && !met[armread.Key(rest.Text(c.ID))] {
			out.Targets = append(out.Targets, byCard(safe.Text{}, rest.Text(c.ID)))
		}
	}
	return out
}

// vnetOf is the VNET of a backend by address, which may be told by a subnet of it.
func vnetOf(p *armnetwork.LoadBalancerBackendAddressPropertiesFormat) safe.Text {
	if id := reference(p.VirtualNetwork); !id.IsEmpty() {
		return id
	}
	return above(reference(p.Subnet), "/subnets/")
}

// cardOf is the network card of one of its configurations.
func cardOf(configuration safe.Text) safe.Text { return above(configuration, "/ipConfigurations/") }

// above is an ARM id up to a part of it, the whole id where it has no such part.
func above(id safe.Text, part string) safe.Text {
	raw := id.Raw()
	if i := strings.LastIndex(strings.ToLower(raw), strings.ToLower(part)); i >= 0 {
		return safe.New(raw[:i])
	}
	return id
}

// convertBalancing reads a rule of a load balancer, once for each pool that it leads to.
func convertBalancing(name safe.Text, p armnetwork.LoadBalancingRulePropertiesFormat, probes []*armnetwork.Probe) []azurenet.BalancerRule {
	made := azurenet.BalancerRule{
		Name: name, Frontend: reference(p.FrontendIPConfiguration), Protocol: word(p.Protocol), Port: number(p.FrontendPort), BackendPort: number(p.BackendPort),
		FloatingIP: p.EnableFloatingIP != nil && *p.EnableFloatingIP, Probe: reference(p.Probe),
	}
	for _, probe := range probes {
		if probe != nil && probe.Properties != nil && !made.Probe.IsEmpty() && armread.Key(rest.Text(probe.ID)) == armread.Key(made.Probe) {
			made.ProbePort, made.ProbeKind = number(probe.Properties.Port), word(probe.Properties.Protocol)
		}
	}
	pools := []safe.Text{reference(p.BackendAddressPool)}
	for _, pool := range p.BackendAddressPools {
		pools = append(pools, reference(pool))
	}
	var out []azurenet.BalancerRule
	for _, pool := range armread.Distinct(pools) {
		one := made
		one.Pool = pool
		out = append(out, one)
	}
	if out == nil {
		return []azurenet.BalancerRule{made}
	}
	return out
}
