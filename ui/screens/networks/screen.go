// Package networks is the first screen: every network with its peerings, both
// halves of the selected one, what is wrong and the next step; and the page of
// one network that opens above it.
package networks

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
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

	filter *widget.Filter

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
	s := &Screen{env: env, th: th, snapshot: &model.Snapshot{}, sort: colName, filter: widget.NewFilter("problems", model.NetworkKeys())}
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
	s.rows.at = s.snapshot.At
	s.rows.set(s.snapshot.Networks, s.filter, s.sort, s.reverse)
	s.table.SetRows(&s.rows)
	s.table.SortBy(s.sort, s.reverse)
	s.arrange()
	// Details of a network that the filter hides would be about nothing.
	if n := s.rows.listed[s.detail.network]; n == nil || !passes(n, s.filter) {
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
	h := screen.Head{Path: []string{"Networks"}, Chip: s.filter.Chip(), Counts: s.counts()}
	if s.sort == byUrgency {
		h.Path[0] = "Networks, most urgent first"
		if s.reverse {
			h.Path[0] = "Networks, least urgent first"
		}
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
	parts := []string{s.filter.Count(len(s.rows.shown), total, "network")}
	for _, severity := range model.Severities() {
		if s.rows.count[severity] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", s.rows.count[severity], theme.Word(severity)))
		}
	}
	return parts
}

// Typing reports whether the filter is being typed.
func (s *Screen) Typing() (bool, *tea.Cursor) {
	if !s.filter.Typing() {
		return false, nil
	}
	w, h := s.tableSize()
	return true, s.filter.Cursor(w, h-1) // in the last line of the table
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
		return s.typed(msg)
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
	s.first()
}

// first goes to the first row, after another order: who asks for the most urgent wants
// to see them.
func (s *Screen) first() {
	s.table.MoveTo(0)
	s.follow()
}

// View draws the table, the details, and the filter while it is typed.
func (s *Screen) View(now time.Time) string {
	if len(s.snapshot.Networks) == 0 {
		lines := s.blank(now)
		return strings.Join(lines[:min(len(lines), s.height)], "\n")
	}
	lines := s.tableLines()
	w, h := s.tableSize()
	if s.filter.Typing() {
		lines = widget.Fill(lines, h)
		lines[h-1] = s.filter.Line(s.th, w)
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
		lines = append(lines, "", cell.NewLine(s.th, w).Space(3).Put(theme.Muted, s.filter.Empty("network")).String())
		if text := s.filter.Unknown(); text != "" {
			lines = append(lines, widget.Paragraph(s.th, theme.Warn, text, w, 3)...)
		}
	}
	return lines
}
