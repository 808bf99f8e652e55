package pathmap

import (
	"encoding/xml"
	"fmt"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/paths/picture"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// SVG is the map of a network as a drawing that stands alone: no script, no font and
// no picture from elsewhere. Marks and words say what colours say, and it is readable on a
// light and on a dark page.
func SVG(p picture.Picture) string {
	d := &svg{}
	d.draw(p)
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img">`+"\n", svgWidth, d.bottom+svgMargin, svgWidth, d.bottom+svgMargin)
	fmt.Fprintf(&b, "<title>%s</title>\n", escaped("The paths of "+p.Gateway.Name))
	b.WriteString(svgStyle)
	b.WriteString(d.body.String())
	b.WriteString("</svg>\n")
	return b.String()
}

// The measures of the drawing, in pixels.
const (
	svgWidth   = 1180
	svgMargin  = 20
	svgRow     = 20
	svgPad     = 12
	svgChar    = 8 // of a character of the font, rounded up
	svgEntryW  = 270
	svgGateX   = 340
	svgGateW   = 270
	svgWayX    = 810
	svgWayW    = svgWidth - svgWayX - svgMargin
	svgGap     = 28
	svgSpine   = svgGateX + svgGateW
	svgLinkGap = 6
	svgBend    = 30 // from the edge of a box to where the line turns
)

const svgStyle = `<style>
text{font:13px ui-monospace,Menlo,Consolas,monospace;fill:#24292f}
.n{font-weight:bold}.m{fill:#57606a}.box{fill:none;stroke:#8c959f}.l{fill:none;stroke-width:2}
.ok{fill:#1a7f37}.working{fill:#0969da}.unknown{fill:#6639ba}.attention{fill:#9a6700}.broken{fill:#cf222e}
.l.ok{fill:none;stroke:#1a7f37}.l.working{fill:none;stroke:#0969da}.l.unknown{fill:none;stroke:#6639ba;stroke-dasharray:4 4}
.l.attention{fill:none;stroke:#9a6700;stroke-dasharray:8 4}.l.broken{fill:none;stroke:#cf222e;stroke-dasharray:2 5}
.page{fill:#ffffff}
@media (prefers-color-scheme:dark){.page{fill:#0d1117}text{fill:#e6edf3}.m{fill:#9198a1}.ok{fill:#3fb950}.working{fill:#58a6ff}.unknown{fill:#bc8cff}.attention{fill:#d29922}.broken{fill:#ff7b72}}
</style>
<rect class="page" width="100%" height="100%"/>
`

// svg is a drawing on its way.
type svg struct {
	body   strings.Builder
	bottom int // the lowest that anything reaches
}

// svgLine is a line of text in a box.
type svgLine struct {
	class  string
	text   string
	mark   *picture.Box // its mark and word come before the text
	indent int          // in characters
}

func (d *svg) reach(y int) { d.bottom = max(d.bottom, y) }

// text writes a text that is cut to a width, whole in its title.
func (d *svg) text(x, y, width int, class, text string) {
	cut := cell.Cut(text, max(1, width/svgChar))
	title := ""
	if cut != text {
		title = "<title>" + escaped(text) + "</title>"
	}
	fmt.Fprintf(&d.body, `<text x="%d" y="%d" class="%s">%s%s</text>`+"\n", x, y, class, escaped(cut), title)
	d.reach(y)
}

// marked writes a mark, a name and the word for the mark.
func (d *svg) marked(x, y, width int, b picture.Box, name string) {
	class := b.Mark.String()
	d.text(x, y, 2*svgChar, class, theme.Symbol(b.Mark))
	room := width/svgChar - 2
	word := ""
	if b.Word != "" {
		word = cell.Cut(b.Word, max(4, room-8))
	}
	shown := cell.Cut(b.Name, max(4, room-cell.Width(word)-2))
	d.text(x+2*svgChar, y, (cell.Width(shown)+1)*svgChar, name, shown)
	if word != "" {
		at := x + (2+cell.Width(shown)+2)*svgChar
		d.text(at, y, x+width-at, class, word)
	}
}

// box draws a box with lines and returns how high it is.
func (d *svg) box(x, y, width int, name string, lines []svgLine) int {
	height := (len(lines)+1)*svgRow + svgPad
	fmt.Fprintf(&d.body, `<rect class="box" x="%d" y="%d" width="%d" height="%d" rx="6"/>`+"\n", x, y, width, height)
	d.text(x+svgPad, y+svgRow, width-2*svgPad, "n", name)
	for i, l := range lines {
		at, row := x+svgPad+l.indent*svgChar, y+(i+2)*svgRow
		room := width - 2*svgPad - l.indent*svgChar
		if l.mark != nil {
			d.marked(at, row, room, *l.mark, l.class)
			continue
		}
		d.text(at, row, room, l.class, l.text)
	}
	d.reach(y + height)
	return height
}

func (d *svg) link(fromX, fromY, toX, toY int, s model.Severity) {
	fmt.Fprintf(&d.body, `<path class="l %s" d="M%d %dH%dV%dH%d"/>`+"\n", s, fromX, fromY, fromX+svgBend, toY, toX)
}

func (d *svg) draw(p picture.Picture) {
	gate := svgMargin + svgRow
	rows := []svgLine{{class: "m", mark: &picture.Box{Name: p.Gateway.Word, Mark: p.Gateway.Mark}}}
	for _, note := range p.Gateway.Notes {
		for _, text := range cell.Wrap(note, (svgGateW-2*svgPad)/svgChar, 2) { //nolint:mnd // two lines are enough for a note
			rows = append(rows, svgLine{class: "m", text: text})
		}
	}
	height := d.box(svgGateX, gate, svgGateW, p.Gateway.Name, rows)
	middle := gate + height/2 //nolint:mnd // the middle
	y := gate
	for i := range p.Entries {
		b := p.Entries[i]
		lines := []svgLine{}
		if b.Word != "" {
			lines = append(lines, svgLine{class: b.Mark.String(), text: theme.Symbol(b.Mark) + " " + b.Word})
		}
		for _, note := range b.Notes {
			lines = append(lines, svgLine{class: "m", text: note})
		}
		h := d.box(svgMargin, y, svgEntryW, b.Name, lines)
		d.link(svgMargin+svgEntryW, y+svgRow, svgGateX, middle, b.Mark)
		y += h + svgGap
	}
	d.ways(p, gate, middle)
	d.apart(p)
}

func (d *svg) ways(p picture.Picture, y, middle int) {
	for _, w := range p.Ways {
		d.link(svgSpine, middle, svgWayX, y+svgRow, w.Peering.Mark)
		at := svgSpine + svgBend + svgLinkGap
		d.marked(at, y+svgRow-svgLinkGap, svgWayX-at, picture.Box{Name: w.Peering.Name, Mark: w.Peering.Mark}, "n")
		d.text(at, y+2*svgRow-svgLinkGap, svgWayX-at-svgLinkGap, w.Peering.Mark.String(), w.Peering.Word)
		y += d.box(svgWayX, y, svgWayW, w.VNet.Name, wayLines(w)) + svgGap
	}
}

// wayLines are what stands in the box of a VNET.
func wayLines(w picture.Way) []svgLine {
	out := []svgLine{}
	if w.VNet.Word != "" {
		out = append(out, svgLine{class: "m", mark: &picture.Box{Name: w.VNet.Word, Mark: w.VNet.Mark}})
	}
	if len(w.VNet.Notes) > 0 {
		out = append(out, svgLine{class: "m", text: strings.Join(w.VNet.Notes, " · ")})
	}
	thing := func(b picture.Box, class string, indent int) {
		out = append(out, svgLine{class: class, mark: &b, indent: indent})
		if len(b.Notes) > 0 {
			out = append(out, svgLine{class: "m", text: strings.Join(b.Notes, " · "), indent: indent + 2})
		}
	}
	for _, b := range w.Servers {
		b.Name = "DNS " + b.Name
		thing(b, "", 0)
	}
	for _, s := range w.Subnets {
		if !s.Shown() {
			continue
		}
		thing(s.Box, "n", 0)
		for _, b := range s.Services {
			thing(b, "", 2)
		}
	}
	for _, b := range w.Others {
		thing(b, "", 0)
	}
	if n := w.Quiet(); n > 0 {
		out = append(out, svgLine{class: "m", text: phrase.Count(n, "other subnet")})
	}
	return out
}

// apart is what is not behind a peering, and what is broken where.
func (d *svg) apart(p picture.Picture) {
	y := d.bottom + svgGap
	part := func(title string, list []picture.Box) {
		lines := make([]svgLine, 0, len(list))
		for i := range list {
			lines = append(lines, svgLine{mark: &list[i]})
			if len(list[i].Notes) > 0 {
				lines = append(lines, svgLine{class: "m", text: strings.Join(list[i].Notes, " · "), indent: 2})
			}
		}
		y += d.box(svgMargin, y, svgWidth-2*svgMargin, title, lines) + svgGap
	}
	for _, g := range groups(p) {
		part(g.title, g.list)
	}
	for i, f := range p.Broken {
		if i == 0 {
			d.text(svgMargin, y, svgWidth-2*svgMargin, "n", "What is broken where")
			y += svgRow
		}
		for j, text := range cell.Wrap(f.Where+": "+f.Finding.Cause, (svgWidth-2*svgMargin)/svgChar-2, 0) {
			if j == 0 {
				d.text(svgMargin, y, svgRow, f.Finding.Severity.String(), theme.Symbol(f.Finding.Severity))
			}
			d.text(svgMargin+2*svgChar, y, svgWidth, "m", text)
			y += svgRow
		}
	}
}

// escaped makes a text that may stand in XML.
func escaped(text string) string {
	var b strings.Builder
	if xml.EscapeText(&b, []byte(text)) != nil { // a builder takes everything
		return ""
	}
	return b.String()
}
