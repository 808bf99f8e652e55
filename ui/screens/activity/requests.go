package activity

import (
	"fmt"
	"slices"
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

// capacity bounds what the view keeps, as the log itself does.
const capacity = 5000

// requestLog lists what was asked and done, the newest first.
type requestLog struct {
	env     screen.Env
	th      *theme.Theme
	width   int
	height  int
	entries []model.Activity // the oldest first
	rows    rows
	table   *widget.Table
	filter  *widget.Filter
}

func newRequestLog(env screen.Env, th *theme.Theme) *requestLog {
	s := &requestLog{env: env, th: th, filter: widget.NewFilter("problems", model.ActivityKeys())}
	s.table = widget.NewTable(columns())
	s.table.SetRows(&s.rows)
	return s
}

func (s *requestLog) label() string            { return "requests" }
func (s *requestLog) theme(th *theme.Theme)    { s.th = th }
func (s *requestLog) filtered() *widget.Filter { return s.filter }

func (s *requestLog) resize(width, height int) {
	s.width, s.height = width, height
	s.table.Resize(width, s.room())
}

func (s *requestLog) head() screen.Head {
	return screen.Head{Counts: []string{phrase.Count(len(s.rows.shown), "entry")}}
}

func (s *requestLog) cursor() *tea.Cursor { return s.filter.Cursor(s.width, s.room()-1) }

// detailLines is the height of the details of the selected entry, rule included.
const detailLines = 7

// room is the height of the table; the filter is typed in its last line.
func (s *requestLog) room() int { return max(4, s.height-detailLines) }

// receive takes new entries of the log.
func (s *requestLog) receive(list []model.Activity) {
	s.entries = append(s.entries, list...)
	if over := len(s.entries) - capacity; over > 0 {
		s.entries = slices.Clone(s.entries[over:])
	}
	s.apply()
}

func (s *requestLog) update(msg tea.Msg) {
	switch msg := msg.(type) {
	case tea.MouseWheelMsg:
		s.table.Move(widget.Wheel(msg.Button))
	case tea.MouseClickMsg:
		if row := s.table.RowAt(msg.Y); row >= 0 {
			s.table.MoveTo(row)
		}
	case tea.KeyPressMsg, tea.PasteMsg:
		s.typed(msg)
	}
}

// apply chooses the entries. Who looks at the newest goes on looking at the
// newest; who has moved away stays with the entry.
func (s *requestLog) apply() {
	newest := s.table.Index() == 0
	s.rows.set(s.entries, s.filter, s.env.Now())
	s.table.SetRows(&s.rows)
	if newest {
		s.table.MoveTo(0)
	}
}

// typed takes a key or a paste while the filter is typed.
func (s *requestLog) typed(msg tea.Msg) {
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

func (s *requestLog) actions() []action.Action {
	none := func() string {
		if len(s.rows.shown) == 0 {
			return "there is no entry"
		}
		return ""
	}
	actions := append(filterActions(s.filter, s.apply), action.Action{
		ID: "activity.copy", Name: "copy", Keys: []string{"y"}, Group: group, Footer: 3, Help: "Copy the entry with its ids.", Why: none,
		Run: func() tea.Cmd { return screen.Say(screen.Copy{What: "the entry", Text: s.selected().Line()}) },
	}, action.Action{
		ID: "activity.save", Name: "save", Keys: []string{"ctrl+s"}, Group: group, Footer: 4, Help: "Save what is shown to a file.", Why: none, Run: s.save,
	})
	w := widget.MoveWords{Next: "Older entry.", Before: "Newer entry.", First: "Newest entry.", Last: "Oldest entry."}
	return append(actions, widget.Moves("Move", s.table, w, func(row int) tea.Cmd { s.table.MoveTo(row); return nil })...)
}

func (s *requestLog) selected() model.Activity {
	if i := s.table.Index(); i < len(s.rows.shown) {
		return s.rows.shown[i]
	}
	return model.Activity{}
}

// save writes what is shown, the oldest first, in the background.
func (s *requestLog) save() tea.Cmd {
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

func (s *requestLog) draw(now time.Time) []string {
	var lines []string
	room := s.room()
	if len(s.rows.shown) == 0 {
		text := "Nothing was asked so far."
		if s.filter.Hides() {
			text = s.filter.Empty("entry")
		}
		lines = append(lines, "", cell.NewLine(s.th, s.width).Space(3).Put(theme.Muted, text).String())
	} else {
		s.rows.now = now
		lines = s.table.View(s.th)
	}
	lines = widget.Fill(lines, room)
	if s.filter.Typing() {
		lines[room-1] = s.filter.Line(s.th, s.width)
	}
	lines = append(lines, widget.Rule(s.th, s.width))
	lines = append(lines, s.details(now)...)
	return lines[:min(len(lines), s.height)]
}

// details draws the selected entry whole.
func (s *requestLog) details(now time.Time) []string {
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
