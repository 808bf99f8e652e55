package dns

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"peerdeck/model"
	dnstable "peerdeck/model/dns/table"
	"peerdeck/model/phrase"
	"peerdeck/model/safe"
	"peerdeck/ui/kit/screen"
)

// draftsRead brings the drafts of a network from disk.
type draftsRead struct {
	network safe.Text
	list    []dnstable.Saved
	notes   []string
	err     error
}

// draftSaved tells what became of keeping a draft.
type draftSaved struct {
	table  *table
	number uint64 // of the edits that were kept
	kept   bool   // false: it was dropped
	err    error
}

// answer takes the answers of the service.
func (s *Screen) answer(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case draftsRead:
		return s.takeDrafts(msg)
	case draftSaved:
		return s.draftSaved(msg)
	case imported:
		return s.takeImport(msg)
	case unfinished:
		return s.takeUnfinished(msg)
	case moveRows:
		return s.takeRows(msg)
	case goToRow:
		s.goTo(msg)
		return nil
	case mergeWith:
		if b := s.books[msg.target.Network]; b != nil {
			if t := b.table(msg.target.Resolver); t != nil && t.meanwhile {
				return s.openMerge(t)
			}
		}
		return nil
	case reviewWithout:
		return s.openWithout(msg)
	case stagePoint:
		return s.takePoint(msg)
	default:
		return nil
	}
}

func (s *Screen) takeDrafts(msg draftsRead) tea.Cmd {
	b := s.books[msg.network]
	if b == nil {
		return nil
	}
	b.ready, b.drafts = true, msg.list
	b.offer()
	s.rebuild()
	cmds := []tea.Cmd{s.save()}
	if msg.err != nil {
		f, _ := model.AsFailure(msg.err)
		cmds = append(cmds, screen.Say(screen.Toast{Text: f.Error() + ". " + f.Cure, Trouble: true}))
	}
	if len(msg.notes) > 0 {
		cmds = append(cmds, screen.Say(screen.Toast{Text: safe.Clean(strings.Join(msg.notes, " ")), Trouble: true}))
	}
	return tea.Batch(cmds...)
}

// save keeps the drafts that have changed since they were kept. One write for each table
// is under way at a time, and the newest edits go into the next one.
func (s *Screen) save() tea.Cmd {
	var cmds []tea.Cmd
	for _, b := range s.books {
		for _, t := range b.tables {
			if !t.saving && t.edits != t.saved {
				cmds = append(cmds, s.keep(t))
			}
		}
	}
	return tea.Batch(cmds...)
}

func (s *Screen) keep(t *table) tea.Cmd {
	t.saving = true
	number, target, staged := t.edits, t.target, t.draft.Changed()
	draft := dnstable.Saved{At: s.env.Now(), Target: target, Version: t.version, Base: t.draft.Base(), Rows: t.draft.Rows()}
	was := t.keptAs
	return func() tea.Msg {
		var err error
		if staged {
			err = s.service.SaveDraft(s.ctx, draft)
		}
		// The draft of a resolver that was made or deleted since lies under its old name.
		if err == nil && was != (dnstable.Target{}) && (!staged || was.Resolver != target.Resolver) {
			err = s.service.DropDraft(s.ctx, was)
		}
		return draftSaved{t, number, staged, err}
	}
}

func (s *Screen) draftSaved(msg draftSaved) tea.Cmd {
	t := msg.table
	t.saving = false
	if msg.err != nil {
		f, _ := model.AsFailure(msg.err)
		first := t.failure == nil || t.failure.Error() != f.Error()
		t.failure = &f
		t.saved = msg.number // the next edit tries again
		if !first {
			return s.save()
		}
		text := "The draft could not be kept: " + f.Error() + ". The edits are still here; they would be lost with the program. " + f.Cure
		return tea.Batch(s.save(), screen.Say(screen.Toast{Text: text, Trouble: true}))
	}
	t.failure, t.saved = nil, msg.number
	if t.keptAs = (dnstable.Target{}); msg.kept {
		t.keptAs = t.target
	}
	return s.save()
}

// unsaved lists the tables whose edits are not on disk as they are.
func (b *book) unsaved() []*table {
	var out []*table
	for _, t := range b.changed() {
		if t.failure != nil || t.keptAs == (dnstable.Target{}) || t.saved != t.edits {
			out = append(out, t)
		}
	}
	return out
}

// Leaving says what would be left when the program ends.
func (s *Screen) Leaving() []string {
	var out []string
	if a := s.apply; a != nil && !a.State.Over() {
		out = append(out, "The mappings of "+a.Order.Target.NetworkName.String()+" are being written; a request that has left is waited for.")
	}
	for _, n := range s.snapshot.Networks {
		b := s.books[n.ID]
		if b == nil || len(b.changed()) == 0 {
			continue
		}
		text := "The mapping table of " + n.Name.Or("(no name)").String() + " has " + phrase.Count(b.changes(), "change") + " that " + phrase.Either(b.changes(), "is", "are") + " not applied; "
		if len(b.unsaved()) > 0 {
			text += "they could not be kept as a draft and would be lost."
		} else {
			text += "they are kept as a draft and offered again."
		}
		out = append(out, text)
	}
	return out
}
