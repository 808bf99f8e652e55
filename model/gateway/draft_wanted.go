package gateway

import (
	"slices"
	"strconv"
	"strings"

	"github.com/peerdeck/peerdeck/model/safe"
)

// noPort stands for a port that is no number.
const noPort = -1

// Wanted is what a draft without problems means: the service and the route with every
// default filled in. Ids, and that of the service in the route, are for who sends it.
func (d Draft) Wanted() (Service, Route) {
	s := d.Service.split()
	service := Service{
		Name: s.Name, Protocol: s.protocol(), Host: s.Host, Port: s.port(), Path: s.Path, Enabled: true,
	}
	r := d.Route
	route := Route{
		Name: r.Name.Or(s.Name.Raw()), Protocols: slices.Clone(r.Protocols),
		Paths: slices.Clone(r.Paths), Hosts: slices.Clone(r.Hosts), Methods: slices.Clone(r.Methods), SNIs: slices.Clone(r.SNIs),
	}
	if len(route.Protocols) == 0 {
		route.Protocols = usualRoute(service.Protocol.Raw())
	}
	strip, _ := r.strips(route.Protocols)
	route.StripPath = strip
	return service, route
}

// split takes a URL apart into the fields that it stands for. One that is none leaves
// them as they are.
func (s ServiceDraft) split() ServiceDraft {
	u, ok := readURL(s.URL)
	if !ok {
		return s
	}
	s.Protocol, s.Host, s.Port, s.Path = u.Protocol, u.Host, u.Port, u.Path
	return s
}

// readURL reads an address such as https://orders.example.com:8443/v1. A query or a user
// has no place in a service.
func readURL(text safe.Text) (ServiceDraft, bool) {
	scheme, rest, ok := strings.Cut(text.Raw(), "://")
	scheme = strings.ToLower(scheme)
	at, path, slash := strings.Cut(rest, "/")
	if slash {
		path = "/" + path
	}
	host, port, ok2 := splitPort(at)
	if !ok || !ok2 || host == "" || familyOf(scheme) == "" || strings.ContainsAny(rest, "@?#") {
		return ServiceDraft{}, false
	}
	return ServiceDraft{Protocol: safe.New(scheme), Host: safe.New(host), Port: safe.New(port), Path: safe.New(path)}, true
}

// splitPort parts HOST:PORT, with an address of IPv6 in brackets. A colon that no port
// follows is none.
func splitPort(at string) (host, port string, ok bool) {
	if inner, found := strings.CutPrefix(at, "["); found {
		host, rest, closed := strings.Cut(inner, "]")
		if rest == "" {
			return host, "", closed && isAddress(host)
		}
		port, colon := strings.CutPrefix(rest, ":")
		return host, port, colon && port != "" && closed && isAddress(host)
	}
	host, port, colon := strings.Cut(at, ":")
	return host, port, !colon || port != "" && !strings.Contains(port, ":")
}

func (s ServiceDraft) protocol() safe.Text { return s.Protocol.Or("http") }

// port is the port as a number: the usual one of the protocol where none was typed, and
// none where it is no number from 0 to 65535.
func (s ServiceDraft) port() int {
	if s.Port.IsEmpty() {
		return UsualPort(s.protocol().Raw())
	}
	n, err := strconv.ParseUint(s.Port.Raw(), 10, 16)
	if err != nil {
		return noPort
	}
	return int(n)
}

// strips reads whether the path of a route is taken away; false where that is no answer.
// Nothing typed is Konnect's own default, which gRPC has no path for.
func (r RouteDraft) strips(protocols []safe.Text) (strip, ok bool) {
	switch strings.ToLower(r.StripPath.Raw()) {
	case "true", "yes":
		return true, true
	case "false", "no":
		return false, true
	case "":
		return family(protocols) != familyGRPC, true
	default:
		return false, false
	}
}
