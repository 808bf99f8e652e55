package model

import (
	"strconv"
	"strings"
)

// ActivityKeys are the fields of entries that a filter may name.
func ActivityKeys() []string {
	return []string{"kind", "service", "network", "peering", "status", "id"}
}

// Field returns the values of a field of an entry, and for the empty key those that a
// plain word is searched in.
func (a Activity) Field(key string) []string {
	switch key {
	case "kind":
		return []string{string(a.Kind)}
	case "service":
		return []string{a.Service}
	case "network":
		return []string{a.Network.String()}
	case "peering":
		return []string{a.Object.String()}
	case "status":
		return []string{strconv.Itoa(a.Status)}
	case "id":
		return []string{a.Trace.String()}
	default:
		return []string{a.Summary(), a.Network.String(), a.Object.String(), a.Service}
	}
}

// Where is what an entry is about: the network and the object in it, or else the service.
func (a Activity) Where() string {
	if a.Network.IsEmpty() {
		return a.Service
	}
	return strings.TrimSuffix(a.Network.String()+" › "+a.Object.String(), " › ")
}

// Trouble reports whether an entry tells of something that went wrong: a problem, or a
// request that had no answer or was refused.
func (a Activity) Trouble() bool {
	const refused = 400
	return a.Kind == ActivityProblem || a.Kind == ActivityRequest && (a.Status == 0 || a.Status >= refused)
}

// Label is the sort of an entry in words.
func (k ActivityKind) Label() string {
	switch k {
	case ActivityChange:
		return "State change"
	case ActivityProblem:
		return "Problem"
	case ActivityRequest:
		return "Request"
	case ActivityNote:
		return "Note"
	default:
		return string(k)
	}
}
