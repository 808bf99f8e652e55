package run

import (
	"context"
	"fmt"
	"slices"

	"peerdeck/model"
	"peerdeck/model/setup"
)

// removePeering deletes the peering in Konnect. Kong removes both halves.
type removePeering struct {
	*engine
	seen model.PeeringState
}

func (r *removePeering) find(ctx context.Context, m setup.Made) (setup.Made, bool, error) {
	if r.facts.network.ID.IsEmpty() {
		return m, false, nil
	}
	list, err := r.peerings(ctx, setup.StepRemovePeering)
	if is(err, model.FailureNotFound) {
		return m, false, nil
	}
	if err != nil {
		return m, false, err
	}
	for _, p := range list {
		if p.State == model.PeeringTerminated {
			continue
		}
		// A request whose answer was lost has no id; the VNET and the name tell it.
		if p.ID == m.ID || (m.ID.IsEmpty() && p.Name == m.Name && p.VNet.Key() == r.plan.request.VNet.Key()) {
			m.ID, r.seen = p.ID, p.State
			return m, true, nil
		}
	}
	return m, r.halfStands(ctx), nil
}

// halfStands reports whether Azure's half is still there after Konnect's is gone:
// Kong removes it with the rights that a later step takes away. One that is left
// dead is pointed at, because it would be in the way of the next peering.
func (r *removePeering) halfStands(ctx context.Context) bool {
	if r.state(setup.StepRemovePeering).State != setup.StepVerifying {
		return false // it was gone before, and its half is nobody's business here
	}
	v, err := r.o.Clouds.Azure.VNet(ctx, r.plan.request.VNet)
	if err != nil {
		return false // it cannot be seen; Konnect's word has to do
	}
	p, _, ok := model.FindKongHalf(r.facts.network, r.facts.kong, v)
	if ok && p.State == model.VNetDisconnected {
		text := fmt.Sprintf("Konnect's half is gone, and Azure's half %s stays in %s, disconnected.", p.Name, v.Name)
		r.sayf(setup.StepRemovePeering, setup.LineTrouble, "%s", text)
		r.step(setup.StepRemovePeering, func(s *setup.Step) {
			s.Findings = append(slices.Clip(s.Findings), setup.Finding{
				ID: "dead-half", Severity: model.SeverityAttention, Title: p.Name.String(), Text: text,
				Cure: "Delete it, it blocks the next peering: az network vnet peering delete --ids " + model.ShellQuote(p.ID.String()),
			})
		})
		return false
	}
	return ok
}

func (*removePeering) keep(context.Context, setup.Made) (string, error) { return "", nil }

func (r *removePeering) going() bool { return r.seen == model.PeeringTerminating }

func (r *removePeering) write(m setup.Made) model.Write {
	return r.o.Clouds.Konnect.DeletePeeringWrite(r.facts.network.ID, m.ID)
}

func (r *removePeering) remove(ctx context.Context, w model.Write) error {
	return r.o.Clouds.Konnect.DeletePeering(ctx, r.facts.network.ID, w)
}

func (r *removePeering) after(setup.Made) string {
	return "All traffic between " + r.plan.request.Network.String() + " and " + r.plan.request.VNet.Name.String() + " ends. It cannot be undone, only made anew."
}

// removeResolver takes the rules of the run out of the resolver, and deletes the
// resolver when the run has made it and nothing else is in it.
type removeResolver struct {
	*engine
	there model.PrivateDNS
	rest  []model.DNSMapping // the rules that are not this run's
}

func (r *removeResolver) find(ctx context.Context, m setup.Made) (setup.Made, bool, error) {
	if r.facts.network.ID.IsEmpty() {
		return m, false, nil
	}
	list, err := r.resolvers(ctx, setup.StepRemoveDNS)
	if is(err, model.FailureNotFound) {
		return m, false, nil
	}
	if err != nil {
		return m, false, err
	}
	i := slices.IndexFunc(list, func(d model.PrivateDNS) bool { return d.ID == m.ID || (m.ID.IsEmpty() && d.Name == m.Name) })
	if i < 0 {
		return m, false, nil
	}
	there := &list[i]
	if there.State == model.PrivateDNSTerminating {
		r.there = *there
		return m, true, nil
	}
	// Konnect changes and deletes only what is at rest.
	if there.State.Changing() {
		if err := r.hold(setup.StepRemoveDNS, "the resolver is "+string(there.State), resolverEvery, 0, 0); err != nil {
			return m, false, err
		}
		return r.find(ctx, m)
	}
	r.there, r.rest = *there, nil
	mine := r.plan.record.Domains()
	for _, rule := range there.DNS {
		if !slices.ContainsFunc(mine, rule.Domains[0].EqualFold) || !r.asMade(rule) {
			r.rest = append(r.rest, rule)
		}
	}
	m.ID, m.Name = there.ID, there.Name
	return m, len(r.rest) < len(there.DNS) || (!m.Changed && len(there.DNS) == 0), nil
}

// asMade reports whether a rule is still as the run has written it. One that
// somebody has changed since is theirs.
func (r *removeResolver) asMade(rule model.DNSMapping) bool {
	for _, w := range byDomain(r.plan.request.Mappings) {
		if w.Domains[0].EqualFold(rule.Domains[0]) {
			return slices.Equal(w.Servers, rule.Servers)
		}
	}
	return false
}

func (*removeResolver) keep(context.Context, setup.Made) (string, error) { return "", nil }

func (r *removeResolver) going() bool { return r.there.State == model.PrivateDNSTerminating }

func (r *removeResolver) write(m setup.Made) model.Write {
	if m.Changed || len(r.rest) > 0 {
		return r.o.Clouds.Konnect.PatchResolverWrite(r.facts.network.ID, m.ID, r.rest, r.there.Unknown)
	}
	return r.o.Clouds.Konnect.DeletePrivateDNSWrite(r.facts.network.ID, m.ID)
}

func (r *removeResolver) remove(ctx context.Context, w model.Write) error {
	if w.Body.IsEmpty() {
		return r.o.Clouds.Konnect.DeletePrivateDNS(ctx, r.facts.network.ID, w)
	}
	_, err := r.o.Clouds.Konnect.PatchResolver(ctx, r.facts.network.ID, w)
	return err
}

func (r *removeResolver) after(m setup.Made) string {
	gone := plural(len(r.there.DNS)-len(r.rest), "rule")
	if m.Changed || len(r.rest) > 0 {
		return gone + " of this set-up will be taken out; " + plural(len(r.rest), "rule") + " of others stay."
	}
	return gone + " and the resolver itself will go; the domains no longer resolve from the gateway."
}
