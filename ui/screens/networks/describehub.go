package networks

import (
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// hubFacts lists what was read of a virtual hub: the hub, its connections, and how it routes.
func hubFacts(list *sheet, p *model.PeeringStatus, h *model.HubHalf) {
	list.text("Hub", h.Hub.ID)
	list.text("Location", h.Hub.Location)
	list.text("Hub range", h.Hub.Prefix.Text)
	list.add("Routing", string(h.Hub.Routing))
	list.add("Hub's last write", string(h.Hub.Provisioning))
	list.text("Virtual WAN", model.LastSegment(h.Hub.WAN))
	list.text("Firewall", model.LastSegment(h.Hub.Firewall))
	list.add("Gateways", phrase.List(lastParts(h.Hub.Gateways)))
	for _, c := range h.Hub.Connections {
		label := "Connection "
		if c.ID == h.Connection.ID {
			label = "Kong's connection "
		}
		list.add(label+c.Name.String(), connectionText(c))
	}
	for _, t := range h.Ways.Tables {
		for _, r := range t.Routes {
			list.add("Route in "+t.Name.String(), phrase.List(r.Destinations)+" over "+phrase.List(lastParts(r.Hops)))
		}
	}
	for _, i := range h.Ways.Intent {
		list.add("Routing intent", phrase.List(i.Destinations)+" through "+model.LastSegment(i.Hop).String())
	}
	for _, e := range h.Ways.Effective {
		for _, r := range e.Routes {
			list.add("In effect by "+model.LastSegment(e.Table).String(), phrase.List(r.Destinations)+" over "+phrase.List(lastParts(r.Hops)))
		}
	}
	list.part("Route tables read", h.Ways.TablesOf)
	list.part("Routing intent read", h.Ways.IntentOf)
	list.part("Effective routes read", h.Ways.EffectiveOf)
	overlapFacts(list, p)
	list.time("Read", p.Azure.ReadAt)
}

// connectionText says where a connection leads and how it is routed.
func connectionText(c model.HubConnection) string {
	words := []string{c.VNet().Or("a VNET that is not named").String()}
	if c.Provisioning != "" {
		words = append(words, string(c.Provisioning))
	}
	if !c.Table.IsEmpty() {
		words = append(words, "routed by "+model.LastSegment(c.Table).String())
	}
	if learns := phrase.List(lastParts(c.Propagates)); learns != "" {
		words = append(words, "propagates to "+learns)
	}
	if labels := phrase.List(c.Labels); labels != "" {
		words = append(words, "labels "+labels)
	}
	return strings.Join(words, ", ")
}

func lastParts(ids []safe.Text) []safe.Text {
	out := make([]safe.Text, len(ids))
	for i, id := range ids {
		out[i] = model.LastSegment(id)
	}
	return out
}
