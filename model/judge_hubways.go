package model

import (
	"fmt"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// hubFacts is what the routes of a hub amount to.
type hubFacts struct {
	all           []between
	cut           []between // the VNETs that cannot reach the gateways, or that they cannot reach
	noBack, noWay []between // those to which there is none, in each direction
	unknown       []between
	through       []safe.Text // what traffic passes beside the hub
}

func (f PeeringFacts) hubFacts() hubFacts {
	var out hubFacts
	out.all = f.hub().ways(f.Network.CIDR)
	for _, b := range out.all {
		if b.back.found == No {
			out.noBack = append(out.noBack, b)
		}
		if b.there.found == No {
			out.noWay = append(out.noWay, b)
		}
		if b.back.found == No || b.there.found == No {
			out.cut = append(out.cut, b)
			continue
		}
		if b.back.found == Unstated || b.there.found == Unstated {
			out.unknown = append(out.unknown, b)
		}
		for _, t := range []safe.Text{b.there.through, b.back.through} {
			if !t.IsEmpty() && !containsARM(out.through, t) {
				out.through = append(out.through, t)
			}
		}
	}
	return out
}

// vnetsOf names the VNETs of some connections.
func vnetsOf(list []between) string {
	names := make([]string, len(list))
	for i, b := range list {
		names[i] = b.vnet.VNet().Or(b.vnet.Name.Raw()).String()
	}
	return phrase.Few(names, mostNamed)
}

// tableOf names the route table of a connection.
func tableOf(c HubConnection) string { return LastSegment(c.Table).Or("that is not named").String() }

// hubWayRules are about the routes of a hub: whether what the gateways send finds the VNETs
// that are connected to it, and their replies the gateways.
func hubWayRules() []rule[PeeringFacts] {
	facts := func(ask func(PeeringFacts, hubFacts) bool) func(PeeringFacts) bool {
		return func(f PeeringFacts) bool { return ask(f, f.hubFacts()) }
	}
	return []rule[PeeringFacts]{
		{
			code:     "azure-hub-no-way-back",
			when:     facts(func(_ PeeringFacts, w hubFacts) bool { return len(w.all) > 0 && len(w.noBack) == len(w.all) }),
			severity: SeverityBroken, word: "no way back",
			say: func(f PeeringFacts) string {
				w := f.hubFacts()
				return fmt.Sprintf("%s is connected to Kong's VNET, and the route table %s, by which %s is routed, has no route to %s%s: replies do not find the gateways.",
					phrase.Capital(f.theHub()), tableOf(w.noBack[0].vnet), vnetsOf(w.noBack), f.rangeOf(), propagationText(f))
			},
			next: wayBackNext,
		},
		{
			code:     "azure-hub-no-way-there",
			when:     facts(func(_ PeeringFacts, w hubFacts) bool { return len(w.all) > 0 && len(w.noWay) == len(w.all) }),
			severity: SeverityBroken, word: "no way there",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("%s is connected to Kong's VNET, whose traffic the route table %s routes, and that has no route to %s: nothing of the gateways' arrives.",
					phrase.Capital(f.theHub()), tableOf(f.hub().Connection), vnetsOf(f.hubFacts().noWay))
			},
			next: wayThereNext,
		},
		{
			code:     "azure-hub-some-apart",
			when:     facts(func(_ PeeringFacts, w hubFacts) bool { return len(w.cut) > 0 }),
			severity: SeverityAttention, word: "partly reached",
			say: func(f PeeringFacts) string {
				w := f.hubFacts()
				text := fmt.Sprintf("Connected, but of the VNETs at %s the routes keep the gateways and %s apart", f.theHub(), vnetsOf(w.cut))
				if b := w.cut[0]; b.back.found == No {
					text += fmt.Sprintf(": the route table %s has no route to %s", tableOf(b.vnet), f.rangeOf())
				} else {
					text += fmt.Sprintf(": the route table %s has no route to it", tableOf(f.hub().Connection))
				}
				return text + "."
			},
			next: func(f PeeringFacts) finding.Next {
				next := wayBackNext
				if len(f.hubFacts().noBack) == 0 {
					next = wayThereNext
				}
				return unlessMeant(next(f))
			},
		},
		{
			code: "azure-hub-alone",
			when: facts(func(f PeeringFacts, w hubFacts) bool {
				h := f.hub()
				return len(w.all) == 0 && len(h.Hub.Gateways) == 0 && h.Ways.EffectiveOf.Read() && !leadsElsewhere(h)
			}),
			severity: SeverityAttention, word: "nothing there",
			say: func(f PeeringFacts) string {
				return phrase.Capital(f.theHub()) + " is connected to Kong's VNET and to nothing else: no VNET of yours and no gateway is connected to it, and it routes to no other hub."
			},
			next: func(f PeeringFacts) finding.Next {
				return finding.Next{Kind: finding.NextAdmin, Text: "Connect the VNETs whose services the gateways are to reach to the hub.", Command: azConnection(f.Peering.Hub, "list", safe.Text{}, "--output table")}
			},
		},
		{
			code:     "azure-hub-firewall",
			when:     facts(func(_ PeeringFacts, w hubFacts) bool { return len(w.through) > 0 }),
			severity: SeverityUnknown, word: "through firewall",
			say: func(f PeeringFacts) string {
				w := f.hubFacts()
				hops := make([]string, len(w.through))
				for i, t := range w.through {
					hops[i] = kindOfHop(t)
				}
				why := "its routes send"
				if _, intent := f.hub().Ways.intent(); intent {
					why = "its routing intent sends"
				}
				return fmt.Sprintf("Connected; %s what passes between the gateways and the VNETs at %s through %s, replies too. Whether that lets it pass is not known: its rules are not read.", why, f.theHub(), phrase.And(hops))
			},
			next: func(f PeeringFacts) finding.Next {
				return finding.Next{
					Kind: finding.NextAdmin, Text: fmt.Sprintf("Send this to whoever keeps it: \"Please let %s reach the services and DNS servers behind %s, and the replies pass.\"", f.rangeOf(), f.theHub()),
					Command: f.showThrough(),
				}
			},
		},
		{
			code:     "azure-hub-part-unknown",
			when:     func(f PeeringFacts) bool { return len(unknownHubParts(f)) > 0 },
			severity: SeverityUnknown, word: "not known",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Ready in Konnect, and in Azure %s is connected to Kong's VNET; it is not known %s.", f.theHub(), phrase.And(unknownHubParts(f)))
			},
			next: func(f PeeringFacts) finding.Next {
				if failure := unreadWay(f); failure != nil {
					return failure.Next(finding.NextAdmin)
				}
				return finding.Next{Kind: finding.NextCommand, Text: "The command shows what the hub really routes.", Command: azEffective(f.Peering.Hub, f.hub().Connection.Table)}
			},
			because: func(f PeeringFacts) finding.Code { return codeOf(Part{Failure: unreadWay(f)}) },
		},
	}
}

// rangeOf names the network's range for a sentence.
func (f PeeringFacts) rangeOf() string {
	if !f.Network.CIDR.Valid() {
		return "the gateways' range"
	}
	return f.Network.CIDR.String()
}

// propagationText says where Kong's connection tells its range, where that is why it is
// missing.
func propagationText(f PeeringFacts) string {
	c := f.hub().Connection
	told := slices.DeleteFunc(slices.Clone(c.Propagates), func(t safe.Text) bool { return LastSegment(t).EqualFold(safe.New(noTable)) })
	switch {
	case !c.Configured:
		return ""
	case len(told) == 0 && (len(c.Labels) == 0 || len(c.Labels) == 1 && c.Labels[0].EqualFold(safe.New("none"))):
		return ", since " + f.connection() + " propagates to no table"
	case len(told) == 0:
		return ", since " + f.connection() + " propagates to tables with the label " + phrase.List(c.Labels) + " alone"
	default:
		names := make([]string, len(told))
		for i, t := range told {
			names[i] = LastSegment(t).String()
		}
		return ", since " + f.connection() + " propagates to " + phrase.And(names) + " alone"
	}
}

// noTable is the built-in route table of a hub that stands for none.
const noTable = "noneRouteTable"

// unlessMeant is a step that is needed only where what is so is not meant so.
func unlessMeant(next finding.Next) finding.Next {
	next.Text = "If that is not meant so: " + phrase.Lower(next.Text)
	return next
}

func wayBackNext(f PeeringFacts) finding.Next {
	b := f.hubFacts().noBack[0]
	next := finding.Next{
		Kind: finding.NextAdmin,
		Text: fmt.Sprintf("Let %s propagate to the route table %s, or write a route for %s into it, as the command does.", f.connection(), tableOf(b.vnet), f.rangeOf()),
	}
	if f.Network.CIDR.Valid() && !LastSegment(b.vnet.Table).EqualFold(safe.New(noTable)) {
		next.Command = azRoute(f.Peering.Hub, LastSegment(b.vnet.Table), f.Network.CIDR, f.Azure.Peering.ID)
	}
	return next
}

func wayThereNext(f PeeringFacts) finding.Next {
	b := f.hubFacts().noWay[0]
	c := f.hub().Connection
	return finding.Next{
		Kind:    finding.NextAdmin,
		Text:    fmt.Sprintf("Let the connection %s propagate to the route table %s, or associate %s with a table that has the VNETs' ranges.", b.vnet.Name, tableOf(c), f.connection()),
		Command: azConnection(f.Peering.Hub, "show", b.vnet.Name, "--query routingConfiguration"),
	}
}

// leadsElsewhere reports whether the hub routes to more than what is behind its connections.
func leadsElsewhere(h HubHalf) bool {
	return slices.ContainsFunc(h.Ways.Effective, func(e HubEffective) bool {
		return slices.ContainsFunc(e.Routes, func(r HubRoute) bool {
			return !slices.ContainsFunc(h.Hub.Connections, func(c HubConnection) bool { return c.direct(r) })
		})
	})
}

// showThrough is the command that shows where the hub sends traffic.
func (f PeeringFacts) showThrough() string {
	if _, intent := f.hub().Ways.intent(); intent {
		h := f.Peering.Hub
		return "az network vhub routing-intent list --subscription " + ShellQuote(h.SubscriptionID.String()) + " --resource-group " + ShellQuote(h.ResourceGroup.String()) + " --vhub " + ShellQuote(h.Name.String())
	}
	return azEffective(f.Peering.Hub, f.hub().Connection.Table)
}

// unreadWay is why the routes of a hub are not known, nil where nothing failed.
func unreadWay(f PeeringFacts) *Failure {
	w := f.hub().Ways
	for _, p := range []Part{w.TablesOf, w.IntentOf, w.EffectiveOf} {
		if p.Failure != nil && !p.Read() {
			return p.Failure
		}
	}
	return nil
}

// unknownHubParts lists what must be known of a connected hub before it is called well, and
// is not.
func unknownHubParts(f PeeringFacts) []string {
	h := f.hub()
	var parts []string
	why := func(p Part) string {
		if p.Failure != nil {
			return " (" + strings.TrimRight(p.Failure.Cause.String(), ". ") + ")"
		}
		return " (it is being read)"
	}
	if !h.Ways.IntentOf.Read() {
		parts = append(parts, "whether it sends traffic through a firewall"+why(h.Ways.IntentOf))
	}
	w := f.hubFacts()
	switch {
	case len(w.unknown) > 0 && !h.Ways.TablesOf.Read():
		parts = append(parts, "whether its route tables lead to the gateways and back"+why(h.Ways.TablesOf))
	case len(w.unknown) > 0:
		parts = append(parts, "whether its route tables lead to "+vnetsOf(w.unknown)+" and back (Azure does not say how each is routed)")
	case len(w.all) == 0 && len(h.Hub.Gateways) == 0 && !h.Ways.EffectiveOf.Read():
		parts = append(parts, "whether anything is behind it: no VNET of yours is connected to it, and its routes were not read"+why(h.Ways.EffectiveOf))
	}
	return parts
}
