package trace

import (
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	azuredns "github.com/peerdeck/peerdeck/model/dns/azure"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// The codes of what a trace says of its own steps.
const (
	CodeStepsNotKnown finding.Code = "trace-not-known"
	CodeStepFailed    finding.Code = "trace-failed"
)

// right reports whether every server gives what can be trusted.
func (t Trace) right() bool {
	return len(t.Servers) > 0 && !slices.ContainsFunc(t.Servers, func(s Server) bool { return s.Right.Is != model.Yes })
}

// needed takes from the checks those that were not made because nothing depends on them:
// a server that gives the right answer needs no private zone, and commands that were
// pasted do not ask for a name that cannot exist.
func (t Trace) needed(list []dnsverdict.Rung) []dnsverdict.Rung {
	var out []dnsverdict.Rung
	for _, r := range list {
		switch {
		case r.Check == dnsverdict.CheckZone && r.State != dnsverdict.RungDone && t.right():
			r = dnsverdict.Done(r.Check, "not needed: the answers are right without it")
		case r.Check == dnsverdict.CheckRandom && r.State == dnsverdict.RungUnknown && t.Pasted:
			continue
		}
		out = append(out, r)
	}
	return out
}

// open reports whether a check failed, or could not be made though it could have been.
func open(r dnsverdict.Rung) bool {
	return r.State == dnsverdict.RungFailed || r.State == dnsverdict.RungUnknown
}

// accounted is the trace with each check that failed, or could not be made, leading to a finding: to that of
// its code, to the one that is first to be looked at, or to one that says what could not
// be found out. While a trace runs, what is not known yet is no finding.
func (t Trace) accounted() Trace {
	var left []dnsverdict.Rung
	for _, r := range t.Checks() {
		if open(r) && (t.State.Over() || r.State == dnsverdict.RungFailed) && t.leads(r) == "" {
			left = append(left, r)
		}
	}
	if t.State.Over() {
		t.Findings = before(t.Findings, t.ofSteps(left)...)
	}
	for _, list := range []*[]dnsverdict.Rung{&t.Ladder, &t.Konnect, &t.Azure} {
		*list = slices.Clone(*list)
		for i, r := range *list {
			if open(r) {
				(*list)[i].Code = t.leads(r)
			}
		}
	}
	return t
}

// leads is the code of the finding that a check leads to, empty for none.
func (t Trace) leads(r dnsverdict.Rung) finding.Code {
	has := func(code finding.Code) bool {
		return code != "" && slices.ContainsFunc(t.Findings, func(f finding.Finding) bool { return f.Code == code })
	}
	ofAzure := []dnsverdict.Check{dnsverdict.CheckGates, dnsverdict.CheckUDP53, dnsverdict.CheckTCP53, dnsverdict.CheckZone}
	switch {
	case has(r.Code):
		return r.Code
	case r.State == dnsverdict.RungUnknown && slices.Contains(ofAzure, r.Check) && has(azuredns.CodeNotKnown):
		return azuredns.CodeNotKnown
	}
	if at := slices.IndexFunc(t.Findings, finding.Finding.NeedsPerson); at >= 0 {
		return t.Findings[at].Code
	}
	for _, c := range t.Checks() { // what goes on by itself may stop everything meanwhile
		if c.State == dnsverdict.RungFailed && has(c.Code) {
			return c.Code
		}
	}
	return ""
}

// ofSteps are the findings of checks that nothing else explains.
func (t Trace) ofSteps(left []dnsverdict.Rung) []finding.Finding {
	var failed, unknown []dnsverdict.Rung
	for _, r := range left {
		switch {
		case r.State == dnsverdict.RungFailed:
			failed = append(failed, r)
		case r.Check != dnsverdict.CheckGates: // UDP 53 and TCP 53 say it
			unknown = append(unknown, r)
		}
	}
	var out []finding.Finding
	if len(failed) > 0 {
		out = append(out, finding.Finding{
			Code: CodeStepFailed, Severity: finding.Attention, Word: finding.Attention.String(), Confidence: finding.Sure, Cause: phrase.Capital(texts(failed)) + ".",
			Next: finding.Next{Kind: finding.NextCommand, Text: "Ask the servers again, and compare what they say.", Command: t.command("")},
		})
	}
	if len(unknown) > 0 && len(failed) == 0 { // else they lead to what failed
		next := finding.Next{Kind: finding.NextCommand, Text: "Read each reason, and give the trace what is missing.", Command: t.command(" --all")}
		if len(t.Servers) > 0 && !t.Pasted && slices.ContainsFunc(unknown, ofAnswers) {
			next = finding.Next{Kind: finding.NextCommand, Text: "Run what this prints on a machine in the VNET: it asks the servers from there.", Command: t.command(" --script")}
		}
		out = append(out, finding.Finding{
			Code: CodeStepsNotKnown, Severity: finding.Unknown, Word: finding.Unknown.String(), Confidence: finding.Sure, Cause: "What was looked at is well, and this is not known: " + texts(unknown) + ".", Next: next,
		})
	}
	return out
}

// ofAnswers reports whether a check is one of what the servers answer.
func ofAnswers(r dnsverdict.Rung) bool {
	return slices.Contains([]dnsverdict.Check{
		dnsverdict.CheckUDP, dnsverdict.CheckTCP, dnsverdict.CheckWilling, dnsverdict.CheckName, dnsverdict.CheckEDNS, dnsverdict.CheckAgreement,
	}, r.Check)
}

// texts names checks with how they stand; those that stand alike are named together.
func texts(list []dnsverdict.Rung) string {
	var order []string
	titles := map[string][]string{}
	for _, r := range list {
		text := safe.Clean(strings.TrimSuffix(r.Text, "."))
		if _, there := titles[text]; !there {
			order = append(order, text)
		}
		if !slices.Contains(titles[text], r.Title) {
			titles[text] = append(titles[text], r.Title)
		}
	}
	var out []string
	for _, text := range order {
		out = append(out, phrase.And(titles[text])+" ("+text+")")
	}
	return strings.Join(out, ", ")
}

// command is the command that traces the name again.
func (t Trace) command(flags string) string { return t.commandOf(t.Query, flags) }

// commandOf is the command that traces a name, empty where the network has no name.
func (t Trace) commandOf(q Query, flags string) string {
	network := t.NetworkName.Or(t.Network.Raw())
	if network.IsEmpty() {
		return ""
	}
	return "peerdeck dns trace " + model.ShellQuote(q.Asked().String()) + " --network " + model.ShellQuote(network.String()) + flags
}

// before puts findings in front of those that need nobody.
func before(list []finding.Finding, more ...finding.Finding) []finding.Finding {
	at := slices.IndexFunc(list, func(f finding.Finding) bool { return !f.NeedsPerson() })
	if at < 0 {
		at = len(list)
	}
	return slices.Insert(slices.Clone(list), at, more...)
}
