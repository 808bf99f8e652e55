package trace

import (
	"slices"

	"github.com/peerdeck/peerdeck/model"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// labelWidth is the column at which the lines of the head begin.
const labelWidth = 11

// headLine begins a line of the head.
func headLine(th *theme.Theme, label string, width int) *cell.Line {
	return cell.NewLine(th, width).Space(1).Put(theme.Muted, label).To(labelWidth)
}

// chipLines draws the checks of a group behind its label, each as a symbol and a word, in
// as many lines as they take.
func (p *Trace) chipLines(group string, width int) []string {
	running := p.running()
	l := headLine(p.th, group, width)
	var lines []string
	first, list := true, p.evidence()
	red := firstRed(list)
	var open []int // places of what is not known
	for i, e := range list {
		if e.group != group {
			continue
		}
		text, mark := e.short(), e.mark(running)
		if e.rung.State == dnsverdict.RungUnknown {
			open = append(open, i)
			continue
		}
		if need := cell.Width(text) + 2; !first && l.Used()+2+need > width-1 {
			lines = append(lines, l.String())
			l, first = headLine(p.th, "", width), true
		}
		if !first {
			l.Space(2)
		}
		first = false
		if i == p.at() {
			tone := theme.Accent
			if i == red {
				tone = theme.Bad
			}
			l.Put(theme.Of(mark), theme.Symbol(mark)).Put(tone, "‹"+text+"›")
			continue
		}
		l.Put(theme.Of(mark), theme.Symbol(mark)).Space(1).Put(chipTone(mark, i == red), text)
	}
	switch {
	case len(open) > 0 && (running || slices.Contains(open, p.at())):
		return p.openLines(lines, l, first, open, width)
	case len(open) > 0:
		return p.countedLines(lines, l, first, len(open), width)
	case first && running:
		l.Put(theme.Busy, "◐").Put(theme.Muted, " reading")
	case first:
		l.Put(theme.Unsure, "○").Put(theme.Muted, " not looked at")
	}
	return append(lines, l.String())
}

// countedLines end a group with how many of its checks are not known.
func (p *Trace) countedLines(lines []string, l *cell.Line, first bool, open, width int) []string {
	if !first {
		l.Space(2)
	}
	text := phrase.Count(open, "check") + " not known"
	if l.Used()+2+cell.Width(text) > width-1 {
		lines = append(lines, l.String())
		l = headLine(p.th, "", width)
	}
	return append(lines, l.Put(theme.Unsure, "○").Put(theme.Muted, " "+text).String())
}

// openLines end a group with the checks that are not known, under one word.
func (p *Trace) openLines(lines []string, l *cell.Line, first bool, open []int, width int) []string {
	list := p.evidence()
	mark, word := model.SeverityUnknown, "not known:"
	if p.running() {
		mark, word = model.SeverityWorking, "looking at:"
	}
	if need := cell.Width(word) + 4 + cell.Width(list[open[0]].short()); !first && l.Used()+2+need > width-1 {
		lines = append(lines, l.String())
		l, first = headLine(p.th, "", width), true
	}
	if !first {
		l.Space(2)
	}
	l.Put(theme.Of(mark), theme.Symbol(mark)).Put(theme.Muted, " "+word)
	for k, i := range open {
		text, tone := list[i].short(), theme.Muted
		if i == p.at() {
			text, tone = "‹"+text+"›", theme.Accent
		}
		if k < len(open)-1 {
			text += ","
		}
		if l.Used()+1+cell.Width(text) > width-1 {
			lines = append(lines, l.String())
			l = headLine(p.th, "", width).Space(1)
		}
		l.Space(1).Put(tone, text)
	}
	return append(lines, l.String())
}

// chipTone: what is fine recedes, and the first red is the brightest.
func chipTone(mark model.Severity, first bool) theme.Tone {
	switch {
	case first:
		return theme.Bad
	case mark == model.SeverityBroken:
		return theme.Strong
	default:
		return theme.Muted
	}
}

// evidenceLines tells the check that is chosen, or the server.
func (p *Trace) evidenceLines(width, most int) []string {
	list := p.evidence()
	i := p.at()
	if i < 0 || i >= len(list) {
		return nil
	}
	e, running := list[i], p.running()
	if !p.byHand && (e.group == groupTable || p.trace.Conclusion().Code == e.rung.Code) {
		return nil // it stands there already
	}
	if e.isServer() {
		s := p.trace.Servers[e.server]
		text := s.Report.Server.String() + ": " + safe.Clean(s.Cell.Text)
		if s.Standing != "" && !s.Report.Heard() {
			text += "; " + safe.Clean(s.Standing)
		}
		return widget.Marked(p.th, s.Cell.Mark(), theme.Plain, text, width, most)
	}
	tone := theme.Plain
	if i == firstRed(list) {
		tone = theme.Bad
	}
	return widget.Marked(p.th, e.mark(running), tone, safe.Clean(e.rung.Title)+": "+e.text(running), width, most)
}

// ladderLines draws the whole ladder for a wide screen: each check with what was found.
func (p *Trace) ladderLines(width, room int) []string {
	for most := 4; ; most-- {
		if lines := p.fitLadder(width, most); len(lines) <= room || most == 1 {
			return lines[:min(len(lines), room)]
		}
	}
}

func (p *Trace) fitLadder(width, most int) []string {
	list := p.evidence()
	red := firstRed(list)
	var lines []string
	group := ""
	for i, e := range list {
		if e.isServer() {
			break
		}
		if e.rung.State == dnsverdict.RungUnknown && !p.running() && i != p.at() {
			continue // it is counted
		}
		if e.group != group {
			if group != "" && most > 1 {
				lines = append(lines, "")
			}
			group = e.group
			lines = append(lines, widget.Section(p.th, group, width))
		}
		lines = append(lines, p.rungLines(e, i == red, i == p.at(), width, most)...)
	}
	return lines
}

// rungLines draws a check of the ladder with what was found.
func (p *Trace) rungLines(e evidence, first, chosen bool, width, most int) []string {
	const column = 29
	running := p.running()
	mark := e.mark(running)
	l := cell.NewLine(p.th, width)
	if chosen {
		l.Select()
	} else {
		l.Space(1)
	}
	l.Put(theme.Of(mark), theme.Symbol(mark)).Space(1).Put(rungTone(e, first, chosen), safe.Clean(e.rung.Title))
	tone := theme.Muted
	switch {
	case first:
		tone = theme.Bad
	case e.rung.State == dnsverdict.RungFailed:
		tone = theme.Plain
	}
	var lines []string
	parts := cell.Wrap(e.text(running), width-column-1, most)
	for k, part := range parts {
		if k > 0 {
			l = cell.NewLine(p.th, width)
		}
		lines = append(lines, l.To(column).Put(tone, part).String())
	}
	if len(parts) == 0 {
		lines = append(lines, l.String())
	}
	return lines
}

func rungTone(e evidence, first, chosen bool) theme.Tone {
	switch {
	case first:
		return theme.Bad
	case chosen:
		return theme.Accent
	case e.rung.State == dnsverdict.RungFailed:
		return theme.Strong
	default:
		return theme.Plain
	}
}
