package gateway

import (
	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Order is a service with a route that is to be made in a control plane.
type Order struct {
	Plane model.ControlPlane
	// Service and Route are as they are to be, each with the id that it is to get, so that
	// a request whose answer was lost can be told from somebody else's.
	Service Service
	Route   Route
}

// NewOrder returns the order of a draft without problems. The ids are what the service and
// the route are to get, as UUIDs.
func NewOrder(plane model.ControlPlane, d Draft, service, route safe.Text) Order {
	o := Order{Plane: plane}
	o.Service, o.Route = d.Wanted()
	o.Service.ID, o.Route.ID, o.Route.ServiceID = service, route, service
	return o
}

// There is what a look at the control plane has found under the ids or the names of an
// order; nil for nothing.
type There struct {
	Service *Service
	Route   *Route
}

// Clash is why nothing is made beside what is there: something of the same name that is
// another thing. Nil: there is none, or what is there is what is wanted.
func (o Order) Clash(t There) *model.Failure {
	if t.Service != nil {
		if d := ServiceDifferences(o.Service, *t.Service); len(d) > 0 {
			return o.taken("service", o.Service.Name, d)
		}
	}
	if t.Route == nil {
		return nil
	}
	want := o.Route
	if t.Service != nil {
		want.ServiceID = t.Service.ID
	}
	d := RouteDifferences(want, *t.Route)
	if len(d) == 0 {
		return nil
	}
	return o.taken("route", o.Route.Name, d)
}

func (o Order) taken(noun string, name safe.Text, d []Difference) *model.Failure {
	return &model.Failure{
		Kind: model.FailureConflict, Operation: "make the " + noun, Subject: name,
		Cause: safe.New("the control plane " + o.Plane.Name.Or(o.Plane.ID.Raw()).Raw() + " has a " + noun + " of this name already, and it is another one: " + Words(d)),
		Cure:  "Give another name, or what is there as it is; peerdeck changes nothing that it has not made.",
	}
}

// Met reports whether all that is wanted is there.
func (o Order) Met(t There) bool { return t.Service != nil && t.Route != nil && o.Clash(t) == nil }

// Lost is the failure of a request whose answer was lost and whose effect no look has shown.
func (o Order) Lost(noun string, name safe.Text, why model.Failure) model.Failure {
	why.Operation, why.Subject, why.Retryable = "make the "+noun, name, true
	why.Cause = safe.New(why.Cause.Raw() + "; the " + noun + " was looked for by its id and by its name, and does not show")
	why.Cure = "Go on: it is looked for again before anything is sent."
	return why
}

// Changed is why something is not removed: it is not what was made any more.
func Changed(noun string, name safe.Text, d []Difference) model.Failure {
	cause := "it was changed since it was made"
	if len(d) > 0 {
		cause += ": " + Words(d)
	}
	return model.Failure{
		Kind: model.FailureConflict, Operation: "remove the " + noun, Subject: name, Cause: safe.New(cause),
		Cure: "Ask who changed it. Whoever wants it gone all the same removes it in Konnect.",
	}
}

// InUse is why a service is not removed: other routes lead to it.
func InUse(service safe.Text, routes []Route) model.Failure {
	names := make([]string, len(routes))
	for i, r := range routes {
		names[i] = r.Name.Or(r.ID.Raw()).String()
	}
	return model.Failure{
		Kind: model.FailureConflict, Operation: "remove the service", Subject: service,
		Cause: safe.New(phrase.Count(len(names), "other route") + " lead" + phrase.Either(len(names), "s", "") + " to it: " + phrase.Few(names, 4)),
		Cure:  "Ask whose they are. Nothing was removed: the route of this order stays as well.",
	}
}

// NotWhole is why a service is not removed: whether other routes lead to it is not known.
func NotWhole(service safe.Text) model.Failure {
	return model.Failure{
		Kind: model.FailureContract, Operation: "remove the service", Subject: service, Retryable: true,
		Cause: safe.New("the list of routes did not come whole, so other routes may lead to it"),
		Cure:  "Undo again in a moment. Nothing was removed.",
	}
}
