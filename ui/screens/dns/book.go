package dns

import (
	"slices"
	"time"

	"peerdeck/model"
	dnstable "peerdeck/model/dns/table"
	"peerdeck/model/phrase"
	"peerdeck/model/safe"
)

// book is what is known and what is staged of the mappings of one network.
type book struct {
	network *model.NetworkStatus // as it was read last
	tables  []*table             // those that can be edited, in Konnect's order
	done    [][]*table           // the tables of each edit, the newest last
	undone  [][]*table

	near     *nearby                                    // what the last trace read of Azure; nil for nothing
	probes   map[dnstable.ProbeKey]dnstable.ProbeResult // of the last probe that has ended
	probedAt time.Time                                  // when it began

	asked   bool             // the drafts on disk were asked for
	ready   bool             // and the answer is here: nothing is staged before
	drafts  []dnstable.Saved // that wait until the tables are read
	resumed string           // what was staged again from a draft; until the next edit
}

// read reports whether the resolvers of the network are known.
func (b *book) read() bool { return b.network.PrivateDNSRead.Read() }

// take takes the network as it was read again. Sent is the table that is being written.
func (b *book) take(n *model.NetworkStatus, sent *dnstable.Apply) {
	b.network = n
	for i := range n.PrivateDNS {
		if d := &n.PrivateDNS[i].PrivateDNS; d.Kind == model.KindAzureResolver {
			b.takeTable(*d, sent)
		}
	}
	if !b.read() || n.PrivateDNSRead.Failure != nil {
		return // what is not listed may still be there
	}
	b.tables = slices.DeleteFunc(b.tables, func(t *table) bool {
		if t.isNew() || slices.ContainsFunc(n.PrivateDNS, func(d model.PrivateDNSStatus) bool { return d.ID == t.target.Resolver }) {
			return false
		}
		if !t.draft.Changed() && !t.typed {
			return true
		}
		t.lost()
		return false
	})
}

func (b *book) takeTable(d model.PrivateDNS, sent *dnstable.Apply) {
	if t := b.table(d.ID); t != nil {
		t.take(d, sentRows(sent, t.target))
		return
	}
	// A resolver was made while one was staged here: there is one map now.
	if t := b.table(safe.Text{}); t != nil {
		t.key, t.target.Resolver, t.target.ResolverName = d.ID.String(), d.ID, d.Name
		t.gone = false
		t.take(d, sentRows(sent, t.target))
		return
	}
	b.tables = append(b.tables, newTable(b.network, d))
}

// sentRows are the rows that are being written to a target, nil when none are.
func sentRows(a *dnstable.Apply, to dnstable.Target) []dnstable.Row {
	if a == nil || a.Order.Target.Network != to.Network || !a.Sent {
		return nil
	}
	if r := a.Order.Target.Resolver; !r.IsEmpty() && r != to.Resolver {
		return nil
	}
	return a.Order.Rows
}

// table finds the table of a resolver; an empty id is the one that is still to be made.
func (b *book) table(resolver safe.Text) *table {
	for _, t := range b.tables {
		if t.target.Resolver == resolver {
			return t
		}
	}
	return nil
}

// changes counts the domains that applying would change.
func (b *book) changes() int {
	n := 0
	for _, t := range b.tables {
		n += len(t.draft.Changes())
	}
	return n
}

// changed lists the tables on which edits are staged.
func (b *book) changed() []*table {
	return slices.DeleteFunc(slices.Clone(b.tables), func(t *table) bool { return !t.draft.Changed() })
}

// edit is what becomes of one table.
type change struct {
	table *table
	draft dnstable.Draft
}

// stage takes edits, and remembers their tables for undo. It reports whether anything
// changed.
func (b *book) stage(changes ...change) bool {
	var tables []*table
	for _, c := range changes {
		if sameRows(c.table.draft.Rows(), c.draft.Rows()) {
			continue
		}
		if !slices.Contains(b.tables, c.table) {
			b.tables = append(b.tables, c.table)
		}
		c.table.draft = c.draft
		c.table.edits++
		tables = append(tables, c.table)
	}
	if len(tables) == 0 {
		return false
	}
	b.done, b.undone, b.resumed = append(b.done, tables), nil, ""
	return true
}

// undo takes the last edit back and says what it was, empty when there was none.
func (b *book) undo() string {
	return b.travel(&b.done, &b.undone, dnstable.Draft.CanUndo, dnstable.Draft.Undo)
}

// redo does the edit again that was taken back last.
func (b *book) redo() string {
	return b.travel(&b.undone, &b.done, dnstable.Draft.CanRedo, dnstable.Draft.Redo)
}

// canUndo says what undo would take back, empty for nothing.
func (b *book) canUndo() string { return possible(b.done, dnstable.Draft.CanUndo) }

// canRedo says what redo would do again, empty for nothing.
func (b *book) canRedo() string { return possible(b.undone, dnstable.Draft.CanRedo) }

func possible(list [][]*table, can func(dnstable.Draft) string) string {
	for _, tables := range slices.Backward(list) {
		for _, t := range tables {
			if what := can(t.draft); what != "" {
				return what
			}
		}
	}
	return ""
}

func (b *book) travel(from, to *[][]*table, can func(dnstable.Draft) string, move func(dnstable.Draft) dnstable.Draft) string {
	for len(*from) > 0 {
		n := len(*from)
		tables := (*from)[n-1]
		*from = (*from)[:n-1]
		what := ""
		for _, t := range tables {
			if w := can(t.draft); w != "" {
				t.draft, what = move(t.draft), w
				t.edits++
			}
		}
		// A table that was read anew since has forgotten its edits.
		if what != "" {
			*to = append(*to, tables)
			b.resumed = ""
			return what
		}
	}
	return ""
}

// sameRows reports whether an edit has left the rows as they were: a draft hands out the
// same list then.
func sameRows(a, b []dnstable.Row) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// offer stages the drafts from disk again, when the tables are there to put them on. It
// says what it did.
func (b *book) offer() {
	if len(b.drafts) == 0 || !b.read() {
		return
	}
	for _, d := range b.drafts {
		t := b.table(d.Target.Resolver)
		switch {
		case t == nil && !d.Target.Resolver.IsEmpty():
			// Its resolver was deleted since.
			t = stagedTable(b.network)
			t.target.ResolverName, t.gone = d.Target.ResolverName, true
			b.tables = append(b.tables, t)
		case t == nil:
			// One was staged; meanwhile the network may have got one.
			if len(b.tables) > 0 {
				t = b.tables[0]
				break
			}
			t = stagedTable(b.network)
			t.target.ResolverName = d.Target.ResolverName
			b.tables = append(b.tables, t)
		}
		changedSince := t.resume(d)
		b.done = append(b.done, []*table{t})
		b.resumed = resumedText(t, d, changedSince)
	}
	b.drafts = nil
}

func resumedText(t *table, d dnstable.Saved, meanwhile bool) string {
	text := phrase.Count(len(t.draft.Changes()), "change") + " from " + d.At.Format("2 Jan 15:04") + " staged again from the draft; u takes them back."
	switch {
	case t.gone:
		text += " The resolver was deleted since; applying makes it again."
	case meanwhile && !t.meanwhile:
		text += " The table has changed since, elsewhere."
	}
	return text
}
