package netfacts

import (
	"slices"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/azure/armread"
	"github.com/peerdeck/peerdeck/services/cloud/rest"
)

// convertAppGateway reads an application gateway.
func convertAppGateway(g armnetwork.ApplicationGateway, addresses map[string]safe.Text) azurenet.AppGateway {
	out := azurenet.AppGateway{ID: rest.Text(g.ID), Name: rest.Text(g.Name)}
	p := g.Properties
	if p == nil {
		return out
	}
	for _, c := range p.GatewayIPConfigurations {
		if c != nil && c.Properties != nil && out.Subnet.IsEmpty() {
			out.Subnet = reference(c.Properties.Subnet)
		}
	}
	for _, f := range p.FrontendIPConfigurations {
		if f != nil && f.Properties != nil {
			out.Frontends = append(out.Frontends, azurenet.Frontend{ID: rest.Text(f.ID), Name: rest.Text(f.Name), Address: rest.Text(f.Properties.PrivateIPAddress), Subnet: reference(f.Properties.Subnet)})
		}
	}
	for _, pool := range p.BackendAddressPools {
		if pool != nil {
			out.Pools = append(out.Pools, convertAppPool(*pool, addresses))
		}
	}
	out.Listeners = listenersOf(p)
	return out
}

func convertAppPool(pool armnetwork.ApplicationGatewayBackendAddressPool, addresses map[string]safe.Text) azurenet.Pool {
	out := azurenet.Pool{ID: rest.Text(pool.ID), Name: rest.Text(pool.Name)}
	if pool.Properties == nil {
		return out
	}
	for _, a := range pool.Properties.BackendAddresses {
		if a != nil {
			out.Targets = append(out.Targets, azurenet.PoolTarget{Address: rest.Text(a.IPAddress), Host: rest.Text(a.Fqdn)})
		}
	}
	for _, c := range pool.Properties.BackendIPConfigurations {
		if c == nil {
			continue
		}
		id := rest.Text(c.ID)
		at := addresses[armread.Key(id)]
		if at.IsEmpty() || !slices.ContainsFunc(out.Targets, func(t azurenet.PoolTarget) bool { return t.Address == at }) {
			out.Targets = append(out.Targets, azurenet.PoolTarget{Address: at, Card: cardOf(id)})
		}
	}
	return out
}

// listenersOf are the ports of an application gateway, with what the rules send requests
// there to.
func listenersOf(p *armnetwork.ApplicationGatewayPropertiesFormat) []azurenet.Listener {
	ports, settings := map[string]int{}, map[string]int{}
	for _, f := range p.FrontendPorts {
		if f != nil && f.Properties != nil {
			ports[armread.Key(rest.Text(f.ID))] = number(f.Properties.Port)
		}
	}
	for _, s := range p.BackendHTTPSettingsCollection {
		if s != nil && s.Properties != nil {
			settings[armread.Key(rest.Text(s.ID))] = number(s.Properties.Port)
		}
	}
	var out []azurenet.Listener
	for _, l := range p.HTTPListeners {
		if l == nil || l.Properties == nil {
			continue
		}
		made := listener{
			Name: rest.Text(l.Name), Frontend: reference(l.Properties.FrontendIPConfiguration), Port: ports[armread.Key(reference(l.Properties.FrontendPort))], Protocol: word(l.Properties.Protocol),
		}
		made.follow(p.RequestRoutingRules, rest.Text(l.ID), settings)
		out = append(out, azurenet.Listener(made))
	}
	return out
}

// listener is a listener that is being put together.
type listener azurenet.Listener

// follow finds the rule that says what becomes of requests to the listener.
func (l *listener) follow(rules []*armnetwork.ApplicationGatewayRequestRoutingRule, id safe.Text, settings map[string]int) {
	for _, rule := range rules {
		if rule == nil || rule.Properties == nil || armread.Key(reference(rule.Properties.HTTPListener)) != armread.Key(id) {
			continue
		}
		to := reference(rule.Properties.BackendHTTPSettings)
		l.Pool, l.Backend = reference(rule.Properties.BackendAddressPool), settings[armread.Key(to)]
		if !to.IsEmpty() {
			l.Settings = model.LastSegment(to)
		}
	}
}
