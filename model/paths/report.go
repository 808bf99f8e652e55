package paths

import (
	"slices"

	"peerdeck/model"
	"peerdeck/model/azurecloud"
	"peerdeck/model/finding"
)

// Report is what the facts come to.
type Report struct {
	Hosts         []Host // by control plane and name
	ControlPlanes []ControlPlane
	Ways          []Way // of each subnet of each peered VNET
	// Findings are all that somebody should look at, each once, the most urgent first.
	Findings []finding.Finding
}

// ControlPlane is a control plane with how far it could be read.
type ControlPlane struct {
	model.ControlPlane
	Services int             // that were read
	Finding  finding.Finding // why not all of it is known; no code where all is
}

// summed adds all that somebody should look at.
func (r Report) summed(f Facts) Report {
	if f.Cloud != azurecloud.Public {
		for i := range r.Hosts {
			r.Hosts[i] = r.Hosts[i].in(f)
		}
	}
	for _, p := range r.ControlPlanes {
		if p.Finding.Code != "" {
			r.Findings = append(r.Findings, p.Finding)
		}
	}
	if !f.PlanesRead.Read() {
		unread := next(found(CodePlaneUnread, finding.Unknown, "not read", "Which control planes use the network was not read, so its services are not known"), finding.NextWait, model.CureLookOrLonger)
		if f.PlanesRead.Failure != nil {
			unread = because("Which control planes use the network cannot be read, so its services are not known", *f.PlanesRead.Failure)
			unread.Code = CodePlaneUnread
		}
		r.Findings = append(r.Findings, unread)
	}
	said := map[finding.Code]bool{}
	for _, h := range r.Hosts {
		for _, one := range h.Findings {
			if key := one.Code + finding.Code("\x00"+one.Cause); !said[key] {
				said[key] = true
				r.Findings = append(r.Findings, one)
			}
		}
	}
	r.Findings = urgent(r.Findings)
	return r
}

// in is the host with its next steps as they are in the cloud that was looked into.
func (h Host) in(f Facts) Host {
	if f.Cloud == azurecloud.Public {
		return h
	}
	h.Findings = findingsIn(h.Findings, f)
	h.Places = slices.Clone(h.Places)
	for i := range h.Places {
		h.Places[i].Findings, h.Places[i].Hops = findingsIn(h.Places[i].Findings, f), hopsIn(h.Places[i].Hops, f)
	}
	return h
}

// Past lists the hosts whose requests are known not to go over a peering.
func (r Report) Past() []Host {
	return slices.DeleteFunc(slices.Clone(r.Hosts), func(h Host) bool { return !h.By.Past() })
}
