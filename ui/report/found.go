package report

import "github.com/peerdeck/peerdeck/model/safe"

// Found is everything that was found, without the networks around: what a ticket wants
// first.
type Found struct {
	Findings []FoundIn `json:"findings"`
	Failures []Failure `json:"failures"`
}

// FoundIn is a finding with its network.
type FoundIn struct {
	Finding

	NetworkID   safe.Text `json:"network_id"`
	NetworkName safe.Text `json:"network_name"`
}

// Found lists what a report has found.
func (r Report) Found() Found {
	out := Found{Findings: []FoundIn{}, Failures: r.Failures}
	for _, n := range r.Networks {
		for _, f := range n.Findings {
			out.Findings = append(out.Findings, FoundIn{Finding: f, NetworkID: n.ID, NetworkName: n.Name})
		}
	}
	return out
}
