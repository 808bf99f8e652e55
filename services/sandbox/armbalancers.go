package sandbox

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// balancer is an internal load balancer with one front end, one pool and a rule for each
// port.
type balancer struct {
	vnet          *vnet
	name, address string   // of the front end
	pool          string   // its name
	backends      []string // by address
	cards         []string // by network card, their first addresses
	ports         []balancerPort
	probe         int // the port that is asked whether a backend lives
}

// balancerPort leads a port of the front end to one of the backends.
type balancerPort struct{ front, back int }

func (b *balancer) id() string {
	return b.vnet.sub.scope() + "/resourceGroups/" + b.vnet.group + networkProvider + "loadBalancers/" + b.name
}

// balancerParts are what can be read of a load balancer by itself.
func balancerParts() []string {
	return []string{"backendAddressPools", "frontendIPConfigurations", "loadBalancingRules", "probes"}
}

// The names of what a load balancer has one of.
const (
	frontName = "front"
	probeName = "probe"
)

func (w *World) renderBalancers(sub *subscription, group string) []armResource {
	var out []armResource
	for _, b := range w.balancers {
		v := b.vnet
		if v.sub != sub || v.deletedFromAzure || group != "" && !strings.EqualFold(v.group, group) {
			continue
		}
		made := w.resource(sub, v.group, "loadBalancers", b.name, v.location, map[string]any{"resourceGuid": w.id("balancer", b.id())})
		made.body["sku"] = map[string]any{"name": "Standard", "tier": "Regional"}
		properties, _ := made.body["properties"].(map[string]any)
		rules := []any{}
		for _, p := range b.ports {
			rules = append(rules, map[string]any{"id": b.id() + "/loadBalancingRules/" + b.ruleName(p)})
		}
		for kind, list := range map[string][]any{
			"frontendIPConfigurations": {b.renderFront(rules)}, "backendAddressPools": {w.renderPool(b, rules)}, "loadBalancingRules": b.renderRules(), "probes": b.renderProbes(rules),
			"inboundNatRules": {}, "outboundRules": {}, "inboundNatPools": {},
		} {
			for _, item := range list {
				one, _ := item.(map[string]any)
				one["id"], one["type"], one["etag"] = b.id()+"/"+kind+"/"+asText(one["name"]), "Microsoft.Network/loadBalancers/"+kind, made.body["etag"]
			}
			properties[kind] = list
			if slices.Contains(balancerParts(), kind) {
				made.children[kind] = list
			}
		}
		out = append(out, made)
	}
	return sorted(out)
}

func (b *balancer) ruleName(p balancerPort) string { return "port-" + strconv.Itoa(p.front) }

func (b *balancer) renderFront(rules []any) map[string]any {
	return map[string]any{"name": frontName, "properties": map[string]any{
		"provisioningState": "Succeeded", "privateIPAddress": b.address, "privateIPAllocationMethod": "Static", "privateIPAddressVersion": "IPv4",
		"subnet": map[string]any{"id": b.vnet.subnetID(b.address)}, "loadBalancingRules": rules,
	}}
}

// renderPool renders the backends: those by address are told with the VNET that they are
// said to be in, those by card with the card's address.
func (w *World) renderPool(b *balancer, rules []any) map[string]any {
	addresses, configurations := []any{}, []any{}
	for i, a := range b.backends {
		addresses = append(addresses, map[string]any{"name": "backend-" + strconv.Itoa(i+1), "properties": map[string]any{"ipAddress": a, "virtualNetwork": map[string]any{"id": b.vnet.id()}}})
	}
	for _, c := range w.cards {
		if c.vnet == b.vnet && slices.Contains(b.cards, c.name) {
			at := map[string]any{"id": c.configurationID(0)}
			configurations = append(configurations, at)
			addresses = append(addresses, map[string]any{"name": c.name, "properties": map[string]any{"networkInterfaceIPConfiguration": at}})
		}
	}
	properties := map[string]any{"provisioningState": "Succeeded", "loadBalancerBackendAddresses": addresses, "loadBalancingRules": rules}
	if len(configurations) > 0 {
		properties["backendIPConfigurations"] = configurations
	}
	return map[string]any{"name": b.pool, "properties": properties}
}

func (b *balancer) renderRules() []any {
	out := []any{}
	for _, p := range b.ports {
		properties := map[string]any{
			"provisioningState": "Succeeded", "protocol": "Tcp", "frontendPort": p.front, "backendPort": p.back, "enableFloatingIP": false, "idleTimeoutInMinutes": 4,
			"frontendIPConfiguration": map[string]any{"id": b.id() + "/frontendIPConfigurations/" + frontName}, "loadDistribution": "Default", "enableTcpReset": false,
			"backendAddressPool": map[string]any{"id": b.id() + "/backendAddressPools/" + b.pool}, "backendAddressPools": []any{map[string]any{"id": b.id() + "/backendAddressPools/" + b.pool}},
		}
		if b.probe != 0 {
			properties["probe"] = map[string]any{"id": b.id() + "/probes/" + probeName}
		}
		out = append(out, map[string]any{"name": b.ruleName(p), "properties": properties})
	}
	return out
}

func (b *balancer) renderProbes(rules []any) []any {
	if b.probe == 0 {
		return []any{}
	}
	return []any{map[string]any{"name": probeName, "properties": map[string]any{
		"provisioningState": "Succeeded", "protocol": "Tcp", "port": b.probe, "intervalInSeconds": 15, "numberOfProbes": 2, "probeThreshold": 1, "loadBalancingRules": rules,
	}}}
}

// appGateway is an application gateway with one private front end, one listener and one pool.
type appGateway struct {
	vnet          *vnet
	name, address string
	backends      []string // addresses, or names
	port, back    int
	protocol      string // of the listener and of the backends: Http, Https
	host          string // that the listener is for; empty for all
	stopped       bool
}

func (w *World) renderAppGateways(sub *subscription, group string) []armResource {
	var out []armResource
	for _, g := range w.appGateways {
		v := g.vnet
		if v.sub != sub || v.deletedFromAzure || group != "" && !strings.EqualFold(v.group, group) {
			continue
		}
		out = append(out, w.renderAppGateway(g))
	}
	return sorted(out)
}

func (w *World) renderAppGateway(g *appGateway) armResource {
	v := g.vnet
	state := "Running"
	if g.stopped {
		state = "Stopped"
	}
	made := w.resource(v.sub, v.group, "applicationGateways", g.name, v.location, map[string]any{
		"resourceGuid": w.id("application gateway", v.id(), g.name), "operationalState": state, "enableHttp2": false,
		"sku": map[string]any{"name": "Standard_v2", "tier": "Standard_v2", "capacity": 2, "family": "Generation_1"},
	})
	id := asText(made.body["id"])
	to := func(kind, name string) map[string]any { return map[string]any{"id": id + "/" + kind + "/" + name} }
	subnet := map[string]any{"id": v.subnetID(g.address)}
	protocol := cmp.Or(g.protocol, "Http")
	backends := []any{}
	for _, b := range g.backends {
		key := "ipAddress"
		if strings.Trim(b, "0123456789.") != "" {
			key = "fqdn"
		}
		backends = append(backends, map[string]any{key: b})
	}
	listener := map[string]any{
		"frontendIPConfiguration": to("frontendIPConfigurations", frontName), "frontendPort": to("frontendPorts", "port"), "protocol": protocol, "requireServerNameIndication": false, "hostNames": []string{},
	}
	if g.host != "" {
		listener["hostName"] = g.host
	}
	properties, _ := made.body["properties"].(map[string]any)
	for kind, one := range map[string]map[string]any{
		"gatewayIPConfigurations":  {"name": "gateway", "properties": map[string]any{"subnet": subnet}},
		"frontendIPConfigurations": {"name": frontName, "properties": map[string]any{"privateIPAddress": g.address, "privateIPAllocationMethod": "Static", "subnet": subnet}},
		"frontendPorts":            {"name": "port", "properties": map[string]any{"port": g.port}},
		"backendAddressPools":      {"name": "pool", "properties": map[string]any{"backendAddresses": backends}},
		"backendHttpSettingsCollection": {"name": "settings", "properties": map[string]any{
			"port": g.back, "protocol": protocol, "cookieBasedAffinity": "Disabled", "pickHostNameFromBackendAddress": false, "requestTimeout": 20,
		}},
		"httpListeners": {"name": "listener", "properties": listener},
		"requestRoutingRules": {"name": "rule", "properties": map[string]any{
			"ruleType": "Basic", "priority": 100, "httpListener": to("httpListeners", "listener"), "backendAddressPool": to("backendAddressPools", "pool"), "backendHttpSettings": to("backendHttpSettingsCollection", "settings"),
		}},
	} {
		one["id"], one["type"], one["etag"] = id+"/"+kind+"/"+asText(one["name"]), "Microsoft.Network/applicationGateways/"+kind, made.body["etag"]
		if p, ok := one["properties"].(map[string]any); ok {
			p["provisioningState"] = "Succeeded"
		}
		properties[kind] = []any{one}
	}
	return made
}
