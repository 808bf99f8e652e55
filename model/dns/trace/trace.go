package trace

import (
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurecloud"
	azuredns "github.com/peerdeck/peerdeck/model/dns/azure"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// State is how far a trace or a matrix is.
type State string

// The states. All but the first are ends.
const (
	Running   State = "running"
	Done      State = "done"
	Cancelled State = "cancelled" // what is there is what was known by then
	Cut       State = "cut"       // its time was over; what is there is what was known by then
	Failed    State = "failed"    // it could not be begun, or the way broke
)

// Over reports whether nothing more comes.
func (s State) Over() bool { return s == Done || s == Cancelled || s == Cut || s == Failed }

// words are the state for people.
func (s State) words() string {
	switch s {
	case Cut:
		return "cut short: the time was over, and what was not read or asked by then is not known"
	case Running, Done, Cancelled, Failed:
		return string(s)
	default:
		return string(s)
	}
}

// Request asks for a trace.
type Request struct {
	Network safe.Text // id
	Text    string    // what was typed: a name, a URL, a host with a port
	Via     string    // the way: empty for this machine, socks5://host:port, ssh://user@host
	// Seen is a trace of a request for the name, as Konnect's Debugger saves it; empty for
	// none.
	Seen string
}

// Trace is what is known of one name so far. Parts that are not known yet are empty, or
// say why.
type Trace struct {
	Number      int              // counts up, in one session
	Cloud       azurecloud.Cloud // the cloud of Azure whose commands are given
	Query       Query
	Network     safe.Text // id
	NetworkName safe.Text
	Via         string
	Vantage     string // how a screen names the place: "from this machine (VPN)"
	Pasted      bool   // the answers were pasted, not asked for

	State State
	Doing string      // what goes on, such as "asking 2 servers"; empty when it is over
	Wait  *model.Wait // what is waited for meanwhile; nil for nothing

	Rules   []Rule            // that the name falls under, the winner first
	Konnect []dnsverdict.Rung // network, peering, private DNS
	Azure   []dnsverdict.Rung // the half, the place of the servers, UDP and TCP to port 53
	Facts   dnsverdict.Facts
	Ladder  []dnsverdict.Rung // every check; see dnsverdict.FirstFailed

	// Endpoints and Rulesets are those of the private resolvers near the servers, as far as
	// they were read: the rules of the mapping table look for loops among them.
	Endpoints []dnstable.Endpoint
	Rulesets  []dnstable.Ruleset

	Servers   []Server // in the order of the row
	Agreement dnsverdict.Agreement
	Findings  []finding.Finding // the first is what to do first

	Failure *model.Failure // why the trace as such failed; the rest is what is known all the same
	Begun   time.Time
	Ended   time.Time // zero while it runs
}

// Server is what one server of the row said, and how it is judged.
type Server struct {
	Report    dnsverdict.Report
	Complete  bool // nothing more is asked of it
	Reachable dnsverdict.Verdict
	Willing   dnsverdict.Verdict
	Right     dnsverdict.Verdict
	Cell      dnsverdict.Cell
	Route     dnsverdict.Known[bool] // whether the vantage has a way to it
	Standing  string                 // the same in a sentence: "the way is proven: it has answered"
	Azure     []azuredns.Check       // what Azure says of it, empty when that was not read
}

// Titled is a verdict with its name for people.
type Titled struct {
	Title string
	dnsverdict.Verdict
}

// Verdicts are the three verdicts on the server, in the order in which one rests on
// another.
func (s Server) Verdicts() []Titled {
	return []Titled{{"reachable", s.Reachable}, {dnsverdict.CheckWilling.Title(), s.Willing}, {"right", s.Right}}
}

// Heard reports whether anything is known of the server yet.
func (s Server) Heard() bool { return s.Report.Skipped != "" || len(s.Report.Exchanges) > 0 }

// Mark is how urgent the server is: by its answers, and by whether it may still be asked.
func (s Server) Mark(running bool) model.Severity {
	switch mark := s.Cell.Mark(); {
	case s.Right.Is == model.No && mark == model.SeverityOK:
		return model.SeverityAttention
	case !s.Heard() && running:
		return model.SeverityWorking
	case !s.Heard():
		return model.SeverityUnknown
	default:
		return mark
	}
}

// Winner is the rule that the name is asked by.
func (t Trace) Winner() (Rule, bool) {
	if len(t.Rules) == 0 {
		return Rule{}, false
	}
	return t.Rules[0], true
}

// Reports are the reports of the servers, as far as they are there.
func (t Trace) Reports() []dnsverdict.Report {
	out := make([]dnsverdict.Report, 0, len(t.Servers))
	for _, s := range t.Servers {
		out = append(out, s.Report)
	}
	return out
}

// Case is the trace in the form in which the table of symptoms takes it.
func (t Trace) Case() dnsverdict.Case {
	c := dnsverdict.Case{Name: t.Query.Asked(), Facts: t.Facts}
	c.Facts.Row = t.nearest()
	if !c.Facts.Private.IsKnown() && dnstable.PrivateUse(c.Name) {
		c.Facts.Private = dnsverdict.Know(true)
	}
	if w, found := t.Winner(); found {
		c.Domain = w.Domain
	}
	c.Ways = make(map[safe.Text]dnsverdict.Known[bool], len(t.Servers))
	for _, s := range t.Servers {
		switch {
		case s.Heard():
			c.Reports = append(c.Reports, s.Report)
		case t.State.Over(): // it counts all the same
			s.Report.Skipped = "it was not asked before the end"
			c.Reports = append(c.Reports, s.Report)
		}
		if s.Standing != "" { // somebody looked
			c.Ways[s.Report.Server] = s.Route
		}
	}
	return c
}

// Now says what goes on, and what is waited for; empty when it is over.
func (t Trace) Now(now time.Time) string {
	if t.Wait == nil || t.State.Over() {
		return t.Doing
	}
	return t.Doing + ": " + t.Wait.Text(now)
}

// Broken reports whether something was found that a person must look at: a finding, a
// check that failed or could not be made, or a text that is no name.
func (t Trace) Broken() bool {
	return !t.Query.OK() || slices.ContainsFunc(t.Findings, finding.Finding.NeedsPerson) || slices.ContainsFunc(t.Checks(), open)
}

// Took is how long the trace took.
func (t Trace) Took() time.Duration {
	if t.Ended.IsZero() {
		return 0
	}
	return t.Ended.Sub(t.Begun)
}
