package making

import (
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/safe"
)

// entry is an order on the disk.
type entry struct {
	Version     int         `json:"version"`
	At          time.Time   `json:"at"`
	Ended       time.Time   `json:"ended,omitzero"`
	State       string      `json:"state"`
	Plane       planeWire   `json:"control_plane"`
	Service     serviceWire `json:"service"` // as it is wanted
	Route       routeWire   `json:"route"`
	ReadService serviceWire `json:"read_service,omitzero"` // as it was read back
	ReadRoute   routeWire   `json:"read_route,omitzero"`
	MadeService bool        `json:"made_service"`
	MadeRoute   bool        `json:"made_route"`
	Unsure      bool        `json:"unsure"` // a request has left, and its answer is not known
	Failure     safe.Text   `json:"failure,omitzero"`
}

type planeWire struct {
	ID   safe.Text `json:"id"`
	Geo  safe.Text `json:"geo"`
	Name safe.Text `json:"name"`
}

type serviceWire struct {
	ID        safe.Text `json:"id"`
	Name      safe.Text `json:"name"`
	Protocol  safe.Text `json:"protocol"`
	Host      safe.Text `json:"host"`
	Port      int       `json:"port"`
	Path      safe.Text `json:"path"`
	Enabled   bool      `json:"enabled"`
	UpdatedAt time.Time `json:"updated_at,omitzero"`
}

// IsZero reports whether nothing was read.
func (w serviceWire) IsZero() bool { return w.ID.IsEmpty() }

type routeWire struct {
	ID         safe.Text   `json:"id"`
	Name       safe.Text   `json:"name"`
	ServiceID  safe.Text   `json:"service_id"`
	Protocols  []safe.Text `json:"protocols"`
	Methods    []safe.Text `json:"methods"`
	Hosts      []safe.Text `json:"hosts"`
	Paths      []safe.Text `json:"paths"`
	SNIs       []safe.Text `json:"snis"`
	StripPath  bool        `json:"strip_path"`
	Expression safe.Text   `json:"expression,omitzero"`
	UpdatedAt  time.Time   `json:"updated_at,omitzero"`
}

// IsZero reports whether nothing was read.
func (w routeWire) IsZero() bool { return w.ID.IsEmpty() }

const version = 1

func pack(m gateway.Making) entry {
	p := m.Order.Plane
	e := entry{
		Version: version, At: m.StartedAt, Ended: m.EndedAt, State: string(m.State), Plane: planeWire{p.ID, p.Geo, p.Name},
		Service: packService(m.Order.Service), Route: packRoute(m.Order.Route),
		ReadService: packService(m.Service), ReadRoute: packRoute(m.Route),
		MadeService: m.MadeService, MadeRoute: m.MadeRoute, Unsure: m.Unsure,
	}
	if m.Failure != nil {
		e.Failure = safe.New(m.Failure.Error())
	}
	return e
}

func packService(s gateway.Service) serviceWire {
	return serviceWire{s.ID, s.Name, s.Protocol, s.Host, s.Port, s.Path, s.Enabled, s.UpdatedAt}
}

func packRoute(r gateway.Route) routeWire {
	return routeWire{r.ID, r.Name, r.ServiceID, r.Protocols, r.Methods, r.Hosts, r.Paths, r.SNIs, r.StripPath, r.Expression, r.UpdatedAt}
}

func (e entry) making(id string) gateway.Making {
	m := gateway.Making{
		ID: id, State: gateway.MakingState(e.State), StartedAt: e.At, EndedAt: e.Ended,
		Order: gateway.Order{
			Plane:   model.ControlPlane{ID: e.Plane.ID, Geo: e.Plane.Geo, Name: e.Plane.Name},
			Service: e.Service.service(), Route: e.Route.route(),
		},
		Service: e.ReadService.service(), Route: e.ReadRoute.route(),
		MadeService: e.MadeService, MadeRoute: e.MadeRoute, Unsure: e.Unsure,
	}
	switch {
	case !m.State.Over(): // the program ended meanwhile
		m.State = gateway.MakingFailed
		m.Failure = &model.Failure{
			Kind: model.FailureCancelled, Operation: "make the service", Subject: m.Order.Service.Name,
			Cause: safe.New("peerdeck was ended meanwhile"), Cure: model.CureGoOnOrUndo,
		}
	case !e.Failure.IsEmpty():
		m.Failure = &model.Failure{Kind: model.FailureInvalid, Cause: e.Failure, Cure: model.CureGoOnOrUndo}
	}
	return m
}

func (w serviceWire) service() gateway.Service {
	return gateway.Service{ID: w.ID, Name: w.Name, Protocol: w.Protocol, Host: w.Host, Port: w.Port, Path: w.Path, Enabled: w.Enabled, UpdatedAt: w.UpdatedAt}
}

func (w routeWire) route() gateway.Route {
	return gateway.Route{
		ID: w.ID, Name: w.Name, ServiceID: w.ServiceID, Protocols: w.Protocols, Methods: w.Methods, Hosts: w.Hosts, Paths: w.Paths, SNIs: w.SNIs,
		StripPath: w.StripPath, Expression: w.Expression, UpdatedAt: w.UpdatedAt,
	}
}
