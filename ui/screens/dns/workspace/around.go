package workspace

import (
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
)

// nearby are the private resolvers around the servers of a network.
type nearby struct {
	endpoints []dnstable.Endpoint
	rulesets  []dnstable.Ruleset
}

// traced keeps what a trace has read of Azure for the rules of the network's tables. It
// reports whether there was something.
func (w *Workspace) traced(t dnstrace.Trace) bool {
	n := w.networks[t.Network]
	if n == nil || !t.State.Over() || len(t.Endpoints)+len(t.Rulesets) == 0 {
		return false
	}
	n.near = &nearby{t.Endpoints, t.Rulesets}
	return true
}

// SetProbe gives the rules what a probe of the network has found, when it has ended.
func (n *Network) SetProbe(m dnstrace.Matrix) {
	if m.State.Over() && !m.Begun.Equal(n.probedAt) {
		n.probes, n.probedAt = m.Probes(), m.Begun
	}
}
