package workspace

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

// refused tells that an order was not begun at all, such as while another one is carried
// out.
type refused struct {
	table   *Table
	failure model.Failure
}

// Apply gives an order. How it is carried out comes as the table's progress.
func (t *Table) Apply(o dnstable.Order) tea.Cmd {
	t.progress, t.refusal = &dnstable.Progress{}, nil
	t.network.workspace.given = t
	service := t.network.workspace.service
	return func() tea.Msg {
		if err := service.Apply(o); err != nil {
			f, _ := model.AsFailure(err)
			return refused{t, f}
		}
		return nil
	}
}

// Cancel ends the order in hand, as long as nothing was sent.
func (t *Table) Cancel() tea.Cmd {
	service := t.network.workspace.service
	return func() tea.Msg {
		service.Cancel()
		return nil
	}
}

// Progress is how the order that was given last is carried out, nil for none.
func (t *Table) Progress() *dnstable.Progress { return t.progress }

// Refusal is why the last order was not begun, nil when it was.
func (t *Table) Refusal() *model.Failure { return t.refusal }

// Omit leaves members out from now on that Konnect refuses to take back.
func (t *Table) Omit(names []string) { t.without = slices.Clone(names) }

// Request is what applying would send.
func (t *Table) Request() model.Write {
	return t.network.workspace.service.Write(t.Order(), t.now)
}

// applied follows how the writing of a table goes.
func (w *Workspace) applied(a dnstable.Apply) tea.Cmd {
	next := tea.Cmd(nil)
	if a.State.Over() {
		next = w.followUp()
	}
	if w.writing == nil || w.writing.Number != a.Number || w.written == nil {
		w.written = w.tableOf(a)
	}
	w.writing = &a
	t := w.written
	if t == nil {
		return next
	}
	t.follow(a)
	switch {
	case a.State == dnstable.ApplyDone:
		t.written(a)
	case a.State == dnstable.ApplyMeanwhile && t.draft.Changed():
		t.changedByOthers(a)
	}
	return tea.Batch(w.save(), next)
}

// tableOf finds the table that an order is about. One that makes its resolver keeps its
// table, when a snapshot shows that resolver before the order is done.
func (w *Workspace) tableOf(a dnstable.Apply) *Table {
	target := a.Order.Target
	n := w.networks[target.Network]
	if n == nil {
		return nil
	}
	t := n.Table(target.Resolver)
	switch {
	case t != nil || !target.Resolver.IsEmpty():
		return t
	case w.given != nil && w.given.network == n:
		return w.given
	default:
		return n.Table(a.Resolver.ID) // of an earlier session
	}
}

// follow keeps how an order goes. What is told late of the one before does not count.
func (t *Table) follow(a dnstable.Apply) {
	p := t.progress
	if p == nil {
		p = &dnstable.Progress{}
	}
	if p.Apply != nil && a.Number < p.Apply.Number {
		return
	}
	next := p.Follow(a, t.network.workspace.env.Now())
	t.progress = &next
}

// changedByOthers keeps what an order has met, so that it can be merged at once.
func (t *Table) changedByOthers(a dnstable.Apply) {
	if t.IsNew() && !a.Resolver.ID.IsEmpty() {
		t.adopt(a.Resolver)
	}
	if a.Resolver.ID == t.target.Resolver {
		t.now = a.Resolver
	}
	t.theirs, t.meanwhile = a.Theirs, true
	t.refused, t.refusedVersion = a.EndedAt, a.Resolver.EntityVersion
}

// adopt makes the table, which was to be made, that of a resolver that is there now.
func (t *Table) adopt(d model.PrivateDNS) {
	t.key, t.target.Resolver, t.target.ResolverName, t.gone = d.ID.String(), d.ID, d.Name, false
}

// written makes what was written and read back the base of the table. Edits that were
// made meanwhile stay staged.
func (t *Table) written(a dnstable.Apply) {
	read := dnstable.FromMappings(a.Resolver.DNS)
	t.without = nil
	if t.IsNew() {
		t.key = a.Resolver.ID.String()
	}
	if dnstable.Same(t.draft.Rows(), a.Order.Rows) || dnstable.Same(t.draft.Rows(), read) {
		t.reload(a.Resolver)
		return
	}
	t.now, t.target.Resolver, t.target.ResolverName = a.Resolver, a.Resolver.ID, a.Resolver.Name
	t.rebase(read, a.Resolver.EntityVersion, t.draft.Rows())
}

// unfinishedRead brings the orders of earlier sessions of which nobody knows the end.
type unfinishedRead struct {
	list []dnstable.Unfinished
	err  error
}

// Start looks for orders of which an earlier session has not seen the end.
func (w *Workspace) Start() tea.Cmd {
	return func() tea.Msg {
		list, err := w.service.Unfinished(w.ctx)
		return unfinishedRead{list, err}
	}
}

func (w *Workspace) unfinishedRead(msg unfinishedRead) tea.Cmd {
	if msg.err != nil {
		return failed(msg.err)
	}
	w.unfinished = msg.list
	return w.followUp()
}

// followUp looks what became of the next order of an earlier session: one after the
// other, and what is found comes as that of any other order.
func (w *Workspace) followUp() tea.Cmd {
	if len(w.unfinished) == 0 {
		return nil
	}
	u := w.unfinished[0]
	w.unfinished = w.unfinished[1:]
	return func() tea.Msg {
		if err := w.service.Recheck(u); err != nil {
			f, _ := model.AsFailure(err)
			return screen.Toast{Text: f.Error() + ". " + f.Cure, Trouble: true}
		}
		return nil
	}
}
