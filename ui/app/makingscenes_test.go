package app_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/gateway"
)

// onPage opens the page on eu-prod.
func onPage(k ...string) func(*stage) {
	return func(s *stage) {
		s.keys("4", "o", `"eu-prod"`, "enter", "M")
		s.keys(k...)
	}
}

// fillService types what a service and its route are to be.
func fillService(s *stage) {
	onPage()(s)
	s.keys("j", "e", `"orders"`, "tab", "space", "tab", `"orders.corp.example.org"`, "tab", "tab", "tab", "tab", `"/orders"`, "enter", "esc")
}

// sendService sends it.
func sendService(s *stage) {
	fillService(s)
	s.keys("v", "A", "y")
}

// stands hands over how the order stands.
func (s *stage) makes(edit func(*gateway.Making)) {
	s.making.makings <- madeOf(s.making.made[0], edit)
	s.drain()
}

func made(edit func(*gateway.Making)) func(*stage) {
	return func(s *stage) { sendService(s); s.makes(edit) }
}

// planes gives the network of the page control planes.
func planes(names ...string) func() model.Snapshot {
	return changed(func(s *model.Snapshot) {
		for i, n := range s.Networks {
			c := *n
			c.ControlPlanes = nil
			for _, name := range names {
				c.ControlPlanes = append(c.ControlPlanes, model.ControlPlane{ID: text("plane-" + name), Geo: text("eu"), Name: text(name)})
				c.References = []model.ConfigurationReference{{ID: text("ref"), ControlPlaneID: text("plane-" + name), DataPlanes: []model.DataPlaneGroup{{State: text("ready"), Hostnames: texts("3f2a.gateways.example.com"), PrivateIPs: texts("10.0.0.68")}}}}
			}
			s.Networks[i] = &c
		}
	})
}

// routeInFile puts a service and a route into the set-up file.
func routeInFile(o *setting) {
	o.setup.route = &gateway.Draft{
		Plane:   text("acme-shop"),
		Service: gateway.ServiceDraft{Name: text("orders"), URL: text("https://orders.corp.example.org/v1")},
		Route:   gateway.RouteDraft{Name: text("orders-in"), Paths: texts("/orders"), Methods: texts("GET", "POST")},
	}
}

func makingScenes() []scene {
	shop := planes("acme-shop")
	return []scene{
		{name: "making/empty", know: planes("acme-shop", "acme-labs"), act: onPage()},
		{name: "making/filled", know: shop, act: fillService},
		{name: "making/typing", know: shop, act: func(s *stage) {
			onPage()(s)
			s.keys("j", "j", "j", "e", `"orders.core.example.org"`)
		}},
		{name: "making/public", know: shop, act: func(s *stage) {
			onPage()(s)
			s.keys("j", "j", "j", "e", `"api.example.com"`)
		}},
		{name: "making/errors", know: shop, act: func(s *stage) {
			onPage()(s)
			s.keys("j", "e", `"a/b"`, "tab", "tab", `"https://orders.example.org"`, "tab", `"99999"`, "tab", "tab", "tab", `"orders"`, "tab", "tab", `"get"`, "esc", "k", "k", "k", "k", "k")
		}},
		{name: "making/planes", know: planes("acme-shop", "acme-labs"), act: onPage("enter")},
		{name: "making/preview", know: shop, act: func(s *stage) { fillService(s); s.keys("v") }},
		{name: "making/asked", know: shop, act: func(s *stage) { fillService(s); s.keys("v", "A") }},
		{name: "making/sending", know: shop, act: made(func(m *gateway.Making) {
			m.State, m.EndedAt, m.MadeRoute, m.Route, m.Unsure = gateway.MakingSending, time.Time{}, false, gateway.Route{}, true
			m.Wait = &model.Wait{Why: "the answer was lost; it is looked whether the route is there", Until: noon.Add(9 * time.Second)}
			m.Log = m.Log[:2]
		})},
		{name: "making/done", know: shop, act: made(func(*gateway.Making) {})},
		{name: "making/failed", know: shop, act: made(refusedRoute)},
		{name: "making/undo", know: shop, act: func(s *stage) { made(func(*gateway.Making) {})(s); s.keys("x") }},
		{name: "making/undone", know: shop, act: made(func(m *gateway.Making) {
			m.State, m.MadeService, m.MadeRoute = gateway.MakingUndone, false, false
		})},
		{name: "making/in_use", know: shop, act: made(func(m *gateway.Making) {
			f := gateway.InUse(m.Order.Service.Name, []gateway.Route{{Name: text("checkout")}})
			m.State, m.Failure = gateway.MakingFailed, &f
		})},
		{name: "making/earlier", know: shop, act: func(s *stage) {
			fillService(s)
			o, _, _ := s.making.Order(model.ControlPlane{ID: text("plane-acme-shop"), Name: text("acme-shop")}, gateway.Draft{Service: gateway.ServiceDraft{Name: text("billing")}})
			s.making.earlier = []gateway.Making{madeOf(o, refusedRoute)}
			s.keys("E")
		}},
		{name: "setup/form_route", know: world, edit: routeInFile, act: load},
		{name: "setup/form_route_shown", know: world, edit: routeInFile, act: func(s *stage) { load(s); s.keys("G", "k", "enter") }},
		{name: "making/read_only", know: shop, edit: func(o *setting) { o.ReadOnly = true }, act: func(s *stage) { fillService(s); s.keys("v", "?") }},
	}
}

// The service and the route of a set-up file are not lost by the form.
func TestTheFormKeepsTheRoute(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		load(s)
		s.keys("ctrl+s", "enter")
		s.rest(time.Second)
		saved := 0
		for _, r := range s.setup.written {
			saved++
			if r.Route == nil || r.Route.Plane != text("acme-shop") {
				t.Errorf("saved without its route: %+v", r)
			}
		}
		if saved != 1 {
			t.Errorf("%d files were saved:\n%s", saved, s.frame())
		}
		s.keys("G", "k", "x")
		s.keys("ctrl+s", "enter", "y")
		s.rest(time.Second)
		if n := len(s.setup.written); n != 2 || s.setup.written[1].Route != nil {
			t.Errorf("it was taken out, and of %d files the last has %+v\n%s", n, s.setup.written[n-1].Route, s.frame())
		}
	}, routeInFile)
}

// What is asked for on the page reaches the service, and what was typed is there when
// somebody comes back.
func TestTheServiceIsMade(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(planes("acme-shop")())
		sendService(s)
		if len(s.making.made) != 1 {
			t.Fatalf("%d orders", len(s.making.made))
		}
		o := s.making.made[0]
		if o.Service.Name.Raw() != "orders" || o.Service.Protocol.Raw() != "https" || o.Service.Port != 443 || !slices.Equal(o.Route.Paths, texts("/orders")) || o.Plane.Name.Raw() != "acme-shop" {
			t.Errorf("%+v", o)
		}
		s.makes(refusedRoute)
		s.keys("R")
		if !slices.Equal(s.making.goneOn, []string{"20261122T120000-0a1b2c3d"}) {
			t.Errorf("gone on with %v", s.making.goneOn)
		}
		s.makes(func(*gateway.Making) {})
		s.keys("x", `"orders"`, "enter")
		if !slices.Equal(s.making.undone, []string{"20261122T120000-0a1b2c3d"}) {
			t.Errorf("undone %v", s.making.undone)
		}
		s.keys("esc", "esc", "M")
		if frame := s.frame(); !strings.Contains(frame, "orders.corp.example.org") {
			t.Errorf("what was typed is gone:\n%s", frame)
		}
	})
}
