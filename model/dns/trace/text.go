package trace

import (
	"fmt"
	"strings"
	"time"

	"peerdeck/model"
	dnsverdict "peerdeck/model/dns/verdict"
	"peerdeck/model/finding"
	"peerdeck/model/safe"
)

// Text is the trace for a ticket: plain lines, nothing secret, no characters that a
// terminal would obey. The place comes before the verdict.
func (t Trace) Text() string {
	b := &page{}
	name := t.Query.Name.Shown()
	if !t.Query.OK() {
		name = t.Query.Typed.String()
	}
	b.linef("Trace of %s on the network %s", name, t.NetworkName.Or(t.Network.Raw()))
	b.fieldf("asked", "%s, %s", t.Begun.UTC().Format(time.RFC3339), t.Vantage)
	if t.State != Done {
		b.fieldf("state", "%s", t.State)
	}
	for _, n := range t.Query.Notes {
		b.fieldf("note", "%s", n)
	}
	if t.Query.Problem != "" {
		b.fieldf("no name", "%s", t.Query.Problem)
		if t.Query.Offer != "" {
			b.fieldf("instead", "%s", t.Query.Offer)
		}
		return b.String()
	}
	for i, r := range t.Rules {
		b.fieldf([]string{"rule", "shadowed"}[min(i, 1)], "%s", r.words())
	}
	if t.Failure != nil {
		b.fieldf("failed", "%s", t.Failure.Error())
	}
	t.answers(b)
	b.linef("")
	b.linef("Checks")
	for _, r := range t.Checks() {
		b.linef("  %-10s %s: %s%s", r.State, r.Title, safe.Clean(r.Text), bracketed(r.Code))
	}
	b.linef("")
	b.linef("Found")
	writeFindings(b, t.Findings)
	if len(t.Findings) == 0 {
		b.linef("  nothing that the table of symptoms knows")
	}
	return b.String()
}

// answers writes what each server said.
func (t Trace) answers(b *page) {
	if len(t.Servers) == 0 {
		return
	}
	b.linef("")
	b.linef("Servers (%s)", orDash(t.Agreement.Word))
	for _, s := range t.Servers {
		b.linef("  %s  %s", s.Report.Server, orDash(s.Cell.Word))
		for _, c := range s.Azure {
			b.linef("    Azure: %s: %s, %s%s", c.Title, c.Outcome, c.Why, bracketed(c.Finding.Code))
		}
		if !s.Heard() {
			continue
		}
		for _, v := range []struct {
			title string
			is    dnsverdict.Verdict
		}{{"reachable", s.Reachable}, {"willing", s.Willing}, {"right", s.Right}} {
			b.linef("    %-9s  %s: %s", v.title, yesNo(v.is.Is), v.is.Why)
		}
		for _, e := range s.Report.Exchanges {
			b.linef("    %s", ExchangeText(e))
		}
	}
}

// ExchangeText is one question and what came of it, in a line such as dig's header.
func ExchangeText(e dnsverdict.Exchange) string {
	s := fmt.Sprintf("%s %s over %s: ", e.Name, safe.Clean(e.Type), e.Transport)
	switch {
	case e.Answered():
		s += fmt.Sprintf("%s in %s", safe.Clean(string(e.Reply.Code)), dnsverdict.Millis(e.Took))
		for _, flag := range []struct {
			set  bool
			name string
		}{{e.Reply.AA, "aa"}, {e.Reply.TC, "tc"}, {e.Reply.RA, "ra"}} {
			if flag.set {
				s += " " + flag.name
			}
		}
		for i, r := range e.Reply.Answers {
			if i == maxShown {
				s += fmt.Sprintf(", and %d more", len(e.Reply.Answers)-i+e.Reply.More)
				break
			}
			s += []string{" → ", ", "}[min(i, 1)] + safe.Clean(r.Type) + " " + r.Value.String()
		}
		if words := e.Reply.Explained(); words != "" {
			s += "; " + words
		}
	case e.Lost > 0:
		s += fmt.Sprintf("%s, %d of %d without an answer in %.1f s", e.Outcome, e.Lost, e.Sent, e.Waited.Seconds())
	default:
		s += string(e.Outcome)
		if !e.Reason.IsEmpty() {
			s += ", " + e.Reason.String()
		}
	}
	return s
}

// maxShown is how many records of an answer stand in its line.
const maxShown = 8

func (r Rule) words() string {
	list := make([]string, len(r.Servers))
	for i, s := range r.Servers {
		list[i] = s.String()
	}
	s := fmt.Sprintf("%s → %s, in the %s %s", r.Domain, strings.Join(list, ", "), r.Origin, r.From)
	if r.Tie {
		s += " (the same domain; which of the two Konnect takes is not documented)"
	}
	return s
}

// page is a text under way. Each line is cleaned as a whole.
type page struct{ text strings.Builder }

func (p *page) String() string { return p.text.String() }

func (p *page) linef(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	bare := strings.TrimLeft(text, " ")
	p.text.WriteString(text[:len(text)-len(bare)] + safe.Clean(bare) + "\n")
}

func (p *page) fieldf(title, format string, args ...any) {
	p.linef("  %-9s %s", title, fmt.Sprintf(format, args...))
}

func orDash(s string) string {
	if s == "" {
		return "not known yet"
	}
	return s
}

func yesNo(t model.Ternary) string {
	switch t {
	case model.Yes:
		return "yes"
	case model.No:
		return "no"
	default:
		return "not known"
	}
}

// bracketed is the code of the finding that a check leads to, for the end of a line.
func bracketed(code finding.Code) string {
	if code == "" {
		return ""
	}
	return " [" + string(code) + "]"
}
