// Package pathmap draws the map of a network: for the terminal, as a drawing for a page, and
// as text for a wiki.
package pathmap

import (
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/paths/picture"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// Lines draws the map of a network's paths, the way of a request from the top to the
// bottom: what leads in, the network, then each peering with the VNET behind it, then what
// is reached without one. Every thing has a mark and a word, so that it can be read without
// colour. It takes any width from 60 cells on, and as many lines as it needs.
func Lines(th *theme.Theme, p picture.Picture, width int) []string {
	m := drawing{th: th, width: width}
	m.entries(p.Entries)
	m.gateway(p.Gateway, len(p.Entries) > 0)
	groups := groups(p)
	for i, w := range p.Ways {
		m.way(w, i == len(p.Ways)-1 && len(groups) == 0)
	}
	for i, g := range groups {
		m.apart(g, i == len(groups)-1)
	}
	m.faults(p.Broken)
	return m.lines
}

// drawing is a map on its way.
type drawing struct {
	th    *theme.Theme
	width int
	lines []string
}

// Where the spine stands, and how wide the parts are, in cells.
const (
	spineAt    = 2
	leastLink  = 26
	mostLink   = 44
	wideVNet   = 64 // from here on each service has a line of its own
	mostFaults = 8
)

func (m *drawing) line() *cell.Line { return cell.NewLine(m.th, m.width) }

func (m *drawing) add(l *cell.Line) { m.lines = append(m.lines, l.String()) }

func mark(l *cell.Line, b picture.Box) *cell.Line {
	return l.Put(theme.Of(b.Mark), theme.Symbol(b.Mark)).Space(1)
}

// worded puts the word of a thing, in its tone.
func worded(l *cell.Line, b picture.Box) {
	if b.Word != "" {
		l.Space(2).Put(theme.Of(b.Mark), b.Word)
	}
}

func (m *drawing) entries(list []picture.Box) {
	for _, b := range list {
		l := m.line().Space(spineAt)
		mark(l, b).Put(theme.Plain, b.Name)
		worded(l, b)
		if len(b.Notes) > 0 {
			l.Space(2).Put(theme.Muted, strings.Join(b.Notes, " · "))
		}
		m.add(l)
	}
	if len(list) > 0 {
		m.add(m.line().Space(spineAt).Put(theme.Faint, "│"))
	}
}

// gateway draws the network as a box over the whole width, with the spine through its edges.
func (m *drawing) gateway(b picture.Box, above bool) {
	in := "──"
	if above {
		in = "─┴"
	}
	l := m.line().Space(spineAt-2).Put(theme.Faint, "╭"+in+" ").Put(theme.Strong, cell.Cut(b.Name, m.width/2)).Space(1)
	side := " Kong's cloud ─╮"
	for l.Left() > cell.Width(side) {
		l.Put(theme.Faint, "─")
	}
	l.Put(theme.Muted, " Kong's cloud ").Put(theme.Faint, "─╮")
	m.add(l)
	inner := m.width - 4
	for i, text := range m.notes(b, inner) {
		l := m.line().Put(theme.Faint, "│").Space(1)
		if i == 0 {
			mark(l, b).Put(theme.Of(b.Mark), b.Word).Space(2)
		}
		l.Put(theme.Plain, text).To(m.width-1).Put(theme.Faint, "│")
		m.add(l)
	}
	l = m.line().Put(theme.Faint, "╰─┬")
	for l.Left() > 1 {
		l.Put(theme.Faint, "─")
	}
	m.add(l.Put(theme.Faint, "╯"))
}

// notes are the notes of the network in lines: the first has the mark and its word before it.
func (m *drawing) notes(b picture.Box, inner int) []string {
	first := inner - 4 - cell.Width(b.Word)
	lines := cell.Wrap(strings.Join(b.Notes, " · "), max(20, first), 2)
	if len(lines) == 0 {
		lines = []string{""}
	}
	return lines
}

// way draws a peering, which leads from the spine to the VNET's box.
func (m *drawing) way(w picture.Way, last bool) {
	link := max(leastLink, min(mostLink, m.width*2/5))
	box := m.width - link
	right := m.vnet(w, box)
	left := m.link(w.Peering, link, last)
	m.add(m.line().Space(spineAt).Put(theme.Faint, "│"))
	for i := range max(len(left), len(right)) {
		l := m.line()
		if i < len(left) {
			left[i](l)
		} else {
			m.spine(l, last)
		}
		if l.To(link); i < len(right) {
			right[i](l)
		}
		m.add(l)
	}
}

// piece draws a part of a line.
type piece func(l *cell.Line)

func (m *drawing) spine(l *cell.Line, last bool) {
	l.Space(spineAt)
	if !last {
		l.Put(theme.Faint, "│")
	}
}

// link draws a peering: a line where traffic passes, a broken one elsewhere.
func (m *drawing) link(b picture.Box, width int, last bool) []piece {
	corner, stroke := "├", "─"
	if last {
		corner = "╰"
	}
	if b.Mark != model.SeverityOK {
		stroke = "╌"
	}
	out := []piece{func(l *cell.Line) {
		l.Space(spineAt).Put(theme.Faint, corner+stroke+" ")
		mark(l, b).Put(theme.Strong, cell.Cut(b.Name, width-l.Used()-2)).Space(1)
		for l.Used() < width {
			l.Put(theme.Of(b.Mark), stroke)
		}
	}}
	const indent = spineAt + 5
	for i, note := range append([]string{b.Word}, b.Notes...) {
		for _, text := range cell.Wrap(note, width-indent-1, 2) {
			out = append(out, func(l *cell.Line) {
				m.spine(l, last)
				tone := theme.Muted
				if i == 0 {
					tone = theme.Of(b.Mark)
				}
				l.To(indent).Put(tone, text)
			})
		}
	}
	return out
}

// vnet draws a VNET with what is in it.
func (m *drawing) vnet(w picture.Way, width int) []piece {
	inside := m.contents(w, width-4)
	out := make([]piece, 0, len(inside)+2)
	out = append(out, func(l *cell.Line) { widget.Edge(l, "╭", w.VNet.Name, "╮", width) })
	for _, put := range inside {
		out = append(out, func(l *cell.Line) {
			l.Put(theme.Faint, "│").Space(1).Within(width-4, put).Space(1).Put(theme.Faint, "│")
		})
	}
	return append(out, func(l *cell.Line) { widget.Edge(l, "╰", "", "╯", width) })
}

func (m *drawing) contents(w picture.Way, inner int) []piece {
	var out []piece
	note := func(l *cell.Line) {
		if w.VNet.Mark != model.SeverityOK || w.VNet.Word != "" {
			mark(l, w.VNet).Put(theme.Of(w.VNet.Mark), w.VNet.Word).Space(2)
		}
		l.Put(theme.Muted, strings.Join(w.VNet.Notes, " · "))
	}
	out = append(out, note)
	out = append(out, m.servers(w.Servers, inner)...)
	for _, s := range w.Subnets {
		if s.Shown() {
			out = append(out, m.subnet(s, inner)...)
		}
	}
	out = append(out, m.services(w.Others, 0, inner)...)
	if n := w.Quiet(); n > 0 {
		more := "more "
		if n == len(w.Subnets) {
			more = ""
		}
		text := phrase.Count(n, more+"subnet") + " with nothing to show"
		out = append(out, func(l *cell.Line) { l.Put(theme.Muted, text) })
	}
	return out
}

// servers are the DNS servers, as many on a line as there is room for.
func (m *drawing) servers(list []picture.Box, inner int) []piece {
	var out []piece
	const label = 5
	for len(list) > 0 {
		n, used := 0, label
		for n < len(list) && (n == 0 || used+4+cell.Width(list[n].Name)+cell.Width(list[n].Word) <= inner) {
			used += 4 + cell.Width(list[n].Name)
			if list[n].Word != "" {
				used += 1 + cell.Width(list[n].Word)
			}
			n++
		}
		row := list[:n]
		list = list[n:]
		first := len(out) == 0
		out = append(out, func(l *cell.Line) {
			at := l.Used()
			if first {
				l.Put(theme.Muted, "DNS")
			}
			l.To(at + label)
			for _, b := range row {
				mark(l, b).Put(theme.Plain, b.Name)
				if b.Word != "" {
					l.Space(1).Put(theme.Of(b.Mark), b.Word)
				}
				l.Space(2)
			}
		})
	}
	return out
}

func (m *drawing) subnet(s picture.Subnet, inner int) []piece {
	wide := inner+4 >= wideVNet
	out := []piece{func(l *cell.Line) {
		mark(l, s.Box).Put(theme.Strong, s.Name)
		worded(l, s.Box)
		if wide && len(s.Notes) > 0 {
			l.Space(2).Put(theme.Muted, strings.Join(s.Notes, " · "))
		}
	}}
	if !wide && s.Mark != model.SeverityOK {
		for _, note := range s.Notes {
			for _, text := range cell.Wrap(note, inner-4, 2) {
				out = append(out, func(l *cell.Line) { l.Space(4).Put(theme.Muted, text) })
			}
		}
	}
	return append(out, m.services(s.Services, 2, inner)...)
}

// services are lines of services: the name, what the mark means, and the host, which takes a
// line of its own where there is no room beside.
func (m *drawing) services(list []picture.Box, indent, inner int) []piece {
	name := 12
	for _, b := range list {
		name = max(name, cell.Width(b.Name))
	}
	name = min(name, inner/2)
	out := make([]piece, 0, len(list))
	for _, b := range list {
		notes, word := strings.Join(b.Notes, " · "), b.Word
		used := indent + 2 + name + 2
		if word != "" && used+cell.Width(word)+2+cell.Width(notes) > inner && b.Mark == model.SeverityOK {
			word = "" // that all is well is said by the mark, and by the word of the way
		}
		if word != "" {
			used += cell.Width(word) + 2
		}
		below := used+cell.Width(notes) > inner
		out = append(out, func(l *cell.Line) {
			l.Space(indent)
			mark(l, b)
			at := l.Used()
			l.Put(theme.Plain, cell.Cut(b.Name, name)).To(at + name).Space(2)
			if word != "" {
				l.Put(theme.Of(b.Mark), word).Space(2)
			}
			if !below {
				l.Put(theme.Muted, notes)
			}
		})
		if below && notes != "" {
			out = append(out, func(l *cell.Line) { l.Space(indent+2).Put(theme.Muted, notes) })
		}
	}
	return out
}

func (m *drawing) apart(g group, last bool) {
	m.add(m.line().Space(spineAt).Put(theme.Faint, "│"))
	corner := "├"
	if last {
		corner = "╰"
	}
	m.add(m.line().Space(spineAt).Put(theme.Faint, corner+"╌ ").Put(theme.Muted, g.title))
	for _, put := range m.services(g.list, 0, m.width-spineAt-4) {
		l := m.line()
		m.spine(l, last)
		l.To(spineAt + 3)
		put(l)
		m.add(l)
	}
}

// faults are what is broken where.
func (m *drawing) faults(list []picture.Fault) {
	if len(list) == 0 {
		return
	}
	m.lines = append(m.lines, "", " "+m.th.Paint(theme.Muted, "WHAT IS BROKEN WHERE"))
	for i, f := range list {
		if i == mostFaults {
			m.add(m.line().Space(3).Put(theme.Muted, phrase.Count(len(list)-i, "more")))
			break
		}
		m.lines = append(m.lines, widget.Marked(m.th, f.Finding.Severity, theme.Plain, f.Where+": "+f.Finding.Cause, m.width, 3)...)
	}
}
