package sandbox

import "strings"

// What lies around the DNS servers of VNETs. It is changed only under the world's lock.

// securityRule is a rule of a security group. What is empty below the ports means: inbound,
// to and from everything.
type securityRule struct {
	name, access, protocol string
	priority               int
	sources, ports         []string

	direction                 string
	destinations, sourcePorts []string
	fromGroups, toGroups      []string // application security groups, by name or id
}

// inbound makes a rule for what comes in.
func inbound(name, access, protocol string, priority int, sources, ports []string) securityRule {
	return securityRule{name: name, access: access, protocol: protocol, priority: priority, sources: sources, ports: ports}
}

type userRoute struct{ name, prefix, nextHop, address string }

// privateResolver is an Azure DNS private resolver: one in a VNET at most.
type privateResolver struct {
	vnet        *vnet
	name, state string
	endpoints   []*inboundEndpoint
}

type inboundEndpoint struct {
	name, address, subnet, state string
	dynamic                      bool
}

type ruleset struct {
	sub         *subscription
	group, name string
	location    string
	resolver    string // whose outbound endpoint it uses
	rules       []forwardingRule
	links       []*vnetLink
}

type forwardingRule struct {
	name, domain string
	targets      []string
	off          bool
}

type privateZone struct {
	sub         *subscription
	group, name string
	links       []*vnetLink
	records     map[string][]string // what it holds, by small names; nil: what the servers of its VNETs give
}

// vnetLink ties a ruleset or a zone to a VNET.
type vnetLink struct {
	name  string
	vnet  *vnet
	state string // Completed, InProgress
	// fallback: names that the zone does not hold are asked for in the internet.
	fallback bool
}

// groupKey names a security group or a route table: VNETs of one resource group may
// share it.
func groupKey(sub *subscription, group, name string) string {
	return vnetKey(sub.id, group, name)
}

// protect gives the security group of a VNET's subnet rules of its own. A subnet that has
// none gets one.
func (w *World) protect(v *vnet, subnet string, rules ...securityRule) {
	s := v.subnet(subnet)
	if s == nil {
		return
	}
	if s.nsg == "" {
		s.nsg = "nsg-" + v.name + "-" + s.name
	}
	w.rules[groupKey(v.sub, v.group, s.nsg)] = rules
}

// route gives the route table of a VNET's subnet routes of its own. A subnet that has
// none gets one.
func (w *World) route(v *vnet, subnet string, routes ...userRoute) {
	s := v.subnet(subnet)
	if s == nil {
		return
	}
	if s.routeTable == "" {
		s.routeTable = "rt-" + v.name + "-" + s.name
	}
	w.routes[groupKey(v.sub, v.group, s.routeTable)] = routes
}

func (v *vnet) subnet(name string) *subnet {
	for i := range v.subnets {
		if strings.EqualFold(v.subnets[i].name, name) {
			return &v.subnets[i]
		}
	}
	return nil
}

// addResolver puts a private resolver with one inbound endpoint into a VNET.
func (w *World) addResolver(v *vnet, name, address string) {
	w.resolvers = append(w.resolvers, &privateResolver{vnet: v, name: name, state: "Succeeded", endpoints: []*inboundEndpoint{
		{name: "inbound", address: address, subnet: dnsSubnet, state: "Succeeded"},
	}})
}

// resolverService is what the subnet of an inbound endpoint is delegated to.
const resolverService = "Microsoft.Network/dnsResolvers"

// dnsSubnet is the subnet of each VNET that its DNS servers are in.
const dnsSubnet = "snet-dns"

// addZone makes a private zone that is linked to some VNETs.
func (w *World) addZone(sub *subscription, group, name string, vnets ...*vnet) {
	z := &privateZone{sub: sub, group: group, name: name}
	for _, v := range vnets {
		z.links = linked(z.links, v)
	}
	w.zones = append(w.zones, z)
}

// linked adds a link to a VNET that has none.
func linked(links []*vnetLink, v *vnet) []*vnetLink {
	for _, l := range links {
		if l.vnet == v {
			return links
		}
	}
	return append(links, &vnetLink{name: "link-" + v.name, vnet: v, state: "Completed"})
}

// dnsLand is what surrounds the DNS servers of the story's VNETs: a healthy group at the
// hub, one that keeps TCP out at the stage, a resolver with a zone that is linked and
// one that is not, and a rule that leads back to where it was asked.
func (w *World) dnsLand(s stage) {
	named := func(name string) *vnet { return w.vnetNamed(s.prod.id, name) }
	hub, shared, apps, core := named("vnet-hub"), named("vnet-shared"), named("vnet-stage-apps"), named("vnet-core")
	w.protect(hub, dnsSubnet,
		inbound("AllowDnsUdpFromGateway", "Allow", "Udp", 100, []string{"10.0.0.0/16"}, []string{"53"}),
		inbound("AllowDnsTcpFromGateway", "Allow", "Tcp", 110, []string{"10.0.0.0/16"}, []string{"53"}),
		inbound("DenyRestFromGateway", "Deny", "*", 4000, []string{"10.0.0.0/16"}, []string{"*"}))
	apps.subnet(dnsSubnet).nsg = "snet-dns-apps-nsg" // the VNET beside it in its group keeps its own
	w.protect(apps, dnsSubnet,
		inbound("AllowDnsUdp", "Allow", "Udp", 100, []string{"10.4.0.0/16"}, []string{"53"}),
		inbound("DenyTcp", "Deny", "Tcp", 200, []string{"10.4.0.0/16"}, []string{"*"}))
	w.addResolver(shared, "dnspr-shared", "10.22.0.4")
	w.addZone(s.prod, shared.group, "privatelink.blob.core.windows.net", shared, hub)
	w.addZone(s.prod, shared.group, "privatelink.database.windows.net", apps)
	w.addResolver(core, "dnspr-core", "10.29.0.4")
	for _, v := range []*vnet{shared, core} {
		v.subnet(dnsSubnet).delegation = resolverService
	}
	core.subnets = append(core.subnets, subnet{name: outboundSubnet, prefix: "10.29.0.16/28", delegation: resolverService})
	w.rulesets = append(w.rulesets, &ruleset{
		sub: core.sub, group: core.group, name: "fwd-core", resolver: "dnspr-core", location: core.location, links: linked(nil, core),
		rules: []forwardingRule{
			{name: "ldap-core", domain: "ldap.core.example.org.", targets: []string{"10.29.0.4"}},
			{name: "partners", domain: "partners.example.net.", targets: []string{"10.29.0.9"}, off: true},
		},
	})
}
