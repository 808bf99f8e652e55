package paths

import (
	"cmp"
	"slices"
)

// HostOrder is what hosts are sorted by.
type HostOrder string

// The orders of hosts.
const (
	ByUrgency HostOrder = "urgency" // the worst finding first
	ByService HostOrder = "service"
	ByHost    HostOrder = "host"
	ByWay     HostOrder = "way" // what carries the requests
	ByBack    HostOrder = "back"
	ByPlane   HostOrder = "plane"
)

// SortHosts sorts hosts; those that are equal by the name of the service, of the control
// plane, and then by their key. Reverse turns the order round.
func SortHosts(list []*Host, by HostOrder, reverse bool) {
	slices.SortStableFunc(list, func(a, b *Host) int {
		c := cmp.Or(compareHosts(a, b, by), cmp.Compare(a.Service.Label(), b.Service.Label()), a.Plane.Name.Compare(b.Plane.Name))
		if reverse {
			c = -c
		}
		return cmp.Or(c, cmp.Compare(a.Key, b.Key))
	})
}

func compareHosts(a, b *Host, by HostOrder) int {
	switch by {
	case ByUrgency:
		return int(b.Finding().Severity) - int(a.Finding().Severity)
	case ByHost:
		return a.Service.Host.Compare(b.Service.Host)
	case ByWay:
		return cmp.Or(cmp.Compare(a.By, b.By), cmp.Compare(a.Word, b.Word))
	case ByBack:
		return cmp.Compare(a.Back, b.Back)
	case ByPlane:
		return a.Plane.Name.Compare(b.Plane.Name)
	case ByService:
		return 0
	default:
		return 0
	}
}
