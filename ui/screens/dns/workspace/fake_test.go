package workspace_test

import (
	"context"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/screens/dns/workspace"
)

// fake is a service that keeps what is asked of it.
type fake struct {
	workspace.Texts

	drafts     []dnstable.Saved // on disk
	saved      []dnstable.Saved
	dropped    []dnstable.Target
	saveErr    error
	orders     []dnstable.Order
	refusal    error
	unfinished []dnstable.Unfinished
	rechecked  []string
	points     []dnstable.RestorePoint
	pointErr   error
	cancels    int
}

func (f *fake) Apply(o dnstable.Order) error {
	f.orders = append(f.orders, o)
	return f.refusal
}

func (f *fake) Unfinished(context.Context) ([]dnstable.Unfinished, error) { return f.unfinished, nil }

func (f *fake) Recheck(u dnstable.Unfinished) error {
	f.rechecked = append(f.rechecked, u.ID)
	return nil
}

func (f *fake) Cancel() { f.cancels++ }

func (f *fake) Write(o dnstable.Order, _ model.PrivateDNS) model.Write {
	return model.Write{Method: "PATCH", Makes: o.Target.ResolverName.String()}
}

func (f *fake) SaveDraft(_ context.Context, d dnstable.Saved) error {
	if f.saveErr == nil {
		f.saved = append(f.saved, d)
	}
	return f.saveErr
}

func (f *fake) Draft(context.Context, safe.Text) ([]dnstable.Saved, []string, error) {
	return f.drafts, nil, nil
}

func (f *fake) DropDraft(_ context.Context, t dnstable.Target) error {
	f.dropped = append(f.dropped, t)
	return nil
}

func (f *fake) RestorePoints(ctx context.Context, _ safe.Text) ([]dnstable.RestorePoint, error) {
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return f.points, f.pointErr
}

// bench is a workspace with one network open.
type bench struct {
	t       *testing.T
	service *fake
	work    *workspace.Workspace
	at      time.Time // when snapshots were read
	toasts  []string
	changed int // how often pages were told that something was staged
}

func noon() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) }

// newBench opens a network whose table holds two domains.
func newBench(t *testing.T, edits ...func(*fake)) *bench {
	t.Helper()
	b := &bench{t: t, service: &fake{}, at: noon()}
	for _, e := range edits {
		e(b.service)
	}
	b.work = workspace.New(t.Context(), screen.Env{Now: noon}, b.service)
	b.read(1, "corp.example.org 10.1.0.4", "hr.example.org 10.1.0.5")
	b.work.Open(safe.New("net"))
	b.run(b.network().Keep())
	return b
}

// read hands over a snapshot in which the table holds these domains.
func (b *bench) read(version int, lines ...string) {
	b.snapshot(resolver("dns-1", version, lines...))
}

func (b *bench) snapshot(list ...model.PrivateDNS) {
	n := &model.NetworkStatus{}
	n.ID, n.Name, n.Provider = safe.New("net"), safe.New("eu-prod"), model.ProviderAzure
	n.PrivateDNSRead.At = b.at
	for _, d := range list {
		n.PrivateDNS = append(n.PrivateDNS, model.PrivateDNSStatus{PrivateDNS: d})
	}
	b.work.Receive(&model.Snapshot{Networks: []*model.NetworkStatus{n}})
}

func resolver(id string, version int, lines ...string) model.PrivateDNS {
	return model.PrivateDNS{
		ID: safe.New(id), Name: safe.New("eu-dns"), Kind: model.KindAzureResolver, State: model.PrivateDNSReady,
		EntityVersion: version, DNS: dnstable.ToMappings(rows(lines...)),
	}
}

// rows makes rows of "domain server server".
func rows(lines ...string) []dnstable.Row {
	var out []dnstable.Row
	for _, l := range lines {
		words := strings.Fields(l)
		r := dnstable.Row{Key: safe.New(words[0])}
		for _, w := range words[1:] {
			r.Servers = append(r.Servers, safe.New(w))
		}
		out = append(out, r)
	}
	return out
}

// run carries commands out, and hands what they bring to the workspace.
func (b *bench) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range msg {
			b.run(c)
		}
	case screen.Toast:
		b.toasts = append(b.toasts, msg.Text)
	case workspace.Changed:
		b.changed++
	default:
		b.tell(msg)
	}
}

// tell hands a message to the workspace.
func (b *bench) tell(msg tea.Msg) {
	cmd, _ := b.work.Update(msg)
	b.run(cmd)
}

func (b *bench) network() *workspace.Network { return b.work.Network(safe.New("net")) }

func (b *bench) table() *workspace.Table {
	b.t.Helper()
	list := b.network().Tables()
	if len(list) != 1 {
		b.t.Fatalf("there are %d tables", len(list))
	}
	return list[0]
}

// edit stages another server for the first domain.
func (b *bench) edit(server string) {
	t := b.table()
	first := t.Draft().Rows()[0]
	b.run(b.network().Stage(workspace.Change{Table: t, Draft: t.Draft().Set(first.ID, first.Key.String(), []string{server})}))
}

// holds fails unless the table with its edits is this.
func (b *bench) holds(lines ...string) {
	b.t.Helper()
	if got := b.table().Draft().Rows(); !dnstable.Same(got, rows(lines...)) {
		b.t.Errorf("the table holds %v, want %v", got, lines)
	}
}

// apply hands over how an order stands.
func (b *bench) apply(state dnstable.ApplyState, edits ...func(*dnstable.Apply)) {
	t := b.table()
	a := dnstable.Apply{Number: 1, Order: t.Order(), State: state, StartedAt: noon(), Resolver: t.Now()}
	for _, e := range edits {
		e(&a)
	}
	b.tell(screen.Applied{Apply: a})
}

func change(t *workspace.Table, d dnstable.Draft) workspace.Change {
	return workspace.Change{Table: t, Draft: d}
}
