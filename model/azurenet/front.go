package azurenet

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// behindFront is the passage to an address that a load balancer or an application gateway
// of the VNET has.
func (f Facts) behindFront(to safe.Text, subnet model.Subnet, q Question) (Passage, bool) {
	for _, b := range f.Balancers {
		if front, is := f.front(b.Frontends, to); is {
			return f.behindBalancer(b, front, q), true
		}
	}
	for _, g := range f.AppGateways {
		if front, is := f.front(g.Frontends, to); is {
			return f.behindGateway(g, front, to, subnet, q), true
		}
	}
	return Passage{}, false
}

// unseenFront is the step of an address that no network card has while it is not known what
// load balancers and application gateways there are: one of them may have it.
func (a at) unseenFront() (Step, bool) {
	if told, asked := a.told(); a.hasCard || a.wide || a.front != "" || asked && told.Free {
		return Step{}, false
	}
	for _, part := range []Part{PartBalancers, PartAppGateways} {
		if g := a.facts.Gap(part, safe.Text{}); g != nil {
			return unread(StepFront, g), true
		}
	}
	return Step{}, false
}

func (f Facts) front(list []Frontend, address safe.Text) (Frontend, bool) {
	return find(list, func(e Frontend) bool { return SameAddress(e.Address, address) && within(e.Subnet, f.VNet.ID) })
}

// behindBalancer: a load balancer passes packets on as they are, so the groups and routes
// of its own subnet are not asked; those of its backends are, for the address that asked.
func (f Facts) behindBalancer(b Balancer, front Frontend, q Question) Passage {
	name := "the load balancer " + b.Name.Or(tail(b.ID)).String()
	asked := fmt.Sprintf("%s %d", strings.ToUpper(q.Protocol), q.Port)
	rule, found := find(b.Rules, func(r BalancerRule) bool {
		return r.Frontend.EqualFold(front.ID) && (r.Port == 0 || r.Port == q.Port) && overProtocol(r.Protocol, q.Protocol)
	})
	if !found {
		return Passage{Steps: []Step{closed(StepFront, CodeNoBackend, name+" has no rule for "+asked+" at its front end "+front.Address.String(),
			"Give "+name+" a rule for "+asked+", or the service the port that it has one for.").run(listBalancer(b)).by(b.ID, b.Name)}}
	}
	pool, _ := find(b.Pools, func(p Pool) bool { return p.ID.EqualFold(rule.Pool) })
	out := f.pool(name, asked, b.ID, b.Name, pool, listBalancer(b))
	for _, t := range pool.Targets {
		out.Behind = append(out.Behind, f.backend(b, t, rule, q))
	}
	return out
}

// overProtocol reports whether a rule of a load balancer is for a protocol.
func overProtocol(rule safe.Text, protocol string) bool {
	text := strings.ToLower(rule.Raw())
	return text == "all" || text == "*" || text == strings.ToLower(protocol)
}

// pool is the step of a front end: something has to be behind it.
func (f Facts) pool(name, asked string, id, called safe.Text, p Pool, show string) Passage {
	if len(p.Targets) == 0 {
		pool := "its pool"
		if !p.Name.IsEmpty() {
			pool += " " + p.Name.String()
		}
		return Passage{Steps: []Step{closed(StepFront, CodeNoBackend, name+" has nothing behind "+asked+": "+pool+" has no backends", "Give the pool its backends.").run(show).by(id, called)}}
	}
	return Passage{Steps: []Step{open(StepFront, name+" sends "+asked+" to the "+phrase.Count(len(p.Targets), "backend")+" of the pool "+p.Name.Or(tail(p.ID)).String()).by(id, called)}}
}

// addressOf is the address of a backend: its own, or that of its network card.
func (f Facts) addressOf(t PoolTarget) (netip.Addr, bool) {
	text := t.Address
	if text.IsEmpty() {
		c, _ := find(f.Cards, func(c Card) bool { return c.ID.EqualFold(t.Card) && !t.Card.IsEmpty() })
		for _, a := range c.Addresses {
			if within(a.Subnet, f.VNet.ID) {
				text = a.Address
				break
			}
		}
	}
	at, err := netip.ParseAddr(text.Raw())
	return at.Unmap(), err == nil
}

func (t PoolTarget) words() string {
	return t.Address.Or(t.Host.Raw()).Or(tail(t.Card)).Or("a backend without an address").String()
}

// elsewhere is the way to a backend that is not judged here, with the reason.
func elsewhereBehind(t PoolTarget, why, show string) Behind {
	s := unknown(StepBackend, "the way to the backend "+t.words()+" is not known: "+why, "Look what its probes say.").run(show)
	return Behind{Target: t.words(), Passage: Passage{Steps: []Step{s}}}
}

// backend is the way to a backend of a load balancer, and that of its probes.
func (f Facts) backend(b Balancer, t PoolTarget, r BalancerRule, q Question) Behind {
	address, ok := f.addressOf(t)
	if !ok {
		return elsewhereBehind(t, "its network card was not read", listBalancer(b))
	}
	to := safe.New(address.String())
	subnet, place := f.place(to)
	if place.Outcome != Open {
		return elsewhereBehind(PoolTarget{Address: to}, "it lies outside of the VNET "+f.VNet.Name.Or(tail(f.VNet.ID)).String(), listBalancer(b))
	}
	asks := q
	asks.To = address
	if r.BackendPort != 0 {
		asks.Port = r.BackendPort
	}
	p := asks.packet()
	if r.FloatingIP { // the packet keeps the address and the port of the front end
		asks.Port = q.Port
		p = q.packet()
	}
	a := f.at(to, subnet)
	out := Behind{Target: to.String(), Passage: Passage{Steps: append([]Step{place}, a.steps(p, asks.asking(), q.From, q.Peered)...)}}
	if s, is := a.probes(r, address); is {
		out.Steps = append(out.Steps, s)
	}
	return out
}

// probes tells whether the probes of a load balancer get through to a backend: one that
// they do not reach gets no requests.
func (a at) probes(r BalancerRule, to netip.Addr) (Step, bool) {
	if r.Probe.IsEmpty() {
		return Step{}, false
	}
	if r.ProbePort == 0 {
		return unknown(StepProbe, "the port that the probe "+tail(r.Probe)+" asks was not read, so whether it gets through is not known", ""), true
	}
	from := model.NewPrefix(safe.New(balancerProbe().String()))
	q := Question{From: []model.Prefix{from}, To: to, Protocol: TCP, Port: r.ProbePort, Access: model.Yes}
	p := a.packet(q.packet())
	p.probe = true
	asks := q.asking()
	asks.probe = true
	out := Step{}
	for _, id := range []StepID{StepSubnet, StepCard} {
		if s := a.group(id, p, asks); s.Outcome.Worse(out.Outcome) {
			out = s
		}
	}
	out.ID = StepProbe
	if out.Outcome == Open {
		out.Why = "the probes of TCP " + strconv.Itoa(r.ProbePort) + " get through to " + to.String()
	}
	if out.Finding.Code == CodePortClosed {
		out.Finding.Code = CodeProbesClosed
	}
	return out, true
}

// behindGateway: an application gateway ends the connection itself and begins one of its own
// to a backend, from its own subnet.
func (f Facts) behindGateway(g AppGateway, front Frontend, to safe.Text, subnet model.Subnet, q Question) Passage {
	name := "the application gateway " + g.Name.Or(tail(g.ID)).String()
	asked := fmt.Sprintf("%s %d", strings.ToUpper(q.Protocol), q.Port)
	a := f.at(to, subnet)
	a.front = name
	a.exempt = "security admin rules are not for the subnet of an application gateway"
	own := a.steps(q.packet(), q.asking(), q.From, q.Peered)
	show := "az network application-gateway show --ids " + model.ShellQuote(g.ID.String())
	l, found := find(g.Listeners, func(l Listener) bool { return l.Frontend.EqualFold(front.ID) && l.Port == q.Port })
	if !found || !strings.EqualFold(q.Protocol, TCP) {
		return Passage{Steps: append(own, closed(StepFront, CodeNoBackend, name+" has no listener for "+asked+" at its front end "+front.Address.String(),
			"Give "+name+" a listener for "+asked+", or the service the port that it has one for.").run(show).by(g.ID, g.Name))}
	}
	if l.Pool.IsEmpty() {
		return Passage{Steps: append(own, unknown(StepFront, "which pool of "+name+" is behind "+asked+" cannot be told: paths or a redirect of the listener "+l.Name.String()+" decide", "").by(g.ID, g.Name))}
	}
	pool, _ := find(g.Pools, func(p Pool) bool { return p.ID.EqualFold(l.Pool) })
	out := f.pool(name, asked, g.ID, g.Name, pool, show)
	out.Steps = append(own, out.Steps...)
	for _, t := range pool.Targets {
		out.Behind = append(out.Behind, f.behindListener(g, t, l, subnet))
	}
	return out
}

// behindListener is the way from the subnet of an application gateway to a backend.
func (f Facts) behindListener(g AppGateway, t PoolTarget, l Listener, from model.Subnet) Behind {
	address, ok := f.addressOf(t)
	health := "az network application-gateway show-backend-health --ids " + model.ShellQuote(g.ID.String())
	switch {
	case !t.Host.IsEmpty() && !ok:
		return elsewhereBehind(t, "it is a name, which the application gateway looks up itself", health)
	case !ok:
		return elsewhereBehind(t, "its network card was not read", health)
	case l.Backend == 0:
		return elsewhereBehind(t, "the port that it is asked on was not read", health)
	}
	to := safe.New(address.String())
	subnet, place := f.place(to)
	if place.Outcome != Open {
		return elsewhereBehind(PoolTarget{Address: to}, "it lies outside of the VNET "+f.VNet.Name.Or(tail(f.VNet.ID)).String(), health)
	}
	a := f.at(to, subnet)
	a.inside = true
	q := Question{From: from.Prefixes, To: address, Protocol: TCP, Port: l.Backend, Access: model.Yes}
	return Behind{Target: to.String(), Passage: Passage{Steps: append([]Step{place}, a.steps(q.packet(), q.asking(), nil, nil)...)}}
}

// listBalancer is the command that shows a load balancer.
func listBalancer(b Balancer) string {
	return "az network lb show --ids " + model.ShellQuote(b.ID.String())
}
