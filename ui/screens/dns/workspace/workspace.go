package workspace

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

// Workspace is what is known of the mapping tables of all networks that were looked at,
// and what is staged on them. It is the one owner of that: pages show it, and ask it for
// every change. It is not safe for use by several goroutines; the frame has one.
type Workspace struct {
	ctx        context.Context //nolint:containedctx // of what is asked of the service
	env        screen.Env
	service    Service
	snapshot   *model.Snapshot
	networks   map[safe.Text]*Network
	writing    *dnstable.Apply       // the write in hand, or the last one
	written    *Table                // what it writes; nil: no table that is known
	given      *Table                // the table of the order that was given last
	unfinished []dnstable.Unfinished // the orders of earlier sessions that are still to be looked at
}

// New returns a workspace without a network. Its context ends what it asks of the
// service.
func New(ctx context.Context, env screen.Env, service Service) *Workspace {
	return &Workspace{ctx: ctx, env: env, service: service, snapshot: &model.Snapshot{}, networks: map[safe.Text]*Network{}}
}

// Changed tells every screen that edits were staged from a page.
type Changed struct{}

// Receive reads a snapshot. Staged edits stay as they are. It reports the networks that
// were read again.
func (w *Workspace) Receive(snapshot *model.Snapshot) []*Network {
	w.snapshot = snapshot
	for _, n := range w.networks {
		n.missing = w.Status(n.status.ID) == nil
	}
	var read []*Network
	for _, status := range snapshot.Networks {
		if n := w.networks[status.ID]; n != nil && n.status != status {
			n.read(status)
			n.resume()
			read = append(read, n)
		}
	}
	return read
}

// Open returns the network of an id, whose tables are known from now on; nil when the
// last snapshot has none of it and it was not opened before.
func (w *Workspace) Open(id safe.Text) *Network {
	if n := w.networks[id]; n != nil {
		return n
	}
	status := w.Status(id)
	if status == nil {
		return nil
	}
	n := &Network{workspace: w}
	n.read(status)
	w.networks[id] = n
	return n
}

// Network returns a network that was opened, nil for another one.
func (w *Workspace) Network(id safe.Text) *Network { return w.networks[id] }

// Status is a network as the last snapshot has it, nil when it has none.
func (w *Workspace) Status(id safe.Text) *model.NetworkStatus {
	for _, n := range w.snapshot.Networks {
		if n.ID == id {
			return n
		}
	}
	return nil
}

// Writing reports whether a table of a network is being written.
func (w *Workspace) Writing(network safe.Text) bool {
	return w.writing != nil && !w.writing.State.Over() && w.writing.Order.Target.Network == network
}

// Written is the table of a network that is being written, nil for none.
func (w *Workspace) Written(network safe.Text) *Table {
	if w.Writing(network) {
		return w.written
	}
	return nil
}

// Texts reads and writes tables in the formats of files.
func (w *Workspace) Texts() Texts { return w.service }

// Update handles what the services say, in the one place for it. It reports whether
// something has changed that is shown.
func (w *Workspace) Update(msg tea.Msg) (cmd tea.Cmd, changed bool) {
	switch msg := msg.(type) {
	case screen.Applied:
		return w.applied(msg.Apply), true
	case screen.Traced:
		return nil, w.traced(msg.Trace)
	case draftsRead:
		return w.draftsRead(msg), true
	case draftSaved:
		return w.draftSaved(msg), true
	case unfinishedRead:
		return w.unfinishedRead(msg), false
	case refused:
		msg.table.refusal, msg.table.progress = &msg.failure, nil
		return nil, true
	case Changed:
		return nil, true
	default:
		return nil, false
	}
}

// Leaving says what would be left when the program ends, a sentence each.
func (w *Workspace) Leaving() []string {
	var out []string
	if a := w.writing; a != nil && !a.State.Over() {
		out = append(out, "The mappings of "+a.Order.Target.NetworkName.String()+" are being written; a request that has left is waited for.")
	}
	for _, status := range w.snapshot.Networks {
		n := w.networks[status.ID]
		if n == nil || len(n.Changed()) == 0 {
			continue
		}
		count := n.Changes()
		text := "The mapping table of " + status.Name.Or("(no name)").String() + " has " + phrase.Count(count, "change") + " that " + phrase.Either(count, "is", "are") + " not applied; " + phrase.Either(count, "it ", "they ")
		if len(n.unsaved()) > 0 {
			text += "could not be kept as a draft and would be lost."
		} else {
			text += phrase.Either(count, "is", "are") + " kept as a draft and offered again."
		}
		out = append(out, text)
	}
	return out
}

// failed shows what went wrong with something that was asked for.
func failed(err error) tea.Cmd {
	f, _ := model.AsFailure(err)
	return screen.Say(screen.Toast{Text: f.Error() + ". " + f.Cure, Trouble: true})
}
