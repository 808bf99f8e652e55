package dns

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"peerdeck/model"
	dnstable "peerdeck/model/dns/table"
	"peerdeck/ui/kit/screen"
)

// unfinished brings the orders of earlier sessions of which nobody knows the end.
type unfinished struct {
	list []dnstable.Unfinished
	err  error
}

func (s *Screen) takeUnfinished(msg unfinished) tea.Cmd {
	if msg.err != nil {
		return failed(msg.err)
	}
	s.open = msg.list
	return s.settle()
}

// settle looks what became of the next order of an earlier session: one after the other,
// and what is found comes as that of any other order.
func (s *Screen) settle() tea.Cmd {
	if len(s.open) == 0 {
		return nil
	}
	u := s.open[0]
	s.open = s.open[1:]
	return func() tea.Msg {
		if err := s.service.Settle(u); err != nil {
			f, _ := model.AsFailure(err)
			return screen.Toast{Text: f.Error() + ". " + f.Cure, Trouble: true}
		}
		return nil
	}
}

// applying reports whether a table of the network is being written.
func (s *Screen) applying() bool {
	return s.apply != nil && !s.apply.State.Over() && s.apply.Order.Target.Network == s.chosen
}

// applied takes how the writing of a table stands.
func (s *Screen) applied(a dnstable.Apply) tea.Cmd {
	s.apply = &a
	settle := tea.Cmd(nil)
	if a.State.Over() {
		settle = s.settle()
	}
	b := s.books[a.Order.Target.Network]
	if b == nil {
		return settle
	}
	t := b.table(a.Order.Target.Resolver)
	switch {
	case t == nil:
	case a.State == dnstable.ApplyDone:
		b.landed(t, a)
	case a.State == dnstable.ApplyMeanwhile && t.draft.Changed():
		t.theirs, t.meanwhile = a.Theirs, true
	}
	s.rebuild()
	return tea.Batch(s.save(), settle)
}

// landed makes what was written and read back the base of the table. Edits that were
// made meanwhile stay staged.
func (b *book) landed(t *table, a dnstable.Apply) {
	read := dnstable.FromMappings(a.Resolver.DNS)
	t.without = nil
	if t.isNew() {
		t.key = a.Resolver.ID.String()
	}
	if dnstable.Same(t.draft.Rows(), a.Order.Rows) || dnstable.Same(t.draft.Rows(), read) {
		t.reload(a.Resolver)
		return
	}
	t.now, t.target.Resolver, t.target.ResolverName = a.Resolver, a.Resolver.ID, a.Resolver.Name
	t.rebase(read, a.Resolver.EntityVersion, t.draft.Rows())
}

// about picks the table that a page is about: that of the cursor's row when something is
// staged on it, else the only one, else a person picks.
func (s *Screen) withTable(title string, tables []*table, then func(*table) tea.Cmd) tea.Cmd {
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

// failed shows what went wrong with something that was asked for.
func failed(err error) tea.Cmd {
	f, _ := model.AsFailure(err)
	return screen.Say(screen.Toast{Text: f.Error() + ". " + f.Cure, Trouble: true})
}
