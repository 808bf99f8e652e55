// Package activity is the screen of what was asked and done: state changes,
// failures with their ids and cures, requests, and what the person did.
package activity

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// capacity bounds what the screen keeps, as the log itself does.
const capacity = 5000

// Screen lists the entries, the newest first.
type Screen struct {
	env     screen.Env
	th      *theme.Theme
	width   int
	height  int
	entries []model.Activity // the oldest first
	rows    rows
	table   *widget.Table
	view    model.ActivityChoice
	filter  *widget.Filter
}

// New returns the screen, empty.
func New(env screen.Env, th *theme.Theme) *Screen {
	s := &Screen{env: env, th: th, filter: widget.NewFilter("problems", model.ActivityKeys())}
	s.table = widget.NewTable(columns(model.ActivityMatters))
	s.table.SetRows(&s.rows)
	return s
}

// Name is the label of the tab.
func (s *Screen) Name() string { return "Activity" }

// Theme changes the looks.
func (s *Screen) Theme(th *theme.Theme) { s.th = th }

// detailLines is the height of the details of the selected entry, rule included.
const detailLines = 7

// Resize gives the room.
func (s *Screen) Resize(width, height int) {
	s.width, s.height = width, height
	s.table.Resize(width, s.room())
}

// Receive is for snapshots; entries come by a message of their own.
func (s *Screen) Receive(*model.Snapshot) {}

// Looking names no network.
func (s *Screen) Looking() []safe.Text { return nil }

// Head is the second line of the frame.
func (s *Screen) Head() screen.Head {
	h := screen.Head{Path: []string{"Activity", s.view.Label()}, Chip: s.filter.Chip(), Counts: []string{phrase.Count(len(s.rows.shown), "entry")}}
	return h
}

// Typing reports whether the filter is being typed.
func (s *Screen) Typing() (bool, *tea.Cursor) {
	if !s.filter.Typing() {
		return false, nil
	}
	return true, s.filter.Cursor(s.width, s.room()-1)
}

// room is the height of the table; the filter is typed in its last line.
func (s *Screen) room() int { return max(4, s.height-detailLines) }

// Update takes entries, keys while typing, and the mouse.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case screen.Entries:
		s.entries = append(s.entries, msg.List...)
		if over := len(s.entries) - capacity; over > 0 {
			s.entries = slices.Clone(s.entries[over:])
		}
		s.apply()
	case tea.MouseWheelMsg:
		s.table.Move(widget.Wheel(msg.Button))
	case tea.MouseClickMsg:
		if row := s.table.RowAt(msg.Y); row >= 0 {
			s.table.MoveTo(row)
		}
	case tea.KeyPressMsg, tea.PasteMsg:
		s.typed(msg)
	}
	return nil
}

// apply chooses the entries. Who looks at the newest goes on looking at the
// newest; who has moved away stays with the entry.
func (s *Screen) apply() {
	newest := s.table.Index() == 0
	s.rows.set(s.entries, s.view, s.filter, s.env.Now())
	s.table.SetRows(&s.rows)
	if newest {
		s.table.MoveTo(0)
	}
}

// typed takes a key or a paste while the filter is typed.
func (s *Screen) typed(msg tea.Msg) {
	switch s.filter.Type(msg) {
	case widget.TypedQuery, widget.TypedEnd:
		s.apply()
	case widget.TypedUp:
		s.table.Move(-1)
	case widget.TypedDown:
		s.table.Move(1)
	case widget.TypedNothing:
	}
}

// Actions lists what can be done here.
func (s *Screen) Actions() []action.Action {
	do := func(f func()) func() tea.Cmd { return func() tea.Cmd { f(); return nil } }
	none := func() string {
		if len(s.rows.shown) == 0 {
			return "there is no entry"
		}
		return ""
	}
	const list, moves = "Activity", "Move"
	actions := []action.Action{
		{ID: "activity.view", Name: "show", Keys: []string{"v"}, Group: list, Footer: 1, Help: "Show changes and problems, requests, or everything.", Run: do(func() { s.view = s.view.Next(); s.table.SetColumns(columns(s.view)); s.apply() })},
		{ID: "activity.filter", Name: "filter", Keys: []string{"/"}, Group: list, Footer: 2, Help: "Show entries that match: words, !word, key:value. Keys: " + strings.Join(model.ActivityKeys(), ", ") + ".", Run: do(s.filter.Open)},
		{ID: "activity.unfilter", Name: "show all", Keys: []string{"esc"}, Group: list, Footer: 3, Help: "Drop the filter.", Run: do(func() { s.filter.Drop(); s.apply() }), Why: s.filter.Why},
		{ID: "activity.copy", Name: "copy", Keys: []string{"y"}, Group: list, Footer: 3, Help: "Copy the entry with its ids.", Why: none, Run: func() tea.Cmd {
			return screen.Say(screen.Copy{What: "the entry", Text: s.selected().Line()})
		}},
		{ID: "activity.save", Name: "save", Keys: []string{"ctrl+s"}, Group: list, Footer: 4, Help: "Save what is shown to a file.", Why: none, Run: s.save},
	}
	w := widget.MoveWords{Next: "Older entry.", Before: "Newer entry.", First: "Newest entry.", Last: "Oldest entry."}
	return append(actions, widget.Moves(moves, s.table, w, func(row int) tea.Cmd { s.table.MoveTo(row); return nil })...)
}

func (s *Screen) selected() model.Activity {
	if i := s.table.Index(); i < len(s.rows.shown) {
		return s.rows.shown[i]
	}
	return model.Activity{}
}

// save writes what is shown, the oldest first, in the background.
func (s *Screen) save() tea.Cmd {
	entries := slices.Clone(s.rows.shown)
	slices.Reverse(entries)
	saver, now := s.env.Saver, s.env.Now()
	return func() tea.Msg {
		path, err := saver.Save(entries, now)
		if err != nil {
			return screen.Toast{Text: safe.Clean(err.Error()), Trouble: true}
		}
		return screen.Toast{Text: phrase.Count(len(entries), "entry") + " saved to " + safe.Clean(path)}
	}
}

// View draws the entries and the details of the selected one.
func (s *Screen) View(now time.Time) string {
	var lines []string
	room := s.room()
	if len(s.rows.shown) == 0 {
		text := "Nothing has changed and nothing has failed so far. v shows the requests."
		if s.view != model.ActivityMatters {
			text = "No entry to show."
		}
		if s.filter.Hides() {
			text = s.filter.Empty("entry")
		}
		lines = append(lines, "", cell.NewLine(s.th, s.width).Space(3).Put(theme.Muted, text).String())
	} else {
		s.rows.now = now
		lines = s.table.View(s.th)
	}
	for len(lines) < room {
		lines = append(lines, "")
	}
	if s.filter.Typing() {
		lines[room-1] = s.filter.Line(s.th, s.width)
	}
	lines = append(lines, widget.Rule(s.th, s.width))
	lines = append(lines, s.details(now)...)
	return strings.Join(lines[:min(len(lines), s.height)], "\n")
}

// details draws the selected entry whole.
func (s *Screen) details(now time.Time) []string {
	if len(s.rows.shown) == 0 {
		return nil
	}
	a := s.selected()
	var lines []string
	put := func(tone theme.Tone, text string, most int) {
		for _, part := range cell.Wrap(text, s.width-4, most) {
			lines = append(lines, cell.NewLine(s.th, s.width).Space(3).Put(tone, part).String())
		}
	}
	symbol, tone := mark(a)
	l := cell.NewLine(s.th, s.width)
	l.Space(1).Put(tone, symbol+" ").Put(theme.Strong, a.Kind.Label()).Put(theme.Muted, "  "+a.Service+"  "+widget.Clock(a.At, now)+"  "+phrase.Age(a.At, now))
	if a.Took > 0 {
		l.Put(theme.Muted, fmt.Sprintf("  took %d ms", a.Took.Milliseconds()))
	}
	lines = append(lines, l.String())
	put(theme.Plain, a.Summary(), 2)
	if a.Failure != nil && a.Failure.Cure != "" {
		put(theme.Accent, "→ "+a.Failure.Cure, 2)
	}
	if !a.Trace.IsEmpty() {
		put(theme.Muted, "id "+a.Trace.String(), 1)
	}
	return lines
}
