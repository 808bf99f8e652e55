package paths

// Judge judges all hosts of the control planes on a network, and the subnets that they may
// lie in.
func Judge(f Facts) Report {
	if f.Network == nil {
		return Report{}
	}
	j := newJudging(f)
	r := Report{}
	for _, p := range f.Planes {
		r.ControlPlanes = append(r.ControlPlanes, j.plane(p))
		r.Hosts = append(r.Hosts, j.hosts(p)...)
	}
	return r
}
