package paths

import (
	"strconv"

	"github.com/peerdeck/peerdeck/model/safe"
)

// HostKeys are the keys by which hosts can be filtered.
func HostKeys() []string {
	return []string{"service", "host", "by", "back", "plane", "severity", "code", "vnet", "subnet", "domain", "route", "protocol", "port", "tag", "id"}
}

// HostFields returns the values of a key for a filter; the empty key gives all that a plain
// word is searched in.
func HostFields(h Host, key string) []string {
	switch key {
	case "":
		return append([]string{h.Service.Label(), h.Word, h.Back, h.Plane.Name.String(), h.Finding().Word}, h.places(Place.written)...)
	case "service":
		return []string{h.Service.Label()}
	case "host":
		return h.places(Place.written)
	case "by":
		return []string{string(h.By), h.Word}
	case "back":
		return []string{h.Back}
	case "plane":
		return []string{h.Plane.Name.String(), h.Plane.ID.String(), h.Plane.Geo.String()}
	case "severity":
		return []string{h.Finding().Severity.String(), h.Finding().Word}
	case "vnet":
		return h.places(func(p Place) safe.Text { return p.VNet })
	case "subnet":
		return h.places(func(p Place) safe.Text { return p.Subnet })
	case "domain":
		return h.places(func(p Place) safe.Text { return p.Domain })
	case "port":
		return h.places(func(p Place) safe.Text { return safe.New(strconv.Itoa(p.Port)) })
	default:
		return serviceFields(h, key)
	}
}

// serviceFields are the values of the keys that say nothing of a way.
func serviceFields(h Host, key string) []string {
	var out []string
	switch key {
	case "code":
		for _, f := range h.Findings {
			out = append(out, string(f.Code))
		}
	case "route":
		for _, r := range h.Routes {
			for _, list := range [][]safe.Text{{r.Name}, r.Paths, r.Hosts, r.SNIs} {
				for _, t := range list {
					out = append(out, t.String())
				}
			}
		}
	case "protocol":
		out = append(out, h.Service.Protocol.String())
	case "tag":
		for _, t := range h.Service.Tags {
			out = append(out, t.String())
		}
	case "id":
		out = append(out, h.Service.ID.String())
	}
	return out
}

// places returns something of the service's host and of each of its places.
func (h Host) places(of func(Place) safe.Text) []string {
	out := make([]string, 0, 1+len(h.Places))
	if !h.Upstream.IsEmpty() {
		out = append(out, h.Upstream.String())
	}
	for _, p := range h.Places {
		out = append(out, of(p).String())
	}
	return out
}

func (p Place) written() safe.Text { return p.Host }
