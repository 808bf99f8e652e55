package ranges

import (
	"fmt"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/paths/ranges"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// top is what the reading comes to, and the answer for one range.
func (p *Page) top() []string {
	lines := []string{cell.NewLine(p.th, p.width).Space(1).Put(theme.Muted, "size ").Put(theme.Accent, fmt.Sprintf("/%d", p.size)).
		Space(3).Put(theme.Muted, "region ").Put(theme.Accent, p.region.Or("any on Azure").String()).String()}
	say := func(severity model.Severity, text string) {
		lines = append(lines, widget.Marked(p.th, severity, theme.Plain, safe.Clean(text), p.width, 3)...)
	}
	switch {
	case p.err != nil:
		say(model.SeverityAttention, p.err.Error())
	case p.report != nil && p.report.Count == 0:
		say(model.SeverityAttention, p.report.Conclusion())
	case p.report != nil && !p.report.Whole():
		say(model.SeverityUnknown, p.report.Conclusion())
	case p.report != nil:
		say(model.SeverityOK, p.report.Conclusion())
	}
	if p.answer != nil && p.report != nil {
		severity := model.SeverityAttention
		if p.answer.Free() {
			severity = model.SeverityOK
		}
		say(severity, p.answer.Sentence())
	}
	return lines
}

// listTop is the line of the heading of the list.
func (p *Page) listTop() int { return len(p.top()) + 1 }

// View draws the offers, the one that is chosen, and what was not read.
func (p *Page) View(time.Time) string {
	lines := p.top()
	if len(p.rows) == 0 {
		lines = append(lines, p.blank()...)
	} else {
		n := min(len(p.rows)+1, max(2, p.height-len(lines)-6))
		p.table.Resize(p.width, n)
		lines = append(lines, widget.Rule(p.th, p.width))
		lines = append(lines, widget.Fill(p.table.View(p.th), n)...)
		lines = append(lines, widget.Rule(p.th, p.width))
		lines = append(lines, p.detail()...)
	}
	lines = append(lines, p.foot(p.height-len(lines))...)
	return strings.Join(lines[:min(len(lines), p.height)], "\n")
}

// blank says why there is no offer.
func (p *Page) blank() []string {
	b := widget.NewBlank(p.th, p.width)
	switch v := p.view; {
	case v.State == ranges.Reading:
		b.Put(theme.Muted, "◐ "+safe.Clean(v.Doing))
	case v.Failure != nil:
		b.Failure("The ranges could not be read: ", *v.Failure)
	case v.State == ranges.Cancelled && !p.known():
		b.Put(theme.Muted, "The reading was stopped.")
		b.Key("r", "reads")
	case p.report != nil:
		b.Key("+ -", "another size")
	}
	return b.Lines()
}

// detail tells of the chosen offer.
func (p *Page) detail() []string {
	o := p.offer()
	if o == nil {
		return nil
	}
	lines := []string{cell.NewLine(p.th, p.width).Space(1).Put(theme.Strong, o.Range.String()).Space(2).Put(theme.Muted, "in "+o.Room.String()+", which is free").String()}
	put := func(label, text string) {
		for i, part := range cell.Wrap(safe.Clean(text), p.width-12, 2) {
			l := cell.NewLine(p.th, p.width).Space(3)
			if i == 0 {
				l.Put(theme.Muted, label)
			}
			lines = append(lines, l.To(11).Put(theme.Plain, part).String())
		}
	}
	put("above", beside(o.Above))
	put("below", beside(o.Below))
	if o.Usual != "" {
		put("usual", "such a range is "+o.Usual)
	}
	return lines
}

// foot says what was read and what was not, in a room.
func (p *Page) foot(room int) []string {
	if p.report == nil || room < 2 {
		return nil
	}
	var lines []string
	for _, g := range p.report.Gaps {
		lines = append(lines, widget.Marked(p.th, model.SeverityUnknown, theme.Plain, safe.Clean("not read: "+g.What+": "+g.Reason()), p.width, 2)...)
	}
	if most := room - 1; len(lines) > most {
		hidden := len(p.report.Gaps)
		lines = append(lines[:max(0, most-1)], cell.NewLine(p.th, p.width).Space(3).Put(theme.Muted, fmt.Sprintf("%d parts were not read; d tells them all", hidden)).String())
	}
	lines = append([]string{""}, lines...)
	end := widget.Paragraph(p.th, theme.Muted, "Seen: "+p.report.Seen.String()+". "+p.report.Limits.Note()+ranges.Beyond, p.width, 4)
	if len(lines)+len(end) <= room {
		lines = append(lines, end...)
	}
	return lines
}
