package workspace

import (
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// resume stages the drafts from disk again, when the tables are there to put them on. It
// says what it did.
func (n *Network) resume() {
	if len(n.drafts) == 0 || !n.Read() {
		return
	}
	for _, d := range n.drafts {
		t := n.resumedTable(d)
		changedSince := t.resume(d)
		n.done = append(n.done, []*Table{t})
		n.resumed = resumedText(t, d, changedSince)
	}
	n.drafts = nil
}

// resumedTable is the table that a draft is put on.
func (n *Network) resumedTable(d dnstable.Saved) *Table {
	t := n.Table(d.Target.Resolver)
	switch {
	case t != nil:
		return t
	case d.Target.Resolver.IsEmpty() && len(n.tables) > 0:
		return n.tables[0] // one was staged; meanwhile the network has got one
	}
	t = n.NewTable()
	t.target.ResolverName, t.gone = d.Target.ResolverName, d.Target.Resolver != (safe.Text{}) // its resolver was deleted since
	n.tables = append(n.tables, t)
	return t
}

// resume puts a draft from disk onto the table as it is now. It reports whether others
// have changed the table since.
func (t *Table) resume(d dnstable.Saved) (meanwhile bool) {
	there := unnumbered(t.draft.Base())
	base, rows := unnumbered(d.Base), unnumbered(d.Rows)
	t.keptAs = d.Target
	if dnstable.Same(base, there) {
		t.draft = t.draft.Reload(there).Replace("the draft of before", rows)
		return false
	}
	merged := dnstable.Merge(base, rows, there)
	t.edits++
	if result, open := merged.Result(); open == 0 {
		t.draft = t.draft.Reload(there).Replace("the draft of before", unnumbered(result))
		return true
	}
	t.draft = dnstable.RestoreDraft(base, rows)
	t.theirs, t.meanwhile = there, true
	return true
}

func resumedText(t *Table, d dnstable.Saved, meanwhile bool) string {
	text := phrase.Count(len(t.draft.Changes()), "change") + " from " + d.At.Format("2 Jan 15:04") + " staged again from the draft; u takes them back."
	switch {
	case t.gone:
		text += " The resolver was deleted since; applying makes it again."
	case meanwhile && !t.meanwhile:
		text += " The table has changed since, elsewhere."
	}
	return text
}
