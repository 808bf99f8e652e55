// Package picture is the map of one network: what leads in to its data planes, the
// peerings with both halves, the VNETs with their subnets and DNS servers, and the services
// that are reached there, over the Internet or not at all, each with how well it is. It
// holds what is drawn and in which order; how is for whoever draws.
package picture

import (
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
)

// Picture is the map of a network at one moment.
type Picture struct {
	At      time.Time // of the last reading that is in it; zero for none
	Entries []Box     // what leads in to the data planes
	Gateway Box       // the network with its data planes
	Ways    []Way     // one for each peering, in their order
	Outside []Box     // services that are reached over the Internet, past every peering
	Nowhere []Box     // services that no way leads to
	Unknown []Box     // what could not be placed, and why
	Broken  []Fault   // what is broken where, the worst first
}

// Box is a thing on the map.
type Box struct {
	Name  string
	Notes []string // what is known of it, the most important first
	Mark  model.Severity
	Word  string // what the mark means here, such as "ready" or "cannot tell"
}

// Way is a peering and the VNET behind it.
type Way struct {
	Peering Box
	VNet    Box
	Servers []Box // the DNS servers of the mappings that lie in it
	Subnets []Subnet
	Others  []Box // services of the VNET that lie in no subnet that was read
}

// Subnet is a subnet with the services that lie in it.
type Subnet struct {
	Box

	Services []Box
}

// Fault is a finding and the thing on the map that it is about.
type Fault struct {
	Where   string
	Finding finding.Finding
}

// Worst is how urgent the worst thing on the map is.
func (p Picture) Worst() model.Severity {
	worst := p.Gateway.Mark
	each := func(boxes ...Box) {
		for _, b := range boxes {
			worst = max(worst, b.Mark)
		}
	}
	each(slices.Concat(p.Entries, p.Outside, p.Nowhere, p.Unknown)...)
	for _, w := range p.Ways {
		each(w.Peering, w.VNet)
		each(slices.Concat(w.Servers, w.Others)...)
		for _, s := range w.Subnets {
			each(s.Box)
			each(s.Services...)
		}
	}
	for _, f := range p.Broken {
		worst = max(worst, f.Finding.Severity)
	}
	return worst
}

// Shown is a subnet that is worth its line: one with services, or with something to say.
func (s Subnet) Shown() bool { return len(s.Services) > 0 || s.Mark != model.SeverityOK }

// Quiet counts the subnets of a VNET that have nothing to show.
func (w Way) Quiet() int {
	n := 0
	for _, s := range w.Subnets {
		if !s.Shown() {
			n++
		}
	}
	return n
}
