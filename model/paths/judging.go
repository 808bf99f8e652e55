package paths

import (
	"cmp"
	"slices"

	"peerdeck/model"
	"peerdeck/model/gateway"
	"peerdeck/model/safe"
)

// judging is what is made ready once for all hosts of a network.
type judging struct {
	Facts

	reach  reach
	places map[target]Place // judged already: thousands of services share few hosts
}

// target is a place that requests are sent to, as it is written.
type target struct {
	host      safe.Text
	port      int
	transport string
}

func newJudging(f Facts) *judging {
	return &judging{Facts: f, reach: newReach(f.Network), places: map[target]Place{}}
}

// plane says how far a control plane was read.
func (j *judging) plane(p gateway.Plane) ControlPlane {
	return ControlPlane{ControlPlane: p.ControlPlane, Services: len(p.Services)}
}

// hosts are those of the services of a control plane.
func (j *judging) hosts(p gateway.Plane) []Host {
	routes := map[safe.Text][]gateway.Route{}
	for _, r := range p.Routes {
		routes[r.ServiceID] = append(routes[r.ServiceID], r)
	}
	upstreams := map[safe.Text][]Place{}
	for _, u := range p.Upstreams {
		upstreams[u.Name] = j.targets(u)
	}
	out := make([]Host, 0, len(p.Services))
	for _, s := range p.Services {
		h := Host{Key: p.ID.Raw() + "/" + s.ID.Raw(), Plane: p.ControlPlane, Service: s, Routes: routes[s.ID]}
		if of, is := upstreams[s.Host]; is {
			h.Upstream, h.Places = s.Host, of
		} else {
			h.Places = []Place{j.place(target{s.Host, s.Port, s.Transport()})}
		}
		out = append(out, h.spoken())
	}
	slices.SortStableFunc(out, func(a, b Host) int {
		return cmp.Or(a.Service.Name.Compare(b.Service.Name), a.Service.ID.Compare(b.Service.ID))
	})
	return out
}

// targets are the places behind an upstream.
func (j *judging) targets(u gateway.Upstream) []Place {
	out := make([]Place, 0, len(u.Targets))
	for _, t := range u.Targets {
		host, port := splitTarget(t.Target)
		p := j.place(target{host, port, "tcp"})
		p.Weight = t.Weight
		out = append(out, p)
	}
	return out
}

// place judges a place, once for all services that send requests there.
func (j *judging) place(t target) Place {
	if p, known := j.places[t]; known {
		return p
	}
	p := Place{Host: t.host, Port: t.port, Transport: t.transport, Weight: 1, By: ByUnknown}
	if a, is := addressOf(t.host); is {
		p = j.atAddress(p, a)
	}
	j.places[t] = p
	return p
}

// spoken says for a host what its places come to.
func (h Host) spoken() Host {
	h.By = ByUnknown
	if len(h.Places) > 0 {
		h.By, h.Word, h.Why = h.Places[0].By, h.Places[0].Word, h.Places[0].Why
	}
	return h
}

// label names a peering.
func label(p *model.PeeringStatus) safe.Text { return p.Name.Or(p.ID.Raw()) }
