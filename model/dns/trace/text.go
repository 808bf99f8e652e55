package trace

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	azuredns "github.com/peerdeck/peerdeck/model/dns/azure"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Text is the trace for a ticket: plain lines, nothing secret, no characters that a
// terminal would obey. What matters first stands first, then the evidence. What is not
// known is counted.
func (t Trace) Text() string { return t.Head() + t.Rest(false) }

// Head is the beginning of the text: the conclusion.
func (t Trace) Head() string {
	b := &page{}
	name := t.Query.Name.Shown()
	if !t.Query.OK() {
		name = t.Query.Typed.String()
	}
	b.linef("Trace of %s on the network %s", name, t.NetworkName.Or(t.Network.Raw()))
	b.linef("")
	c := t.Conclusion()
	switch {
	case c.Concluded():
		b.linef("%s (%s, %s) [%s]", strings.TrimSuffix(phrase.Capital(c.Cause), "."), c.Severity, c.Confidence, c.Code)
	default:
		b.linef("%s (%s)", strings.TrimSuffix(c.Cause, "."), c.Severity)
	}
	if c.Where != "" {
		b.linef("  where: %s", c.Where)
	}
	if c.Next != "" {
		b.linef("  next: %s", c.Next)
	}
	if c.Command != "" {
		b.linef("  $ %s", c.Command)
	}
	return b.String()
}

// Rest is what stands behind the conclusion; all lists what is not known, which is
// counted otherwise.
func (t Trace) Rest(all bool) string {
	b := &page{}
	if !t.Query.OK() {
		return ""
	}
	if also := t.Also(); len(also) > 0 {
		b.linef("")
		b.linef("Found beside it")
		writeFindings(b, also)
	}
	b.linef("")
	b.linef("Evidence")
	b.fieldf("asked", "%s, %s", t.Begun.UTC().Format(time.RFC3339), t.Vantage)
	if t.State != Done {
		b.fieldf("state", "%s", t.State.words())
	}
	for _, n := range t.Query.Notes {
		b.fieldf("note", "%s", n)
	}
	if v, known := t.Facts.Gateway.Get(); known {
		b.fieldf("gateway", "%s", v.Words())
	}
	for i, r := range t.Rules {
		b.fieldf([]string{"rule", "shadowed"}[min(i, 1)], "%s", r.words())
	}
	if t.Failure != nil && !strings.EqualFold(t.Conclusion().Cause, strings.TrimSuffix(t.Failure.Error(), ".")+".") {
		b.fieldf("failed", "%s", t.Failure.Error())
	}
	for _, r := range t.Checks() {
		if r.State == dnsverdict.RungUnknown || r.Check == dnsverdict.CheckGates {
			continue // counted below; and UDP 53 and TCP 53 say more
		}
		b.linef("  %-9s %s%s%s", r.State, r.Title, t.evidence(r.Text), bracketed(r.Code))
	}
	t.answers(b)
	t.notKnown(b, all)
	return b.String()
}

// evidence is the text of a check behind its title, empty where a finding has said it.
func (t Trace) evidence(text string) string {
	if t.said(text) {
		return ""
	}
	return ": " + safe.Clean(text)
}

// said reports whether the cause of a finding is a text.
func (t Trace) said(text string) bool {
	return slices.ContainsFunc(t.Findings, func(f finding.Finding) bool {
		return strings.EqualFold(strings.TrimSuffix(f.Cause, "."), strings.TrimSuffix(text, "."))
	})
}

// notKnown counts what is not known, or lists it.
func (t Trace) notKnown(b *page, all bool) {
	list := t.NotKnown()
	switch {
	case len(list) == 0:
	case all:
		b.linef("")
		b.linef("Not known")
		for _, line := range list {
			b.linef("  %s", line)
		}
	default:
		b.linef("")
		b.linef("%s %s not known; --all lists %s", phrase.Count(len(list), "fact"), phrase.Either(len(list), "is", "are"), phrase.Either(len(list), "it", "them"))
	}
}

// NotKnown lists what is not known, each with the reason: checks that could not be made,
// what Azure did not tell, and facts that would make a finding sure.
func (t Trace) NotKnown() []string {
	var out []string
	add := func(line string) {
		if line = safe.Clean(line); !slices.Contains(out, line) {
			out = append(out, line)
		}
	}
	for _, r := range t.Checks() {
		if r.State == dnsverdict.RungUnknown && r.Check != dnsverdict.CheckGates {
			add(r.Title + ": " + r.Text)
		}
	}
	for _, s := range t.Servers {
		for _, c := range s.Azure {
			covered := c.ID == azuredns.CheckUDP || c.ID == azuredns.CheckTCP || c.ID == azuredns.CheckZone // a check of the trace
			if c.Outcome == azuredns.Unknown && !covered {
				add(s.Report.Server.String() + ": " + phrase.Lower(c.Title) + ": " + strings.TrimPrefix(c.Why, "not known: "))
			}
		}
	}
	for _, f := range t.Findings {
		for _, m := range f.Missing {
			add(m)
		}
	}
	return out
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
			if c.Outcome != azuredns.Unknown {
				b.linef("    Azure: %s: %s%s%s", c.Title, c.Outcome, strings.Replace(t.evidence(c.Why), ":", ",", 1), bracketed(c.Finding.Code))
			}
		}
		if !s.Heard() {
			continue
		}
		if s.Report.Skipped != "" {
			b.linef("    not asked: %s", s.Report.Skipped)
		}
		for _, v := range s.Verdicts() {
			if v.Is != model.Unstated {
				b.linef("    %-17s  %s: %s", v.Title, yesNo(v.Is), v.Why)
			}
		}
		for _, e := range s.Report.InOrder() {
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
