package setup

import (
	"fmt"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// RowPlan is what becomes of the mapping table of a resolver by the change of one row, as it
// was seen at the last look.
type RowPlan struct {
	Mend     *Mend
	Resolver model.PrivateDNS
	Rows     []dnstable.Row // the whole table, as it is to be
	// Met: the row is as it is to be. Other: it is neither as it was found nor as it is to
	// be; somebody has changed it since.
	Met, Other bool
	Now        dnstable.Row // as it is there; without a domain when it is not
	Writes     []model.Write
	// Asked is what the servers said right before, for the question; empty for nothing.
	Asked string
}

// PlanRow puts the row of a change into a table. Whatever else is in the table stays as it is.
func PlanRow(m *Mend, there model.PrivateDNS) RowPlan {
	c := m.Change
	want := dnstable.Row{Key: c.Domain, Servers: c.Servers}
	p := RowPlan{Mend: m, Resolver: there}
	rows := dnstable.FromMappings(there.DNS)
	at := slices.IndexFunc(rows, func(r dnstable.Row) bool { return r.Label() == want.Label() })
	twice := at >= 0 && slices.ContainsFunc(rows[at+1:], func(r dnstable.Row) bool { return r.Label() == want.Label() })
	if at >= 0 {
		p.Now = rows[at]
	}
	switch {
	case twice:
		p.Other = true
	case at < 0 && len(c.Servers) == 0, at >= 0 && len(c.Servers) > 0 && p.Now.SameServers(want):
		p.Met = true
	case !p.Now.SameServers(dnstable.Row{Servers: c.Was}):
		p.Other = true
	case at < 0:
		rows = append(rows, want)
	case len(c.Servers) == 0:
		rows = slices.Delete(rows, at, at+1)
	default: // how it is written there, and what peerdeck does not know of it, stays
		rows[at].Servers = c.Servers
	}
	p.Rows = rows
	return p
}

// Own is the row that the run is about, as it is to be, or as it was where it goes.
func (p RowPlan) Own() []dnstable.Row {
	return []dnstable.Row{{Key: p.Mend.Change.Domain, Servers: p.Mend.Change.Servers}}
}

// Faults are what the rules say against the row as it is to be: what is no address, or none
// that a network carries. A row with one of them is not sent.
func (p RowPlan) Faults() []string {
	var out []string
	for _, f := range dnstable.Check(dnstable.NewDraft(p.Own()).Rows(), dnstable.Surroundings{}) {
		if f.Severity == dnstable.Error && len(p.Mend.Change.Servers) > 0 {
			out = append(out, f.Text+" ("+f.Rule+")")
		}
	}
	return out
}

// Agreed is the change that a person agrees to, as the journal writes it down.
func (p RowPlan) Agreed() []string {
	c := p.Mend.Change
	return []string{strings.Join([]string{"mend: row", c.On.Raw(), c.Domain.Raw(), raw(c.Was), raw(c.Servers)}, " ")}
}

// Ask is the one question of the run: what the row says now and will say, and what stays. The
// domain is typed where the row goes.
func (p RowPlan) Ask() Ask {
	c := p.Mend.Change
	others := len(p.Rows) - 1
	text := "This changes one row of the mapping table of " + p.Resolver.Name.Or(p.Resolver.ID.Raw()).String() + ": " + c.Domain.String() + becomes(c) + "."
	if len(c.Servers) == 0 {
		others++
	}
	if others > 0 {
		text += fmt.Sprintf(" The other %s %s sent as %s.", phrase.Count(others, "row"), phrase.Either(others, "is", "are"), phrase.Either(others, "it is", "they are"))
	}
	if p.Asked != "" {
		text += " " + p.Asked
	}
	text += " What is there now is kept as a restore point."
	if len(c.Servers) == 0 {
		return confirm(text+" Type the domain to begin.", c.Domain)
	}
	return agree(text + " Go on?")
}

// becomes says in words what becomes of a row.
func becomes(c finding.Change) string {
	switch was, is := phrase.List(c.Was), phrase.List(c.Servers); {
	case was == "":
		return " is added, with " + is
	case is == "":
		return ", which has " + was + ", goes"
	default:
		return " has " + was + " and gets " + is
	}
}

// rowWords says in a clause what becomes of a row, as a difference.
func rowWords(c finding.Change) string {
	switch was, is := phrase.List(c.Was), phrase.List(c.Servers); {
	case was == "":
		return "+ " + c.Domain.String() + " → " + is
	case is == "":
		return "- " + c.Domain.String() + " → " + was
	default:
		return "~ " + c.Domain.String() + ": " + was + " → " + is
	}
}

// RowOther is the failure for a row that somebody has changed since it was found wrong.
func RowOther(p RowPlan) model.Failure {
	is := "asks " + phrase.List(p.Now.Servers) + " now"
	if p.Now.Key.IsEmpty() {
		is = "is not there any more"
	}
	return model.Failure{
		Kind: model.FailureConflict, Operation: "change the mapping row", Subject: p.Mend.Change.Domain, Finding: "mend-other-now",
		Cause: safe.New("the row " + is + ": somebody else has changed it since it was found wrong, so nothing is changed"),
		Cure:  "Trace a name of it again; what is wrong by now is told there.",
	}
}

// RowNotHelped is the failure for a row of which it is plain by now that the change would not
// mend it.
func RowNotHelped(p RowPlan, why string) model.Failure {
	return model.Failure{
		Kind: model.FailureConflict, Operation: "change the mapping row", Subject: p.Mend.Change.Domain, Finding: "mend-not-possible",
		Cause: safe.New("The row would not be mended by it, so nothing is changed. " + why), Cure: "Trace a name of it again; or edit the row on the DNS screen.",
	}
}

// ResolverToMendGone is the failure for a resolver that was deleted meanwhile.
func ResolverToMendGone(m *Mend) model.Failure {
	return model.Failure{
		Kind: model.FailureNotFound, Operation: "change the mapping row", Subject: m.Change.Domain, Finding: "mend-other-now",
		Cause: safe.New("Konnect does not have the resolver of the row any more: somebody has deleted it"), Cure: "Look at the tables of the network on the DNS screen.",
	}
}

// Probed says in a sentence what the servers of the row as it is to be said of the domain a
// moment ago, or that none can be heard from here. Refuses: one was heard, and does not serve
// the domain.
func (p RowPlan) Probed(a Asked) (text string, refuses bool) {
	found, good := a.Judge()
	heard := 0
	for _, r := range a.Reports {
		if r.Heard() {
			heard++
		}
	}
	switch {
	case heard == 0:
		return "Whether " + phrase.And(phrase.Strings(p.Mend.Change.Servers)) + phrase.Either(len(a.Reports), " answers", " answer") + " for the domain cannot be tested from this machine.", false
	case good < heard:
		for _, c := range found {
			if c.NeedsPerson() {
				return c.Cause, true
			}
		}
		return "Not all of its servers serve the domain.", true
	default:
		return fmt.Sprintf("Asked just now, %d of %s %s for the domain.", good, phrase.Count(len(a.Reports), "server"), phrase.Either(good, "answers", "answer")), false
	}
}
