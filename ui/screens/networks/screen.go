// Package networks is the first screen: every network with its peerings, both
// halves of the selected one, what is wrong and the next step; and the page of
// one network that opens above it.
package networks

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"peerdeck/model"
	"peerdeck/model/phrase"
	"peerdeck/model/safe"
	"peerdeck/ui/kit/cell"
	"peerdeck/ui/kit/screen"
	"peerdeck/ui/kit/theme"
	"peerdeck/ui/kit/widget"
)

// Screen lists the networks.
type Screen struct {
	env      screen.Env
	th       *theme.Theme
	width    int
	height   int
	snapshot *model.Snapshot
	rows     rows
	table    *widget.Table
	wide     bool
	sort     string
	reverse  bool

	filter  string
	query   model.Query
	problem string // with the filter
	prompt  *widget.Prompt
	before  string // the filter before the prompt was opened

	detail detail
}

// detail is what the lower or right part shows. It follows the selection when
// that has come to rest: a held key would repaint it for every row.
type detail struct {
	network safe.Text
	peering safe.Text
	token   int // of the rest that is waited for
}

// rested tells that the selection has not moved for a moment.
type rested struct{ token int }

const restAfter = 90 * time.Millisecond

// New returns the screen, empty.
func New(env screen.Env, th *theme.Theme) *Screen {
	s := &Screen{env: env, th: th, snapshot: &model.Snapshot{}, sort: colName}
	s.table = widget.NewTable(columns(false, 0))
	s.table.SetRows(&s.rows)
	s.table.SortBy(s.sort, false)
	return s
}

// Name is the label of the tab.
func (s *Screen) Name() string { return "Networks" }

// Theme changes the looks.
func (s *Screen) Theme(th *theme.Theme) { s.th = th }

// Resize gives the room.
func (s *Screen) Resize(width, height int) {
	s.width, s.height = width, height
	s.arrange()
}

// Receive takes a snapshot.
func (s *Screen) Receive(snapshot *model.Snapshot) {
	s.snapshot = snapshot
	s.apply()
}

// apply filters and sorts, and keeps the selection.
func (s *Screen) apply() {
	s.rows.set(s.snapshot.Networks, s.query, s.sort, s.reverse)
	s.table.SetRows(&s.rows)
	s.table.SortBy(s.sort, s.reverse)
	s.arrange()
	// Details of a network that the filter hides would be about nothing.
	if n := s.rows.listed[s.detail.network]; n == nil || !s.rows.passes(n, s.query) {
		s.follow()
	}
}

// minimum sizes of the parts.
const (
	sideFrom    = 120 // columns from which the details stand beside the table
	detailLines = 11  // of the details below the table, their rule included
	tableLines  = 5   // that the table keeps in any case
)

// arrange divides the room between the table and the details.
func (s *Screen) arrange() {
	s.table.SetColumns(columns(s.wide, longest(s.snapshot.Networks)))
	s.table.Resize(s.tableSize())
}

func (s *Screen) beside() bool { return s.width >= sideFrom && !s.wide }

func (s *Screen) tableSize() (w, h int) {
	switch {
	case s.wide:
		return s.width, s.height
	case s.beside():
		return s.width - s.sideWidth() - 2, s.height
	default:
		return s.width, max(tableLines, s.height-s.belowLines())
	}
}

func (s *Screen) sideWidth() int { return max(52, s.width*44/100) }

// belowLines is the height of the details below. On a tall screen they get more,
// for the time line, but never more than half.
func (s *Screen) belowLines() int {
	return max(min(detailLines, s.height-tableLines), min(s.height/2, detailLines+8))
}

// Head is the second line of the frame.
func (s *Screen) Head() screen.Head {
	h := screen.Head{Path: []string{"Networks"}, Chip: s.filter, Counts: s.counts()}
	if s.sort == byUrgency {
		h.Path[0] = "Networks, most urgent first"
		if s.reverse {
			h.Path[0] = "Networks, least urgent first"
		}
	}
	if s.prompt != nil {
		h.Chip, _ = s.prompt.Shown()
	}
	return h
}

// counts says how many networks there are and how they are, the worst first.
func (s *Screen) counts() []string {
	total := len(s.snapshot.Networks)
	if total == 0 {
		return nil
	}
	p := s.snapshot.Progress
	if !p.ListedAll && p.Total > total {
		return []string{fmt.Sprintf("%d of %d networks", total, p.Total)}
	}
	parts := []string{phrase.Count(total, "network")}
	if !s.query.IsEmpty() {
		parts[0] = fmt.Sprintf("%d of %d", len(s.rows.shown), total)
	}
	for _, severity := range model.Severities() {
		if s.rows.count[severity] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", s.rows.count[severity], severityWord(severity)))
		}
	}
	return parts
}

// severityWord is how a severity is called where many are counted.
func severityWord(s model.Severity) string {
	switch s {
	case model.SeverityOK:
		return "fine"
	case model.SeverityWorking:
		return "working"
	case model.SeverityUnknown:
		return "not known"
	case model.SeverityAttention:
		return "to look at"
	case model.SeverityBroken:
		return "broken"
	default:
		return "not known"
	}
}

// Typing reports whether the filter is being typed.
func (s *Screen) Typing() (bool, *tea.Cursor) {
	if s.prompt == nil {
		return false, nil
	}
	_, at := s.prompt.Shown()
	return true, tea.NewCursor(len(promptMark)+at, s.promptLine())
}

const promptMark = " / "

// promptLine is the line on which the filter is typed: the last one of the table.
func (s *Screen) promptLine() int {
	_, h := s.tableSize()
	return h - 1
}

// Looking lists the networks on the screen, the selected one first.
func (s *Screen) Looking() []safe.Text {
	ids := []safe.Text{s.table.Selected()}
	if ids[0].IsEmpty() {
		return nil
	}
	for _, id := range s.table.Visible() {
		if id != ids[0] {
			ids = append(ids, id)
		}
	}
	return ids
}

// Update takes keys that no action has, the mouse, and the screen's own messages.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case rested:
		if msg.token == s.detail.token {
			s.follow()
		}
	case tea.MouseWheelMsg:
		return s.moved(s.table.Index() + widget.Wheel(msg.Button))
	case tea.MouseClickMsg:
		return s.click(msg)
	case tea.KeyPressMsg, tea.PasteMsg:
		if s.prompt != nil {
			return s.typed(msg)
		}
	}
	return nil
}

// follow lets the details show the selected network.
func (s *Screen) follow() {
	if id := s.table.Selected(); id != s.detail.network {
		s.detail.network, s.detail.peering = id, safe.Text{}
	}
}

// moved moves the selection; the details follow when it has come to rest.
func (s *Screen) moved(to int) tea.Cmd {
	s.table.MoveTo(to)
	if s.table.Selected() == s.detail.network {
		return nil
	}
	s.detail.token++
	token := s.detail.token
	return tea.Tick(restAfter, func(time.Time) tea.Msg { return rested{token} })
}

func (s *Screen) click(msg tea.MouseClickMsg) tea.Cmd {
	w, h := s.tableSize()
	if msg.X >= w || msg.Y >= h {
		return nil
	}
	if msg.Y == 0 {
		if column := s.table.ColumnAt(msg.X); column != "" {
			s.sortBy(column)
		}
		return nil
	}
	row := s.table.RowAt(msg.Y)
	if row < 0 {
		return nil
	}
	if row == s.table.Index() {
		return s.open()
	}
	cmd := s.moved(row)
	s.follow()
	return cmd
}

// sortBy sorts by a column, or turns the order round when it is sorted so.
func (s *Screen) sortBy(column string) {
	known := false
	for _, c := range sorts() {
		known = known || c == column
	}
	if !known {
		return
	}
	if s.sort == column {
		s.reverse = !s.reverse
	} else {
		s.sort, s.reverse = column, false
	}
	s.apply()
}

// View draws the table, the details, and the filter while it is typed.
func (s *Screen) View(now time.Time) string {
	if len(s.snapshot.Networks) == 0 {
		lines := s.blank(now)
		return strings.Join(lines[:min(len(lines), s.height)], "\n")
	}
	lines := s.tableLines()
	_, h := s.tableSize()
	if s.prompt != nil {
		lines = widget.Fill(lines, h)
		lines[h-1] = s.promptText()
	}
	switch {
	case s.wide:
	case s.beside():
		lines = widget.Beside(s.th, widget.Fill(lines, s.height), s.details(now, s.sideWidth(), s.height), s.width-s.sideWidth()-2)
	default:
		lines = append(widget.Fill(lines, h), s.details(now, s.width, s.height-h)...)
	}
	return strings.Join(lines[:min(len(lines), s.height)], "\n")
}

func (s *Screen) tableLines() []string {
	lines := s.table.View(s.th)
	if len(s.rows.shown) == 0 {
		w, _ := s.tableSize()
		text := "No network passes the filter. esc shows all."
		if s.prompt != nil {
			text = "No network passes the filter."
		}
		lines = append(lines, "", cell.NewLine(s.th, w).Space(3).Put(theme.Muted, text).String())
		if key, ok := s.query.Unknown(model.NetworkKeys()); ok {
			text = fmt.Sprintf("%q is no key, so it is searched as it stands; ? lists the keys.", key)
			lines = append(lines, cell.NewLine(s.th, w).Space(3).Put(theme.Warn, text).String())
		}
	}
	return lines
}

func (s *Screen) promptText() string {
	w, _ := s.tableSize()
	text, _ := s.prompt.Shown()
	l := cell.NewLine(s.th, w)
	l.Put(theme.Accent, promptMark).Put(theme.Plain, text)
	switch {
	case s.problem != "":
		l.Space(2).Put(theme.Warn, s.problem)
	case text == "":
		l.Put(theme.Muted, "  words, !word, "+strings.Join(model.NetworkKeys()[:5], ": ")+": …")
	}
	return l.String()
}
