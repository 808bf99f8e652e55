package model

import (
	"strings"

	"github.com/peerdeck/peerdeck/model/safe"
)

// vnetID is a VNET as a text of one of the clouds names it. Azure compares names and ids
// without regard to case, and may end an id with a slash; in which form Konnect names
// Kong's VNET is documented nowhere.
type vnetID struct {
	full string // the whole ARM id in one spelling, empty for any other form
	name string // the last part, in one spelling
}

// readVNetID reads a text: a whole ARM id, with a host before it or a part of the VNET
// behind it too, or any other form, of which only the last part is kept.
func readVNetID(text safe.Text) vnetID {
	raw := strings.ToLower(strings.TrimSpace(text.Raw()))
	if _, after, found := strings.Cut(raw, "://"); found {
		_, raw, _ = strings.Cut(after, "/")
	}
	raw, _, _ = strings.Cut(raw, "?")
	parts := strings.FieldsFunc(raw, func(r rune) bool { return r == '/' })
	if len(parts) == 0 {
		return vnetID{}
	}
	const whole = 8
	if len(parts) >= whole && parts[0] == "subscriptions" && parts[2] == "resourcegroups" && parts[4] == "providers" &&
		parts[5] == "microsoft.network" && parts[6] == "virtualnetworks" {
		return vnetID{full: "/" + strings.Join(parts[:whole], "/"), name: parts[whole-1]}
	}
	return vnetID{name: parts[len(parts)-1]}
}

// same reports whether both are whole ids of one VNET.
func (v vnetID) same(o vnetID) bool { return v.full != "" && v.full == o.full }

// other reports whether both are whole ids, of two VNETs.
func (v vnetID) other(o vnetID) bool { return v.full != "" && o.full != "" && v.full != o.full }

// alike reports whether one is no whole id and the names are one: a hint.
func (v vnetID) alike(o vnetID) bool {
	return (v.full == "" || o.full == "") && v.name != "" && v.name == o.name
}

// accountSubscription is the subscription that a provider account's id names, as far as it
// names one: the id alone, or a path with it. What the id is on Azure is documented nowhere.
func accountSubscription(account safe.Text) safe.Text {
	parts := strings.FieldsFunc(account.Raw(), func(r rune) bool { return r == '/' })
	for i, p := range parts[:max(0, len(parts)-1)] {
		if strings.EqualFold(p, "subscriptions") {
			return safe.New(parts[i+1])
		}
	}
	return account
}

// VNetID is a whole ARM id of a VNET in one spelling for all spellings of it; empty for any
// other text.
func VNetID(text safe.Text) string { return readVNetID(text).full }
