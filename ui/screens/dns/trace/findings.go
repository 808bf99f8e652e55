package trace

import (
	"fmt"
	"strings"

	"peerdeck/model"
	dnstrace "peerdeck/model/dns/trace"
	dnsverdict "peerdeck/model/dns/verdict"
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
func drawFindings(th *theme.Theme, list []dnstrace.Finding, width, room int) []string {
	var lines []string
	for i, f := range list {
		block := findingBlock(th, f, width, i == 0)
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

// findingBlock is a finding in lines: what is wrong, why it is not sure, what to do.
func findingBlock(th *theme.Theme, f dnstrace.Finding, width int, first bool) []string {
	tone := theme.Plain
	if f.Severity >= model.SeverityAttention && first {
		tone = theme.Strong
	}
	lines := widget.Marked(th, f.Severity, tone, findingText(f), width, 0)
	next := widget.Arrow(th, phrase.Capital(safe.Clean(f.Next)), width)
	if n := len(next); n > 0 && f.Command != "" {
		const hint = "  Y copies the command"
		if cell.Width(next[n-1])+cell.Width(hint) < width {
			next[n-1] += cell.NewLine(th, width).Space(2).Put(theme.Accent, "Y").Put(theme.Muted, " copies the command").String()
		}
	}
	return append(lines, next...)
}

// findingText is the cause, with how sure it is.
func findingText(f dnstrace.Finding) string {
	text := phrase.Capital(safe.Clean(f.Cause))
	if f.Confidence == dnsverdict.Likely || f.Confidence == dnsverdict.Possible {
		text += " (" + f.Confidence.String() + ")"
	}
	return strings.TrimSuffix(text, ".") + "."
}

// findingFacts tells all findings with what is missing to be sure.
func findingFacts(list []dnstrace.Finding) []string {
	var out []string
	for _, f := range list {
		out = append(out, theme.Symbol(f.Severity)+" "+findingText(f))
		if len(f.Servers) > 0 {
			out = append(out, "   at "+phrase.List(f.Servers))
		}
		if f.Next != "" {
			out = append(out, "   → "+safe.Clean(f.Next))
		}
		if f.Command != "" {
			out = append(out, "   $ "+safe.Clean(f.Command))
		}
		for _, m := range f.Missing {
			out = append(out, "   ○ "+safe.Clean(m))
		}
		out = append(out, "")
	}
	return out[:max(0, len(out)-1)]
}
