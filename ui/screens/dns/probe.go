package dns

import (
	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
	dnstrace "github.com/peerdeck/peerdeck/ui/screens/dns/trace"
)

// colProbe is the column of the last probe. It is there once something was probed.
const colProbe = "probe"

// probeActions look into the name of a row, and into all of them.
func (s *Screen) probeActions() []action.Action {
	return []action.Action{
		{ID: "dns.trace", Name: "trace", Keys: []string{"t"}, Group: groupTable, Footer: 6, Help: "Look into a name: which row wins, what each server answers, what to do. The domain of the row stands there already.", Why: s.noNetwork, Run: s.trace},
		{ID: "dns.probe", Name: "probe all", Keys: []string{"P"}, Group: groupTable, Footer: 6, Help: "Ask all servers for all domains, as the table is applied now.", Why: s.noNetwork, Run: s.probe},
	}
}

// Everywhere asks for a name from any screen. The network whose mapping fits it best is
// looked into.
func (s *Screen) Everywhere(selected func() safe.Text) []action.Action {
	return []action.Action{{
		ID: "dns.anywhere", Name: "trace", Keys: []string{"t"}, Group: groupAnywhere, Footer: 7, Types: true,
		Help: "Type or paste a name, URL, host with its port or address: its network is found, and why it does not resolve. An id opens what it belongs to.",
		Why: func() string {
			if len(s.snapshot.Networks) == 0 {
				return "there is no network"
			}
			return ""
		},
		Run: func() tea.Cmd {
			network := selected()
			if network.IsEmpty() {
				network = s.chosen
			}
			page := dnstrace.NewAnywhere(s.env, s.th, s.results, network)
			return screen.Say(screen.GoTo{Tab: tab, Own: true, Page: page})
		},
	}}
}

func (s *Screen) noNetwork() string {
	if s.network() == nil {
		return "there is no network"
	}
	return ""
}

func (s *Screen) trace() tea.Cmd {
	name := ""
	if l := s.selected(); l != nil {
		name = dnstable.Normalise(l.row.Key.String()).ASCII
	}
	return push(dnstrace.NewTrace(s.env, s.th, s.results, s.chosen, name))
}

func (s *Screen) probe() tea.Cmd {
	return push(dnstrace.NewMatrix(s.env, s.th, s.results, s.chosen))
}

// looked keeps what traces and probes tell, for the pages and for the column.
func (s *Screen) looked(msg tea.Msg) {
	switch msg := msg.(type) {
	case screen.Traced:
		s.results.KeepTrace(msg.Trace)
	case dnstrace.Loaded:
		s.results.KeepLoaded(msg)
		s.arrange()
	case screen.Probed:
		_, there := s.results.Matrix(s.chosen)
		s.results.KeepMatrix(msg.Matrix)
		if (!there || msg.Matrix.State.Over()) && msg.Matrix.Network == s.chosen {
			s.arrange() // its column comes, and rules look at what was found
		}
	}
}

// probed reports whether something was probed on the network.
func (s *Screen) probed() bool {
	if s.chosen.IsEmpty() {
		return false
	}
	_, there := s.results.Matrix(s.chosen)
	return there
}

// probeCell is the last probe of a row. What is only staged was not probed.
func (s *Screen) probeCell(l *line) widget.Cell {
	mark := model.SeverityUnknown
	var word string
	switch {
	case l.zone:
		return widget.Cell{}
	case l.mark == dnstable.Added:
		word = "new"
	case l.before != nil && !l.gone() && !l.row.SameServers(*l.before):
		word = "staged"
	default:
		mark, word = s.results.Probe(s.chosen, l.row.Key, probedFrom(l))
	}
	out := widget.Cell{Lead: theme.Symbol(mark) + " ", LeadTone: theme.Of(mark), Text: word, Tone: theme.Muted}
	if mark >= model.SeverityAttention {
		out.Tone = theme.Plain
	}
	return out
}

// probedFrom is the name of the table that a row stands in, as probes call it.
func probedFrom(l *line) safe.Text {
	switch {
	case l.peer != nil:
		return l.peer.Name
	case l.table != nil:
		return l.table.Target().ResolverName
	default:
		return safe.Text{}
	}
}

// fromID is the id of the resolver or the peering that a row stands in; empty for another
// object of the network.
func (l *line) fromID() safe.Text {
	switch {
	case l.peer != nil:
		return l.peer.ID
	case l.table != nil:
		return l.table.Target().Resolver
	default:
		return safe.Text{}
	}
}
