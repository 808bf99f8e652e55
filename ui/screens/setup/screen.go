package setup

import (
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// tab is the label of the tab.
const tab = "Set-up"

// sideFrom is the width from which there is room for more beside.
const sideFrom = 120

// part is one of the three things that the tab shows.
type part int

const (
	partForm part = iota
	partRun
	partEarlier
)

// Screen is the tab: the form, the run in hand, or the list of earlier runs.
type Screen struct {
	ctx      context.Context //nolint:containedctx // of what the screen asks the service
	env      screen.Env
	th       *theme.Theme
	service  Service
	width    int
	height   int
	snapshot *model.Snapshot

	part    part
	form    form
	failure *model.Failure // of the last order to the service, until the next one
	run     *setup.Run     // the run in hand, or the last one; nil when there was none
	log     runLog
	pane    pane
	earlier earlier
}

// New returns the screen. Its context ends what it asks of the service.
func New(ctx context.Context, env screen.Env, th *theme.Theme, service Service) *Screen {
	s := &Screen{ctx: ctx, env: env, th: th, service: service, snapshot: &model.Snapshot{}, form: newForm()}
	s.earlier.table = widget.NewTable(earlierColumns())
	s.earlier.table.SetRows(&s.earlier.rows)
	return s
}

// Name is the label of the tab.
func (s *Screen) Name() string { return tab }

// Theme changes the looks.
func (s *Screen) Theme(th *theme.Theme) { s.th = th }

// Resize gives the room.
func (s *Screen) Resize(width, height int) {
	s.width, s.height = width, height
	s.earlier.table.Resize(width, s.earlierListHeight())
}

// Receive takes a snapshot: the networks and tenants to pick from.
func (s *Screen) Receive(snapshot *model.Snapshot) {
	s.snapshot = snapshot
	s.check()
}

// Looking names the network that is set up.
func (s *Screen) Looking() []safe.Text {
	request := s.form.request()
	if s.part == partRun && s.run != nil {
		request = s.run.Request
	}
	if n := s.network(request.Network); n != nil {
		return []safe.Text{n.ID}
	}
	return nil
}

// active reports whether a run is in hand and has not come to its end.
func (s *Screen) active() bool { return s.run != nil && !s.run.Over() }

// Head is the second line of the frame.
func (s *Screen) Head() screen.Head {
	switch s.part {
	case partRun:
		return s.runHead(s.env.Now())
	case partEarlier:
		return s.earlierHead()
	case partForm:
		return s.formHead()
	default:
		return s.formHead()
	}
}

// Typing reports whether a field of the form is being typed in.
func (s *Screen) Typing() (bool, *tea.Cursor) {
	if s.part != partForm || s.form.prompt == nil {
		return false, nil
	}
	return true, s.formCursor()
}

// TypingKeys are the keys while a field is typed in.
func (s *Screen) TypingKeys() []action.Action {
	done, next := "done", "next field"
	f := &s.form
	if f.row().pick && f.fresh {
		done = "pick"
	}
	if f.row().kind == rowMapping {
		next = "go on"
	}
	list := []action.Action{{Name: done, Keys: []string{"enter"}}, {Name: next, Keys: []string{"tab"}}, {Name: "as before", Keys: []string{"esc"}}}
	if f.row().pick {
		list = append(list, action.Action{Name: "list", Keys: []string{"ctrl+l"}})
	}
	return list
}

// Leaving says what would be left when the program ends.
func (s *Screen) Leaving() []string {
	var out []string
	if s.active() {
		out = append(out, runLeaving(s.run)...)
	}
	if s.form.changed && !s.form.empty() {
		out = append(out, "The set-up form holds values that are in no file and in no run; they would be lost (ctrl+s on the form saves them).")
	}
	return out
}

// Actions lists what can be done here.
func (s *Screen) Actions() []action.Action {
	switch s.part {
	case partRun:
		return s.runActions()
	case partEarlier:
		return s.earlierActions()
	case partForm:
		return s.formActions()
	default:
		return nil
	}
}

// Update takes keys while typing, the mouse, and the answers of the service.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case screen.Run:
		return s.receiveRun(msg.Run)
	case screen.SetUp:
		return s.receiveSetUp(msg.Request, msg.Why)
	case screen.Mend:
		return s.receiveMend(msg.Request)
	case tea.KeyPressMsg, tea.PasteMsg:
		if s.part == partForm && s.form.prompt != nil {
			return s.typed(msg)
		}
	case tea.MouseWheelMsg:
		s.wheel(widget.Wheel(msg.Button))
	case tea.MouseClickMsg:
		s.click(msg)
	default:
		return s.answer(msg)
	}
	return nil
}

func (s *Screen) wheel(by int) {
	switch s.part {
	case partForm:
		s.form.move(by / 3)
	case partRun:
		s.pane.top = max(0, s.pane.top+by)
	case partEarlier:
		s.earlier.table.Move(by)
	}
}

func (s *Screen) click(msg tea.MouseClickMsg) {
	switch s.part {
	case partForm:
		if i := s.rowAt(msg.Y); i >= 0 && s.form.prompt == nil {
			s.form.at = i
		}
	case partRun:
		if s.run != nil && msg.Y < len(s.run.Steps) && msg.X < s.stepsWidth() {
			s.pane.choose(s.run.Steps[msg.Y].ID)
		}
	case partEarlier:
		if row := s.earlier.table.RowAt(msg.Y); row >= 0 {
			s.earlier.table.MoveTo(row)
		}
	}
}

// View draws the part that is shown.
func (s *Screen) View(now time.Time) string {
	var lines []string
	switch s.part {
	case partForm:
		lines = s.formView(now)
	case partRun:
		lines = s.runView(now)
	case partEarlier:
		lines = s.earlierView(now)
	}
	return strings.Join(lines[:min(len(lines), s.height)], "\n")
}

// network finds a network by its name or id.
func (s *Screen) network(name safe.Text) *model.NetworkStatus {
	if name.IsEmpty() {
		return nil
	}
	for _, n := range s.snapshot.Networks {
		if n.ID == name || n.Name == name {
			return n
		}
	}
	return nil
}
