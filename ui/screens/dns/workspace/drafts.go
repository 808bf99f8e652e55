package workspace

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
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
	table  *Table
	number uint64 // of the edits that were kept
	kept   bool   // false: it was dropped
	err    error
}

func (w *Workspace) draftsRead(msg draftsRead) tea.Cmd {
	n := w.networks[msg.network]
	if n == nil {
		return nil
	}
	n.ready, n.drafts = true, msg.list
	n.resume()
	cmds := []tea.Cmd{w.save()}
	if msg.err != nil {
		cmds = append(cmds, failed(msg.err))
	}
	if len(msg.notes) > 0 {
		cmds = append(cmds, screen.Say(screen.Toast{Text: safe.Clean(strings.Join(msg.notes, " ")), Trouble: true}))
	}
	return tea.Batch(cmds...)
}

// save keeps the drafts that have changed since they were kept. One write for each table
// is under way at a time, and the newest edits go into the next one.
func (w *Workspace) save() tea.Cmd {
	var cmds []tea.Cmd
	for _, n := range w.networks {
		for _, t := range n.tables {
			if !t.saving && t.edits != t.saved {
				cmds = append(cmds, w.keep(t))
			}
		}
	}
	return tea.Batch(cmds...)
}

func (w *Workspace) keep(t *Table) tea.Cmd {
	t.saving = true
	number, target, staged := t.edits, t.target, t.draft.Changed()
	draft := dnstable.Saved{At: w.env.Now(), Target: target, Version: t.version, Base: t.draft.Base(), Rows: t.draft.Rows()}
	was := t.keptAs
	return func() tea.Msg {
		var err error
		if staged {
			err = w.service.SaveDraft(w.ctx, draft)
		}
		// The draft of a resolver that was made or deleted since lies under its old name.
		if err == nil && was != (dnstable.Target{}) && (!staged || was.Resolver != target.Resolver) {
			err = w.service.DropDraft(w.ctx, was)
		}
		return draftSaved{t, number, staged, err}
	}
}

func (w *Workspace) draftSaved(msg draftSaved) tea.Cmd {
	t := msg.table
	t.saving = false
	if msg.err != nil {
		f, _ := model.AsFailure(msg.err)
		first := t.failure == nil || t.failure.Error() != f.Error()
		t.failure = &f
		t.saved = msg.number // the next edit tries again
		if !first {
			return w.save()
		}
		text := "The draft could not be kept: " + f.Error() + ". The edits are still here; they would be lost with the program. " + f.Cure
		return tea.Batch(w.save(), screen.Say(screen.Toast{Text: text, Trouble: true}))
	}
	t.failure, t.saved = nil, msg.number
	if t.keptAs = (dnstable.Target{}); msg.kept {
		t.keptAs = t.target
	}
	return w.save()
}

// unsaved lists the tables whose edits are not on disk as they are.
func (n *Network) unsaved() []*Table {
	var out []*Table
	for _, t := range n.Changed() {
		if t.failure != nil || t.keptAs == (dnstable.Target{}) || t.saved != t.edits {
			out = append(out, t)
		}
	}
	return out
}
