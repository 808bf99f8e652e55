package workspace

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Network is what is known and what is staged of the mappings of one network.
type Network struct {
	workspace *Workspace
	status    *model.NetworkStatus // as it was read last
	missing   bool                 // the last snapshot has none of it
	tables    []*Table             // those that can be edited, in Konnect's order
	done      [][]*Table           // the tables of each edit, the newest last
	undone    [][]*Table

	near     *nearby                                    // what the last trace read of Azure; nil for nothing
	probes   map[dnstable.ProbeKey]dnstable.ProbeResult // of the last probe that has ended
	probedAt time.Time                                  // when it began

	asked   bool             // the drafts on disk were asked for
	ready   bool             // and the answer is here: nothing is staged before
	drafts  []dnstable.Saved // that wait until the tables are read
	resumed string           // what was staged again from a draft; until the next edit
}

// Status is the network as it was read last.
func (n *Network) Status() *model.NetworkStatus { return n.status }

// Name is what people call the network.
func (n *Network) Name() string { return n.status.Name.Or("(no name)").String() }

// Tables are those that can be edited, in Konnect's order.
func (n *Network) Tables() []*Table { return n.tables }

// Read reports whether the resolvers of the network are known.
func (n *Network) Read() bool { return n.status.PrivateDNSRead.Read() }

// Ready reports whether the drafts on disk were read: nothing is staged before.
func (n *Network) Ready() bool { return n.ready }

// Resumed says what was staged again from a draft, until the next edit.
func (n *Network) Resumed() string { return n.resumed }

// read reads the network again.
func (n *Network) read(status *model.NetworkStatus) {
	n.status = status
	for i := range status.PrivateDNS {
		if d := &status.PrivateDNS[i].PrivateDNS; d.Kind == model.KindAzureResolver {
			n.readTable(*d, status.PrivateDNSRead.At)
		}
	}
	if !n.Read() || status.PrivateDNSRead.Failure != nil {
		return // what is not listed may still be there
	}
	n.tables = slices.DeleteFunc(n.tables, func(t *Table) bool {
		if t.IsNew() || slices.ContainsFunc(status.PrivateDNS, func(d model.PrivateDNSStatus) bool { return d.ID == t.target.Resolver }) {
			return false
		}
		if !t.Changed() && !t.typed {
			return true
		}
		t.lose()
		return false
	})
}

func (n *Network) readTable(d model.PrivateDNS, at time.Time) {
	if t := n.Table(d.ID); t != nil {
		t.read(d, at)
		return
	}
	// A resolver was made while one was staged here: there is one map now.
	if t := n.Table(safe.Text{}); t != nil {
		t.adopt(d)
		t.read(d, at)
		return
	}
	n.tables = append(n.tables, newTable(n, d))
}

// Table finds the table of a resolver; an empty id is the one that is still to be made.
func (n *Network) Table(resolver safe.Text) *Table {
	for _, t := range n.tables {
		if t.target.Resolver == resolver {
			return t
		}
	}
	return nil
}

// Changes counts the domains that applying would change.
func (n *Network) Changes() int {
	sum := 0
	for _, t := range n.tables {
		sum += t.changes()
	}
	return sum
}

// Changed lists the tables on which edits are staged.
func (n *Network) Changed() []*Table {
	return slices.DeleteFunc(slices.Clone(n.tables), func(t *Table) bool { return !t.Changed() })
}

// OpenTables are those that can be edited now.
func (n *Network) OpenTables() []*Table {
	return slices.DeleteFunc(slices.Clone(n.tables), func(t *Table) bool { return t.Closed() != "" })
}

// Counts adds up the errors and warnings of all tables.
func (n *Network) Counts() (errors, warnings int) {
	for _, t := range n.tables {
		f := t.Findings()
		errors += f.errors
		warnings += f.warnings
	}
	return errors, warnings
}

// Shut says why nothing of the network can be edited, empty when it can.
func (n *Network) Shut() string {
	switch {
	case n.workspace.env.ReadOnly:
		return "peerdeck runs read-only (--read-only)"
	case n.missing:
		return "the network is not there any more; the edits are kept"
	case n.status.Provider != model.ProviderAzure:
		return "the network is on " + n.status.Provider.Label() + "; peerdeck edits the maps of Azure outbound resolvers"
	case n.forbidden() != "":
		return n.forbidden()
	case !n.Read():
		return "its private DNS is not read yet"
	case !n.ready:
		return "the drafts of this machine are being read"
	default:
		return ""
	}
}

// Coming reports whether it cannot be edited only because it is still being read.
func (n *Network) Coming() bool {
	return !n.workspace.env.ReadOnly && !n.missing && n.status.Provider == model.ProviderAzure && n.forbidden() == "" && (!n.Read() || !n.ready)
}

// forbidden says that the token may not see private DNS, empty when it may.
func (n *Network) forbidden() string {
	f := n.status.PrivateDNSRead.Failure
	if f == nil || f.Kind != model.FailurePermission {
		return ""
	}
	return "private DNS cannot be read, " + f.Cause.String() + ". " + f.Cure
}

// tableOf is the table that rows of a resolver go into, also where that resolver is not
// there any more: then the first one, or one that is still to be made.
func (n *Network) tableOf(resolver safe.Text) *Table {
	t := n.Table(resolver)
	if t == nil && len(n.tables) > 0 {
		t = n.tables[0]
	}
	if t == nil {
		t = n.NewTable()
	}
	return t
}

// Keep asks for the drafts of a network that is looked at for the first time, and else
// keeps what was staged.
func (n *Network) Keep() tea.Cmd {
	if n.asked {
		return n.workspace.save()
	}
	n.asked = true
	w, network := n.workspace, n.status.ID
	return func() tea.Msg {
		list, notes, err := w.service.Draft(w.ctx, network)
		return draftsRead{network, list, notes, err}
	}
}
