package activity

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/changepane"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// timeLine lists what changed over all networks, the newest first.
type timeLine struct {
	env      screen.Env
	th       *theme.Theme
	width    int
	height   int
	snapshot *model.Snapshot
	all      changes.View
	pane     *changepane.Pane
	filter   *widget.Filter
}

func newTimeLine(env screen.Env, th *theme.Theme) *timeLine {
	s := &timeLine{env: env, th: th, snapshot: &model.Snapshot{}, pane: changepane.New(th), filter: widget.NewFilter("problems", changes.Keys())}
	s.pane.Focus(true)
	return s
}

func (s *timeLine) label() string            { return "changes" }
func (s *timeLine) filtered() *widget.Filter { return s.filter }

func (s *timeLine) theme(th *theme.Theme) {
	s.th = th
	s.pane.Theme(th)
}

const (
	besideFrom = 140 // columns from which the details stand beside the list
	listShare  = 60  // the part of the list then, in percent
)

func (s *timeLine) resize(width, height int) {
	s.width, s.height = width, height
	s.pane.Resize(s.listWidth(), s.room())
}

func (s *timeLine) beside() bool { return s.width >= besideFrom }

func (s *timeLine) listWidth() int {
	if s.beside() {
		return s.width * listShare / 100 //nolint:mnd // percent
	}
	return s.width
}

// room is the height of the list; the filter is typed in its last line.
func (s *timeLine) room() int {
	if s.beside() {
		return max(4, s.height)
	}
	return max(4, s.height-detailLines-1)
}

func (s *timeLine) head() screen.Head {
	return screen.Head{Counts: []string{s.filter.Count(s.pane.Len(), len(s.all.Entries), "change")}}
}

func (s *timeLine) cursor() *tea.Cursor { return s.filter.Cursor(s.listWidth(), s.room()-1) }

func (s *timeLine) receive(v changes.View) {
	s.all = v
	s.apply()
}

// apply chooses the entries. Gaps stay: what a filter passes may have been missed in them.
func (s *timeLine) apply() {
	v := s.all
	if s.filter.Hides() {
		v.Entries = nil
		for _, e := range s.all.Entries {
			if e.Kind == changes.KindGap || (!s.filter.Only() || e.Matters()) && s.filter.Match(e.Field) {
				v.Entries = append(v.Entries, e)
			}
		}
		v.Entries = withoutOuterGaps(v.Entries)
	}
	s.pane.Receive(v)
}

// withoutOuterGaps drops the gaps behind which nothing is shown.
func withoutOuterGaps(list []changes.Entry) []changes.Entry {
	for len(list) > 0 && list[len(list)-1].Kind == changes.KindGap {
		list = list[:len(list)-1]
	}
	return list
}

func (s *timeLine) update(msg tea.Msg) {
	switch msg := msg.(type) {
	case tea.MouseWheelMsg:
		s.pane.Move(widget.Wheel(msg.Button))
	case tea.MouseClickMsg:
		if row := s.pane.EntryAt(msg.Y); row >= 0 && msg.X < s.listWidth() {
			s.pane.MoveTo(row)
		}
	case tea.KeyPressMsg, tea.PasteMsg:
		s.typed(msg)
	}
}

func (s *timeLine) typed(msg tea.Msg) {
	switch s.filter.Type(msg) {
	case widget.TypedQuery, widget.TypedEnd:
		s.apply()
	case widget.TypedUp:
		s.pane.Move(-1)
	case widget.TypedDown:
		s.pane.Move(1)
	case widget.TypedNothing:
	}
}

func (s *timeLine) draw(now time.Time) []string {
	room, width := s.room(), s.listWidth()
	lines := s.pane.Lines(now)
	if s.pane.Len() == 0 && s.filter.Hides() {
		lines = []string{lines[0], cell.NewLine(s.th, width).Space(3).Put(theme.Muted, s.filter.Empty("change")).String()}
	}
	lines = widget.Fill(lines, room)
	if note := s.note(); note != "" && !s.filter.Typing() && lines[room-1] == "" {
		lines[room-1] = cell.NewLine(s.th, width).Space(3).Put(theme.Muted, note).String()
	}
	if s.filter.Typing() {
		lines[room-1] = s.filter.Line(s.th, width)
	}
	if s.beside() {
		return widget.Beside(s.th, lines, s.details(now, s.width-width-1, room), width)
	}
	lines = append(lines, widget.Rule(s.th, s.width))
	lines = append(lines, s.details(now, s.width, s.height-len(lines))...)
	return lines[:min(len(lines), s.height)]
}

// note says what the time line does not have.
func (s *timeLine) note() string {
	switch {
	case s.all.Reader:
		return "Another peerdeck on this machine keeps the time line; this one goes on with it when that one ends."
	case s.all.Older > 0:
		return phrase.Count(s.all.Older, "older change") + " let go of for want of room."
	default:
		return ""
	}
}

// details draws the selected change whole, and how its subject stands now.
func (s *timeLine) details(now time.Time, width, height int) []string {
	e, is := s.pane.Selected()
	if !is {
		return nil
	}
	return changepane.Details(s.th, e, standing(s.snapshot, e), s.nextKeys(), now, width, height)
}
