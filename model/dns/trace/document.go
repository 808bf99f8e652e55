package trace

import (
	"math"
	"time"

	"github.com/peerdeck/peerdeck/model"
	azuredns "github.com/peerdeck/peerdeck/model/dns/azure"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Document is a trace for programs. Its keys are stable.
type Document struct {
	Name       safe.Text       `json:"name"`    // as it is asked for, empty for a text that is no name
	Typed      safe.Text       `json:"typed"`   // what was given
	Problem    string          `json:"problem"` // why it is no name
	Offer      string          `json:"offer"`   // a name that may be meant instead
	Notes      []string        `json:"notes"`
	Network    safe.Text       `json:"network"`
	NetworkID  safe.Text       `json:"network_id"`
	Vantage    string          `json:"vantage"`
	State      State           `json:"state"`
	Conclusion ConclusionEntry `json:"conclusion"` // what matters first
	Rules      []RuleEntry     `json:"rules"`
	Checks     []RungEntry     `json:"checks"`
	Servers    []ServerEntry   `json:"servers"`
	Gateway    *GatewayEntry   `json:"gateway"` // what the gateway itself saw; null where no trace of it was given
	Agreement  string          `json:"agreement"`
	Findings   []FindingEntry  `json:"findings"`
	NotKnown   []string        `json:"not_known"`
	Failure    *FailureEntry   `json:"failure"`
	Begun      time.Time       `json:"begun"`
	Took       float64         `json:"took_ms"`
}

// ConclusionEntry is what matters first about a trace.
type ConclusionEntry struct {
	Code       finding.Code `json:"code"` // of the finding that it is; empty where there is none
	Severity   string       `json:"severity"`
	Confidence string       `json:"confidence"`
	Cause      string       `json:"cause"`
	Where      string       `json:"where"`
	Next       string       `json:"next"`
	Command    string       `json:"command"`
}

func (c Conclusion) entry() ConclusionEntry {
	return ConclusionEntry{c.Code, c.Severity.String(), c.Confidence.String(), safe.Clean(c.Cause), safe.Clean(c.Where), safe.Clean(c.Next), safe.Clean(c.Command)}
}

// RuleEntry is a rule; the first of a document wins.
type RuleEntry struct {
	Domain  safe.Text   `json:"domain"`
	Servers []safe.Text `json:"servers"`
	Origin  Origin      `json:"origin"`
	From    safe.Text   `json:"from"`
	Tie     bool        `json:"tie"`
}

// RungEntry is a check of the ladder.
type RungEntry struct {
	Check string               `json:"check"`
	ID    dnsverdict.Check     `json:"id"`
	State dnsverdict.RungState `json:"state"`
	Text  string               `json:"text"`
	Code  finding.Code         `json:"code"` // of the finding that it leads to; empty for none
}

// ServerEntry is a server.
type ServerEntry struct {
	Server    safe.Text       `json:"server"`
	Cell      string          `json:"cell"`
	Severity  string          `json:"severity"`
	Text      string          `json:"text"`
	Reachable VerdictEntry    `json:"reachable"`
	Willing   VerdictEntry    `json:"willing"`
	Right     VerdictEntry    `json:"right"`
	Addresses []safe.Text     `json:"addresses"`
	Aliases   []safe.Text     `json:"aliases"`
	Serial    *uint32         `json:"serial"` // null without a SOA record
	Exchanges []ExchangeEntry `json:"exchanges"`
	Azure     []CheckEntry    `json:"azure"` // what Azure says around the server; empty when it was not read
}

// CheckEntry is one thing that was looked at in Azure around a server.
type CheckEntry struct {
	Check   string           `json:"check"`
	ID      azuredns.CheckID `json:"id"`
	Outcome azuredns.Outcome `json:"outcome"`
	Text    string           `json:"text"`
	Code    finding.Code     `json:"code"` // of the finding that it leads to; empty where all is well
}

// VerdictEntry is one of the three verdicts: "yes", "no" or "not known".
type VerdictEntry struct {
	Is  string `json:"is"`
	Why string `json:"why"`
}

// ExchangeEntry is one question and its answer.
type ExchangeEntry struct {
	Step      dnsverdict.Step      `json:"step"`
	Name      safe.Text            `json:"name"`
	Type      string               `json:"type"`
	Transport dnsverdict.Transport `json:"transport"`
	Outcome   dnsverdict.Outcome   `json:"outcome"`
	Code      string               `json:"code"`
	Took      float64              `json:"took_ms"`
	Waited    float64              `json:"waited_ms"`
	Text      string               `json:"text"`
}

// Document returns the trace for programs.
func (t Trace) Document() Document {
	d := Document{
		Name: t.Query.Asked(), Typed: t.Query.Typed, Problem: t.Query.Problem, Offer: t.Query.Offer, Notes: list(t.Query.Notes),
		Network: t.NetworkName, NetworkID: t.Network, Vantage: t.Vantage, State: t.State, Agreement: t.Agreement.Word,
		Rules: []RuleEntry{}, Checks: []RungEntry{}, Servers: []ServerEntry{}, Findings: []FindingEntry{},
		Failure: failure(t.Failure), Begun: t.Begun, Took: millis(t.Took()),
		Conclusion: t.Conclusion().entry(), NotKnown: list(t.NotKnown()),
	}
	for _, r := range t.Rules {
		d.Rules = append(d.Rules, RuleEntry{r.Domain, list(r.Servers), r.Origin, r.From, r.Tie})
	}
	for _, r := range t.Checks() {
		d.Checks = append(d.Checks, RungEntry{r.Title, r.Check, r.State, safe.Clean(r.Text), r.Code})
	}
	for _, s := range t.Servers {
		d.Servers = append(d.Servers, s.entry())
	}
	d.Gateway = gatewayEntry(t.Facts.Gateway)
	for _, f := range t.Findings {
		d.Findings = append(d.Findings, entryOf(f))
	}
	return d
}

func (s Server) entry() ServerEntry {
	chain := s.Report.Chain()
	e := ServerEntry{
		Server: s.Report.Server, Cell: s.Cell.Word, Severity: s.Cell.Severity.String(), Text: s.Cell.Text,
		Reachable: verdict(s.Reachable), Willing: verdict(s.Willing), Right: verdict(s.Right),
		Addresses: list(chain.Addresses), Aliases: list(chain.Aliases), Exchanges: []ExchangeEntry{}, Azure: []CheckEntry{},
	}
	if soa, there := s.Report.SOA(); there {
		e.Serial = &soa.Serial
	}
	for _, x := range s.Report.InOrder() {
		code := ""
		if x.Answered() {
			code = safe.Clean(string(x.Reply.Code))
		}
		e.Exchanges = append(e.Exchanges, ExchangeEntry{x.Step, x.Name, x.Type, x.Transport, x.Outcome, code, millis(x.Took), millis(x.Waited), ExchangeText(x)})
	}
	for _, c := range s.Azure {
		e.Azure = append(e.Azure, CheckEntry{c.Title, c.ID, c.Outcome, safe.Clean(c.Why), c.Finding.Code})
	}
	return e
}

func verdict(v dnsverdict.Verdict) VerdictEntry { return VerdictEntry{yesNo(v.Is), v.Why} }

// millis is a duration in milliseconds, to the microsecond.
func millis(d time.Duration) float64 { return math.Round(float64(d)/1e3) / 1e3 }

// list is a list that programs can read: never null.
func list[T any](l []T) []T {
	if l == nil {
		return []T{}
	}
	return l
}

// FailureEntry is why a trace or a matrix failed.
type FailureEntry struct {
	Kind  model.FailureKind `json:"kind"`
	Cause safe.Text         `json:"cause"`
	Cure  string            `json:"cure"`
}

func failure(f *model.Failure) *FailureEntry {
	if f == nil {
		return nil
	}
	return &FailureEntry{f.Kind, f.Cause, f.Cure}
}
