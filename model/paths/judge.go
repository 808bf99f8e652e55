package paths

import (
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/gateway"
)

// Judge judges all hosts of the control planes on a network, and the subnets that they may
// lie in.
func Judge(f Facts) Report {
	if f.Network == nil {
		return Report{}
	}
	j := newJudging(f)
	var r Report
	for _, p := range f.Planes {
		plane := j.plane(p)
		r.ControlPlanes = append(r.ControlPlanes, plane)
		r.Hosts = append(r.Hosts, j.hosts(p)...)
	}
	for _, d := range f.Wanted {
		r.To = append(r.To, j.wanted(d))
	}
	r.Ways = f.WaysBack()
	r.In = entries(f)
	return r.summed(f)
}

// Look judges one service as it would be on a control plane of the network, whether it is
// there or not.
func Look(f Facts, p gateway.Plane, s gateway.Service, routes []gateway.Route) Host {
	if f.Network == nil {
		return Host{Plane: p.ControlPlane, Service: s, Routes: routes, By: ByUnknown}
	}
	j := newJudging(f)
	return j.host(p, s, routes, j.upstreams(p)).in(f)
}

// To judges one place that a data plane of the network would send requests to.
func To(f Facts, d Destination) Place {
	if f.Network == nil {
		return Place{Host: d.Host, Port: d.Port, Transport: d.Transport, By: ByUnknown}
	}
	return newJudging(f).wanted(d)
}

func (j *judging) wanted(d Destination) Place {
	for _, p := range j.Planes {
		if !d.Plane.IsEmpty() && d.Plane != p.ID {
			continue
		}
		for _, u := range p.Upstreams {
			if u.Name == d.Host {
				return j.upstreamAsked(d, p, u)
			}
		}
	}
	p := j.place(d)
	p.Hops, p.Findings = hopsIn(p.Hops, j.Facts), findingsIn(p.Findings, j.Facts)
	return p
}

// findingsIn are findings with their next steps as they are in the cloud that was looked
// into.
func findingsIn(list []finding.Finding, f Facts) []finding.Finding {
	out := make([]finding.Finding, len(list))
	for i, one := range list {
		out[i] = one.In(f.Cloud)
	}
	return out
}

func hopsIn(list []Hop, f Facts) []Hop {
	out := make([]Hop, len(list))
	for i, h := range list {
		h.Finding = h.Finding.In(f.Cloud)
		out[i] = h
	}
	return out
}

// upstreamAsked is what somebody asked about where that is the name of an upstream: its
// targets are the places.
func (j *judging) upstreamAsked(d Destination, p gateway.Plane, u gateway.Upstream) Place {
	h := j.balanced(Host{Places: j.upstreams(p)[u.Name].places, Service: gateway.Service{Name: u.Name}}, u)
	out := Place{Host: d.Host, Port: d.Port, Transport: d.Transport, By: h.By, Word: h.Word, Why: h.Why, Back: h.Back, Findings: findingsIn(h.Findings, j.Facts)}
	for _, one := range h.Places {
		to := Destination{Host: one.Host, Port: one.Port, Transport: one.Transport}.String()
		for _, hop := range one.Hops {
			hop.Why = "target " + to + ": " + hop.Why
			out.Hops = append(out.Hops, hop)
		}
	}
	out.Hops = hopsIn(out.Hops, j.Facts)
	return out
}
