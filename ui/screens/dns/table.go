package dns

import (
	"slices"

	"peerdeck/model"
	dnstable "peerdeck/model/dns/table"
	"peerdeck/model/safe"
)

// table is the map of one resolver with the edits that are staged on it.
type table struct {
	key     string // tells it apart from the others of the network
	target  dnstable.Target
	now     model.PrivateDNS // as it was read last; without an id for one that is not made yet
	version int              // entity_version of the draft's base
	draft   dnstable.Draft

	// theirs is what is there now, when that is something else than the base of staged
	// edits: somebody else has changed it, and a person must look.
	theirs    []dnstable.Row
	meanwhile bool
	typed     bool // a row of it is being typed
	named     bool // a person has named the resolver that is to be made
	gone      bool // the resolver was deleted while edits were staged

	without []string // members that Konnect refuses to take back: applying leaves them out

	edits   uint64 // counts the edits, for what is kept on disk
	saved   uint64 // of the edits that are on disk
	saving  bool
	keptAs  dnstable.Target // of the draft on disk; empty: there is none
	failure *model.Failure

	findings findings
}

func newTable(network *model.NetworkStatus, d model.PrivateDNS) *table {
	t := &table{key: d.ID.String(), target: dnstable.Target{Network: network.ID, NetworkName: network.Name, Resolver: d.ID, ResolverName: d.Name}}
	t.reload(d)
	return t
}

// stagedTable is the table of a resolver that is not there: it is made when it is applied.
func stagedTable(network *model.NetworkStatus) *table {
	name := network.Name.Or("network").String() + "-dns"
	return &table{
		key: "new", draft: dnstable.NewDraft(nil),
		target: dnstable.Target{Network: network.ID, NetworkName: network.Name, ResolverName: safe.New(name)},
	}
}

// name is the table as people call it.
func (t *table) name() string { return t.target.ResolverName.Or("(no name)").String() }

// isNew reports whether the resolver is still to be made.
func (t *table) isNew() bool { return t.target.Resolver.IsEmpty() }

// reload begins anew with a table as it was read; nothing is staged.
func (t *table) reload(d model.PrivateDNS) {
	if t.keptAs != (dnstable.Target{}) {
		t.edits++ // the draft on disk is of no use any more
	}
	t.now, t.version, t.without = d, d.EntityVersion, nil
	t.target.Resolver, t.target.ResolverName = d.ID, d.Name
	t.draft, t.theirs, t.meanwhile, t.gone = t.draft.Reload(dnstable.FromMappings(d.DNS)), nil, false, false
}

// take takes the resolver as it was read again. Edits that are staged stay, and nothing
// on the screen moves, nor while a row is typed: what others have done is merged when a
// person asks for it.
func (t *table) take(d model.PrivateDNS, sent []dnstable.Row) {
	if d.EntityVersion < t.version {
		return // read before what is known already
	}
	rows := dnstable.FromMappings(d.DNS)
	t.now, t.target.ResolverName = d, d.Name
	switch {
	case dnstable.Same(t.draft.Base(), rows):
		t.version, t.theirs, t.meanwhile = d.EntityVersion, nil, false
	case (!t.draft.Changed() && !t.typed) || dnstable.Same(t.draft.Rows(), rows):
		t.reload(d)
	case sent != nil && dnstable.Same(sent, rows):
		t.rebase(rows, d.EntityVersion, t.draft.Rows()) // it is what was applied; the edits go on
	default:
		t.theirs, t.meanwhile = rows, true
	}
}

// rebase puts rows on a table that was read again.
func (t *table) rebase(base []dnstable.Row, version int, rows []dnstable.Row) {
	t.draft = t.draft.Rebase(base, rows)
	t.version, t.theirs, t.meanwhile = version, nil, false
	t.edits++
}

// lost keeps the edits of a resolver that is not there any more: applying makes it again.
func (t *table) lost() {
	t.draft = t.draft.Reload(nil).Replace("the resolver was deleted", t.draft.Rows())
	t.target.Resolver, t.now, t.version = safe.Text{}, model.PrivateDNS{}, 0
	t.theirs, t.meanwhile, t.gone = nil, false, true
	t.edits++
}

// resume puts a draft from disk onto the table as it is now. It reports whether others
// have changed the table since.
func (t *table) resume(d dnstable.Saved) (meanwhile bool) {
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

// unnumbered returns rows without ids, as they are before they stand in a draft.
func unnumbered(rows []dnstable.Row) []dnstable.Row {
	out := slices.Clone(rows)
	for i := range out {
		out[i].ID = 0
	}
	return out
}

// order is what would be written.
func (t *table) order() dnstable.Order {
	return dnstable.Order{Target: t.target, Base: t.draft.Base(), Rows: t.draft.Rows(), Without: t.without}
}
