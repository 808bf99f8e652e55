package bundle

import (
	"net/netip"
	"time"

	"github.com/peerdeck/peerdeck/model/safe"
)

// Session is the program that was recorded, as far as a replay needs it beside what
// passed: where the services were, when it looked, and what it knew of its place.
type Session struct {
	Hosts map[Service]string `json:"hosts"`           // base addresses, as they were asked
	Login string             `json:"login,omitempty"` // of the sign-in service, where it was named; it is only shown
	Cloud string             `json:"cloud,omitempty"` // of Azure, by name; empty for the public one
	// Looks are the times at which a program that ends judged what it had read, in their
	// order; a replay of it judges at the same times.
	Looks  []time.Time `json:"looks,omitempty"`
	Places []Place     `json:"places,omitempty"` // from which DNS servers were asked
	// Cut: there were requests to which no answer had come when the program ended.
	Cut bool `json:"cut,omitempty"`
	// LeftOut counts the answers that are not in the bundle, because newer ones to the same
	// requests are and there was no room for all.
	LeftOut int `json:"left_out,omitempty"`
}

// Place is what was known of a place from which DNS servers were asked.
type Place struct {
	Via        string      `json:"via,omitempty"` // the hop, empty for the machine itself
	Kind       string      `json:"kind"`          // as package vantage calls it
	Name       safe.Text   `json:"name,omitzero"` // of the hop
	Interfaces []Interface `json:"interfaces,omitempty"`
	NoCards    string      `json:"no_interfaces,omitempty"` // why they are not known
	Routes     []Route     `json:"routes,omitempty"`
	NoRoutes   string      `json:"no_routes,omitempty"` // why they are not known
	Ways       []Way       `json:"ways,omitempty"`
}

// Interface is a network card of the machine.
type Interface struct {
	Name     safe.Text      `json:"name"`
	Kind     string         `json:"kind"`
	Prefixes []netip.Prefix `json:"prefixes"`
}

// Route is a line of the machine's routing table.
type Route struct {
	To     netip.Prefix `json:"to"`
	Card   safe.Text    `json:"card"`
	Metric uint32       `json:"metric,omitempty"`
	Reject bool         `json:"reject,omitempty"`
}

// Way is the way that the machine's system would take to a server.
type Way struct {
	To   netip.Addr `json:"to"`
	From netip.Addr `json:"from,omitzero"`
	None string     `json:"none,omitempty"` // why there is none
}
