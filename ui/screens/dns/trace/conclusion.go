package trace

import (
	"strings"

	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// conclusionLines draw what matters first: what is so, where, what to do, and the command
// that a key copies. Where there is no room for all, the place gives way first, then the
// command; its key is named all the same.
func (p *Trace) conclusionLines(width, room int) []string {
	if !p.trace.Query.OK() {
		return nil // it stands at the name
	}
	c := p.trace.Conclusion()
	tone := theme.Plain
	if c.Concluded() && c.Severity > finding.Unknown {
		tone = theme.Strong
	}
	if p.pending {
		c = dnstrace.Conclusion{Severity: finding.Working, Cause: "It begins in a moment."}
	} else if !c.Concluded() && !p.trace.State.Over() {
		c.Cause = phrase.Capital(safe.Clean(orElse(p.trace.Now(p.env.Now()), "it begins in a moment"))) + "."
	}
	cause := widget.Marked(p.th, c.Severity, tone, concluded(c), width, 0)
	next := widget.Arrow(p.th, phrase.Capital(safe.Clean(c.Next)), width)
	var where, command []string
	if c.Where != "" {
		where = []string{cell.NewLine(p.th, width).Space(3).Put(theme.Muted, "at "+cell.Cut(safe.Clean(c.Where), width-7)).String()}
	}
	if c.Command != "" {
		command = []string{commandLine(p.th, c.Command, width)}
	}
	if len(cause)+len(where)+len(next)+len(command) > room {
		where = nil
	}
	lines := append(append(cause, where...), next...)
	if len(lines)+len(command) <= room {
		return append(lines, command...)
	}
	if room <= 2 {
		return lines[:min(len(lines), max(0, room))]
	}
	goesOn := len(lines) > room-1
	return append(lines[:min(len(lines), room-1)], notShown(p.th, goesOn, 0, c.Command != "", width))
}

// concluded is the cause of a conclusion, with how sure it is.
func concluded(c dnstrace.Conclusion) string {
	text := strings.TrimSuffix(phrase.Capital(safe.Clean(c.Cause)), ".")
	if c.Confidence == finding.Likely || c.Confidence == finding.Possible {
		text += " (" + c.Confidence.String() + ")"
	}
	return text + "."
}

// commandLine is the command beside the key that copies it.
func commandLine(th *theme.Theme, text string, width int) string {
	const hint, margin = " copies  ", 3
	command := cell.Cut(safe.Clean(text), max(0, width-margin-1-cell.Width(hint)-1))
	return cell.NewLine(th, width).Space(margin).Put(theme.Accent, "c").Put(theme.Muted, hint).Put(theme.Plain, command).String()
}

// restLines tell what was found beside the conclusion, as far as there is room, and how
// much is not known.
func (p *Trace) restLines(width, room int) []string {
	also, unknown := p.trace.Also(), p.notKnown()
	if room <= 0 || !p.trace.Query.OK() || len(also)+unknown == 0 {
		return nil
	}
	switch room {
	case 1:
		return []string{p.countLine(len(also), unknown, width)}
	case 2:
		return []string{widget.Rule(p.th, width), p.countLine(len(also), unknown, width)}
	}
	if unknown > 0 {
		room--
	}
	lines := append([]string{widget.Rule(p.th, width)}, drawFindings(p.th, also, width, room-1)...)
	if unknown > 0 {
		lines = append(lines, p.countLine(0, unknown, width))
	}
	return lines
}

// countLine counts what does not stand there, and names the keys that show it.
func (p *Trace) countLine(findings, unknown, width int) string {
	l := cell.NewLine(p.th, width).Space(1).Put(theme.Unsure, theme.Symbol(finding.Unknown)).To(3)
	if findings > 0 {
		l.Put(theme.Muted, "and "+phrase.Count(findings, "more finding")+"; ").Put(theme.Accent, "v").Put(theme.Muted, " shows all")
	}
	if findings > 0 && unknown > 0 {
		l.Put(theme.Muted, ". ")
	}
	if unknown > 0 {
		l.Put(theme.Muted, phrase.Count(unknown, "fact")+phrase.Either(unknown, " is", " are")+" not known; ").
			Put(theme.Accent, "V").Put(theme.Muted, phrase.Either(unknown, " shows it", " lists them"))
	}
	return l.String()
}

// notKnown is how many facts are not known; while the trace runs, they are looked for.
func (p *Trace) notKnown() int {
	if p.running() {
		return 0
	}
	return len(p.trace.NotKnown())
}
