package review

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

const groupImport = "Import into a DNS table"

// Import is the page on which a text is looked at before it becomes edits.
type Import struct {
	page
	imported dnstable.Imported
	replace  bool
	only     dnstable.Outcome // the lines that are shown; empty: all
	preview  dnstable.Preview
	errors   int
	warnings int
}

// NewImport returns the page of a text that was read, for a table.
func NewImport(env screen.Env, th *theme.Theme, table Table, imported dnstable.Imported) screen.Screen {
	p := &Import{page: page{env: env, th: th, table: table, name: "import"}, imported: imported}
	p.page.make, p.page.look = p.blocks, p.look
	p.refresh()
	return p
}

// look works the preview out anew.
func (p *Import) look() {
	p.preview = dnstable.NewPreview(p.imported, p.table.Order().Rows, p.replace)
	p.errors, p.warnings = 0, 0
	if p.imported.Problem == "" {
		p.errors, p.warnings = dnstable.CountProblems(p.table.Check(p.preview.Rows))
	}
}

// Head is the second line of the frame.
func (p *Import) Head() screen.Head {
	h := screen.Head{Path: p.path()}
	counts := p.preview.Count()
	for _, o := range dnstable.Outcomes() {
		if n := counts[o]; n > 0 {
			h.Counts = append(h.Counts, fmt.Sprintf("%d %s", n, outcomeWord(o)))
		}
	}
	if p.only != "" {
		h.Chip = outcomeWord(p.only)
	}
	return h
}

func outcomeWord(o dnstable.Outcome) string {
	if o == dnstable.OutcomeGoes {
		return "removed"
	}
	return string(o)
}

// Update handles the mouse, and a table that has changed.
func (p *Import) Update(msg tea.Msg) tea.Cmd {
	p.follow(msg, len(p.top()))
	return nil
}

// View draws what the text is, and what becomes of its lines.
func (p *Import) View(time.Time) string {
	lines := p.top()
	lines = append(lines, p.list.view(p.th, p.width, max(1, p.height-len(lines)))...)
	return strings.Join(lines[:min(len(lines), p.height)], "\n")
}

func (p *Import) top() []string {
	if p.imported.Problem != "" {
		lines := widget.Marked(p.th, model.SeverityBroken, theme.Plain, "This text cannot be used: "+cleanLine(p.imported.Problem), p.width, 0)
		return append(lines, widget.Arrow(p.th, "esc leads back to the table. Nothing was changed.", p.width)...)
	}
	format := string(p.imported.Format)
	if info, known := p.imported.Format.Info(); known {
		format = info.Title
	}
	about := "Read as " + cleanLine(format) + ". "
	if p.imported.Guessed {
		about = "Read as " + cleanLine(format) + ", which is a guess: nothing in the text tells the format. "
	}
	severity := model.SeverityOK
	switch gone := p.preview.Count()[dnstable.OutcomeGoes]; {
	case !p.replace:
		about += "It adds and changes; nothing that is there goes. w makes it the whole table."
	case gone > 0:
		severity = model.SeverityAttention
		about += fmt.Sprintf("It becomes the whole table: %s of the table are not in it and go. w adds and changes only.", phrase.Count(gone, "domain"))
	default:
		about += "It becomes the whole table; no domain goes. w adds and changes only."
	}
	lines := widget.Marked(p.th, severity, theme.Plain, about, p.width, 3)
	for _, note := range p.imported.Notes {
		lines = append(lines, widget.Marked(p.th, model.SeverityUnknown, theme.Muted, cleanLine(note), p.width, 1)...)
		if len(lines) >= mostNotes {
			break
		}
	}
	var found []string
	if p.errors > 0 {
		found = append(found, phrase.Count(p.errors, "error"))
	}
	if p.warnings > 0 {
		found = append(found, phrase.Count(p.warnings, "warning"))
	}
	if len(found) > 0 {
		lines = append(lines, widget.Marked(p.th, model.SeverityAttention, theme.Plain, "The table would then have "+phrase.And(found)+", which stand beside the rows when it is staged.", p.width, 2)...)
	}
	lines = append(lines, widget.Rule(p.th, p.width))
	return append(lines, cell.NewLine(p.th, p.width).Put(theme.Muted, cell.FitRight("LINE", lineWidth)).Space(2).Put(theme.Muted, cell.Fit("WHAT", whatWidth)).Put(theme.Muted, "DOMAIN AND SERVERS").String())
}

const (
	lineWidth = 7  // of "LINE" and numbers up to 5 digits
	whatWidth = 12 // of "✖ refused" and a gap
	mostNotes = 5  // lines above the list
)

// shown reports whether a line passes the filter.
func (p *Import) shown(l dnstable.PreviewLine) bool { return p.only == "" || l.Outcome == p.only }

// blocks lists the lines.
func (p *Import) blocks() []block {
	var out []block
	// What was refused stands first: nobody looks for it at the end of a long file.
	for _, refused := range []bool{true, false} {
		for i := range p.preview.Lines {
			if l := p.preview.Lines[i]; p.shown(l) && (l.Outcome == dnstable.OutcomeRefused) == refused {
				out = append(out, p.line(strconv.Itoa(i), l))
			}
		}
	}
	if len(out) == 0 && p.imported.Problem == "" {
		out = append(out, textBlock(cell.NewLine(p.th, p.width).Space(lineWidth+2).Put(theme.Muted, "no line of this kind").String()))
	}
	return out
}

// lead is the sign, the word and the tone of an outcome.
func lead(o dnstable.Outcome) (string, theme.Tone) {
	switch o {
	case dnstable.OutcomeNew:
		return "+ new", theme.Fine
	case dnstable.OutcomeChanged:
		return "~ changed", theme.Busy
	case dnstable.OutcomeGoes:
		return "- removed", theme.Warn
	case dnstable.OutcomeRefused:
		return "✖ refused", theme.Bad
	case dnstable.OutcomeSame:
		return "  same", theme.Muted
	default:
		return "  " + string(o), theme.Muted
	}
}

// line draws one line: what it does, and for a refused one why.
func (p *Import) line(key string, l dnstable.PreviewLine) block {
	at := lineWidth + 2 + whatWidth
	var texts []string
	if l.Outcome == dnstable.OutcomeRefused {
		texts = append(texts, cell.Wrap(cleanLine(l.Reason()), p.width-at-1, 0)...)
		texts = append(texts, cell.Cut(l.Source.String(), p.width-at-1))
	} else {
		texts = cell.Wrap(lineText(l), p.width-at-1, 0)
	}
	for _, note := range l.Notes {
		texts = append(texts, cell.Wrap(cleanLine(note), p.width-at-1, 0)...)
	}
	return block{key: key, height: len(texts), draw: func(selected bool) []string {
		out := make([]string, len(texts))
		for i, text := range texts {
			row, tone := cell.NewLine(p.th, p.width), theme.Muted
			if i == 0 {
				tone = p.lineLead(row, l, selected)
			}
			out[i] = row.To(at).Put(tone, text).String()
		}
		return out
	}}
}

// lineLead draws what stands before a line, and returns the tone of its text.
func (p *Import) lineLead(row *cell.Line, l dnstable.PreviewLine, selected bool) theme.Tone {
	number := ""
	if l.Line > 0 {
		number = strconv.Itoa(l.Line)
	}
	if selected {
		row.Select()
	}
	row.To(1).Put(theme.Muted, cell.FitRight(number, lineWidth-1))
	word, tone := lead(l.Outcome)
	row.To(lineWidth+2).Put(tone, word)
	switch {
	case selected:
		return theme.Accent
	case l.Outcome == dnstable.OutcomeSame:
		return theme.Muted
	default:
		return theme.Plain
	}
}

// lineText writes what a line does to its domain.
func lineText(l dnstable.PreviewLine) string {
	name := l.Domain.String()
	switch {
	case l.Outcome == dnstable.OutcomeChanged && l.Before != nil && l.After != nil:
		if l.Before.SameServers(*l.After) {
			return name + "  members that peerdeck does not know are others"
		}
		return name + "  " + dnstable.ServerList(l.Before.Servers) + " → " + dnstable.ServerList(l.After.Servers)
	case l.After != nil:
		return name + "  " + dnstable.ServerList(l.After.Servers)
	case l.Before != nil:
		return name + "  " + dnstable.ServerList(l.Before.Servers)
	default:
		return name
	}
}
