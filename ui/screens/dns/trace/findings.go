package trace

import (
	"fmt"
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
		return widget.Marked(p.th, model.SeverityOK, theme.Plain, p.wellText(), width, 3)
	default:
		return widget.Marked(p.th, model.SeverityUnknown, theme.Plain, "Nothing that the table of symptoms knows. e goes through what was found.", width, 2)
	}
}

// wellText says that a name resolves, and to what.
func (p *Trace) wellText() string {
	n := len(p.trace.Servers)
	who := fmt.Sprintf("All %d servers answer ", n)
	switch n {
	case 1:
		who = p.trace.Servers[0].Report.Server.String() + " answers "
	case 2:
		who = "Both servers answer "
	}
	return who + answerOf(p.trace.Servers[0].Report) + ". Nothing is wrong with the name, as far as this place can tell."
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
		if i > 0 && len(block) > left {
			return append(lines, moreFindings(th, len(list)-i, width))
		}
		if over := len(block) - left; i == 0 && over > 0 && left > 1 {
			block = append(block[:left-1:left-1], wholeFindings(th, width))
		}
		lines = append(lines, block[:min(len(block), max(0, room-len(lines)))]...)
	}
	return lines
}

func wholeFindings(th *theme.Theme, width int) string {
	return cell.NewLine(th, width).Space(3).Put(theme.Muted, "it goes on; ").Put(theme.Accent, "v").Put(theme.Muted, " shows all").String()
}

func moreFindings(th *theme.Theme, n, width int) string {
	return cell.NewLine(th, width).Space(3).Put(theme.Muted, "and "+phrase.Count(n, "more finding")+"; ").Put(theme.Accent, "v").Put(theme.Muted, " shows all").String()
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
