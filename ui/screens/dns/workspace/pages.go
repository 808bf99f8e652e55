package workspace

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

// What pages behind the table ask for: each is one edit, of which every screen is told.

// changed tells every screen, after a command.
func changed(cmds ...tea.Cmd) tea.Cmd {
	return tea.Batch(append(cmds, screen.Say(Changed{}))...)
}

// Replace stages other rows as the whole table.
func (t *Table) Replace(what string, rows []dnstable.Row) tea.Cmd {
	return changed(t.network.Stage(Change{t, t.draft.Replace(what, rows)}))
}

// Merged brings the edits together with what somebody else has done, if they have.
func (t *Table) Merged() dnstable.Merged {
	theirs := t.draft.Base()
	if t.meanwhile {
		theirs = t.theirs
	}
	return dnstable.Merge(t.draft.Base(), t.draft.Rows(), theirs)
}

// Merge stages what came of a merge, on the table as it is there now.
func (t *Table) Merge(m dnstable.Merged) tea.Cmd {
	rows, _ := m.Result()
	t.rebase(m.Theirs, max(t.version, t.now.EntityVersion), rows)
	t.network.remember(t)
	return changed(t.network.workspace.save())
}

// Read is the table as Konnect has it; false while that is not known.
func (t *Table) Read() ([]dnstable.Row, bool) {
	if t.IsNew() || t.now.ID.IsEmpty() {
		return nil, false
	}
	return dnstable.FromMappings(t.now.DNS), true
}

// StagePoint stages the table as it was before a write, as one edit.
func (t *Table) StagePoint(p dnstable.RestorePoint) tea.Cmd {
	n := t.network
	to := n.tableOf(p.Target.Resolver)
	if why := to.Shut(); why != "" {
		return screen.Say(screen.Toast{Text: "It is not staged: " + why + "."})
	}
	when := p.At.Format("2 Jan 15:04")
	cmd := n.Stage(Change{to, to.draft.Replace("the table of "+when, unnumbered(p.Rows))})
	return changed(cmd, screen.Say(screen.Toast{Text: "The table of " + when + " is staged. D shows what it changes; u takes it back."}))
}

// RestorePoints returns what lists the tables of the resolver before each write, and what
// ends the listing.
func (t *Table) RestorePoints() (load func() ([]dnstable.RestorePoint, error), stop func()) {
	const patience = 10 * time.Second // they are files of this machine
	w, target := t.network.workspace, t.target
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	return func() ([]dnstable.RestorePoint, error) {
		defer cancel()
		list, err := w.service.RestorePoints(ctx, target.Network)
		return slices.DeleteFunc(slices.Clone(list), func(p dnstable.RestorePoint) bool {
			return p.Problem == "" && !target.Resolver.IsEmpty() && p.Target.Resolver != target.Resolver
		}), err
	}, cancel
}
