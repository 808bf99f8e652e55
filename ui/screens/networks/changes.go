package networks

import (
	"strconv"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// below draws what stands under the list: the rule, which says that rows lie above those
// on the screen and how many below. What is above is the worse, so nobody may take it for
// absent; it is not counted, so that a list that moves by a row changes one figure only.
func (s *Screen) below(width int) string {
	above, n := s.table.Top() > 0, s.table.Below()
	below := "▾ " + strconv.Itoa(n) + " more below"
	switch {
	case above && n > 0:
		return widget.RuleWith(s.th, width, "▴ more above  "+below)
	case above:
		return widget.RuleWith(s.th, width, "▴ more above")
	case n > 0:
		return widget.RuleWith(s.th, width, below)
	default:
		return widget.Rule(s.th, width)
	}
}

// changeLines draws the changes over all networks, under a rule.
func (s *Screen) changeLines(now time.Time, rule string) []string {
	if s.plan.changes.h == 0 {
		return nil
	}
	if s.recalls() && s.viewed == 0 { // whose time line it is, is told by the first answer
		return append([]string{rule}, s.said(theme.Muted, "What changed is shown when it is known whose networks these are.", s.plan.changes.w)...)
	}
	return append([]string{rule}, s.changes.Lines(now)...)
}

// clickChange opens the subject of a change.
func (s *Screen) clickChange(line int) tea.Cmd {
	i := s.changes.EntryAt(line)
	if i < 0 {
		return nil
	}
	s.changes.MoveTo(i)
	e, has := s.changes.Selected()
	if !has || e.Network.IsEmpty() {
		return nil
	}
	return screen.Say(screen.Open{Network: e.Network, Peering: e.Peering, Code: safe.New(string(e.Code))})
}

// ShowsChanges reports whether the time line is on the screen.
func (s *Screen) ShowsChanges() bool { return s.plan.changes.h > 1 && len(s.snapshot.Networks) > 0 }
