package workspace

import (
	"slices"
	"strconv"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Table is the map of one resolver with the edits that are staged on it.
type Table struct {
	network *Network
	key     string // tells it apart from the others of the network
	target  dnstable.Target
	now     model.PrivateDNS // as it was read last; without an id for one that is not made yet
	version int              // entity_version of the draft's base
	draft   dnstable.Draft

	// theirs is what is there now, when that is something else than the base of staged
	// edits: somebody else has changed it, and a person must look.
	theirs    []dnstable.Row
	meanwhile bool
	// refused is when an order has seen what is there now, and the version it saw.
	refused        time.Time
	refusedVersion int

	typed bool // a row of it is being typed
	named bool // a person has named the resolver that is to be made
	gone  bool // the resolver was deleted while edits were staged

	without []string // members that Konnect refuses to take back: applying leaves them out

	progress *dnstable.Progress // of the order that was given last
	refusal  *model.Failure     // why the last order was not begun; nil: it was

	edits   uint64 // counts the edits, for what is kept on disk
	saved   uint64 // of the edits that are on disk
	saving  bool
	keptAs  dnstable.Target // of the draft on disk; empty: there is none
	failure *model.Failure

	findings Findings
	counted  counted
}

func newTable(n *Network, d model.PrivateDNS) *Table {
	t := &Table{network: n, key: d.ID.String(), target: dnstable.Target{Network: n.status.ID, NetworkName: n.status.Name, Resolver: d.ID, ResolverName: d.Name}}
	t.reload(d)
	return t
}

// NewTable returns the table of a resolver that is not there: it is made when it is
// applied. It is no table of the network before something is staged on it.
func (n *Network) NewTable() *Table {
	name := n.status.Name.Or("network").String() + "-dns"
	return &Table{
		network: n, key: "new", draft: dnstable.NewDraft(nil),
		target: dnstable.Target{Network: n.status.ID, NetworkName: n.status.Name, ResolverName: safe.New(name)},
	}
}

// Network is whose table it is.
func (t *Table) Network() *Network { return t.network }

// Target names the table for a service.
func (t *Table) Target() dnstable.Target { return t.target }

// Name is the table as people call it.
func (t *Table) Name() string { return t.target.ResolverName.Or("(no name)").String() }

// Draft is the table with the edits that are staged.
func (t *Table) Draft() dnstable.Draft { return t.draft }

// Now is the resolver as it was read last, empty for one that is not made yet.
func (t *Table) Now() model.PrivateDNS { return t.now }

// Changed reports whether edits are staged that come to anything.
func (t *Table) Changed() bool { return t.changes() > 0 }

// counted is how many domains a draft changes: asked for each frame, it is counted once for
// each edit.
type counted struct {
	base, rows []dnstable.Row
	changes    int
}

// changes counts the domains that applying would change.
func (t *Table) changes() int {
	if c := &t.counted; !dnstable.One(c.base, t.draft.Base()) || !dnstable.One(c.rows, t.draft.Rows()) {
		*c = counted{t.draft.Base(), t.draft.Rows(), len(t.draft.Changes())}
	}
	return t.counted.changes
}

// Meanwhile reports whether somebody else has changed the table since these edits began.
func (t *Table) Meanwhile() bool { return t.meanwhile }

// Unsaved is why the draft could not be kept, nil when it was.
func (t *Table) Unsaved() *model.Failure { return t.failure }

// IsNew reports whether the resolver is still to be made.
func (t *Table) IsNew() bool { return t.target.Resolver.IsEmpty() }

// Named reports whether a person has named the resolver that is to be made.
func (t *Table) Named() bool { return t.named }

// SetName names the resolver that is to be made.
func (t *Table) SetName(name safe.Text) tea.Cmd {
	t.target.ResolverName, t.named = name, true
	t.edits++
	return t.network.workspace.save()
}

// SetTyped says whether a row of the table is being typed: it stays meanwhile.
func (t *Table) SetTyped(typed bool) { t.typed = typed }

// RowID tells a row apart from those of all tables of the network.
func (t *Table) RowID(id dnstable.RowID) safe.Text {
	return safe.New(t.key + "/" + strconv.FormatUint(uint64(id), 10))
}

// Finding is what peerdeck thinks of the resolver itself, as the snapshot has it; empty
// for one that does not exist yet.
func (t *Table) Finding() finding.Finding {
	for _, d := range t.network.status.PrivateDNS {
		if d.ID == t.target.Resolver {
			return d.Finding
		}
	}
	return finding.Finding{}
}

// Closed says why the table cannot be edited now, empty when it can.
func (t *Table) Closed() string {
	switch t.now.State {
	case model.PrivateDNSReady, model.PrivateDNSError, "":
		return ""
	case model.PrivateDNSCreated, model.PrivateDNSInitializing, model.PrivateDNSPendingAssociation, model.PrivateDNSTerminating, model.PrivateDNSTerminated:
		return t.Name() + " is " + string(t.now.State) + "; edits open when it is ready"
	default:
		return t.Name() + " is " + string(t.now.State) + ", a state that peerdeck does not know; edits open when it is ready"
	}
}

// Shut says why nothing of the table can be applied, empty when it can.
func (t *Table) Shut() string {
	if why := t.network.Shut(); why != "" {
		return why
	}
	return t.Closed()
}

// Order is what would be written.
func (t *Table) Order() dnstable.Order {
	return dnstable.Order{Target: t.target, Base: t.draft.Base(), Rows: t.draft.Rows(), Without: t.without}
}

// reload begins anew with a table as it was read; nothing is staged.
func (t *Table) reload(d model.PrivateDNS) {
	if t.keptAs != (dnstable.Target{}) {
		t.edits++ // the draft on disk is of no use any more
	}
	t.now, t.version, t.without = d, d.EntityVersion, nil
	t.target.Resolver, t.target.ResolverName = d.ID, d.Name
	t.draft, t.theirs, t.meanwhile, t.gone = t.draft.Reload(dnstable.FromMappings(d.DNS)), nil, false, false
}

// read reads the resolver again. Edits that are staged stay, and nothing on the screen
// moves, nor while a row is typed: what others have done is merged when a person asks for
// it.
func (t *Table) read(d model.PrivateDNS, at time.Time) {
	if d.EntityVersion < t.version || t.isOlder(d, at) {
		return // read before what is known already
	}
	rows := dnstable.FromMappings(d.DNS)
	sent := t.sentRows()
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

// isOlder reports whether a resolver was read before an order was refused because of
// what is there now. Konnect does not count every change, so the time counts too.
func (t *Table) isOlder(d model.PrivateDNS, at time.Time) bool {
	if t.refused.IsZero() || d.EntityVersion > t.refusedVersion {
		return false
	}
	return d.EntityVersion < t.refusedVersion || !at.After(t.refused)
}

// sentRows are the rows that are being written to the table, nil when none are.
func (t *Table) sentRows() []dnstable.Row {
	a := t.network.workspace.writing
	if a == nil || a.Order.Target.Network != t.target.Network || !a.Sent {
		return nil
	}
	if r := a.Order.Target.Resolver; !r.IsEmpty() && r != t.target.Resolver {
		return nil
	}
	return a.Order.Rows
}

// rebase puts rows on a table that was read again.
func (t *Table) rebase(base []dnstable.Row, version int, rows []dnstable.Row) {
	t.draft = t.draft.Rebase(base, rows)
	t.version, t.theirs, t.meanwhile = version, nil, false
	t.edits++
}

// lose keeps the edits of a resolver that is not there any more: applying makes it again.
func (t *Table) lose() {
	t.draft = t.draft.Reload(nil).Replace("the resolver was deleted", t.draft.Rows())
	t.target.Resolver, t.now, t.version = safe.Text{}, model.PrivateDNS{}, 0
	t.theirs, t.meanwhile, t.gone = nil, false, true
	t.edits++
}

// Tidy reads the table anew where others have changed it and nothing is left to merge.
func (t *Table) Tidy() {
	if t.meanwhile && !t.typed && !t.draft.Changed() {
		t.reload(t.now)
	}
}

// unnumbered returns rows without ids, as they are before they stand in a draft.
func unnumbered(rows []dnstable.Row) []dnstable.Row {
	out := slices.Clone(rows)
	for i := range out {
		out[i].ID = 0
	}
	return out
}
