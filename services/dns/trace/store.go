package trace

import (
	"slices"
	"sync"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
)

const (
	maxPast   = 8  // results that are kept of a domain at a server
	maxTraces = 50 // earlier traces
)

// store keeps the last results, in memory and on the disk.
type store struct {
	disk disk

	mu       sync.Mutex
	networks map[safe.Text]*results
	traces   []dnstrace.Kept // the newest first
	read     bool            // the earlier traces were read
}

// Results are the last results of probes and traces, of earlier sessions too. They may be
// asked from any goroutine, while a [Tracer] adds to them.
type Results struct{ store *store }

// NewResults returns the results that are kept in a folder, or in memory where that is
// empty. Note hears what goes wrong beside, such as a full disk.
func NewResults(dir string, note func(string)) *Results { return &Results{newStore(dir, note)} }

// Last returns the last probe of all domains of a network; false when there was none.
func (r *Results) Last(network safe.Text) (dnstrace.Matrix, bool) {
	r.store.mu.Lock()
	defer r.store.mu.Unlock()
	m := r.store.of(network).last
	return m, !m.Begun.IsZero()
}

// results are those of a network.
type results struct {
	last dnstrace.Matrix
	past map[dnstable.ProbeKey][]dnstrace.Past // the newest first
}

func newStore(dir string, note func(string)) *store {
	return &store{disk: disk{dir: dir, note: note}, networks: map[safe.Text]*results{}}
}

// of returns the results of a network, from the disk at first. The lock is held.
func (s *store) of(network safe.Text) *results {
	r := s.networks[network]
	if r == nil {
		r = s.disk.matrix(network)
		s.networks[network] = r
	}
	return r
}

// before adds what is known of earlier probes to the cells of a matrix.
func (s *store) before(m *dnstrace.Matrix) {
	s.mu.Lock()
	defer s.mu.Unlock()
	past := s.of(m.Network).past
	for i, l := range m.Lines {
		for j := range l.Cells {
			if l.Cells[j].Asked {
				m.Lines[i].Cells[j].Before = past[dnstrace.Key(l.Domain, m.Columns[j].Server)]
			}
		}
	}
}

// keepMatrix keeps the end of a matrix. Cells that were not reached keep what they said
// before.
func (s *store) keepMatrix(m dnstrace.Matrix) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := &results{past: map[dnstable.ProbeKey][]dnstrace.Past{}}
	m.Lines = slices.Clone(m.Lines)
	for i, l := range m.Lines {
		l.Cells = slices.Clone(l.Cells)
		for j := range l.Cells {
			e := &l.Cells[j]
			if !e.Asked {
				continue
			}
			past := e.Before
			if e.Known && (m.State == dnstrace.Done || e.Report.Asked()) {
				past = append([]dnstrace.Past{e.Now(m.Begun, m.Vantage)}, past...)
			} else {
				*e = entryOf(l.Domain, m.Columns[j].Server, past)
			}
			r.past[dnstrace.Key(l.Domain, m.Columns[j].Server)] = past[:min(len(past), maxPast)]
		}
		m.Lines[i] = l
	}
	r.last = m.Counted()
	s.networks[m.Network] = r
	s.disk.keepMatrix(r)
}

// entryOf is a cell as it was kept.
func entryOf(domain, server safe.Text, past []dnstrace.Past) dnstrace.Entry {
	e := dnstrace.Entry{Asked: true}
	if len(past) > 0 {
		e.Known, e.Answered, e.Before = true, past[0].Answered, past[1:]
		e.Cell = dnsverdict.Cell{Word: past[0].Word, Severity: past[0].Severity, Text: past[0].Text}
		e.Report = dnsverdict.Report{Server: server, Domain: domain, Name: domain, Skipped: "this is the result of an earlier probe"}
	}
	return e
}

// Last returns the last probe of all domains of a network, of an earlier session too;
// false when there was none.
func (d *Tracer) Last(network safe.Text) (dnstrace.Matrix, bool) {
	return d.o.Results.Last(network)
}

// Results returns the last result of each domain at each server.
func (d *Tracer) Results(network safe.Text) map[dnstable.ProbeKey]dnstrace.Past {
	d.store.mu.Lock()
	defer d.store.mu.Unlock()
	out := map[dnstable.ProbeKey]dnstrace.Past{}
	for k, past := range d.store.of(network).past {
		if len(past) > 0 {
			out[k] = past[0]
		}
	}
	return out
}

// Probes returns the same for the rules of a mapping table, see [dnstrace.Matrix.Probes].
func (d *Tracer) Probes(network safe.Text) map[dnstable.ProbeKey]dnstable.ProbeResult {
	m, _ := d.Last(network)
	return m.Probes()
}

// History returns the last traces, the newest first.
func (d *Tracer) History() []dnstrace.Kept {
	d.store.mu.Lock()
	defer d.store.mu.Unlock()
	return slices.Clone(d.store.earlier())
}

// earlier are the last traces. The lock is held.
func (s *store) earlier() []dnstrace.Kept {
	if !s.read {
		s.traces, s.read = s.disk.traces(), true
	}
	return s.traces
}

func (s *store) keepTrace(t dnstrace.Trace) {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := append([]dnstrace.Kept{t.Kept()}, s.earlier()...)
	s.traces = list[:min(len(list), maxTraces)]
	s.disk.keepTraces(s.traces)
}

// remember adds to a trace what earlier probes tell of the servers of its row.
func (s *store) remember(t *dnstrace.Trace, now time.Time) {
	w, found := t.Winner()
	if !found || len(w.Servers) == 0 {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	past := s.of(t.Network).past
	own := dnstrace.Key(w.Domain, w.Servers[0]).Domain
	for k, list := range past {
		if len(list) == 0 || !list[0].Answered || k.Domain == own {
			continue
		}
		for server, f := range t.Facts.Servers {
			if dnstrace.Key(w.Domain, server).Server == k.Server {
				f.OtherDomains = dnsverdict.Know(true)
				t.Facts.Servers[server] = f
			}
		}
	}
	for _, p := range past[dnstrace.Key(w.Domain, w.Servers[0])] {
		if !p.Answered && p.Severity >= model.SeverityAttention {
			t.Facts.FirstSilent = dnsverdict.Know(now.Sub(p.At))
			return
		}
	}
}
