package trace

import (
	"strings"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

// drawFindings draws findings as far as there is room; the last line tells how many there
// is no room for.
func drawFindings(th *theme.Theme, list []finding.Finding, width, room int) []string {
	var lines []string
	for i, f := range list {
		block := findingBlock(th, f, width)
		left := room - len(lines)
		if i+1 < len(list) {
			left-- // for the line that counts the rest
		}
		if len(block) > left {
			return append(lines, notShown(th, false, len(list)-i, false, width))
		}
		lines = append(lines, block...)
	}
	return lines
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
		l.Put(theme.Accent, "c").Put(theme.Muted, " copies the command")
	}
	return l.String()
}

// findingBlock is a finding in lines: what is wrong, how sure that is, what to do.
func findingBlock(th *theme.Theme, f finding.Finding, width int) []string {
	lines := widget.Marked(th, f.Severity, theme.Plain, findingText(f), width, 0)
	return append(lines, widget.Arrow(th, phrase.Capital(safe.Clean(f.Next.Text)), width)...)
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
