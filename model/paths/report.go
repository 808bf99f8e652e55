package paths

import (
	"errors"
	"slices"
	"strconv"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurecloud"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/near"
	"github.com/peerdeck/peerdeck/model/paths/wayin"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Report is what the facts come to.
type Report struct {
	Hosts         []Host // by control plane and name
	ControlPlanes []ControlPlane
	Ways          []Way        // of each subnet of each peered VNET
	To            []Place      // what somebody asked about, in that order
	In            wayin.Report // the way into the gateways on the network
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
	add := func(list []finding.Finding) {
		for _, one := range list {
			if key := one.Code + finding.Code("\x00"+one.Cause); one.NeedsPerson() && !said[key] {
				said[key] = true
				r.Findings = append(r.Findings, one)
			}
		}
	}
	for _, w := range r.Ways {
		add(w.Findings)
	}
	for _, h := range r.Hosts {
		add(h.Findings)
	}
	r.Findings = urgent(append(r.Findings, r.In.Findings...))
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

// Worst is how urgent the most urgent finding is.
func (r Report) Worst() finding.Severity { return max(severity(r.Findings), r.ToWorst()) }

// ToWorst is the same for the places that somebody asked about.
func (r Report) ToWorst() finding.Severity {
	worst := finding.OK
	for _, p := range r.To {
		worst = max(worst, severity(p.Findings))
	}
	return worst
}

// Service finds the places of a service by its name or its id. The error says which services
// may be meant.
func (r Report) Service(name string) ([]Destination, error) {
	var out []Destination
	var names []string
	for _, h := range r.Hosts {
		names = append(names, h.Service.Label())
		if want := safe.New(name); h.Service.Name != want && h.Service.ID != want {
			continue
		}
		for _, d := range h.Destinations() {
			if !slices.Contains(out, d) {
				out = append(out, d)
			}
		}
	}
	if len(out) > 0 {
		return out, nil
	}
	const some = 12
	said := strconv.Quote(safe.Clean(name)) + " is no HOST:PORT, and no service with places to go to is called so"
	switch meant := near.Names(name, names); {
	case len(meant) > 0:
		return nil, errors.New(said + "; is " + phrase.Or(meant) + " meant?")
	case len(names) > 0:
		return nil, errors.New(said + "; there are: " + few(names, some))
	default:
		return nil, errors.New(said + "; no service is known")
	}
}

// Summary counts the services by how they are reached: "12 services, 2 not by peering".
func (r Report) Summary() string {
	past, unknown := 0, 0
	for _, h := range r.Hosts {
		switch {
		case h.By.Past():
			past++
		case h.By == ByUnknown:
			unknown++
		}
	}
	out := phrase.Count(len(r.Hosts), "service")
	if past > 0 {
		out += ", " + strconv.Itoa(past) + " not by peering"
	}
	if unknown > 0 {
		out += ", " + strconv.Itoa(unknown) + " cannot be told"
	}
	for _, p := range r.ControlPlanes {
		if p.Finding.Code != "" {
			out += ", and not all of the control planes could be read"
			break
		}
	}
	return out
}
