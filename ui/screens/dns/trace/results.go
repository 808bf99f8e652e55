package trace

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	"github.com/peerdeck/peerdeck/model/safe"
)

// keptTraces bounds the traces that can be looked at again.
const keptTraces = 50

// Results keeps what was looked into in this session: it outlives the pages.
type Results struct {
	ctx      context.Context //nolint:containedctx // of what the pages ask the service
	service  Service
	traces   []dnstrace.Trace // by number, the newest last
	matrices map[safe.Text]dnstrace.Matrix
	kept     []dnstrace.Kept // traces of earlier sessions, the newest first
	read     bool            // they were read
	typed    []string        // names, the newest last
}

// NewResults returns empty results over a service. Its context ends what the pages ask.
func NewResults(ctx context.Context, service Service) *Results {
	return &Results{ctx: ctx, service: service, matrices: map[safe.Text]dnstrace.Matrix{}}
}

// KeepTrace keeps how a trace stands now.
func (s *Results) KeepTrace(t dnstrace.Trace) {
	for i := range s.traces {
		if s.traces[i].Number == t.Number {
			s.traces[i] = t
			return
		}
	}
	s.traces = append(s.traces, t)
	if over := len(s.traces) - keptTraces; over > 0 {
		s.traces = slices.Delete(s.traces, 0, over)
	}
}

// KeepMatrix keeps how a matrix stands now.
func (s *Results) KeepMatrix(m dnstrace.Matrix) { s.matrices[m.Network] = m }

// Matrix returns the last matrix of a network.
func (s *Results) Matrix(network safe.Text) (dnstrace.Matrix, bool) {
	m, there := s.matrices[network]
	return m, there
}

// Loaded is what was known of a network before this session.
type Loaded struct {
	network safe.Text
	matrix  dnstrace.Matrix
	there   bool
	kept    []dnstrace.Kept
}

// Load reads what was known of a network before this session.
func (s *Results) Load(network safe.Text) tea.Cmd {
	service := s.service
	return func() tea.Msg {
		m, there := service.Last(network)
		return Loaded{network, m, there, service.History()}
	}
}

// KeepLoaded keeps what was known, behind what this session has found out meanwhile.
func (s *Results) KeepLoaded(l Loaded) {
	if _, newer := s.matrices[l.network]; l.there && !newer {
		s.matrices[l.network] = l.matrix
	}
	if s.read {
		return
	}
	s.kept, s.read = l.kept, true
	own := s.typed
	s.typed = nil
	for _, k := range slices.Backward(l.kept) {
		if name := k.Name.String(); name != "" {
			s.remember(name)
		}
	}
	for _, name := range own {
		s.remember(name)
	}
}

// of lists the traces of a network, the newest last.
func (s *Results) of(network safe.Text) []dnstrace.Trace {
	var out []dnstrace.Trace
	for _, t := range s.traces {
		if t.Network == network {
			out = append(out, t)
		}
	}
	return out
}

// newest is the highest number of a trace.
func (s *Results) newest() int {
	n := 0
	for _, t := range s.traces {
		n = max(n, t.Number)
	}
	return n
}

// remember keeps a typed name for the history, once.
func (s *Results) remember(name string) {
	s.typed = append(slices.DeleteFunc(s.typed, func(other string) bool { return other == name }), name)
	if over := len(s.typed) - keptTraces; over > 0 {
		s.typed = slices.Delete(s.typed, 0, over)
	}
}

// Probe is the last probe of a domain in a word: the worst of its servers, or the time of
// the slowest. From is the table that the domain stands in, where that is known.
func (s *Results) Probe(network, domain, from safe.Text) (model.Severity, string) {
	m := s.matrices[network]
	for i := range m.Lines {
		l := &m.Lines[i]
		if l.Domain != domain || !from.IsEmpty() && !l.From.IsEmpty() && l.From != from {
			continue
		}
		return lineWord(l, m.State)
	}
	return model.SeverityUnknown, "not probed"
}

// lineWord is the worst cell of a line.
func lineWord(l *dnstrace.Line, state dnstrace.State) (model.Severity, string) {
	worst, word := model.SeverityUnknown, "not asked"
	first := true
	for _, e := range l.Cells {
		if !e.Asked {
			continue
		}
		mark, text := e.Cell.Mark(), e.Cell.Plain()
		if !e.Known {
			mark, text = model.SeverityWorking, "asking"
			if state.Over() {
				mark, text = model.SeverityUnknown, "not asked"
			}
		}
		if first || mark > worst {
			worst, word, first = mark, text, false
		}
	}
	if worst == model.SeverityOK && l.Agreement.Severity >= model.SeverityAttention {
		return l.Agreement.Severity, "differ"
	}
	return worst, word
}
