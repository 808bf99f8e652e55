// Package networks is the first screen: every network with its peerings, both
// halves of the selected one, what is wrong and the next step; and the page of
// one network that opens above it.
package networks

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/model/look"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/changepane"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// Screen lists the networks.
type Screen struct {
	ctx      context.Context //nolint:containedctx // of what is kept on the disk
	env      screen.Env
	th       *theme.Theme
	width    int
	height   int
	snapshot *model.Snapshot
	rows     rows
	recalled recalled // what stands in their place until there is an answer
	table    *widget.Table
	wide     bool
	look     look.Look // order and division, as the person wants them
	sort     string
	reverse  bool
	plan     plan
	changes  *changepane.Pane
	view     changes.View // the time line
	chosen   bool         // the person, or the end of the first reading, has chosen the row of the cursor

	filter *widget.Filter

	detail  detail
	choose  func(by int) // shows another peering of the selected network
	actions action.Kept[bool]
	drawn   widget.Kept[drawnOf] // the details
	viewed  uint64               // how often the time line has come
}

// drawnOf is all that the details are drawn of.
type drawnOf struct {
	th      *theme.Theme
	network *model.NetworkStatus
	peering *model.PeeringStatus
	viewed  uint64
	second  int64 // ages are told by the second
	room    size
}

// detail is what the lower or right part shows. It follows the selection when
// that has come to rest: a held key would repaint it for every row.
type detail struct {
	network safe.Text
	peering safe.Text
	token   int  // of the rest that is waited for
	away    bool // the list scrolls beside them: only the name is shown until it rests
}

// rested tells that the selection has not moved for a moment.
type rested struct{ token int }

const restAfter = 90 * time.Millisecond

// lookName is the name under which the look of the screen is kept.
const lookName = "networks"

// New returns the screen, empty, as it was arranged last; at the very first time the worst
// stands first.
func New(ctx context.Context, env screen.Env, th *theme.Theme) *Screen {
	s := &Screen{
		ctx: ctx, env: env, th: th, snapshot: &model.Snapshot{}, look: env.Look(lookName), sort: byUrgency,
		filter: widget.NewFilter("problems", model.NetworkKeys()), changes: changepane.New(th),
	}
	if slices.Contains(sorts(), s.look.Order) {
		s.sort, s.reverse = s.look.Order, s.look.Reverse
	}
	s.table = widget.NewTable(columns(false, 0, 0))
	s.choose = s.chooseBy
	s.table.SetRows(&s.rows)
	s.table.SortBy(s.sort, s.reverse)
	return s
}

// Name is the label of the tab.
func (s *Screen) Name() string { return "Networks" }

// Theme changes the looks.
func (s *Screen) Theme(th *theme.Theme) {
	s.th = th
	s.changes.Theme(th)
}

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
	s.recalled.set(s.snapshot, s.sort, s.reverse)
	if s.recalls() {
		s.table.SetRows(&s.recalled)
	} else {
		s.table.SetRows(&s.rows)
	}
	s.table.SortBy(s.sort, s.reverse)
	// While everything is read for the first time the cursor stays on the first row, which
	// becomes the worst of all; then the row stays under it that it stands on.
	if !s.chosen {
		s.table.MoveTo(0)
		s.follow()
		s.chosen = s.snapshot.Progress.ListedAll && s.snapshot.Progress.Complete()
	}
	s.arrange()
	// Details of a network that the filter hides would be about nothing.
	if n := s.rows.listed[s.detail.network]; n == nil || !passes(n, s.filter) {
		s.follow()
	}
}

// arrange divides the room between the parts.
func (s *Screen) arrange() {
	s.plan = divide(s.width, s.height, max(len(s.snapshot.Networks), s.recalled.Len()), s.wide, s.look)
	if s.recalls() {
		s.table.SetColumns(recalledColumns(s.recalled.longest()))
	} else {
		s.table.SetColumns(columns(s.wide, s.plan.list.w, longest(s.snapshot.Networks)))
	}
	s.table.Resize(s.plan.list.w, s.plan.list.h)
	s.rows.peerings = s.table.Shows(colPeerings)
	s.changes.Resize(s.plan.changes.w, s.plan.changes.h-1)
}

// room gives the list some steps more or less of the room, and keeps that.
func (s *Screen) room(steps int) tea.Cmd {
	s.look = s.plan.arranged(s.look, s.width, s.height, steps)
	s.arrange()
	return s.env.Arrange(s.ctx, lookName, s.look)
}

// Head is the second line of the frame.
func (s *Screen) Head() screen.Head {
	if s.recalls() {
		return s.recalledHead(s.env.Now())
	}
	h := screen.Head{Path: []string{"Networks"}, Chip: s.filter.Chip(), Counts: s.counts()}
	if s.sort == byUrgency {
		h.Path[0] = "Networks, worst first"
		if s.reverse {
			h.Path[0] = "Networks, worst last"
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
	if s.rows.known > 0 {
		parts = append(parts, fmt.Sprintf("%d known", s.rows.known))
	}
	if s.rows.unused > 0 {
		parts = append(parts, fmt.Sprintf("%d not used", s.rows.unused))
	}
	return parts
}

// Typing reports whether the filter is being typed.
func (s *Screen) Typing() (bool, *tea.Cursor) {
	if !s.filter.Typing() {
		return false, nil
	}
	return true, s.filter.Cursor(s.plan.list.w, s.plan.list.h) // where the rule under the list is
}

// Looking lists the networks on the screen, the selected one first.
func (s *Screen) Looking() []safe.Text {
	selected := s.table.Selected()
	if selected.IsEmpty() || s.recalls() {
		return nil
	}
	return s.table.Looking(selected)
}

// Update takes keys that no action has, the mouse, and the screen's own messages.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case rested:
		if msg.token == s.detail.token {
			s.follow()
		}
	case screen.Changes:
		s.view = msg.View
		s.viewed++
		s.changes.Receive(msg.View)
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
	s.detail.away = false
	if id := s.table.Selected(); id != s.detail.network {
		s.detail.network, s.detail.peering = id, safe.Text{}
	}
}

// moved moves the selection; the details follow when it has come to rest.
func (s *Screen) moved(to int) tea.Cmd {
	s.chosen = true
	top := s.table.Top()
	s.table.MoveTo(to)
	if s.table.Selected() == s.detail.network {
		s.detail.away = false
		return nil
	}
	s.detail.away = s.detail.away || s.plan.side && s.table.Top() != top
	s.detail.token++
	token := s.detail.token
	return tea.Tick(restAfter, func(time.Time) tea.Msg { return rested{token} })
}

func (s *Screen) click(msg tea.MouseClickMsg) tea.Cmd {
	list := s.plan.list
	switch {
	case msg.X < list.w && msg.Y == 0:
		return s.sortBy(s.table.ColumnAt(msg.X))
	case msg.X < list.w && msg.Y < list.h:
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
	case s.plan.changes.h > 0 && msg.X < s.plan.changes.w && msg.Y > s.changesTop():
		return s.clickChange(msg.Y - s.changesTop() - 1)
	default:
		return nil
	}
}

// changesTop is the line of the rule above the changes.
func (s *Screen) changesTop() int {
	if s.plan.side {
		return s.plan.list.h
	}
	return s.plan.list.h + s.plan.details.h
}

// sortBy sorts by a column, or turns the order round when it is sorted so. The row under
// the cursor stays under it, and the order is kept.
func (s *Screen) sortBy(column string) tea.Cmd {
	if s.recalls() || !slices.Contains(sorts(), column) {
		return nil
	}
	if s.sort == column {
		s.reverse = !s.reverse
	} else {
		s.sort, s.reverse = column, false
	}
	return s.ordered()
}

// ordered shows the order and keeps it.
func (s *Screen) ordered() tea.Cmd {
	s.look.Order, s.look.Reverse = s.sort, s.reverse
	s.apply()
	return s.env.Arrange(s.ctx, lookName, s.look)
}

// first goes to the first row: what was selected is hidden.
func (s *Screen) first() {
	s.table.MoveTo(0)
	s.follow()
}

// View draws the table, the details, the changes, and the filter while it is typed.
func (s *Screen) View(now time.Time) string {
	var b strings.Builder
	s.Draw(&b, now)
	return b.String()
}

// Draw is View, into the text of the frame.
func (s *Screen) Draw(into *strings.Builder, now time.Time) int {
	if len(s.snapshot.Networks) == 0 && !s.recalls() {
		lines := s.blank(now)
		lines = lines[:min(len(lines), s.height)]
		widget.Draw(into, lines)
		return len(lines)
	}
	p := s.plan
	s.recalled.now = now
	lines := widget.Fill(s.tableLines(), p.list.h)
	rule := s.below(p.list.w)
	if s.filter.Typing() {
		rule = s.filter.Line(s.th, p.list.w)
	}
	switch {
	case s.wide:
		if s.table.Top() > 0 || s.table.Below() > 0 || s.filter.Typing() {
			lines = append(lines, rule)
		}
	case p.side:
		lines = widget.Fill(append(lines, s.changeLines(now, rule)...), s.height)
		widget.DrawBeside(into, s.th, lines, s.details(now, p.details.w, p.details.h), p.list.w)
		return len(lines)
	default:
		lines = append(append(lines, rule), widget.Fill(s.details(now, p.details.w, p.details.h-1), max(0, p.details.h-1))...)
		lines = append(lines, s.changeLines(now, widget.Rule(s.th, s.width))...)
	}
	lines = lines[:min(len(lines), s.height)]
	widget.Draw(into, lines)
	return len(lines)
}

func (s *Screen) tableLines() []string {
	lines := s.table.View(s.th)
	if len(s.rows.shown) == 0 && !s.recalls() {
		w := s.plan.list.w
		lines = append(lines, "", cell.NewLine(s.th, w).Space(3).Put(theme.Muted, s.filter.Empty("network")).String())
		if text := s.filter.Unknown(); text != "" {
			lines = append(lines, widget.Paragraph(s.th, theme.Warn, text, w, 3)...)
		}
	}
	return lines
}
