package terraform

import (
	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"

	"github.com/hashicorp/hcl/v2/hclwrite"
)

const (
	kindNetwork = "konnect_cloud_gateway_network"
	kindPeering = "konnect_cloud_gateway_transit_gateway"
)

// emptied is what an import of Kong's provider does, and what stands against it.
const emptied = "an import leaves its arguments empty in the state, and the provider would then delete it and make a new one (issue 398 of the provider): " +
	"ignore_changes and prevent_destroy below keep it from that; a change that is made here is therefore not carried out"

func (w *writing) networkItself() {
	n := w.network
	subject := "network " + n.Name.String()
	if n.State == model.NetworkTerminating || n.State == model.NetworkTerminated {
		w.note(true, subject, "it is "+string(n.State)+": there is nothing to be taken over")
		return
	}
	w.extra(subject, n.Extra)
	if n.Default {
		w.note(false, subject, "Konnect made it by itself when the account was linked")
	}
	w.note(false, subject, "whether it has a firewall or protection against floods is not read by peerdeck; where plan wants to change firewall or ddos_protection, add what is there")
	w.imported(kindNetwork, w.own, quoted(n.ID))
	b := w.body().AppendNewBlock("resource", []string{kindNetwork, w.own}).Body()
	b.SetAttributeRaw("name", quoted(n.Name))
	b.SetAttributeRaw("region", quoted(n.Region))
	b.SetAttributeRaw("availability_zones", list(n.AvailabilityZones))
	b.SetAttributeRaw("cidr_block", quoted(n.CIDR.Text))
	b.SetAttributeRaw("cloud_gateway_provider_account_id", quoted(n.ProviderAccountID))
	kept(b)
	w.body().AppendNewline()
}

func (w *writing) peerings() {
	w.unread("peerings", w.network.PeeringsRead)
	for i := range w.network.Peerings {
		p := &w.network.Peerings[i]
		subject := "peering " + p.Name.Or(p.ID.Raw()).String()
		switch {
		case p.State == model.PeeringTerminating || p.State == model.PeeringTerminated:
			w.note(true, subject, "it is "+string(p.State)+": there is nothing to be taken over")
		case p.Kind == model.KindAzureVNet && !p.VNet.IsZero():
			w.extra(subject, p.Extra)
			w.peering(p, subject, "azure_transit_gateway",
				named("kind", word(string(p.Kind))), named("tenant_id", quoted(p.VNet.TenantID)), named("subscription_id", quoted(p.VNet.SubscriptionID)),
				named("resource_group_name", quoted(p.VNet.ResourceGroup)), named("vnet_name", quoted(p.VNet.Name)))
		case p.Kind == model.KindAzureVHub && hubOf(p.Target) != nil:
			w.extra(subject, p.Extra)
			w.note(false, subject, "early releases of the provider have no arguments for the hub; with them, take the newest")
			w.peering(p, subject, "azure_vhub_peering_gateway", append([]member{named("kind", word(string(p.Kind)))}, hubOf(p.Target)...)...)
		default:
			w.note(true, subject, "peerdeck does not write this kind ("+p.Kind.Label()+"); its id is "+p.ID.String())
		}
	}
}

// peering writes one peering. Block is the argument of the provider that it stands in.
func (w *writing) peering(p *model.PeeringStatus, subject, block string, attachment ...member) {
	w.note(false, subject, emptied)
	if p.Kind.Cloud() == model.ProviderAzure {
		comment(w.body(), "Azure's half is Kong's to make and to delete: no azurerm_virtual_network_peering for it.")
	}
	name := w.names.of(kindPeering, p.Name.Or(p.ID.Raw()), "peering")
	w.imported(kindPeering, name, pair(p.ID, w.network.ID))
	members := []member{named("name", quoted(p.Name)), named("transit_gateway_attachment_config", object(attachment...))}
	if len(p.DNS) > 0 {
		var rows []hclwrite.Tokens
		for _, m := range p.DNS {
			rows = append(rows, object(named("domain_proxy_list", list(m.Domains)), named("remote_dns_server_ip_addresses", list(m.Servers))))
		}
		members = append(members, named("dns_config", hclwrite.TokensForTuple(rows)))
	}
	b := w.body().AppendNewBlock("resource", []string{kindPeering, name}).Body()
	b.SetAttributeRaw("network_id", reference(kindNetwork, w.own, "id"))
	b.SetAttributeRaw(block, object(members...))
	kept(b, block)
	w.body().AppendNewline()
}

// hubOf lists the arguments of a virtual hub, as its attachment names it; nil where one is
// missing.
func hubOf(target []model.Field) []member {
	var all []member
	for _, argument := range []struct{ name, label string }{
		{"tenant_id", "Tenant"}, {"subscription_id", "Subscription"}, {"resource_group_name", "Resource group"}, {"vhub_name", "Virtual hub"},
	} {
		value := safe.Text{}
		for _, f := range target {
			if f.Label.Raw() == argument.label {
				value = f.Value
			}
		}
		if value.IsEmpty() {
			return nil
		}
		all = append(all, named(argument.name, quoted(value)))
	}
	return all
}

func (w *writing) privateDNS() {
	w.unread("private DNS", w.network.PrivateDNSRead)
	for i := range w.network.PrivateDNS {
		d := &w.network.PrivateDNS[i]
		subject := "private DNS " + d.Name.Or(d.ID.Raw()).String()
		switch {
		case d.State == model.PrivateDNSTerminating || d.State == model.PrivateDNSTerminated:
			w.note(true, subject, "it is "+string(d.State)+": there is nothing to be taken over")
		case d.Kind == model.KindAzureResolver:
			w.resolver(d, subject)
		default:
			w.note(true, subject, "peerdeck does not write this kind ("+d.Kind.Label()+"); its id is "+d.ID.String())
		}
	}
}

func (w *writing) resolver(d *model.PrivateDNSStatus, subject string) {
	w.extra(subject, d.Extra)
	rows := dnstable.FromMappings(d.DNS)
	unknown := len(d.Unknown)
	for _, r := range rows {
		unknown += len(r.Extra)
	}
	if unknown > 0 {
		w.note(true, subject, "Konnect has members in its map that have no place here; they would be lost if the provider made it anew")
	}
	w.note(false, subject, emptied+"; rows are edited with peerdeck dns apply, which changes the resolver in place")
	name := w.names.of(kindPrivateDNS, d.Name.Or(d.ID.Raw()), "dns")
	w.imported(kindPrivateDNS, name, pair(d.ID, w.network.ID))
	comment(w.body(), Replaces)
	kept(resolver(w.body(), name, d.Name, reference(kindNetwork, w.own, "id"), rows), "name", "private_dns_attachment_config")
	w.body().AppendNewline()
}
