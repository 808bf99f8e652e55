package sandbox

import (
	"fmt"
	"math/rand/v2"
)

// populate makes the world that design.md describes: everything that an operator
// meets, once, and after that as many ordinary networks as were asked for.
func (w *World) populate(o Options) {
	s := w.directory()
	s.eu, s.us, s.au = w.addPlane("eu", "acme-eu"), w.addPlane("us", "acme-us"), w.addPlane("au", "acme-au")
	if o.Empty {
		return
	}
	w.europe(s)
	w.dnsLand(s)
	w.america(s)
	w.wayLand(s)
	w.farEast(s)
	w.others(s)
	w.spare(s)
	w.gateways(s)
	w.crowd(s, o.Networks)
}

// stage is what the networks of the world stand on.
type stage struct {
	azure, aws, gcp            *account
	prod, data, vault, partner *subscription
	audit, delegated, guarded  *subscription
	late, labs                 *subscription
	eu, us, au                 *controlPlane
}

func (w *World) europe(s stage) {
	prod := w.addNetwork(s.azure, "eu-prod", "northeurope", "10.0.0.0/16")
	prod.isDefault = true
	prod.vpcID, prod.subnets = prod.remoteID(), []string{"data-plane", "internal-lb"}
	hub := w.addVNet(s.prod, "rg-network", "vnet-hub", "northeurope", "10.20.0.0/22", "10.20.4.0/24")
	hub.dnsServers = []string{"10.20.0.4", "10.20.0.5"}
	w.addSpoke(hub, "vnet-spoke-apps", "10.21.0.0/16")
	w.addVNetPeering(prod, "hub-vnet", hub).dns = []dnsEntry{{domains: []string{"legacy.example.org"}, servers: []string{"10.20.0.4"}}}
	w.addVNetPeering(prod, "shared-services", w.addVNet(s.prod, "rg-shared", "vnet-shared", "northeurope", "10.22.0.0/20"))
	w.addDNS(prod, "corp-dns", "azure-outbound-resolver", resolver(
		"corp.example.org: 10.20.0.4 10.20.0.5", "db.example.org: 10.20.0.4 10.20.0.5", "pay.example.org: 10.20.0.4 10.20.0.5",
		"hr.example.org: 10.20.0.5", "orders.internal.example.org: 10.20.0.4 10.20.0.5", "stock.internal.example.org: 10.20.0.4 10.20.0.5",
		"crm.internal.example.org: 10.20.0.4 10.20.0.5", "mail.corp.example.net: 10.22.0.4", "files.corp.example.net: 10.22.0.4",
		"privatelink.blob.core.windows.net: 10.20.0.4", "privatelink.database.windows.net: 10.20.0.4",
		"privatelink.vaultcore.azure.net: 10.20.0.4", "old.example.org: 10.20.0.9",
	))
	w.use(s.eu, prod)

	stg := w.addNetwork(s.azure, "eu-stage", "northeurope", "10.4.0.0/16")
	w.addVNetPeering(stg, "stage-apps", w.addVNet(s.prod, "rg-stage", "vnet-stage-apps", "northeurope", "10.24.0.0/20"))
	w.addDNS(stg, "stage-dns", "azure-outbound-resolver", resolver(
		"stage.example.org: 10.24.0.4", "db.stage.example.org: 10.24.0.4 10.24.0.5", "pay.stage.example.org: 10.24.0.4",
	))
	w.waiting(stg, "stage-hub", w.addVNet(s.prod, "rg-stage", "vnet-stage-hub", "northeurope", "10.25.0.0/22"), 12)
	w.use(s.eu, stg)

	core := w.addNetwork(s.azure, "de-core", "germanywestcentral", "10.28.0.0/16")
	// A domain that is in the peering's own table and in the resolver's, each with another server.
	services := w.addVNetPeering(core, "core-services", w.addVNet(s.prod, "rg-core", "vnet-core", "germanywestcentral", "10.29.0.0/16"))
	services.dns = []dnsEntry{{domains: []string{"ldap.core.example.org"}, servers: []string{"10.29.0.5"}}}
	d := w.addDNS(core, "core-dns", "azure-outbound-resolver", resolver("core.example.org: 168.63.129.16", "ldap.core.example.org: 10.29.0.4"))
	d.setState("error", "ERROR", "Forwarding rule for core.example.org could not be created.", w.began.Add(-26*minute))
	w.use(s.eu, core)

	pay := w.addNetwork(s.azure, "fr-pay", "francecentral", "10.36.0.0/16")
	w.addVNetPeering(pay, "partner-bank", w.addVNet(s.partner, "rg-payments", "vnet-bank", "francecentral", "10.37.0.0/20"))
	w.addVNetPeering(pay, "vault", w.addVNet(s.vault, "rg-vault", "vnet-vault", "francecentral", "10.38.0.0/24"))
	w.use(s.eu, pay)

	w.addNetwork(s.azure, "uk-lab", "uksouth", "10.60.0.0/16")
	spare := w.addNetwork(s.azure, "uk-spare", "uksouth", "10.61.0.0/16")
	spare.state, spare.version = "offline", 1
}

func (w *World) america(s stage) {
	prod := w.addNetwork(s.azure, "us-prod", "eastus2", "10.8.0.0/16")
	w.addVNetPeering(prod, "orders", w.addVNet(s.prod, "rg-us", "vnet-orders", "eastus2", "10.9.0.0/20"))
	billing := w.addVNet(s.data, "rg-billing", "vnet-billing", "eastus2", "10.8.64.0/20", "10.10.0.0/20")
	w.permitKong(billing)
	p := w.attach(prod, "billing", billing)
	p.setState("error", "ERROR", "VnetAddressSpacesOverlap: the address space 10.8.64.0/20 of the remote virtual network overlaps 10.8.0.0/16.", w.began.Add(-3*hour))
	w.addDNS(prod, "us-dns", "azure-outbound-resolver", resolver(
		"us.example.org: 10.9.0.4 10.9.0.5", "orders.us.example.org: 10.9.0.4", "bill.us.example.org: 10.9.0.5",
		"stock.us.example.org: 10.9.0.4", "edi.us.example.org: 10.9.0.4", "sap.us.example.org: 10.9.0.5",
	))
	w.use(s.us, prod)

	west := w.addNetwork(s.azure, "us-west", "westus2", "10.16.0.0/16")
	w.addVNetPeering(west, "inventory", w.addVNet(s.prod, "rg-us", "vnet-inventory", "westus2", "10.17.0.0/20"))
	w.use(s.us, west)

	data := w.addNetwork(s.azure, "ca-data", "canadacentral", "10.26.0.0/16")
	house := w.addVNet(s.data, "rg-data", "vnet-warehouse", "canadacentral", "10.27.0.0/20", "10.27.64.0/20")
	w.addVNetPeering(data, "warehouse", house)
	w.peer(data, house).sync = "RemoteNotInSync"
	w.use(s.us, data)
}

func (w *World) farEast(s stage) {
	jp := w.addNetwork(s.azure, "jp-new", "japaneast", "10.12.0.0/16")
	jp.state, jp.version = "initializing", 1
	jp.created, jp.updated = w.began.Add(-33*minute), w.began.Add(-33*minute)

	edge := w.addNetwork(s.azure, "au-edge", "australiaeast", "10.32.0.0/16")
	v := w.addVNet(s.prod, "rg-au", "vnet-edge", "australiaeast", "10.33.0.0/20")
	w.addVNetPeering(edge, "edge-services", v)
	h := w.peer(edge, v)
	h.state, h.sync = "Disconnected", "RemoteNotInSync"
	w.use(s.au, edge)

	uae := w.addNetwork(s.azure, "uae-hub", "uaenorth", "10.44.0.0/16")
	uae.vpcID = uae.remoteID()
	wan := w.addPeering(uae, "virtual-wan", "azure-vhub-peering-attachment", map[string]any{
		"tenant_id": s.prod.tenant.id, "subscription_id": s.prod.id, "resource_group_name": "rg-wan", "vhub_name": "hub-uae",
	})
	hub := w.addHub(s.prod, "rg-wan", "hub-uae", "10.45.0.0/23", uae, wan)
	// A VNET of another department, in a subscription that the account does not see.
	hub.connect("apps-uae", "/subscriptions/"+w.id("subscription", "acme-gulf")+"/resourceGroups/rg-apps/providers/Microsoft.Network/virtualNetworks/vnet-apps-uae", []string{"10.46.0.0/20"})
	w.addDNS(uae, "zone", "azure-private-hosted-zone-attachment", map[string]any{
		"domain_name": "uae.example.org", "peer_tenant_id": s.prod.tenant.id, "peer_subscription_id": s.prod.id,
		"peer_resource_group_id": "rg-wan", "peer_vnet_link_name": "kong-link",
	})
}

func (w *World) others(s stage) {
	aws := w.addNetwork(s.aws, "aws-legacy", "us-east-2", "10.40.0.0/16")
	w.addPeering(aws, "core-tgw", "aws-transit-gateway-attachment", map[string]any{
		"transit_gateway_id": "tgw-0d9c1e5a7b3f2468a", "attachment_id": "tgw-attach-05b2c7d1e9f0a3846",
		"ram_share_arn": "arn:aws:ram:us-east-2:408117293344:resource-share/3f8a6c10-0b52-4b0e-9d43-71f3a1a4c9d2",
	})
	w.addPeering(aws, "endpoints", "aws-resource-endpoint-attachment", map[string]any{
		"ram_share_arn": "arn:aws:ram:us-east-2:408117293344:resource-share/b1d93e7c-4a65-4d0f-8a57-09c4e5a2f610",
		"resource_config": []any{map[string]any{
			"resource_config_id": "rcfg-0a1b2c3d4e5f60718", "domain_name": "db.aws.example.org", "state": "ready",
		}},
	})
	w.addDNS(aws, "aws-dns", "aws-outbound-resolver", resolver("aws.example.org: 10.41.0.2"))
	w.addDNS(aws, "aws-zone", "aws-private-hosted-zone-attachment", map[string]any{"hosted_zone_id": "Z0123456789ABCDEFGHIJ"})
	w.use(s.us, aws)

	shop := w.addNetwork(s.aws, "aws-shop", "eu-west-1", "10.42.0.0/16")
	p := w.addPeering(shop, "shop-vpc", "aws-vpc-peering-attachment", map[string]any{
		"peer_account_id": "912034857612", "peer_vpc_id": "vpc-0a1b2c3d4e5f67890", "peer_vpc_region": "eu-west-1",
	})
	p.setState("pending-acceptance", "", "", w.began.Add(-50*minute))

	gcp := w.addNetwork(s.gcp, "gcp-lab", "europe-west1", "10.46.0.0/16")
	w.addPeering(gcp, "lab-vpc", "gcp-vpc-peering-attachment", map[string]any{"peer_project_id": "acme-lab", "peer_vpc_name": "lab-vpc"})
	w.addDNS(gcp, "lab-zone", "gcp-private-hosted-zone-attachment", map[string]any{
		"domain_name": "lab.example.org", "peer_project_id": "acme-lab", "peer_vpc_name": "lab-vpc",
	})
}

// waiting makes a peering that waits for the Azure side.
func (w *World) waiting(n *network, name string, v *vnet, minutes int) {
	p := w.attach(n, name, v)
	p.version, p.created = 2, w.began.Add(-minute*2).Add(-minutesOf(minutes))
	p.setState(statePending, "", "", w.began.Add(-minutesOf(minutes)))
	w.lookAgain(n, p, w.began, w.peeringTime/4)
}

// unreserved is the second number of a network's range; Konnect keeps 10.100.0.0/16.
func unreserved(i int) int {
	const most, reserved = 249, 100
	if n := i % most; n < reserved {
		return n
	}
	return i%most + 1
}

// crowd adds ordinary networks, two peerings each, until there are total.
func (w *World) crowd(s stage, total int) {
	regions := []string{"eastus2", "westus2", "southcentralus", "canadacentral", "germanywestcentral", "uksouth", "northeurope", "francecentral", "australiaeast", "japaneast", "uaenorth"}
	teams := []string{"orders", "billing", "search", "identity", "stock", "media", "claims", "loans", "cards", "fleet"}
	r := rand.New(rand.NewPCG(uint64(w.seed), 7)) //nolint:gosec // the world must be repeatable, and nothing is secret
	first := len(w.networks)
	for i := first; i < total; i++ {
		region, team := regions[i%len(regions)], teams[i%len(teams)]
		n := w.addNetwork(s.azure, fmt.Sprintf("%s-%05d", team, i), region, fmt.Sprintf("10.%d.0.0/16", unreserved(i)))
		for k, side := range []string{"apps", "data"} {
			fate, group := r.IntN(200), "rg-"+team
			if fate == 0 {
				group += "-new" // Kong has no right there
			} else {
				w.grant(s.data.tenant, s.data.tenant.kong().objectID, "ServicePrincipal", roleNetworkContributor, s.data.scope()+"/resourceGroups/"+group)
			}
			v := w.addVNet(s.data, group, fmt.Sprintf("vnet-%s-%05d-%s", team, i, side), region, fmt.Sprintf("172.%d.%d.0/24", 18+k, i%250))
			if fate == 0 {
				w.waiting(n, side, v, 1+r.IntN(600))
				continue
			}
			p := w.attach(n, side, v)
			h := w.peer(n, v)
			switch fate {
			case 1:
				p.setState(stateError, "ERROR", "ReferencedResourceNotProvisioned: the virtual network is being updated.", w.began.Add(-minutesOf(1+r.IntN(600))))
			case 2:
				h.state = "Disconnected"
			case 3:
				h.sync = "LocalNotInSync"
			}
		}
		w.addDNS(n, "dns", "azure-outbound-resolver", resolver(team+".example.org: 172.18.0.4 172.18.0.5"))
		if i == first {
			w.crowdGateway(n, total-first)
		}
	}
}
