package paths

import (
	"peerdeck/model/finding"
	"peerdeck/model/gateway"
	"peerdeck/model/safe"
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

// To judges one place that a data plane of the network would send requests to. Plane is the
// id of the control plane whose data planes are meant; empty for any.
func To(f Facts, plane, host safe.Text, port int, transport string) Place {
	if f.Network == nil {
		return Place{Host: host, Port: port, Transport: transport, By: ByUnknown}
	}
	p := newJudging(f).place(destination{plane, host, port, transport})
	p.Hops, p.Findings = hopsIn(p.Hops, f), findingsIn(p.Findings, f)
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
