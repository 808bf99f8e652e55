package setup

import (
	"strings"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// route adds what is wrong with the service and the route that are to be made last, by the
// rules of the form that makes one alone.
func (p *problems) route(r Request) {
	if r.Route == nil {
		return
	}
	for _, w := range r.Route.Problems() {
		severity := dnstable.Error
		if w.Warning {
			severity = dnstable.Warning
		}
		p.list = append(p.list, Problem{Field: FieldRoute + "." + Field(w.Field), Index: -1, Severity: severity, Text: "the route: " + w.Text})
	}
}

// IsRoute reports whether a field is one of the service and the route.
func (f Field) IsRoute() bool {
	return f == FieldRoute || strings.HasPrefix(string(f), string(FieldRoute)+".")
}

// PlaneOf finds the control plane that a draft names among those that run on the network.
func PlaneOf(d gateway.Draft, network safe.Text, planes []model.ControlPlane) (model.ControlPlane, *model.Failure) {
	var found []model.ControlPlane
	var all, where []string
	for _, c := range planes {
		all = append(all, c.Name.Or(c.ID.Raw()).String()+" in "+c.Geo.String())
		if (c.ID == d.Plane || c.Name == d.Plane) && (d.Geo.IsEmpty() || d.Geo.EqualFold(c.Geo)) {
			found = append(found, c)
			where = append(where, c.ID.String()+" in "+c.Geo.String())
		}
	}
	f := &model.Failure{Kind: model.FailureInvalid, Operation: "find the control plane", Subject: d.Plane}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		f.Cause = safe.New("several control planes on the network " + network.Raw() + " are called so: " + strings.Join(where, ", "))
		f.Cure = "Name one by its id, or by its region (route.geo)."
	case len(all) == 0:
		f.Cause = safe.New("no control plane runs data planes on the network " + network.Raw())
		f.Cure = "Give a control plane a configuration on the network first, in Konnect; or leave out the part route."
	default:
		f.Cause = safe.New("no control plane of this name or id, and region where one is given, runs data planes on the network " + network.Raw() + "; there are " + phrase.Few(all, 6))
		f.Cure = "Name one of them, or leave out the part route."
	}
	return model.ControlPlane{}, f
}

// StillHidden is the failure of what Konnect has accepted and no look shows.
func StillHidden(what string) model.Failure {
	return model.Failure{
		Kind: model.FailureTimeout, Operation: "read back", Cause: safe.New("Konnect took the requests and does not show " + what), Retryable: true,
		Cure: "Retry: what is there is looked at, and nothing is made twice.",
	}
}

// PlaneUnknown is the failure of a teardown whose journal does not say in which control
// plane the run has made its route.
func PlaneUnknown() model.Failure {
	return model.Failure{
		Kind: model.FailureInvalid, Operation: "find the control plane", Cause: safe.New("the journal does not say in which control plane the route was made"),
		Cure: "Remove service and route in Konnect, by their names.",
	}
}
