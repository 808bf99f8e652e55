package trace

import (
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
)

// The groups of checks, from the mapping table to the address.
const (
	groupTable   = "Rule"
	groupKonnect = "Konnect"
	groupAzure   = "Azure"
	groupAnswers = "Answers"
)

// evidence is one check of a trace, or one of its servers.
type evidence struct {
	group  string // empty for a server
	rung   dnsverdict.Rung
	server int // its place, where it is a server
}

// isServer reports whether it is a server.
func (e evidence) isServer() bool { return e.group == "" }

// inClouds are the rungs of the ladder that a trace tells in more detail.
func inClouds() []dnsverdict.Check {
	return []dnsverdict.Check{dnsverdict.CheckKonnect, dnsverdict.CheckHalf, dnsverdict.CheckAddresses, dnsverdict.CheckGates}
}

// evidenceOf lists the checks of a trace in the order in which a person would make them,
// and then the servers.
func evidenceOf(t dnstrace.Trace) []evidence {
	var out []evidence
	add := func(group string, list []dnsverdict.Rung) {
		for _, r := range list {
			out = append(out, evidence{group: group, rung: r})
		}
	}
	var answers []dnsverdict.Rung
	for i, r := range t.Ladder {
		switch {
		case i == 0:
			add(groupTable, t.Ladder[:1])
		case !slices.Contains(inClouds(), r.Check):
			answers = append(answers, r)
		}
	}
	add(groupKonnect, t.Konnect)
	add(groupAzure, t.Azure)
	add(groupAnswers, answers)
	for i := range t.Servers {
		out = append(out, evidence{server: i})
	}
	return out
}

// firstRed is the place of the first check that failed, -1 for none.
func firstRed(list []evidence) int {
	return slices.IndexFunc(list, func(e evidence) bool { return !e.isServer() && e.rung.State == dnsverdict.RungFailed })
}

// mark is how a check stands. What is not known is still looked at while the trace runs.
func (e evidence) mark(running bool) model.Severity {
	switch e.rung.State {
	case dnsverdict.RungDone, dnsverdict.RungNotAsked:
		return model.SeverityOK
	case dnsverdict.RungFailed:
		return model.SeverityBroken
	case dnsverdict.RungUnknown:
		if running {
			return model.SeverityWorking
		}
		return model.SeverityUnknown
	default:
		return model.SeverityUnknown
	}
}

// short is a check in one or two words, with its state where that is not well.
func (e evidence) short() string {
	title := safe.Clean(e.rung.Title)
	switch e.rung.Check {
	case dnsverdict.CheckHalf:
		title = "peering"
	case dnsverdict.CheckAddresses:
		title = "addresses"
	case dnsverdict.CheckName:
		title = "name"
	case dnsverdict.CheckRandom:
		title = "made-up name"
	case dnsverdict.CheckAgreement:
		title = "same answers"
	case dnsverdict.CheckWay:
		title = "path to address"
	case dnsverdict.CheckWilling:
		title = "serves domain"
	default:
	}
	if e.group == groupKonnect || e.rung.Check == dnsverdict.CheckHalf {
		// "eu-prod is ready": what it is has its own word already.
		if _, state, found := strings.Cut(safe.Clean(e.rung.Text), " is "); found && e.rung.State != dnsverdict.RungUnknown {
			state, _, _ = strings.Cut(state, ":")
			return title + " " + state
		}
	}
	switch e.rung.State {
	case dnsverdict.RungFailed:
		return e.failed(title)
	case dnsverdict.RungUnknown:
		return title
	case dnsverdict.RungNotAsked:
		return title + " not asked"
	case dnsverdict.RungDone:
	}
	if strings.HasSuffix(title, " 53") {
		return title + " open"
	}
	return title
}

// failed is a check that failed, in a few words.
func (e evidence) failed(title string) string {
	switch e.rung.Check {
	case dnsverdict.CheckWilling:
		if _, said, found := strings.Cut(safe.Clean(e.rung.Text), " says "); found {
			code, _, _ := strings.Cut(said, ";")
			code, _, _ = strings.Cut(code, ",")
			return "answered " + code
		}
		return "does not serve domain"
	case dnsverdict.CheckAgreement:
		return "answers differ"
	default:
		return title + " failed"
	}
}

// text says how a check stands, in words.
func (e evidence) text(running bool) string {
	text := safe.Clean(e.rung.Text)
	switch {
	case e.rung.State == dnsverdict.RungNotAsked:
		return "not asked: " + text
	case e.rung.State != dnsverdict.RungUnknown:
		return text
	case running:
		return "still looked at: " + text
	default:
		return "not known: " + text
	}
}
