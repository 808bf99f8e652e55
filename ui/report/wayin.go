package report

import (
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/paths/wayin"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
)

// Addresses is the document of "peerdeck paths addresses -o json". Its keys are stable.
type Addresses struct {
	GeneratedAt time.Time     `json:"generated_at"`
	Network     safe.Text     `json:"network"`
	NetworkID   safe.Text     `json:"network_id"`
	Range       string        `json:"range"`
	Says        string        `json:"says"`
	Whole       bool          `json:"whole"` // all private addresses are known
	Addresses   []PathAddress `json:"addresses"`
	Findings    []PathFinding `json:"findings"` // why not all are known
}

// PathAddress is a private address of data planes.
type PathAddress struct {
	Address        safe.Text `json:"address"`
	ControlPlane   safe.Text `json:"control_plane"`
	ControlPlaneID safe.Text `json:"control_plane_id"`
	Geo            safe.Text `json:"geo"`
	Region         safe.Text `json:"region"`
	State          safe.Text `json:"state"`
}

// PathEntry is something that points at data planes.
type PathEntry struct {
	Kind          string        `json:"kind"`
	ID            safe.Text     `json:"id"`
	Name          safe.Text     `json:"name"`
	Part          safe.Text     `json:"part"`
	VNet          safe.Text     `json:"vnet"`
	Subnet        safe.Text     `json:"subnet"`
	Front         string        `json:"front"`
	Addresses     string        `json:"addresses"` // in a few words: "1 of 2, 1 stale"
	ControlPlanes []string      `json:"control_planes"`
	Targets       []PathTarget  `json:"targets"`
	Missing       []PathAddress `json:"missing"`
	Why           string        `json:"why"`
	Severity      string        `json:"severity"`
	Findings      []PathFinding `json:"findings"`
}

// PathTarget is what an entry points at.
type PathTarget struct {
	Name    safe.Text `json:"name"`
	Address safe.Text `json:"address"`
	Host    safe.Text `json:"host"`
	Is      string    `json:"is"` // current, stale, other, public only, going, elsewhere, nobody, not known
	Whose   string    `json:"whose"`
}

// NewAddresses makes the document of the private addresses on a network.
func NewAddresses(n *model.NetworkStatus, r wayin.Report, at time.Time) Addresses {
	return Addresses{
		GeneratedAt: at.UTC(), Network: n.Name, NetworkID: n.ID, Range: n.CIDR.String(), Says: r.Says, Whole: r.Whole,
		Addresses: pathAddresses(r.Addresses()), Findings: pathFindings(r.Known()),
	}
}

func pathAddresses(list []wayin.Address) []PathAddress {
	out := make([]PathAddress, 0, len(list))
	for _, a := range list {
		out = append(out, PathAddress{Address: a.Address, ControlPlane: a.Plane.Name, ControlPlaneID: a.Plane.ID, Geo: a.Plane.Geo, Region: a.Region, State: a.State})
	}
	return out
}

func pathEntries(list []wayin.Entry) []PathEntry {
	out := make([]PathEntry, 0, len(list))
	for _, e := range list {
		one := PathEntry{
			Kind: string(e.Kind), ID: e.ID, Name: e.Name, Part: e.Part, VNet: e.VNet.Name, Subnet: e.Subnet, Front: e.Front, Addresses: e.Word,
			ControlPlanes: append([]string{}, e.Planes...), Targets: []PathTarget{}, Missing: pathAddresses(e.Missing), Why: e.Why, Severity: e.Finding().Severity.String(), Findings: pathFindings(e.Findings),
		}
		for _, t := range e.Targets {
			one.Targets = append(one.Targets, PathTarget{Name: t.Name, Address: t.Address, Host: t.Host, Is: string(t.Is), Whose: t.Whose})
		}
		out = append(out, one)
	}
	return out
}

// AddressesText lists the private addresses for people and for scripts: one a line, with its
// control plane, its region and its state.
func AddressesText(list []wayin.Address) string {
	var widths [4]int
	for _, a := range list {
		for i, text := range a.Line() {
			widths[i] = max(widths[i], cell.Width(text))
		}
	}
	var b strings.Builder
	for _, a := range list {
		line := ""
		for i, text := range a.Line() {
			line += cell.Fit(text, widths[i]) + "  "
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return b.String()
}

// Said writes findings as sentences, for the error output of a command whose own output is
// for machines.
func Said(list []finding.Finding) []string {
	var out []string
	for _, f := range list {
		out = append(out, f.Cause+" ("+f.Codes()+") "+f.Next.Line())
	}
	return out
}
