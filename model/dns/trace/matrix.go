package trace

import (
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// ProbeRequest asks for a matrix.
type ProbeRequest struct {
	Network safe.Text // id
	Via     string    // as in [Request]
	// Mappings are asked for instead of the network's own tables, such as those of a
	// file or of a draft; nil for the network's.
	Mappings []model.DNSMapping
}

// Matrix is every domain of a table at each of its servers, so far.
type Matrix struct {
	Number      int // counts up, in one session
	Network     safe.Text
	NetworkName safe.Text
	Via         string
	Vantage     string

	State   State
	Wait    *model.Wait    // what is waited for in Azure meanwhile; nil for nothing
	Failure *model.Failure // why it could not be begun, or broke

	// Around is what the clouds say is wrong: with the network, its peerings and resolvers,
	// and with the servers, whatever they answer.
	Around []finding.Finding
	CIDR   model.Prefix // of the network

	Columns []Column // a server each, in the order in which the rows name them
	Lines   []Line   // a domain each
	Done    int      // cells that are known
	Total   int      // cells that there are
	Begun   time.Time
	Ended   time.Time // zero while it runs
}

// Line is a domain.
type Line struct {
	Domain    safe.Text
	Origin    Origin    // empty for a row of a file
	From      safe.Text // the resolver or the peering
	Cells     []Entry   // as many as there are columns
	Agreement dnsverdict.Agreement
}

// Entry is a domain at a server.
type Entry struct {
	Asked  bool // the row names the server; the cell is empty otherwise
	Known  bool // the server was asked, or it is known why not
	Cell   dnsverdict.Cell
	Report dnsverdict.Report
	// Answered: the server gave an answer, whatever it said. The report of an earlier
	// probe is not kept; this is.
	Answered bool
	Before   []Past // earlier results from any vantage, the newest first
}

// Past is what came of a probe earlier.
type Past struct {
	At       time.Time
	Word     string // of the cell: "OK 12ms"
	Severity model.Severity
	Text     string        // of the cell
	Took     time.Duration // of the answer, 0 for none
	Answered bool          // whatever the answer said
	Vantage  string
}

// Now is the entry as it is kept for later.
func (e Entry) Now(at time.Time, vantage string) Past {
	d := e.Report.Deciding()
	return Past{at, e.Cell.Word, e.Cell.Severity, e.Cell.Text, d.Took, e.Answered, vantage}
}

// Flaps reports whether the result is another one now than before: good and not good
// have changed places. What was not testable is neither.
func (e Entry) Flaps() bool {
	good := e.Cell.Severity == model.SeverityOK
	return e.Known && e.Cell.Severity != model.SeverityUnknown && slices.ContainsFunc(e.Before, func(p Past) bool {
		return p.Severity != model.SeverityUnknown && (p.Severity == model.SeverityOK) != good
	})
}

// Column is a server with what its cells say together.
type Column struct {
	Server      safe.Text
	Known       int // cells that are known
	Heard       int // cells in which the server said anything
	Good        int // cells that are good
	Min         time.Duration
	Median, P95 time.Duration // of the answers; 0 for none
	TCP         model.Ternary // whether it answers over TCP, as far as it was asked
	EDNS        int           // the size that it takes over UDP by its own word, 0 for none
	NSID        safe.Text
	Route       dnsverdict.Known[bool]
	Standing    string // what this vantage can say about it, in a sentence
}

// Bad reports whether a cell of the line is bad, or its servers differ. What cannot be
// tested from here is not bad.
func (l Line) Bad() bool {
	return l.Agreement.Severity >= model.SeverityAttention ||
		slices.ContainsFunc(l.Cells, func(e Entry) bool { return e.Cell.Severity >= model.SeverityAttention })
}

// Probed is what the matrix found, for the verdict of its network; nil where it was not
// made, or not to its end.
func (m Matrix) Probed() *model.Probed {
	if m.Begun.IsZero() || m.State != Done {
		return nil
	}
	p := &model.Probed{At: m.Begun, Vantage: m.Vantage, Domains: len(m.Lines)}
	for _, l := range m.Lines {
		if !l.Bad() {
			if !slices.ContainsFunc(l.Cells, func(e Entry) bool { return e.Known && e.Cell.Severity != model.SeverityUnknown }) {
				p.Untold++
			}
			continue
		}
		f := model.ProbeFault{Domain: l.Domain}
		for i, e := range l.Cells {
			if e.Cell.Severity >= model.SeverityAttention {
				f.Servers = append(f.Servers, m.Columns[i].Server)
			}
		}
		p.Faults = append(p.Faults, f)
	}
	return p
}

// Reports are the reports of the line's servers that are known.
func (l Line) Reports() []dnsverdict.Report {
	var out []dnsverdict.Report
	for _, e := range l.Cells {
		if e.Asked && e.Known {
			out = append(out, e.Report)
		}
	}
	return out
}

// Probes are the results for the rules of a mapping table. What could not be tested from
// here is left out; nil means that nothing is known.
func (m Matrix) Probes() map[dnstable.ProbeKey]dnstable.ProbeResult {
	var out map[dnstable.ProbeKey]dnstable.ProbeResult
	for _, l := range m.Lines {
		for i, e := range l.Cells {
			if !e.Asked || !e.Known || e.Cell.Severity == model.SeverityUnknown {
				continue
			}
			if out == nil {
				out = map[dnstable.ProbeKey]dnstable.ProbeResult{}
			}
			out[Key(l.Domain, m.Columns[i].Server)] = dnstable.ProbeResult{Answered: e.Answered, Vantage: m.Vantage}
		}
	}
	return out
}

// Key names a cell by the normal forms of its domain and its server.
func Key(domain, server safe.Text) dnstable.ProbeKey {
	k := dnstable.ProbeKey{Domain: dnstable.NameOf(domain).ASCII, Server: server.Raw()}
	if a, ok := dnstable.NormalServer(server.Raw()); ok {
		k.Server = a
	}
	if k.Domain == "" {
		k.Domain = domain.Raw()
	}
	return k
}

// Failures are the lines that are bad, for a screen that shows only those.
func (m Matrix) Failures() []Line {
	var out []Line
	for _, l := range m.Lines {
		if l.Bad() {
			out = append(out, l)
		}
	}
	return out
}

// Counts are how many lines are bad, good, and not known.
func (m Matrix) Counts() (bad, good, unknown int) {
	for _, l := range m.Lines {
		switch {
		case l.Bad():
			bad++
		case len(l.Cells) > 0 && l.good():
			good++
		default:
			unknown++
		}
	}
	return bad, good, unknown
}

// good: each server that the line names is known and good.
func (l Line) good() bool {
	return !slices.ContainsFunc(l.Cells, func(e Entry) bool { return e.Asked && e.Cell.Severity != model.SeverityOK || e.Asked && !e.Known })
}
