package trace

import (
	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

// sequence is the request that mends the cause, where a known sequence does.
func (p *Trace) sequence() (setup.Request, bool) {
	if p.number == 0 || p.pending || !p.trace.State.Over() {
		return setup.Request{}, false
	}
	return setup.MendFor(p.status, p.trace.Next())
}

// mendName is what is done about the cause: a sequence is begun; or else the row that won is
// edited, or one is added.
func (p *Trace) mendName() string {
	if _, can := p.sequence(); can {
		return "mend"
	}
	if p.number > 0 && len(p.trace.Rules) == 0 {
		return "add a row"
	}
	return "edit the row"
}

// noRow says why nothing can be mended.
func (p *Trace) noRow() string {
	switch {
	case p.number == 0 || p.pending:
		return "no name was traced yet"
	case !p.trace.Query.OK():
		return "it is no name"
	case p.status == nil:
		return "the network is not known any more"
	}
	if _, can := p.sequence(); can && p.env.ReadOnly {
		return "this is the read-only mode"
	}
	return ""
}

// mend shows the sequence that mends the cause, and asks. Without one it opens the row that
// won, with the cursor in its servers; where none won, a row for the name is begun.
func (p *Trace) mend() tea.Cmd {
	if r, can := p.sequence(); can {
		return screen.Say(screen.Mend{Request: r})
	}
	if len(p.trace.Rules) == 0 {
		return screen.Say(screen.Mappings{Network: p.network, Add: p.trace.Query.Asked()})
	}
	rule := p.trace.Rules[0]
	return screen.Say(screen.Mappings{Network: p.network, Edit: rule.Domain, From: rule.FromID})
}
