package whatif

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/paths/assume"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

const (
	mostChanges = 5  // changes at most that the top lists
	mostRows    = 9  // verdicts at most that a small screen shows
	labelWidth  = 16 // of the form
)

// View draws what is assumed and what that comes to, or the form.
func (p *Page) View(time.Time) string {
	if p.view.Number == 0 || p.view.Network == nil {
		return "\n" + cell.NewLine(p.th, p.width).Space(3).Put(theme.Muted, "Nothing was read of its paths yet: esc, then r reads them.").String()
	}
	lines := p.top()
	if p.form != nil {
		lines = append(lines, p.formLines()...)
		return strings.Join(lines[:min(len(lines), p.height)], "\n")
	}
	room := max(0, p.height-len(lines))
	if len(p.rows) == 0 {
		lines = append(lines, widget.Paragraph(p.th, theme.Muted, p.nothingTurns(), p.width, 0)...)
		return strings.Join(lines[:min(len(lines), p.height)], "\n")
	}
	n := min(len(p.rows)+1, mostRows+1, max(3, room/2))
	if p.height > 40 {
		n = min(len(p.rows)+1, max(3, room/2))
	}
	p.table.Resize(p.width, n)
	lines = append(lines, widget.Fill(p.table.View(p.th), n)...)
	lines = append(lines, widget.Rule(p.th, p.width))
	lines = append(lines, p.detail(p.height-len(lines))...)
	return strings.Join(lines[:min(len(lines), p.height)], "\n")
}

func (p *Page) nothingTurns() string {
	if len(p.changes) == 0 {
		return "Assume a change, and this page tells which services, subnets and entries would be judged otherwise. It is judged on this machine, of what was read; nothing is ever sent to Konnect or Azure. a opens the form, o opens a file."
	}
	return "No verdict would be another one."
}

// top is what is assumed, and what that comes to.
func (p *Page) top() []string {
	severity := finding.OK
	switch {
	case p.result.Count(assume.Worse) > 0:
		severity = finding.Attention
	case len(p.changes) == 0 || p.result.Count(assume.Other) > 0:
		severity = finding.Unknown
	}
	says := p.result.Says()
	if n := p.result.Remains(); len(p.changes) > 0 && n > 0 {
		says += " " + phrase.Count(n, "finding") + " would need somebody then."
	}
	lines := widget.Marked(p.th, severity, theme.Plain, "Nothing is written. "+says, p.width, 2)
	from := max(0, len(p.changes)-mostChanges)
	if from > 0 {
		lines = append(lines, cell.NewLine(p.th, p.width).Space(5).Put(theme.Muted, phrase.Count(from, "change")+" before").String())
	}
	for i, c := range p.changes[from:] {
		l := cell.NewLine(p.th, p.width).Space(3)
		why := p.refused(from + i)
		if why != "" {
			lines = append(lines, l.Put(theme.Bad, "✖ ").Put(theme.Plain, safe.Clean(c.String())).String())
			lines = append(lines, widget.Paragraph(p.th, theme.Muted, safe.Clean(why), p.width, 2)...)
			continue
		}
		lines = append(lines, l.Put(theme.Accent, "+ ").Put(theme.Plain, safe.Clean(c.String())).String())
	}
	return append(lines, widget.Rule(p.th, p.width))
}

// detail tells of the chosen verdict, now and then.
func (p *Page) detail(height int) []string {
	e, there := p.effect()
	if !there || height <= 0 {
		return nil
	}
	var lines []string
	one := func(when string, v assume.Verdict, none bool) {
		if none {
			lines = append(lines, cell.NewLine(p.th, p.width).Space(1).Put(theme.Strong, when).Put(theme.Muted, "  there is none").String())
			return
		}
		lines = append(lines, cell.NewLine(p.th, p.width).Space(1).Put(theme.Strong, when).Space(2).Put(theme.Of(v.Severity), v.Severity.String()).Space(2).Put(theme.Muted, string(v.Code)).String())
		lines = append(lines, widget.Paragraph(p.th, theme.Plain, safe.Clean(v.Why), p.width, 0)...)
	}
	one("now ", e.Before, e.Turn == assume.New)
	one("then", e.After, e.Turn == assume.Gone)
	if e.After.Severity.NeedsPerson() {
		lines = append(lines, widget.Arrow(p.th, safe.Clean(e.After.Next.Text), p.width)...)
	}
	return p.scroll.Window(lines, height)
}

// formLines draw the form.
func (p *Page) formLines() []string {
	f := p.form
	lines := []string{cell.NewLine(p.th, p.width).Space(1).Put(theme.Strong, phrase.Capital(string(f.verb))+" "+f.kind.Label()).Put(theme.Muted, "  "+assume.About(f.verb, f.kind)).String()}
	for i, field := range f.fields {
		l := cell.NewLine(p.th, p.width)
		tone := theme.Muted
		if i == f.at {
			l.Select()
			tone = theme.Accent
		} else {
			l.Space(1)
		}
		name := field.Key.Words()
		if field.Need {
			name += " *"
		}
		l.Put(tone, cell.Cut(name, labelWidth-2)).To(labelWidth)
		text, _ := f.prompts[i].Window(max(1, p.width-labelWidth-1))
		shown := theme.Plain
		if i == f.at {
			shown = f.prompts[i].Tone()
		}
		lines = append(lines, l.Put(shown, text).String())
	}
	lines = append(lines, "")
	if f.wrong != "" {
		lines = append(lines, widget.Marked(p.th, finding.Broken, theme.Bad, safe.Clean(f.wrong), p.width, 0)...)
	}
	field := f.fields[f.at]
	help := field.Help
	if len(field.Words) > 0 {
		help += ": " + phrase.Or(field.Words)
	}
	if field.Many {
		help += "; several with commas between"
	}
	return append(lines, widget.Paragraph(p.th, theme.Muted, help, p.width, 0)...)
}

// formCursor is where the text cursor stands.
func (p *Page) formCursor() *tea.Cursor {
	f := p.form
	_, x := f.prompts[f.at].Window(max(1, p.width-labelWidth-1))
	return tea.NewCursor(labelWidth+x, len(p.top())+1+f.at)
}
