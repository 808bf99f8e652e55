package sandbox

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// routeBody is what a PUT of a route carries, and each route of a table.
type routeBody struct {
	Name       string `json:"name"`
	Properties *struct {
		Prefix  string `json:"addressPrefix"`
		NextHop string `json:"nextHopType"`
		Address string `json:"nextHopIpAddress"`
	} `json:"properties"`
}

// route is the route of a body.
func (b routeBody) route(name string) (userRoute, bool) {
	if b.Properties == nil || b.Properties.NextHop == "" {
		return userRoute{}, false
	}
	_, err := netip.ParsePrefix(b.Properties.Prefix)
	return userRoute{name, b.Properties.Prefix, b.Properties.NextHop, b.Properties.Address}, err == nil || strings.Trim(b.Properties.Prefix, "0123456789./:") != ""
}

// writeRoute makes, changes or deletes a route.
func (q armRequest) writeRoute(of *armResource, p resourcePath) (reply, int) {
	key, name := groupKey(of.sub, of.group, of.name), p.names[1]
	routes := slices.Clone(q.w.routes[key])
	at := slices.IndexFunc(routes, func(r userRoute) bool { return strings.EqualFold(r.name, name) })
	if q.Method == http.MethodDelete {
		if at < 0 {
			return reply{}, http.StatusNoContent
		}
		return reply{}, http.StatusAccepted // it goes when the operation ends
	}
	var body routeBody
	if refusal, ok := q.read(&body); !ok {
		return refusal, 0
	}
	made, ok := body.route(name)
	if !ok {
		return q.wrong("InvalidAddressPrefixFormat", "Address prefix of resource "+q.URL.Path+" is not formatted correctly. It should follow CIDR notation.")
	}
	if at >= 0 {
		made.name, routes[at] = routes[at].name, made
		q.w.routes[key] = routes
		return reply{}, http.StatusOK
	}
	q.w.routes[key] = append(routes, made)
	return reply{}, http.StatusCreated
}

// looseTable is a route table that was made without a subnet.
type looseTable struct {
	sub                   *subscription
	group, name, location string
}

// newTable makes a route table beside those that subnets name.
func (w *World) newTable(sub *subscription, p resourcePath) {
	group, location, _ := w.group(sub, p.group)
	w.tables = append(w.tables, looseTable{sub, group, p.names[0], location})
}

// writeTable replaces what a route table says: its routes, and which routes of others it lets
// into its subnets.
func (q armRequest) writeTable(of *armResource, _ resourcePath) (reply, int) {
	var body struct {
		Properties struct {
			Routes   []routeBody `json:"routes"`
			Gateways bool        `json:"disableBgpRoutePropagation"`
			Peerings string      `json:"disablePeeringRoute"`
		} `json:"properties"`
	}
	if refusal, ok := q.read(&body); !ok {
		return refusal, 0
	}
	routes := []userRoute{}
	for _, r := range body.Properties.Routes {
		made, ok := r.route(r.Name)
		if !ok {
			return q.wrong("InvalidAddressPrefixFormat", "Address prefix of resource "+q.URL.Path+"/routes/"+r.Name+" is not formatted correctly. It should follow CIDR notation.")
		}
		routes = append(routes, made)
	}
	key := groupKey(of.sub, of.group, of.name)
	q.w.routes[key], q.w.noGatewayRoutes[key] = routes, body.Properties.Gateways
	if q.URL.Query().Get("api-version") >= newerRoutes {
		q.w.peeringRoutes[key] = body.Properties.Peerings
	}
	return reply{}, http.StatusOK
}

// writePool replaces the backends of a load balancer that are told by address.
func (q armRequest) writePool(of *armResource, p resourcePath) (reply, int) {
	var body struct {
		Properties struct {
			Addresses []struct {
				Properties struct {
					Address string `json:"ipAddress"`
				} `json:"properties"`
			} `json:"loadBalancerBackendAddresses"`
		} `json:"properties"`
	}
	if refusal, ok := q.read(&body); !ok {
		return refusal, 0
	}
	for _, b := range q.w.balancers {
		if b.vnet.sub != of.sub || !strings.EqualFold(b.vnet.group, of.group) || !strings.EqualFold(b.name, of.name) {
			continue
		}
		if !strings.EqualFold(b.pool, p.names[1]) {
			return q.notBuilt(), 0 // a balancer has one pool here
		}
		b.backends = nil
		for _, a := range body.Properties.Addresses {
			if a.Properties.Address != "" {
				b.backends = append(b.backends, a.Properties.Address)
			}
		}
		return reply{}, http.StatusOK
	}
	return q.noResource("loadBalancers", p), 0
}
