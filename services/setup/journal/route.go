package journal

import (
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
)

// route is the service and the route of a set-up as the journal writes them.
type route struct {
	Plane     safe.Text   `json:"control_plane"`
	Geo       safe.Text   `json:"geo,omitzero"`
	Service   safe.Text   `json:"service"`
	URL       safe.Text   `json:"url,omitzero"`
	Protocol  safe.Text   `json:"protocol,omitzero"`
	Host      safe.Text   `json:"host,omitzero"`
	Port      safe.Text   `json:"port,omitzero"`
	Path      safe.Text   `json:"path,omitzero"`
	Route     safe.Text   `json:"route,omitzero"`
	Protocols []safe.Text `json:"protocols,omitempty"`
	Paths     []safe.Text `json:"paths,omitempty"`
	Hosts     []safe.Text `json:"hosts,omitempty"`
	Methods   []safe.Text `json:"methods,omitempty"`
	SNIs      []safe.Text `json:"snis,omitempty"`
	StripPath safe.Text   `json:"strip_path,omitzero"`
}

func newRoute(d *gateway.Draft) *route {
	if d == nil {
		return nil
	}
	s, r := d.Service, d.Route
	return &route{
		Plane: d.Plane, Geo: d.Geo, Service: s.Name, URL: s.URL, Protocol: s.Protocol, Host: s.Host, Port: s.Port, Path: s.Path,
		Route: r.Name, Protocols: r.Protocols, Paths: r.Paths, Hosts: r.Hosts, Methods: r.Methods, SNIs: r.SNIs, StripPath: r.StripPath,
	}
}

func (r *route) draft() *gateway.Draft {
	if r == nil {
		return nil
	}
	return &gateway.Draft{
		Plane: r.Plane, Geo: r.Geo,
		Service: gateway.ServiceDraft{Name: r.Service, URL: r.URL, Protocol: r.Protocol, Host: r.Host, Port: r.Port, Path: r.Path},
		Route: gateway.RouteDraft{
			Name: r.Route, Protocols: r.Protocols, Paths: r.Paths, Hosts: r.Hosts, Methods: r.Methods, SNIs: r.SNIs, StripPath: r.StripPath,
		},
	}
}

// Plane is the control plane in which the run has made its service and its route; without
// an id when it did not come so far.
func (r Record) Plane() model.ControlPlane {
	for _, e := range slices.Backward(r.Entries) {
		if e.Kind == Place && e.Step == setup.StepRoute {
			return model.ControlPlane{ID: e.ID, Name: e.Name, Geo: e.Text}
		}
	}
	return model.ControlPlane{}
}
