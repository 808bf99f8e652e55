package app_test

import (
	"context"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/safe"
)

// fakeMaking makes nothing by itself: tests hand over how an order stands, and look at what
// was asked for.
type fakeMaking struct {
	makings chan gateway.Making
	made    []gateway.Order
	goneOn  []string
	undone  []string
	earlier []gateway.Making
	refuses error
}

func newFakeMaking() *fakeMaking { return &fakeMaking{makings: make(chan gateway.Making)} }

func (f *fakeMaking) Order(plane model.ControlPlane, d gateway.Draft) (gateway.Order, []model.Write, error) {
	o := gateway.NewOrder(plane, d, id("service", "orders"), id("route", "orders"))
	return o, writesOf(o), nil
}

// writesOf are requests as the client makes them.
func writesOf(o gateway.Order) []model.Write {
	base := "https://eu.api.konghq.com/v2/control-planes/" + o.Plane.ID.Raw() + "/core-entities/services"
	return []model.Write{
		{
			Service: model.WriteKonnect, Method: "POST", URL: text(base), Kind: model.ObjectService, Makes: "the service " + o.Service.Name.String() + " in the control plane " + o.Plane.Name.String(),
			Body: text("{\n  \"id\": \"" + o.Service.ID.Raw() + "\",\n  \"name\": \"" + o.Service.Name.Raw() + "\",\n  \"protocol\": \"" + o.Service.Protocol.Raw() + "\",\n  \"host\": \"" + o.Service.Host.Raw() + "\",\n  \"port\": 443\n}\n"),
		},
		{
			Service: model.WriteKonnect, Method: "POST", URL: text(base + "/" + o.Service.ID.Raw() + "/routes"), Kind: model.ObjectRoute, Makes: "the route " + o.Route.Name.String() + " in the control plane " + o.Plane.Name.String(),
			Body: text("{\n  \"id\": \"" + o.Route.ID.Raw() + "\",\n  \"name\": \"" + o.Route.Name.Raw() + "\",\n  \"protocols\": [\n    \"https\"\n  ],\n  \"paths\": [\n    \"/orders\"\n  ],\n  \"strip_path\": true,\n  \"preserve_host\": false\n}\n"),
		},
	}
}

func (f *fakeMaking) Make(o gateway.Order) error {
	if f.refuses == nil {
		f.made = append(f.made, o)
	}
	return f.refuses
}

func (f *fakeMaking) GoOn(id string) error {
	f.goneOn = append(f.goneOn, id)
	return f.refuses
}

func (f *fakeMaking) Undo(id string) error {
	f.undone = append(f.undone, id)
	return f.refuses
}

func (*fakeMaking) Cancel() {}

func (f *fakeMaking) Earlier(context.Context) ([]gateway.Making, error) { return f.earlier, nil }

// madeOf is the order that stands on the page, in a state.
func madeOf(o gateway.Order, edit func(*gateway.Making)) gateway.Making {
	m := gateway.Making{
		Number: 1, ID: "20261122T120000-0a1b2c3d", Order: o, State: gateway.MakingDone, Plan: writesOf(o), StartedAt: noon, EndedAt: noon.Add(3 * time.Second),
		Service: o.Service, Route: o.Route, MadeService: true, MadeRoute: true,
	}
	m.Plan[0].Sent, m.Plan[1].Sent = true, true
	for i, l := range []string{"POST " + m.Plan[0].URL.Raw(), "POST " + m.Plan[1].URL.Raw(), "read back: service and route are as they were sent"} {
		m.Log = append(m.Log, model.LogLine{Number: uint64(i + 1), At: noon.Add(time.Duration(i) * time.Second), Tone: model.LineWrite, Text: text(l)})
	}
	edit(&m)
	return m
}

func refusedRoute(m *gateway.Making) {
	m.State, m.MadeRoute, m.Route = gateway.MakingFailed, false, gateway.Route{}
	m.Failure = &model.Failure{
		Kind: model.FailureInvalid, Operation: "create a route in control plane", Subject: m.Order.Plane.Name, Status: 400, TraceID: safe.New("konnect:trace:99"),
		Cause: text("schema violation: paths.1: should match pattern '^/'"), Cure: "Mend what it names; sent again as it is, it gets the same answer.",
	}
}
