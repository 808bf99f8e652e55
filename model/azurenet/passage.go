package azurenet

import (
	"net/netip"
	"strings"

	"peerdeck/model"
	"peerdeck/model/finding"
	"peerdeck/model/safe"
)

// Passage is what becomes of a connection: the steps in the order in which it and its
// replies meet what they are about.
type Passage struct {
	Steps []Step
	// Behind are the ways on behind a load balancer or an application gateway that has the
	// address, one for each backend.
	Behind []Behind
}

// Behind is the way to one backend.
type Behind struct {
	Target string // the backend in words: its address, or its name
	Passage
}

// Outcome is that of the whole passage: of its own steps the one that matters most, and of
// several backends the best one, since one that answers is enough to be served.
func (p Passage) Outcome() Outcome {
	out := Open
	for _, s := range p.Steps {
		if s.Outcome.Worse(out) {
			out = s.Outcome
		}
	}
	if behind := p.behind(); len(p.Behind) > 0 && behind.Worse(out) {
		out = behind
	}
	return out
}

// behind is what the backends come to: all of them alike, or partly.
func (p Passage) behind() Outcome {
	out := Outcome("")
	for _, b := range p.Behind {
		switch o := b.Outcome(); {
		case out == "" || o == out:
			out = o
		default:
			out = Partly
		}
	}
	return out
}

// Step finds a step of the passage.
func (p Passage) Step(id StepID) (Step, bool) {
	return find(p.Steps, func(s Step) bool { return s.ID == id })
}

// Findings are those of all steps, each once, in their order.
func (p Passage) Findings() []finding.Finding {
	var out []finding.Finding
	add := func(f finding.Finding) {
		if _, there := find(out, func(o finding.Finding) bool { return o.Same(f) && o.Cause == f.Cause }); !there && f.Code != "" {
			out = append(out, f)
		}
	}
	for _, s := range p.Steps {
		add(s.Finding)
	}
	for _, b := range p.Behind {
		for _, f := range b.Findings() {
			add(f)
		}
	}
	return out
}

// Passage tells what becomes of a question of a gateway network.
func (f Facts) Passage(q Question) Passage {
	to := safe.New(q.To.Unmap().String())
	subnet, place := f.place(to)
	if place.Outcome != Open {
		return Passage{Steps: []Step{place}}
	}
	a := at{facts: f, subnet: subnet, address: to}
	a.card, a.hasCard = f.CardAt(to)
	p := a.packet(q.packet())
	out := Passage{Steps: []Step{place}}
	out.Steps = append(out.Steps, a.ofSubnet(p, q.asking()), a.ofCard(p, q.asking()), a.back(q.From, q.Peered))
	return out
}

// place is the subnet of the VNET that an address lies in.
func (f Facts) place(address safe.Text) (model.Subnet, Step) {
	name := "the VNET " + f.VNet.Name.Or(tail(f.VNet.ID)).String()
	if f.VNet.ID.IsEmpty() {
		if g := f.Gap(PartVNet, safe.Text{}); g != nil {
			return model.Subnet{}, unread(StepPlace, g)
		}
		return model.Subnet{}, unknown(StepPlace, "not known: the VNET was not read", "")
	}
	if s, in := f.SubnetAt(address); in {
		return s, open(StepPlace, address.String()+" lies in the subnet "+s.Name.String()+" of "+name)
	}
	return model.Subnet{}, closed(StepPlace, CodeNoSubnet, address.String()+" lies in none of the subnets of "+name+", so nothing there can have it",
		"Correct the address, or make the subnet that it is to lie in.").by(f.VNet.ID, f.VNet.Name)
}

// at is a place in the VNET: an address, its subnet, and the network card that has it.
type at struct {
	facts   Facts
	subnet  model.Subnet
	address safe.Text
	card    Card
	hasCard bool
}

// packet adds to a packet what is known of the place.
func (a at) packet(p packet) packet {
	if own, has := a.card.at(a.facts.VNet.ID, a.address); a.hasCard && has {
		p.known = true
		for _, g := range own.Groups {
			p.groups = append(p.groups, strings.ToLower(g.Raw()))
		}
	}
	if t, found := a.facts.Table(a.subnet.RouteTable); found {
		var routed []netip.Prefix
		for _, r := range t.Routes {
			if to, ok := RangeOf(r.Prefix.Text.Raw()); ok {
				routed = append(routed, to)
			}
		}
		p.routed = spansOf(routed...)
	}
	return p
}

// ofSubnet asks the security group of the subnet.
func (a at) ofSubnet(p packet, q asking) Step {
	if a.subnet.SecurityGroup.IsEmpty() {
		return open(StepSubnet, "the subnet "+a.subnet.Name.String()+" has no security group")
	}
	return a.group(StepSubnet, a.subnet.SecurityGroup, "the security group "+tail(a.subnet.SecurityGroup), p, q)
}

// ofCard asks the security group of the network card.
func (a at) ofCard(p packet, q asking) Step {
	switch {
	case !a.hasCard:
		if g := a.facts.Gap(PartCards, safe.Text{}); g != nil {
			return unread(StepCard, g)
		}
		return open(StepCard, "no network card that was read has "+a.address.String())
	case a.card.Group.IsEmpty():
		return open(StepCard, a.card.Words()+" has no security group of its own")
	default:
		return a.group(StepCard, a.card.Group, "the security group "+tail(a.card.Group)+" of "+a.card.Words(), p, q)
	}
}

func (a at) group(id StepID, group safe.Text, named string, p packet, q asking) Step {
	if g, found := a.facts.Group(group); found {
		return judgeGroup(id, g, p, q)
	}
	if g := a.facts.Gap(PartRules, group); g != nil {
		return unread(id, g).by(group, model.LastSegment(group))
	}
	return unknown(id, "not known: "+named+" was not read", "").by(group, model.LastSegment(group))
}

// back tells whether replies go back over the peering.
func (a at) back(far, peered []model.Prefix) Step {
	if a.subnet.RouteTable.IsEmpty() {
		return open(StepBack, "the subnet "+a.subnet.Name.String()+" has no route table of its own")
	}
	if t, found := a.facts.Table(a.subnet.RouteTable); found {
		return JudgeRoutes(t, far, peered)
	}
	if g := a.facts.Gap(PartRoutes, a.subnet.RouteTable); g != nil {
		return unread(StepBack, g)
	}
	return unknown(StepBack, "not known: the route table "+tail(a.subnet.RouteTable)+" was not read", "")
}
