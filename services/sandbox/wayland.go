package sandbox

import "strings"

// wayLand is what lies on the ways of two networks of the story. Around eu-prod all is open.
// Around us-prod, which has a private gateway, is what people meet: a subnet whose route table
// sends replies to an appliance, one whose rules close the port of a service, and a load
// balancer in front of the gateway that still has an address which no data plane has.
func (w *World) wayLand(s stage) {
	w.openWays(w.vnetNamed(s.prod.id, "vnet-hub"), w.vnetNamed(s.prod.id, "vnet-shared"))
	orders := w.vnetNamed(s.prod.id, "vnet-orders")
	w.brokenWays(orders)
	w.entryOf(orders)
	for _, v := range []*vnet{w.vnetNamed(s.prod.id, "vnet-hub"), w.vnetNamed(s.prod.id, "vnet-shared"), orders} {
		v.fill()
	}
}

// fill gives the addresses subnets that the names of the world have in a VNET, beside those
// that every VNET has.
func (v *vnet) fill() {
	base, _, _ := strings.Cut(v.prefixes[0], "/")
	base = base[:strings.LastIndex(base, ".")]
	v.subnets = append(v.subnets,
		subnet{name: "snet-web", prefix: base + ".16/28"}, subnet{name: "snet-data", prefix: base + ".32/27"}, subnet{name: "snet-services", prefix: base + ".64/26"})
}

// openWays puts services into the VNETs of eu-prod.
func (w *World) openWays(hub, shared *vnet) {
	const gateway = "10.0.0.0/16"
	hub.subnets = append(hub.subnets, subnet{name: "snet-ledger", prefix: "10.20.4.0/26", nsg: "nsg-ledger"})
	ledger := inbound("AllowLedgerFromGateway", "Allow", "Tcp", 100, []string{gateway}, []string{"8080"})
	ledger.toGroups = []string{"asg-ledger"}
	w.protect(hub, "snet-ledger", ledger, inbound("DenyRestFromGateway", "Deny", "*", 4000, []string{gateway}, []string{"*"}))
	w.cards = append(w.cards, &networkCard{vnet: hub, name: "nic-ledger", address: "10.20.4.10", machine: "vm-ledger", groups: []string{"asg-ledger"}})
	hub.adminRules = []adminRule{
		{name: "deny-remote-desktop", access: "Deny", protocol: "Tcp", priority: 10, ports: []string{"22", "3389"}},
		{name: "monitoring-always", access: "AlwaysAllow", protocol: "Any", priority: 20, from: []string{"10.0.0.0/8"}, to: []string{"10.0.0.0/8"}, ports: []string{"9100"}},
	}
	shared.subnets = append(shared.subnets, subnet{name: "snet-files", prefix: "10.22.1.0/26", nsg: "nsg-files"})
	w.cards = append(w.cards,
		&networkCard{vnet: shared, name: "nic-files-1", address: "10.22.1.10", machine: "vm-files-1"},
		&networkCard{vnet: shared, name: "nic-files-2", address: "10.22.1.11", machine: "vm-files-2"})
	w.balancers = append(w.balancers, &balancer{
		vnet: shared, name: "ilb-files", address: "10.22.1.4", pool: "files", cards: []string{"nic-files-1", "nic-files-2"}, ports: []balancerPort{{443, 8443}}, probe: 8443,
	})
}

// brokenWays puts services into the VNET of us-prod that the gateway does not reach, and some
// that it reaches.
func (w *World) brokenWays(orders *vnet) {
	const gateway = "10.8.0.0/16"
	orders.subnets = append(orders.subnets,
		subnet{name: "snet-ledger", prefix: "10.9.3.0/26", routeTable: "rt-fw"},
		subnet{name: "snet-sap", prefix: "10.9.4.0/26", nsg: "nsg-sap"},
		subnet{name: "snet-agw", prefix: "10.9.5.0/26"},
		subnet{name: "snet-shop", prefix: "10.9.6.0/26", nsg: "nsg-shop"},
		subnet{name: "snet-endpoints", prefix: "10.9.7.0/27", nsg: "nsg-endpoints"},
		subnet{name: "snet-firewall", prefix: "10.9.14.0/26"})
	w.route(orders, "snet-ledger", userRoute{"all-to-firewall", gateway, "VirtualAppliance", "10.9.14.4"})
	w.protect(orders, "snet-sap",
		inbound("AllowHttpsFromGateway", "Allow", "Tcp", 100, []string{gateway}, []string{"443"}),
		inbound("DenyRestFromGateway", "Deny", "*", 4000, []string{gateway}, []string{"*"}))
	w.protect(orders, "snet-shop",
		inbound("AllowShopFromEntry", "Allow", "Tcp", 100, []string{"10.9.5.0/26"}, []string{"8080"}),
		inbound("DenyGateway", "Deny", "*", 200, []string{gateway}, []string{"*"}))
	w.protect(orders, "snet-endpoints", inbound("DenyGateway", "Deny", "*", 200, []string{gateway}, []string{"*"}))
	for _, c := range []networkCard{
		{name: "nic-ledger-us", address: "10.9.3.10", machine: "vm-ledger-us"},
		{name: "nic-sap", address: "10.9.4.10", machine: "vm-sap"},
		{name: "nic-shop-1", address: "10.9.6.10", machine: "vm-shop-1"},
		{name: "nic-shop-2", address: "10.9.6.11", machine: "vm-shop-2", stopped: true},
		{name: "nic-pe-vault", address: "10.9.7.4", endpoint: "pe-vault", names: []string{"vaultus.vault.azure.net"}},
		{name: "nic-fw", address: "10.9.14.4", machine: "vm-fw", forwards: true},
	} {
		c.vnet = orders
		w.cards = append(w.cards, &c)
	}
	w.appGateways = append(w.appGateways, &appGateway{vnet: orders, name: "agw-orders", address: "10.9.5.4", backends: []string{"10.9.6.10", "10.9.6.11"}, port: 443, back: 8080})
}

// entryOf puts the private entry of us-prod's gateway into its VNET: a load balancer and
// records that lead to the data planes, as they were before one was made anew.
func (w *World) entryOf(orders *vnet) {
	orders.subnets = append(orders.subnets, subnet{name: "snet-entry", prefix: "10.9.2.0/27", nsg: "nsg-entry"})
	w.protect(orders, "snet-entry", inbound("AllowHttpsFromVnet", "Allow", "Tcp", 100, []string{"VirtualNetwork"}, []string{"443"}))
	w.balancers = append(w.balancers, &balancer{
		vnet: orders, name: "ilb-gateway", address: "10.9.2.4", pool: "gateways", backends: []string{"10.8.0.68", "10.8.0.70"}, ports: []balancerPort{{443, 443}}, probe: 443,
	})
	w.addZone(orders.sub, orders.group, "gateway.example.net", orders)
	w.zones[len(w.zones)-1].records = map[string][]string{"us": {"10.8.0.68", "10.8.0.132"}, "us-old": {"10.8.0.70"}}
}
