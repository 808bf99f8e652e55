package making

import (
	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/paths"
)

// reached is how requests get to a host, as the paths of the network are judged.
type reached struct {
	by   paths.By
	word string
	why  string // a sentence; empty: nothing was judged
	// severity and next are those of what speaks for it: well, where nothing does.
	severity model.Severity
	next     finding.Next
}

// reached judges the host of a service that is wanted. Where the upstreams of the control
// plane were not read, the host is taken for a name or an address, and that is said.
func (p *Page) reached(of gateway.Plane, s gateway.Service, r gateway.Route) reached {
	if of.UpstreamsRead.Read() {
		h := paths.Look(p.facts(), of, s, []gateway.Route{r})
		return reached{h.By, h.Word, h.Why, h.Finding().Severity, h.Finding().Next}
	}
	place := paths.To(p.facts(), paths.Destination{Plane: of.ID, Host: s.Host, Port: s.Port, Transport: s.Transport()})
	out := reached{by: place.By, word: place.Word, why: place.Why, severity: model.SeverityOK}
	if len(place.Findings) > 0 {
		out.severity, out.next = place.Findings[0].Severity, place.Findings[0].Next
	}
	if out.why != "" && !of.ID.IsEmpty() {
		out.why += " The upstreams of the control plane were not read: one of this name would count instead."
	}
	return out
}
