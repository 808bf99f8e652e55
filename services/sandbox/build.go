package sandbox

import (
	"fmt"
	"strings"
	"time"
)

// The builders below make objects as they are long after their creation; what
// is under way is made so by the story.

func (w *World) addAccount(provider, accountID string) *account {
	a := &account{id: w.id("account", provider), provider: provider, accountID: accountID, created: w.began.AddDate(0, -8, 0)}
	w.accounts = append(w.accounts, a)
	return a
}

func (w *World) addNetwork(a *account, name, region, cidr string) *network {
	made := w.began.AddDate(0, -3, -len(w.networks)%28).Add(-time.Duration(len(w.networks)%1440) * time.Minute)
	n := &network{
		id: w.id("network", name), name: name, region: region, cidr: cidr, account: a,
		zones: zones(a.provider, region), state: "ready", version: 3, created: made, updated: made.Add(37 * time.Minute),
	}
	w.networks = append(w.networks, n)
	w.byID[n.id] = n
	return n
}

func zones(provider, region string) []string {
	if provider == "azure" {
		return []string{region + "-1", region + "-2"}
	}
	return []string{region + "a", region + "b"}
}

func (w *World) addPeering(n *network, name, kind string, config map[string]any) *peering {
	config["kind"] = kind
	p := &peering{
		id: w.id("peering", n.name, name), name: name, state: "ready", config: config, version: 4,
		created: n.updated.Add(2 * time.Hour), updated: n.updated.Add(2*time.Hour + 9*time.Minute),
	}
	if strings.HasPrefix(kind, "aws-") && kind != "aws-resource-endpoint-attachment" {
		p.cidrs = []string{"10.0.0.0/8"}
	}
	n.peerings = append(n.peerings, p)
	return p
}

// addVNet makes a VNET with two subnets, and a DNS server address in the first.
func (w *World) addVNet(sub *subscription, group, name, location string, prefixes ...string) *vnet {
	v := &vnet{
		sub: sub, group: group, name: name, location: location, prefixes: prefixes,
		provisioning: "Succeeded", guid: w.id("vnet", sub.id, group, name),
	}
	base := strings.Split(prefixes[0], ".")
	v.subnets = []subnet{
		{name: "snet-dns", prefix: fmt.Sprintf("%s.%s.%s.0/28", base[0], base[1], base[2]), nsg: "snet-dns-nsg", delegation: "Microsoft.Network/dnsResolvers"},
		{name: "snet-apps", prefix: fmt.Sprintf("%s.%s.%s.128/25", base[0], base[1], base[2]), nsg: "snet-apps-nsg", routeTable: "rt-apps"},
	}
	w.vnets[vnetKey(sub.id, group, name)], w.byGroup = v, nil
	return v
}

// addVNetPeering attaches a network to a VNET, both halves written, as Kong could
// do with the rights that it has there.
func (w *World) addVNetPeering(n *network, name string, v *vnet) *peering {
	w.permitKong(v)
	p := w.attach(n, name, v)
	w.peer(n, v)
	return p
}

// attach makes Konnect's half of a peering.
func (w *World) attach(n *network, name string, v *vnet) *peering {
	p := w.addPeering(n, name, "azure-vnet-peering-attachment", map[string]any{
		"tenant_id": v.sub.tenant.id, "subscription_id": v.sub.id, "resource_group_name": v.group, "vnet_name": v.name,
	})
	p.vnet = v
	return p
}

// peer writes Azure's half of a peering, or returns the one that is there.
func (w *World) peer(n *network, v *vnet) *vnetPeering {
	if h := v.half(n); h != nil {
		return h
	}
	h := &vnetPeering{
		name: "kong-" + n.id[:8], remoteID: n.remoteID(), state: "Connected", sync: "FullyInSync", provisioning: "Succeeded",
		routed: []string{n.cidr}, remoteNow: []string{n.cidr}, access: true, guid: w.id("half", n.name, v.name),
	}
	v.peerings = append(v.peerings, h)
	return h
}

// addSpoke peers a VNET with another one of the customer's.
func (w *World) addSpoke(v *vnet, name, prefix string) {
	v.peerings = append(v.peerings, &vnetPeering{
		name: "to-" + name, state: "Connected", sync: "FullyInSync", provisioning: "Succeeded", access: true, forward: true,
		remoteID: "/subscriptions/" + v.sub.id + "/resourceGroups/" + v.group + "/providers/Microsoft.Network/virtualNetworks/" + name,
		routed:   []string{prefix}, remoteNow: []string{prefix}, guid: w.id("spoke", v.name, name),
	})
}

func (w *World) addDNS(n *network, name, kind string, config map[string]any) *privateDNS {
	config["kind"] = kind
	d := &privateDNS{
		id: w.id("dns", n.name, name), name: name, state: "ready", config: config, version: 2,
		created: n.updated.Add(3 * time.Hour), updated: n.updated.Add(3*time.Hour + 6*time.Minute),
	}
	n.dns = append(n.dns, d)
	return d
}

// resolver makes the map of an outbound resolver from lines "domain: ip ip".
func resolver(lines ...string) map[string]any {
	table := map[string]any{}
	for _, l := range lines {
		domain, servers, _ := strings.Cut(l, ": ")
		table[domain] = map[string]any{"remote_dns_server_ip_addresses": strings.Fields(servers)}
	}
	return map[string]any{"dns_config": table}
}

func (w *World) addPlane(geo, name string) *controlPlane {
	p := &controlPlane{id: w.id("plane", geo, name), geo: geo, name: name, created: w.began.AddDate(0, -7, 0), updated: w.began.AddDate(0, -1, 0)}
	w.planes = append(w.planes, p)
	return p
}

// The last numbers of the addresses that the first data planes of a network have, one in each
// zone; those of the next control plane follow them.
const (
	firstOfPlanes  = 68
	secondOfPlanes = 132
)

func (w *World) use(p *controlPlane, n *network) *configuration {
	host, _, _ := strings.Cut(n.cidr, "/")
	base, k := host[:strings.LastIndex(host, ".")], len(n.configurations)
	c := &configuration{
		id: w.id("configuration", p.name, n.name), version: "3.12", region: n.region, provider: n.account.provider, plane: p,
		privateIPs: []string{fmt.Sprintf("%s.%d", base, firstOfPlanes+k), fmt.Sprintf("%s.%d", base, secondOfPlanes+k)}, egressIPs: []string{"203.0.113.20", "203.0.113.21"},
		entityVersion: 7, created: n.updated.Add(time.Hour), updated: n.updated.Add(time.Hour),
	}
	n.configurations = append(n.configurations, c)
	return c
}

func (w *World) addTenant(key, name, domain string) *tenant {
	t := &tenant{id: w.id("tenant", key), name: name, domain: domain}
	w.tenants = append(w.tenants, t)
	return t
}

// consented puts Kong's application into a tenant, long ago.
func (w *World) consented(t *tenant, key string) {
	t.principals = append(t.principals, &principal{objectID: w.id("principal", key), appID: kongAppID, name: kongAppName})
}

// addSubscription makes a subscription in which the account has some roles.
func (w *World) addSubscription(t *tenant, name string, roles ...string) *subscription {
	s := &subscription{id: w.id("subscription", name), name: name, tenant: t}
	w.subs[strings.ToLower(s.id)] = s
	for _, role := range roles {
		w.grantUser(t, role, s.scope())
	}
	return s
}
