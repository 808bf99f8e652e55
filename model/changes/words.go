package changes

import (
	"fmt"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
)

// stateText says how a state became another.
func stateText(c model.Change) string {
	label := c.Aspect.Label()
	switch {
	case c.To.IsEmpty():
		return "gone from Konnect"
	case c.From.IsEmpty():
		return "new: " + label + " " + c.To.String()
	default:
		return label + " " + c.From.String() + " → " + c.To.String()
	}
}

// findingText says what went wrong, or that it is well again, where no state says it.
func findingText(came, went []model.Change, worst model.Change) string {
	switch {
	case len(came) == 1:
		return worst.Reason.Or(worst.To.Raw()).String()
	case len(came) > 1:
		return fmt.Sprintf("%d findings, the worst: %s", len(came), worst.Reason.Or(worst.To.Raw()).String())
	case len(went) > 1:
		return fmt.Sprintf("mended, it had %d findings", len(went))
	default:
		return "mended, it was: " + went[0].Reason.Or(went[0].From.Raw()).String()
	}
}

// ofReading says that something cannot be read, or can be again. Neither is good or bad:
// what is not known is not broken.
func ofReading(e *Entry, c model.Change) {
	e.Kind, e.From, e.To = KindReading, c.From, c.To
	e.Code, e.Cause = c.Code, c.Reason.String()
	if c.To.IsEmpty() {
		e.Severity, e.Text, e.Code, e.Cause = model.SeverityOK, "can be read again", "", ""
		if !c.Since.IsZero() {
			e.Lasted = c.At.Sub(c.Since)
		}
		return
	}
	e.Severity, e.Text = model.SeverityUnknown, "cannot be read: "+c.Reason.Or(c.To.Raw()).String()
}

// ofRun says how a set-up run or a teardown stands.
func ofRun(e *Entry, c model.Change) {
	e.Kind, e.From, e.To, e.Text, e.Cause = KindRun, c.From, c.To, c.To.String(), c.Reason.String()
	e.Severity = finding.SeverityNamed(c.Severity)
	switch e.Severity {
	case model.SeverityWorking:
		e.Sense = Working
	case model.SeverityBroken, model.SeverityAttention, model.SeverityOK, model.SeverityUnknown: // a run that waits for a person has broken nothing
	}
}

// ofRows says what became other in a mapping table, and that it was done from here or
// elsewhere.
func ofRows(e *Entry, group []model.Change) {
	e.Kind, e.Plain = KindDNS, true
	if c := group[0]; len(group) == 1 {
		e.Domain, e.From, e.To = c.Domain, c.From, c.To
		e.Text = "DNS: " + rowText(c)
		return
	}
	var domains []string
	added, removed := 0, 0
	for _, c := range group {
		domains = append(domains, c.Domain.String())
		switch {
		case c.From.IsEmpty():
			added++
		case c.To.IsEmpty():
			removed++
		}
	}
	e.Domain = group[0].Domain
	e.Text = "DNS: " + rowCounts(added, removed, len(group)-added-removed) + ": " + phrase.Few(domains, someDomains)
	for _, c := range group {
		e.Cause += rowText(c) + ". "
	}
}

// someDomains are named in a line of many.
const someDomains = 3

func rowCounts(added, removed, other int) string {
	var parts []string
	if added > 0 {
		parts = append(parts, phrase.Count(added, "row")+" added")
	}
	if removed > 0 {
		parts = append(parts, phrase.Count(removed, "row")+" removed")
	}
	if other > 0 {
		parts = append(parts, phrase.Count(other, "row")+" changed")
	}
	return phrase.And(parts)
}

func rowText(c model.Change) string {
	domain := c.Domain.String()
	switch {
	case c.From.IsEmpty():
		return domain + " added: " + c.To.String()
	case c.To.IsEmpty():
		return domain + " removed, it was " + c.From.String()
	default:
		return domain + " " + c.From.String() + " → " + c.To.String()
	}
}

func clockText(c model.Change) string {
	return "the clock of this machine was set back by " + phrase.Span(c.Since.Sub(c.At))
}

// Line is the entry in one line, without its moment and its name.
func (e Entry) Line(now time.Time) string {
	switch {
	case e.Kind == KindGap && e.Text != "":
		return e.Text
	case e.Kind == KindGap && e.First.IsZero():
		return "watching began; nothing is known from before"
	case e.Kind == KindGap:
		return "not watched from " + Moment(e.First, now) + " to " + Moment(e.At, now)
	}
	text := e.Text
	if e.Times > 1 {
		text = fmt.Sprintf("flapped %d ×, now: %s", e.Times, text)
	}
	return text + e.tail()
}

// tail is what else is known of it.
func (e Entry) tail() string {
	tail := ""
	if e.Lasted >= time.Minute {
		tail += ", after " + phrase.Span(e.Lasted)
	}
	switch {
	case e.By.Here:
		tail += ", from here"
	case !e.By.Who.IsEmpty():
		tail += ", by " + e.By.Who.String()
	case e.Kind == KindDNS:
		tail += ", not from here"
	}
	if e.Unseen {
		tail += ", while nobody watched"
	}
	return tail
}
