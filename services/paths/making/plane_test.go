package making_test

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
	"github.com/peerdeck/peerdeck/services/paths/making"
	"github.com/peerdeck/peerdeck/services/run/work"
)

// plane is a control plane with the habits that an order has to bear: answers that are
// lost, looks that come late, a colleague who writes in between.
type plane struct {
	mu       sync.Mutex
	clock    *clock
	services []gateway.Service
	routes   []gateway.Route
	hidden   int      // looks that do not show what is there
	sent     []string // the requests that changed something, or would have
	// before is called before each request; it may change the plane, and its error is the
	// answer. lost: the request takes effect all the same.
	before func(request string) (lost bool, err error)
	whole  bool // lists are whole
}

// clock is one on which waiting costs no time.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) After(d time.Duration) <-chan time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	done := make(chan time.Time, 1)
	done <- c.now
	return done
}

func newPlane() *plane {
	return &plane{clock: &clock{now: time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)}, whole: true}
}

func (p *plane) maker(t *testing.T, store *making.Store) *making.Maker {
	t.Helper()
	m := making.NewMaker(t.Context(), making.Options{
		Konnect: p, Store: store, Clock: p.clock,
		Report: func(f work.Panic) { t.Errorf("%v: %v\n%s", f, f.Value, f.Stack) },
	})
	t.Cleanup(m.Close)
	return m
}

func gone(what string) error {
	return model.Failure{Kind: model.FailureNotFound, Operation: "read " + what, Cause: safe.New("it is not there"), Status: http.StatusNotFound}
}

func taken() error {
	return model.Failure{Kind: model.FailureConflict, Operation: "create", Cause: safe.New("(type: unique) constraint failed"), Status: http.StatusBadRequest}
}

func dropped() error {
	return model.Failure{Kind: model.FailureUnreachable, Operation: "create", Cause: safe.New("the connection was lost"), Retryable: true}
}

// see reports whether a look shows what is there.
func (p *plane) see() bool {
	if p.hidden > 0 {
		p.hidden--
		return false
	}
	return true
}

func (p *plane) Service(_ context.Context, _ model.ControlPlane, id safe.Text) (gateway.Service, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if i := slices.IndexFunc(p.services, func(s gateway.Service) bool { return s.ID == id }); i >= 0 && p.see() {
		return p.services[i], nil
	}
	return gateway.Service{}, gone("a service")
}

func (p *plane) ServicesNamed(_ context.Context, _ model.ControlPlane, name safe.Text) (konnect.List[gateway.Service], error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	l := konnect.List[gateway.Service]{Complete: p.whole}
	for _, s := range p.services {
		if s.Name == name && p.see() {
			l.Items = append(l.Items, s)
		}
	}
	return l, nil
}

func (p *plane) Route(_ context.Context, _ model.ControlPlane, id safe.Text) (gateway.Route, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if i := slices.IndexFunc(p.routes, func(r gateway.Route) bool { return r.ID == id }); i >= 0 && p.see() {
		return p.routes[i], nil
	}
	return gateway.Route{}, gone("a route")
}

func (p *plane) Routes(context.Context, model.ControlPlane) (konnect.List[gateway.Route], error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return konnect.List[gateway.Route]{Items: slices.Clone(p.routes), Complete: p.whole}, nil
}

func (p *plane) RoutesNamed(_ context.Context, _ model.ControlPlane, name safe.Text) (konnect.List[gateway.Route], error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	l := konnect.List[gateway.Route]{Complete: p.whole}
	for _, r := range p.routes {
		if r.Name == name && p.see() {
			l.Items = append(l.Items, r)
		}
	}
	return l, nil
}

func (p *plane) CreateServiceWrite(_ model.ControlPlane, s gateway.Service) model.Write {
	return model.Write{Service: model.WriteKonnect, Method: http.MethodPost, Kind: model.ObjectService, URL: safe.New("/services"), Body: s.ID, Makes: s.Label()}
}

func (p *plane) CreateRouteWrite(_ model.ControlPlane, service safe.Text, r gateway.Route) model.Write {
	return model.Write{Service: model.WriteKonnect, Method: http.MethodPost, Kind: model.ObjectRoute, URL: safe.New("/services/" + service.Raw() + "/routes"), Body: r.ID}
}

func (p *plane) DeleteServiceWrite(_ model.ControlPlane, id safe.Text) model.Write {
	return model.Write{Service: model.WriteKonnect, Method: http.MethodDelete, Kind: model.ObjectService, URL: safe.New("/services/" + id.Raw())}
}

func (p *plane) DeleteRouteWrite(_ model.ControlPlane, id safe.Text) model.Write {
	return model.Write{Service: model.WriteKonnect, Method: http.MethodDelete, Kind: model.ObjectRoute, URL: safe.New("/routes/" + id.Raw())}
}

// change makes a request that changes something.
func (p *plane) change(what string, do func() error) error {
	if p.before != nil {
		lost, err := p.before(what)
		p.mu.Lock()
		defer p.mu.Unlock()
		p.sent = append(p.sent, what)
		if err != nil && !lost {
			return err
		}
		if did := do(); did != nil {
			return did
		}
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sent = append(p.sent, what)
	return do()
}

func (p *plane) CreateService(_ context.Context, _ model.ControlPlane, w model.Write) (gateway.Service, error) {
	s := wanted().Service
	s.ID, s.UpdatedAt = w.Body, p.clock.Now()
	err := p.change("POST service", func() error {
		if slices.ContainsFunc(p.services, func(o gateway.Service) bool { return o.Name == s.Name || o.ID == s.ID }) {
			return taken()
		}
		p.services = append(p.services, s)
		return nil
	})
	return s, err
}

func (p *plane) CreateRoute(_ context.Context, _ model.ControlPlane, w model.Write) (gateway.Route, error) {
	r := wanted().Route
	r.ID, r.UpdatedAt = w.Body, p.clock.Now()
	r.ServiceID = safe.New(w.URL.Raw()[len("/services/") : len(w.URL.Raw())-len("/routes")])
	err := p.change("POST route", func() error {
		if slices.ContainsFunc(p.routes, func(o gateway.Route) bool { return o.Name == r.Name || o.ID == r.ID }) {
			return taken()
		}
		p.routes = append(p.routes, r)
		return nil
	})
	return r, err
}

func (p *plane) DeleteService(_ context.Context, _ model.ControlPlane, w model.Write) error {
	return p.change("DELETE service", func() error {
		p.services = slices.DeleteFunc(p.services, func(s gateway.Service) bool { return w.URL.Raw() == "/services/"+s.ID.Raw() })
		return nil
	})
}

func (p *plane) DeleteRoute(_ context.Context, _ model.ControlPlane, w model.Write) error {
	return p.change("DELETE route", func() error {
		p.routes = slices.DeleteFunc(p.routes, func(r gateway.Route) bool { return w.URL.Raw() == "/routes/"+r.ID.Raw() })
		return nil
	})
}

func draft() gateway.Draft {
	return gateway.Draft{
		Plane:   safe.New("shop"),
		Service: gateway.ServiceDraft{Name: safe.New("orders"), Protocol: safe.New("https"), Host: safe.New("orders.corp.example.org")},
		Route:   gateway.RouteDraft{Name: safe.New("orders-in"), Paths: safe.Texts("/orders")},
	}
}

// wanted is the order without ids.
func wanted() gateway.Order {
	return gateway.NewOrder(model.ControlPlane{ID: safe.New("cp-1"), Name: safe.New("shop"), Geo: safe.New("eu")}, draft(), safe.Text{}, safe.Text{})
}

// end waits for the end of an order.
func end(t *testing.T, m *making.Maker) gateway.Making {
	t.Helper()
	for got := range m.Makings() {
		if got.State.Over() {
			return got
		}
	}
	t.Fatal("it came to no end")
	return gateway.Making{}
}

// order makes an order with ids.
func order(t *testing.T, m *making.Maker) gateway.Order {
	t.Helper()
	o, writes, err := m.Order(wanted().Plane, draft())
	if err != nil || len(writes) != 2 {
		t.Fatalf("%v, %v", writes, err)
	}
	return o
}
