package konnect

import (
	"context"
	"net/http"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/safe"
)

// serviceBody is what a gateway service is created with. What is left out gets the values
// that the contract has for it.
type serviceBody struct {
	ID       safe.Text `json:"id,omitzero"` // none leaves the choice to Konnect
	Name     safe.Text `json:"name,omitzero"`
	Protocol safe.Text `json:"protocol,omitzero"`
	Host     safe.Text `json:"host"`
	Port     *int      `json:"port,omitempty"`
	Path     safe.Text `json:"path,omitzero"`
	Enabled  *bool     `json:"enabled,omitempty"`
	Verify   *bool     `json:"tls_verify,omitempty"`
	Tags     texts     `json:"tags,omitempty"`
}

// routeBody is what a route under a service is created with.
type routeBody struct {
	ID           safe.Text `json:"id,omitzero"`
	Name         safe.Text `json:"name,omitzero"`
	Protocols    texts     `json:"protocols,omitempty"`
	Methods      texts     `json:"methods,omitempty"`
	Hosts        texts     `json:"hosts,omitempty"`
	Paths        texts     `json:"paths,omitempty"`
	SNIs         texts     `json:"snis,omitempty"`
	Expression   safe.Text `json:"expression,omitzero"`
	StripPath    bool      `json:"strip_path"`
	PreserveHost bool      `json:"preserve_host"`
}

type texts = []safe.Text

// corePath is the path of what a control plane tells its data planes.
func corePath(plane model.ControlPlane, rest ...string) []string {
	return append([]string{"v2", "control-planes", plane.ID.Raw(), "core-entities"}, rest...)
}

// coreWrite makes a write at the host of the control plane's region. A region that is none
// leaves the write at the host for all regions, and sending it is refused.
func (c *Client) coreWrite(plane model.ControlPlane, method string, kind model.ObjectKind, makes string, body any, rest ...string) model.Write {
	base, failed := c.home(plane.Geo)
	if failed != nil {
		base = c.base
	}
	return writeAt(base, method, kind, makes, body, corePath(plane, rest...)...)
}

// coreSender makes the call that sends a write of a control plane.
func (c *Client) coreSender(operation string, plane model.ControlPlane) (call, error) {
	r, err := c.core(operation, plane)
	r.role, r.path = rolePlaneAdmin, nil
	return r, err
}

// CreateServiceWrite makes the request that creates a gateway service in a control plane. A
// port that is not known is left out.
func (c *Client) CreateServiceWrite(plane model.ControlPlane, s gateway.Service) model.Write {
	body := serviceBody{ID: s.ID, Name: s.Name, Protocol: s.Protocol, Host: s.Host, Path: s.Path, Verify: s.TLSVerify, Tags: s.Tags}
	if s.Port >= 0 {
		body.Port = &s.Port
	}
	if !s.Enabled {
		body.Enabled = &s.Enabled
	}
	return c.coreWrite(plane, http.MethodPost, model.ObjectService, "the service "+s.Label()+" in the control plane "+plane.Label().String(), body, "services")
}

// CreateService sends the write of CreateServiceWrite, once.
func (c *Client) CreateService(ctx context.Context, plane model.ControlPlane, w model.Write) (gateway.Service, error) {
	r, err := c.coreSender("create a service in control plane", plane)
	if err != nil {
		return gateway.Service{}, err
	}
	return sendAs(ctx, c, r, w, decodeService)
}

// CreateRouteWrite makes the request that creates a route under a service, by the service's
// id.
func (c *Client) CreateRouteWrite(plane model.ControlPlane, service safe.Text, route gateway.Route) model.Write {
	body := routeBody{
		ID: route.ID, Name: route.Name, Protocols: route.Protocols, Methods: route.Methods, Hosts: route.Hosts, Paths: route.Paths, SNIs: route.SNIs,
		Expression: route.Expression, StripPath: route.StripPath, PreserveHost: route.PreserveHost,
	}
	return c.coreWrite(plane, http.MethodPost, model.ObjectRoute, "the route "+route.Name.Or("without a name").String()+" in the control plane "+plane.Label().String(), body,
		"services", service.Raw(), "routes")
}

// CreateRoute sends the write of CreateRouteWrite, once.
func (c *Client) CreateRoute(ctx context.Context, plane model.ControlPlane, w model.Write) (gateway.Route, error) {
	r, err := c.coreSender("create a route in control plane", plane)
	if err != nil {
		return gateway.Route{}, err
	}
	return sendAs(ctx, c, r, w, decodeRoute)
}

// DeleteServiceWrite makes the request that deletes a service. Konnect refuses it while
// routes refer to the service.
func (c *Client) DeleteServiceWrite(plane model.ControlPlane, id safe.Text) model.Write {
	return c.coreWrite(plane, http.MethodDelete, model.ObjectService, "the service "+id.String()+" is deleted", nil, "services", id.Raw())
}

// DeleteService sends the write of DeleteServiceWrite. A service that is gone is no error.
func (c *Client) DeleteService(ctx context.Context, plane model.ControlPlane, w model.Write) error {
	r, err := c.coreSender("delete a service of control plane", plane)
	if err != nil {
		return err
	}
	return c.removeAs(ctx, r, w)
}

// DeleteRouteWrite makes the request that deletes a route.
func (c *Client) DeleteRouteWrite(plane model.ControlPlane, id safe.Text) model.Write {
	return c.coreWrite(plane, http.MethodDelete, model.ObjectRoute, "the route "+id.String()+" is deleted", nil, "routes", id.Raw())
}

// DeleteRoute sends the write of DeleteRouteWrite. A route that is gone is no error.
func (c *Client) DeleteRoute(ctx context.Context, plane model.ControlPlane, w model.Write) error {
	r, err := c.coreSender("delete a route of control plane", plane)
	if err != nil {
		return err
	}
	return c.removeAs(ctx, r, w)
}
