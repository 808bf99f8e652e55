package dns

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	dnsreview "github.com/peerdeck/peerdeck/ui/screens/dns/review"
	"github.com/peerdeck/peerdeck/ui/screens/dns/workspace"
)

// push opens a page above the table.
func push(page screen.Screen) tea.Cmd { return screen.Say(screen.Push{Screen: page}) }

// diff shows what the edits come to. What others have changed is merged first.
func (s *Screen) diff() tea.Cmd {
	return s.withTable("The changes of which resolver", s.network().Changed(), s.openDiff)
}

// toApply shows the changes for the last time, or how the writing goes. A resolver that
// is still to be made gets its name before.
func (s *Screen) toApply() tea.Cmd {
	if t := s.work.Written(s.chosen); t != nil {
		return push(dnsreview.NewDiff(s.env, s.th, t))
	}
	return s.withTable("Apply the changes of which resolver", s.network().Changed(), func(t *workspace.Table) tea.Cmd {
		if t.IsNew() && !t.Named() {
			return s.askName(t)
		}
		return s.openDiff(t)
	})
}

// askName asks for the name of a resolver that is still to be made.
func (s *Screen) askName(t *workspace.Table) tea.Cmd {
	return screen.Say(screen.Show{Dialog: dialog.NewInput(s.th, dialog.Field{
		Title: "A new resolver", Text: "The network has no outbound resolver. Applying makes one, under this name.", Value: t.Name(), What: "go on",
		Do: func(text string) tea.Cmd {
			save := t.SetName(safe.New(text))
			s.rebuild()
			return tea.Batch(save, s.openDiff(t))
		},
	})})
}

func (s *Screen) openDiff(t *workspace.Table) tea.Cmd {
	if t.Meanwhile() {
		return push(dnsreview.NewMerge(s.env, s.th, t))
	}
	return push(dnsreview.NewDiff(s.env, s.th, t))
}

// restore shows the tables as they were before each write.
func (s *Screen) restore() tea.Cmd {
	n := s.network()
	tables := slices.DeleteFunc(slices.Clone(n.Tables()), (*workspace.Table).IsNew)
	if len(tables) == 0 {
		tables = []*workspace.Table{n.NewTable()}
	}
	return s.withTable("The restore points of which resolver", tables, func(t *workspace.Table) tea.Cmd {
		return push(dnsreview.NewRestore(s.env, s.th, t))
	})
}

// goTo moves the cursor to a row, and drops the filter when that hides it.
func (s *Screen) goTo(msg dnsreview.Show) {
	t, own := msg.Table.(*workspace.Table)
	if !own {
		return
	}
	for _, r := range t.Draft().Rows() {
		if r.Label() != msg.Domain && r.Key.String() != msg.Domain {
			continue
		}
		s.reveal(t.RowID(r.ID))
		return
	}
}

// withTable picks the table that a page is about: that of the cursor's row when it is one
// of them, else the only one, else a person picks.
func (s *Screen) withTable(title string, tables []*workspace.Table, then func(*workspace.Table) tea.Cmd) tea.Cmd {
	if l := s.selected(); l != nil && slices.Contains(tables, l.table) {
		return then(l.table)
	}
	switch len(tables) {
	case 0:
		return nil
	case 1:
		return then(tables[0])
	default:
		return s.pickTable(title, tables, then)
	}
}
