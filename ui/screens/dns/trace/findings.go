package trace

import (
	"slices"
	"strings"

	"peerdeck/model"
	dnstrace "peerdeck/model/dns/trace"
	"peerdeck/model/finding"
	"peerdeck/model/phrase"
	"peerdeck/model/safe"
	"peerdeck/ui/kit/cell"
	"peerdeck/ui/kit/theme"
	"peerdeck/ui/kit/widget"
)

// findingLines says what there is to do, or how far the trace is.
func (p *Trace) findingLines(width, room int) []string {
	t := p.trace
	if len(t.Findings) > 0 {
		return drawFindings(p.th, t.Findings, width, room)
	}
	switch {
	case p.pending || p.running():
		return widget.Marked(p.th, model.SeverityWorking, theme.Plain, phrase.Capital(safe.Clean(orElse(t.Now(p.env.Now()), "it begins in a moment")))+".", width, 2)
	case !t.Query.OK() || t.Failure != nil:
		return nil
	case t.State == dnstrace.Cancelled:
		return widget.Marked(p.th, model.SeverityUnknown, theme.Plain, "Cancelled. What is above is what was known by then.", width, 2)
	case len(t.Servers) == 0:
		return widget.Marked(p.th, model.SeverityUnknown, theme.Plain, "No server was asked.", width, 2)
	case t.Agreement.Severity == model.SeverityOK && firstRed(p.list) < 0:
		return widget.Marked(p.th, model.SeverityOK, theme.Plain, p.trace.Conclusion().Cause, width, 3)
	default:
		return widget.Marked(p.th, model.SeverityUnknown, theme.Plain, "Nothing that the table of symptoms knows. e goes through what was found.", width, 2)
	}
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

// drawFindings draws what is wrong and what to do, the first finding whole, the others as
// far as there is room; the last line tells how many there is no room for.
func drawFindings(th *theme.Theme, list []finding.Finding, width, room int) []string {
	var lines []string
	copied := slices.IndexFunc(list, func(f finding.Finding) bool { return f.Next.Command != "" })
	for i, f := range list {
		block := findingBlock(th, f, width, i == 0, i == copied)
		left := room - len(lines)
		if i+1 < len(list) {
			left-- // for the line that counts the rest
		}
		switch {
		case len(block) <= left:
			lines = append(lines, block...)
		case i > 0:
			return append(lines, notShown(th, false, len(list)-i, false, width))
		default:
			return firstCut(th, list, copied == 0, width, room)
		}
	}
	return lines
}

// firstCut is the first finding where it has no room: the command gives way to the step
// that it carries out, and the last line tells what does not stand there.
func firstCut(th *theme.Theme, list []finding.Finding, copied bool, width, room int) []string {
	block := findingBlock(th, list[0], width, true, false)
	if room <= 2 { // no room for both: what is wrong goes first
		return block[:min(len(block), max(0, room))]
	}
	goesOn := len(block) > room-1
	return append(block[:min(len(block), room-1)], notShown(th, goesOn, len(list)-1, copied, width))
}

// notShown says in a line that a finding goes on, how many more there are, and that a key
// copies the command for which there was no room.
func notShown(th *theme.Theme, goesOn bool, more int, copied bool, width int) string {
	var parts []string
	if goesOn {
		parts = append(parts, "it goes on")
	}
	if more > 0 {
		parts = append(parts, "and "+phrase.Count(more, "more finding"))
	}
	l := cell.NewLine(th, width).Space(3)
	if len(parts) > 0 {
		l.Put(theme.Muted, strings.Join(parts, ", ")+"; ").Put(theme.Accent, "v").Put(theme.Muted, " shows all")
		if copied {
			l.Put(theme.Muted, "; ")
		}
	}
	if copied {
		l.Put(theme.Accent, "Y").Put(theme.Muted, " copies the command")
	}
	return l.String()
}

// findingBlock is a finding in lines: what is wrong, why it is not sure, what to do. The
// command stands there where the key copies it, and only there.
func findingBlock(th *theme.Theme, f finding.Finding, width int, first, copied bool) []string {
	tone := theme.Plain
	if f.Severity >= model.SeverityAttention && first {
		tone = theme.Strong
	}
	lines := widget.Marked(th, f.Severity, tone, findingText(f), width, 0)
	lines = append(lines, widget.Arrow(th, phrase.Capital(safe.Clean(f.Next.Text)), width)...)
	if !copied {
		return lines
	}
	const hint, margin = " copies  ", 3
	command := cell.Cut(safe.Clean(f.Next.Command), max(0, width-margin-1-cell.Width(hint)-1))
	return append(lines, cell.NewLine(th, width).Space(margin).Put(theme.Accent, "Y").Put(theme.Muted, hint).Put(theme.Plain, command).String())
}

// findingText is the cause, with how sure it is.
func findingText(f finding.Finding) string {
	text := strings.TrimSuffix(phrase.Capital(safe.Clean(f.Cause)), ".")
	if f.Confidence == finding.Likely || f.Confidence == finding.Possible {
		text += " (" + f.Confidence.String() + ")"
	}
	return text + "."
}

// findingFacts tells all findings with what is missing to be sure.
func findingFacts(list []finding.Finding) []string {
	var out []string
	for _, f := range list {
		out = append(out, theme.Symbol(f.Severity)+" "+findingText(f))
		if len(f.Servers) > 0 {
			out = append(out, "   at "+phrase.List(f.Servers))
		}
		if f.Next.Text != "" {
			out = append(out, "   → "+safe.Clean(f.Next.Text))
		}
		if f.Next.Command != "" {
			out = append(out, "   $ "+safe.Clean(f.Next.Command))
		}
		for _, m := range f.Missing {
			out = append(out, "   ○ "+safe.Clean(m))
		}
		out = append(out, "")
	}
	return out[:max(0, len(out)-1)]
}
