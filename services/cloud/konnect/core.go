package konnect

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/endpoint"
	"github.com/peerdeck/peerdeck/services/run/width"
	"github.com/peerdeck/peerdeck/services/run/work"
)

// ofPlane makes a reading call below a control plane, at the host of its region.
func (c *Client) ofPlane(operation string, plane model.ControlPlane, rest ...string) (call, error) {
	r := c.get(operation, plane.Label(), append([]string{"v2", "control-planes", plane.ID.Raw()}, rest...)...)
	r.place, r.role = safe.New("the control plane "+plane.Label().Raw()), rolePlaneViewer
	base, err := c.home(plane.Geo)
	if err != nil {
		return r, r.failure(*err)
	}
	if plane.ID.IsEmpty() {
		return r, r.failure(model.Failure{Kind: model.FailureContract, Cause: safe.New("the control plane has no id")})
	}
	return r.at(base), nil
}

// core makes a reading call for what a control plane tells its data planes.
func (c *Client) core(operation string, plane model.ControlPlane, rest ...string) (call, error) {
	return c.ofPlane(operation, plane, append([]string{"core-entities"}, rest...)...)
}

func coreList[T any](ctx context.Context, c *Client, operation string, plane model.ControlPlane, decode func(json.RawMessage) (safe.Text, T, error), query url.Values, rest ...string) (List[T], error) {
	r, err := c.core(operation, plane, rest...)
	if err != nil {
		return List[T]{}, err
	}
	r.query = query
	return follow(ctx, c, r, byOffset(), decode)
}

// Services lists the gateway services of a control plane. What was read before an error
// comes with it.
func (c *Client) Services(ctx context.Context, plane model.ControlPlane) (List[gateway.Service], error) {
	return coreList(ctx, c, "list services of control plane", plane, decodeService, nil, "services")
}

// ServicesNamed lists the gateway services of a control plane that have a name: one, or none.
func (c *Client) ServicesNamed(ctx context.Context, plane model.ControlPlane, name safe.Text) (List[gateway.Service], error) {
	return coreList(ctx, c, "look for a service in control plane", plane, decodeService, url.Values{"filter[name][eq]": {name.Raw()}}, "services")
}

// Service reads one gateway service, by its id.
func (c *Client) Service(ctx context.Context, plane model.ControlPlane, id safe.Text) (gateway.Service, error) {
	r, err := c.core("read a service of control plane", plane, "services", id.Raw())
	if err != nil {
		return gateway.Service{}, err
	}
	return readOne(ctx, c, r, decodeService)
}

// Routes lists the routes of a control plane, those without a service too. What was read
// before an error comes with it.
func (c *Client) Routes(ctx context.Context, plane model.ControlPlane) (List[gateway.Route], error) {
	return coreList(ctx, c, "list routes of control plane", plane, decodeRoute, nil, "routes")
}

// RoutesNamed lists the routes of a control plane that have a name: one, or none.
func (c *Client) RoutesNamed(ctx context.Context, plane model.ControlPlane, name safe.Text) (List[gateway.Route], error) {
	return coreList(ctx, c, "look for a route in control plane", plane, decodeRoute, url.Values{"filter[name][eq]": {name.Raw()}}, "routes")
}

// Route reads one route, by its id.
func (c *Client) Route(ctx context.Context, plane model.ControlPlane, id safe.Text) (gateway.Route, error) {
	r, err := c.core("read a route of control plane", plane, "routes", id.Raw())
	if err != nil {
		return gateway.Route{}, err
	}
	return readOne(ctx, c, r, decodeRoute)
}

// Members lists the control planes that are members of a group.
func (c *Client) Members(ctx context.Context, group model.ControlPlane) (List[model.ControlPlane], error) {
	r, err := c.ofPlane("list members of control plane group", group, "group-memberships")
	if err != nil {
		return List[model.ControlPlane]{}, err
	}
	return follow(ctx, c, r, byCursor(), planeDecoder(group.Geo))
}

// ControlPlane reads one control plane.
func (c *Client) ControlPlane(ctx context.Context, geo, id safe.Text) (model.ControlPlane, error) {
	r, err := c.ofPlane("read control plane", model.ControlPlane{ID: id, Geo: geo})
	if err != nil {
		return model.ControlPlane{}, err
	}
	return readOne(ctx, c, r, planeDecoder(geo))
}

// Plane reads what a control plane tells its data planes. Each list fails by itself.
func (c *Client) Plane(ctx context.Context, plane model.ControlPlane) gateway.Plane {
	out := gateway.Plane{ControlPlane: plane}
	reads := []func(context.Context){
		func(ctx context.Context) {
			l, err := c.Services(ctx, plane)
			out.Services, out.ServicesRead = l.Items, partOf(c.now, l, err)
		},
		func(ctx context.Context) {
			l, err := c.Routes(ctx, plane)
			out.Routes, out.RoutesRead = l.Items, partOf(c.now, l, err)
		},
		func(ctx context.Context) {
			l, err := c.Upstreams(ctx, plane)
			out.Upstreams, out.UpstreamsRead = l.Items, partOf(c.now, l, err)
		},
		func(ctx context.Context) { out.Seen = c.Requests(ctx, plane) },
	}
	_ = work.Each(ctx, width.Most, len(reads), func(ctx context.Context, i int) error {
		reads[i](ctx)
		return nil // the others go on
	})
	for _, part := range []*model.Part{&out.ServicesRead, &out.RoutesRead, &out.UpstreamsRead, &out.Seen.Read} {
		if ctx.Err() != nil && !part.Read() && part.Failure == nil {
			part.Failure = &model.Failure{Kind: model.FailureCancelled, Operation: "read control plane", Subject: plane.Label(), Cause: safe.New("the reading was ended")}
		}
	}
	return out
}

// Planes reads what the data planes of a control plane are told: by itself, or by its
// members where it is a group. Where its kind is not known, that is asked first.
func (c *Client) Planes(ctx context.Context, plane model.ControlPlane) []gateway.Plane {
	if plane.ClusterType.IsEmpty() {
		named, err := c.ControlPlane(ctx, plane.Geo, plane.ID)
		if err != nil {
			return []gateway.Plane{unread(plane, err)}
		}
		plane = named
	}
	if !plane.Group() {
		return []gateway.Plane{c.Plane(ctx, plane)}
	}
	members, err := c.Members(ctx, plane)
	if err != nil {
		return []gateway.Plane{unread(plane, err)}
	}
	out := make([]gateway.Plane, len(members.Items), len(members.Items)+1)
	_ = work.Each(ctx, width.Most, len(out), func(ctx context.Context, i int) error {
		out[i] = c.Plane(ctx, members.Items[i])
		out[i].Group = plane
		return nil
	})
	if why := shortOf(members); why != nil {
		out = append(out, unread(plane, *why))
	}
	return out
}

// unread is a control plane of which nothing is known, for one reason.
func unread(plane model.ControlPlane, err error) gateway.Plane {
	f, _ := model.AsFailure(err)
	part := model.Part{Failure: &f}
	return gateway.Plane{ControlPlane: plane, ServicesRead: part, RoutesRead: part, UpstreamsRead: part, Seen: gateway.Record{Read: part}}
}

// partOf says how far a list was read: whole, in part (a time and a failure), or not.
func partOf[T any](now func() time.Time, l List[T], err error) model.Part {
	part := model.Part{Failure: shortOf(l)}
	if f, failed := model.AsFailure(err); failed {
		part.Failure = &f
		if len(l.Items) == 0 {
			return part
		}
	}
	part.At = now()
	return part
}

// shortOf says why a list that came is not the whole one; nil where it is.
func shortOf[T any](l List[T]) *model.Failure {
	switch {
	case len(l.Problems) > 0:
		return &l.Problems[0]
	case !l.Complete:
		return &model.Failure{Kind: model.FailureContract, Operation: "list", Cause: safe.New("the list did not end: Konnect names pages that came before, or that bring nothing new"), Retryable: true}
	default:
		return nil
	}
}

// home is the host of a region, which is part of its name and gets the token.
func (c *Client) home(geo safe.Text) (base endpoint.Endpoint, failed *model.Failure) {
	switch {
	case !isGeo(geo.Raw()):
		return base, &model.Failure{Kind: model.FailureContract, Cause: safe.New("that is no region of Konnect")}
	case c.region != "" && !strings.EqualFold(c.region, geo.Raw()):
		return base, &model.Failure{Kind: model.FailureInvalid, Unsent: true, Cause: safe.New("the region " + geo.Raw() + " is not asked: the settings name the region " + c.region)}
	default:
		return c.base.Geo(geo.Raw()), nil
	}
}

// gone reports whether an answer says that the service does not have a path.
func gone(err error) bool {
	f, failed := model.AsFailure(err)
	return failed && (f.Status == http.StatusNotFound || f.Status == http.StatusMethodNotAllowed || f.Status == http.StatusNotImplemented)
}
