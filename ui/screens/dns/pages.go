package dns

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"peerdeck/model"
	dnstable "peerdeck/model/dns/table"
	"peerdeck/model/safe"
	"peerdeck/ui/kit/dialog"
	"peerdeck/ui/kit/screen"
	dnsreview "peerdeck/ui/screens/dns/review"
)

// goToRow asks for the cursor on a row, by its domain.
type goToRow struct {
	table  *table
	domain string
}

// stagePoint asks for the table of a restore point to be staged.
type stagePoint struct {
	target dnstable.Target
	id     dnstable.RestorePointID
	list   []dnstable.RestorePoint
	err    error
}

// mergeWith asks for the merge with what somebody else has done.
type mergeWith struct{ target dnstable.Target }

// reviewWithout asks for the changes anew, with members that are not sent back.
type reviewWithout struct {
	target dnstable.Target
	names  []string
}

// push opens a page above the table.
func push(page screen.Screen) tea.Cmd { return screen.Say(screen.Push{Screen: page}) }

// diff shows what the edits come to. What others have changed is merged first.
func (s *Screen) diff() tea.Cmd {
	return s.withTable("The changes of which resolver", s.book().changed(), s.openDiff)
}

// toApply shows the changes for the last time, or how the writing goes. A resolver that
// is still to be made gets its name before.
func (s *Screen) toApply() tea.Cmd {
	if s.applying() {
		return push(dnsreview.NewProgress(s.env, s.th, *s.apply, s.diffActions(s.book().table(s.apply.Order.Target.Resolver))))
	}
	return s.withTable("Apply the changes of which resolver", s.book().changed(), func(t *table) tea.Cmd {
		if t.isNew() && !t.named {
			return s.askName(t)
		}
		return s.openDiff(t)
	})
}

// askName asks for the name of a resolver that is still to be made.
func (s *Screen) askName(t *table) tea.Cmd {
	return screen.Say(screen.Show{Dialog: dialog.NewInput(s.th, dialog.Field{
		Title: "A new resolver", Text: "The network has no outbound resolver. Applying makes one, under this name.", Value: t.name(), What: "go on",
		Do: func(text string) tea.Cmd {
			t.target.ResolverName, t.named = safe.New(text), true
			t.edits++
			s.rebuild()
			return tea.Batch(s.save(), s.openDiff(t))
		},
	})})
}

func (s *Screen) openDiff(t *table) tea.Cmd {
	if t.meanwhile {
		return s.openMerge(t)
	}
	why := s.shut()
	if why == "" {
		why = s.closed(t)
	}
	order := t.order()
	in := dnsreview.DiffInput{Target: t.target, Order: order, Problems: order.Concerning(t.findings.list), Write: s.service.Write(order, t.now), Why: why}
	return push(dnsreview.NewDiff(s.env, s.th, in, s.diffActions(t)))
}

// diffActions are what a person can ask for on the page of the changes.
func (s *Screen) diffActions(t *table) dnsreview.DiffActions {
	return dnsreview.DiffActions{
		Apply: func(o dnstable.Order) tea.Cmd {
			return func() tea.Msg {
				if err := s.service.Apply(o); err != nil {
					f, _ := model.AsFailure(err)
					return dnsreview.Refused{Target: o.Target, Failure: f}
				}
				return nil
			}
		},
		Cancel: func() tea.Cmd { return func() tea.Msg { s.service.Cancel(); return nil } },
		Edit: func(domain string) tea.Cmd {
			return screen.Say(screen.Pop{Then: screen.Say(goToRow{t, domain})})
		},
		Merge: func(a dnstable.Apply) tea.Cmd {
			return screen.Say(screen.Pop{Then: screen.Say(mergeWith{a.Order.Target})})
		},
		Without: func(a dnstable.Apply) tea.Cmd {
			return screen.Say(screen.Pop{Then: screen.Say(reviewWithout{a.Order.Target, slices.Concat(a.Order.Without, a.Unwanted)})})
		},
		Restore: func(id dnstable.RestorePointID) tea.Cmd {
			if t == nil {
				return nil
			}
			target := t.target
			return func() tea.Msg {
				list, err := s.service.RestorePoints(s.ctx, target.Network)
				return stagePoint{target, id, list, err}
			}
		},
	}
}

// openWithout shows the changes anew, with what is not sent back.
func (s *Screen) openWithout(msg reviewWithout) tea.Cmd {
	b := s.books[msg.target.Network]
	if b == nil {
		return nil
	}
	t := b.table(msg.target.Resolver)
	if t == nil || !t.draft.Changed() {
		return nil
	}
	t.without = msg.names
	return s.openDiff(t)
}

// openMerge shows both sides of a table that somebody else has changed.
func (s *Screen) openMerge(t *table) tea.Cmd {
	theirs := t.theirs
	merged := dnstable.Merge(t.draft.Base(), t.draft.Rows(), theirs)
	return push(dnsreview.NewMerge(s.env, s.th, t.target, merged, func(rows []dnstable.Row) tea.Cmd {
		b := s.books[t.target.Network]
		t.rebase(theirs, max(t.version, t.now.EntityVersion), rows)
		b.done, b.undone, b.resumed = append(b.done, []*table{t}), nil, ""
		s.rebuild()
		return s.save()
	}))
}

// goTo moves the cursor to a row, and drops the filter when that hides it.
func (s *Screen) goTo(msg goToRow) {
	if msg.table == nil {
		return
	}
	for _, r := range msg.table.draft.Rows() {
		if r.Label() != msg.domain && r.Key.String() != msg.domain {
			continue
		}
		id := rowID(msg.table, r.ID)
		if s.table.Select(id); s.table.Selected() != id {
			s.setFilter("")
			s.table.Select(id)
		}
		return
	}
}

// takePoint stages the table of a restore point.
func (s *Screen) takePoint(msg stagePoint) tea.Cmd {
	b := s.books[msg.target.Network]
	if msg.err != nil {
		return failed(msg.err)
	}
	for _, p := range msg.list {
		if p.ID == msg.id && b != nil {
			return screen.Say(screen.Pop{Then: s.restorePoint(b, p)})
		}
	}
	return screen.Say(screen.Toast{Text: "The restore point is not there any more.", Trouble: true})
}

// restorePoint stages a table as it was before a write, as one edit.
func (s *Screen) restorePoint(b *book, p dnstable.RestorePoint) tea.Cmd {
	t := b.table(p.Target.Resolver)
	if t == nil && len(b.tables) > 0 {
		t = b.tables[0]
	}
	if t == nil {
		t = stagedTable(b.network)
	}
	b.stage(change{t, t.draft.Replace("the table of "+p.At.Format("2 Jan 15:04"), unnumbered(p.Rows))})
	s.rebuild()
	return tea.Batch(s.save(), screen.Say(screen.Toast{Text: "The table of " + p.At.Format("2 Jan 15:04") + " is staged. D shows what it changes; u takes it back."}))
}
