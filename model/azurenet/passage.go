package azurenet

import (
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
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
// several backends what they have in common, or partly where they differ.
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
	p := f.passage(q)
	if q.Because != "" {
		p = p.because(q.Because)
	}
	if len(q.Whole) == 0 || model.SameRanges(q.Whole, q.From) {
		return p
	}
	rest := q
	rest.From, rest.Whole = q.Whole, nil
	return p.beside(f.passage(rest), whole(q.Whole))
}

func (f Facts) passage(q Question) Passage {
	to := safe.New(q.To.Unmap().String())
	subnet, place := f.place(to)
	if place.Outcome == Open && len(rangesOf(q.From)) == 0 {
		place = unknown(StepPlace, "who asks cannot be told: the range \""+phrase.List(q.From)+"\" of the network is none", "Look at the network's range in Konnect.")
	}
	if place.Outcome != Open {
		return Passage{Steps: []Step{place}}
	}
	if p, is := f.behindFront(to, subnet, q); is {
		return Passage{Steps: append([]Step{place}, p.Steps...), Behind: p.Behind}
	}
	return Passage{Steps: append([]Step{place}, f.at(to, subnet).steps(q.packet(), q.asking(), q.From, q.Peered)...)}
}

// because says at the rules that do not let everybody in why so many were asked about.
func (p Passage) because(why string) Passage {
	for i := range p.Steps {
		s := &p.Steps[i]
		if rules := s.ID == StepAdmin || s.ID == StepSubnet || s.ID == StepCard; rules && shut(*s) {
			s.Why += "; " + why
			s.Finding.Cause = Sentence(s.Why)
		}
	}
	for i := range p.Behind {
		p.Behind[i].Passage = p.Behind[i].because(why)
	}
	return p
}

// beside says of steps that let some addresses through where they keep the rest of the
// network's range out.
func (p Passage) beside(rest Passage, all string) Passage {
	for i := range min(len(p.Steps), len(rest.Steps)) {
		s, r := &p.Steps[i], rest.Steps[i]
		switch {
		case s.ID != r.ID || !shut(r):
		case s.ID == StepBack && s.Outcome == r.Outcome && s.Rule == r.Rule:
			*s = r // one route, one thing to say of it, whoever asks
		case s.ID != StepBack && s.Outcome == Open:
			s.Why += "; other addresses of " + all + " are kept out"
		}
	}
	for i := range p.Behind {
		if i < len(rest.Behind) {
			p.Behind[i].Passage = p.Behind[i].beside(rest.Behind[i].Passage, all)
		}
	}
	return p
}

// PassageBoth is the passage of a question over UDP and over TCP, as DNS needs it. Where one
// rule closes both, both have the one thing to do; where two do, each is opened by a rule
// with a number of its own.
func (f Facts) PassageBoth(q Question) (udp, tcp Passage) { return overBoth(q, f.Passage) }

// Begun tells what becomes of a connection that something in the VNET begins. What comes
// back is let in statefully, so it is the outbound rules that are asked.
func (f Facts) Begun(q Outward) Passage {
	near, ok := RangeOf(q.From.Text.Raw())
	if !ok {
		return Passage{Steps: []Step{unknown(StepPlace, q.From.Text.Quoted()+" is neither an address nor a range", "")}}
	}
	from := safe.New(near.Addr().String())
	subnet, place := f.place(from)
	if place.Outcome != Open {
		return Passage{Steps: []Step{place}}
	}
	a := f.at(from, subnet)
	if !near.IsSingleIP() {
		a = f.at(safe.Text{}, subnet)
		a.wide = true
	}
	steps := a.steps(q.packet(), q.asking(), q.To, q.Peered)
	return Passage{Steps: append([]Step{place}, steps...)}
}

// Back tells whether replies from a subnet of the VNET go back over the peering, whoever in
// it is asked: by the routes that are in effect at network cards in it, where Azure was
// asked for some, and by its route table otherwise.
func (f Facts) Back(s model.Subnet, far, peered []model.Prefix) Step {
	out := Step{}
	for _, c := range f.Cards {
		e, read := f.effectiveOf(c)
		if !read || !e.RoutesRead || !slices.ContainsFunc(c.Addresses, func(a CardAddress) bool { return a.Subnet.EqualFold(f.subnetID(s)) }) {
			continue
		}
		if step := (at{facts: f, subnet: s, card: c, hasCard: true}).inEffect(e, far, false); step.Outcome.Worse(out.Outcome) {
			out = step
		}
	}
	if out.ID != "" {
		return out
	}
	return f.at(safe.Text{}, s).back(far, peered, false)
}

// subnetID is the ARM id of a subnet of the VNET.
func (f Facts) subnetID(s model.Subnet) safe.Text {
	return safe.New(f.VNet.ID.Raw() + "/subnets/" + s.Name.Raw())
}

// place is the subnet of the VNET that an address lies in.
func (f Facts) place(address safe.Text) (model.Subnet, Step) {
	name := "the VNET " + f.VNet.Name.Or(tail(f.VNet.ID)).String()
	if f.VNet.ID.IsEmpty() {
		if g := f.Gap(PartVNet, safe.Text{}); g != nil {
			return model.Subnet{}, unread(StepPlace, g)
		}
		return model.Subnet{}, missed(StepPlace, "the VNET")
	}
	if s, in := f.SubnetAt(address); in {
		return s, open(StepPlace, address.String()+" lies in the subnet "+s.Name.String()+" of "+name)
	}
	return model.Subnet{}, closed(StepPlace, CodeNoSubnet, address.String()+" lies in none of the subnets of "+name+", so nothing there can have it",
		"Correct the address, or make the subnet that it is to lie in.").by(f.VNet.ID, f.VNet.Name)
}
