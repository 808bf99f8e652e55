package mappings

import (
	"context"
	"errors"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
)

// full is a disk on which there is room for some files only.
type full struct {
	disk
	room int
}

func (f *full) Put(name string, data []byte) error {
	if f.room--; f.room < 0 {
		return syscall.ENOSPC
	}
	return f.disk.Put(name, data)
}

// oneResolver is a Konnect of one resolver that takes every table at once.
type oneResolver struct {
	Konnect // what is not asked of it here

	now    model.PrivateDNS
	writes int
	during func(ctx context.Context) // the write
}

func (k *oneResolver) PrivateDNS(context.Context, safe.Text) (konnect.List[model.PrivateDNS], error) {
	return konnect.List[model.PrivateDNS]{Items: []model.PrivateDNS{k.now}, Total: 1, Complete: true}, nil
}

func (k *oneResolver) PrivateDNSByID(ctx context.Context, _, _ safe.Text) (model.PrivateDNS, error) {
	return k.now, ctx.Err()
}

func (k *oneResolver) CreateResolverWrite(_, _ safe.Text, m []model.DNSMapping) model.Write {
	return k.PatchResolverWrite(safe.Text{}, safe.Text{}, m, nil)
}

func (k *oneResolver) CreateResolver(context.Context, safe.Text, model.Write) (model.PrivateDNS, error) {
	return model.PrivateDNS{}, errors.New("there is one")
}

func (k *oneResolver) PatchResolverWrite(_, _ safe.Text, m []model.DNSMapping, _ []model.Member) model.Write {
	return model.Write{Method: "PATCH", Body: safe.New(dnstable.FormatMappings(m))}
}

func (k *oneResolver) PatchResolver(ctx context.Context, _ safe.Text, w model.Write) (model.PrivateDNS, error) {
	k.writes++
	if k.during != nil {
		k.during(ctx)
	}
	k.now.DNS, _ = dnstable.ParseMappings(w.Body.Raw())
	k.now.EntityVersion++
	return k.now, nil
}

func newKonnect() *oneResolver {
	m, _ := dnstable.ParseMappings("a.example.org -> 10.0.0.4, 10.0.0.5\nb.example.org -> 10.0.0.4, 10.0.0.5")
	return &oneResolver{now: model.PrivateDNS{
		ID: safe.New("res-1"), Name: safe.New("dns"), Kind: model.KindAzureResolver, State: model.PrivateDNSReady, EntityVersion: 1, DNS: m,
	}}
}

func (k *oneResolver) order() dnstable.Order {
	base := dnstable.FromMappings(k.now.DNS)
	d, _ := dnstable.NewDraft(base).Add(0, "c.corp.internal", []string{"10.0.0.4", "10.0.0.5"})
	return dnstable.Order{
		Target: dnstable.Target{Network: safe.New("net-1"), Resolver: k.now.ID}, Base: d.Base(), Rows: d.Rows(), Version: k.now.EntityVersion,
		Accepted: []string{"D20", "D21"},
	}
}

// instant is a clock that does not wait.
type instant struct{}

func (instant) Now() time.Time { return time.Unix(1e9, 0) }
func (instant) After(time.Duration) <-chan time.Time {
	c := make(chan time.Time, 1)
	c <- time.Unix(1e9, 0)
	return c
}

func end(t *testing.T, d *Writer) dnstable.Apply {
	t.Helper()
	for a := range d.Applies() {
		if a.State.Over() {
			return a
		}
	}
	t.Fatal("no end")
	return dnstable.Apply{}
}

// The disk is full at each of its writes: without a restore point and a journal nothing
// is sent; what was sent is brought to its end and says what could not be kept.
func TestFault58TheDiskIsFull(t *testing.T) {
	t.Parallel()
	const kept = 4 // restore point, intent, answer, end
	for room := range kept + 1 {
		k := newKonnect()
		s := NewStore(t.TempDir())
		s.disk = &full{s.disk, room}
		d := NewWriter(t.Context(), Options{Konnect: k, Store: s, Clock: instant{}})
		t.Cleanup(d.Close)
		if err := d.Apply(k.order()); err != nil {
			t.Fatal(err)
		}
		a := end(t, d)
		switch {
		case room < 2:
			if a.State != dnstable.ApplyFailed || k.writes != 0 || a.Sent || !strings.Contains(a.Failure.Cause.Raw(), "no space left") || a.Failure.Cure == "" {
				t.Errorf("room for %d: %+v after %d writes", room, a, k.writes)
			}
		case a.State != dnstable.ApplyDone || k.writes != 1 || strings.Count(a.Note, "journal cannot be written") != min(1, kept-room):
			t.Errorf("room for %d: %s, %q", room, a.State, a.Note)
		}
		list, err := s.Unfinished(t.Context())
		if wants := room == 2 || room == 3; err != nil || (len(list) == 1) != wants {
			t.Errorf("room for %d: unfinished %+v, %v", room, list, err)
		}
		s.disk.(*full).room = 0
		f, failed := model.AsFailure(s.SaveDraft(t.Context(), dnstable.Saved{}))
		if !failed || f.Cure == "" || f.Kind == model.FailureBug {
			t.Errorf("%+v", f)
		}
	}
}

// A full disk leaves the old draft as it was.
func TestFault58AFullDiskKeepsTheOldDraft(t *testing.T) {
	t.Parallel()
	s := NewStore(t.TempDir())
	k := newKonnect()
	o := k.order()
	if err := s.SaveDraft(t.Context(), dnstable.Saved{Target: o.Target, Rows: o.Base}); err != nil {
		t.Fatal(err)
	}
	s.disk = &full{s.disk, 0}
	if err := s.SaveDraft(t.Context(), dnstable.Saved{Target: o.Target, Rows: o.Rows}); err == nil {
		t.Fatal("it was saved")
	}
	got, notes, err := s.Draft(t.Context(), o.Target.Network)
	if len(got) != 1 || !dnstable.Same(got[0].Rows, o.Base) || len(notes) > 0 || err != nil {
		t.Errorf("%v, %v, %v", got, notes, err)
	}
}

// Who cancels, or quits, while the request is on its way does not end it: its answer is
// waited for and kept.
func TestCancelAndClose(t *testing.T) {
	t.Parallel()
	k := newKonnect()
	d := NewWriter(t.Context(), Options{Konnect: k, Clock: instant{}})
	k.during = func(ctx context.Context) {
		d.Cancel()
		if ctx.Err() != nil {
			t.Error("the request was cut short")
		}
	}
	if err := d.Apply(k.order()); err != nil {
		t.Fatal(err)
	}
	if a := end(t, d); a.State != dnstable.ApplyDone || len(a.Log) < 2 || !strings.Contains(a.Log[1].Text.Raw(), "cannot be called back") {
		t.Errorf("%+v", a)
	}
	d.Cancel() // nothing is in hand

	// Before the request has left.
	k.now.State = model.PrivateDNSInitializing
	slow := NewWriter(t.Context(), Options{Konnect: k})
	t.Cleanup(slow.Close)
	if err := slow.Apply(k.order()); err != nil {
		t.Fatal(err)
	}
	if f, refused := model.AsFailure(slow.Apply(k.order())); !refused || f.Kind != model.FailureConflict {
		t.Errorf("two at once: %+v", f)
	}
	slow.Cancel()
	if a := end(t, slow); a.State != dnstable.ApplyCancelled || a.Sent || k.writes != 1 {
		t.Errorf("%+v", a)
	}

	// In the middle of a request, and then the program ends.
	k.now.State = model.PrivateDNSReady
	arrived, open := make(chan struct{}), make(chan struct{})
	k.during = func(context.Context) { close(arrived); <-open }
	store := NewStore("")
	last := NewWriter(t.Context(), Options{Konnect: k, Store: store, Clock: instant{}})
	o := k.order()
	o.Base = dnstable.FromMappings(k.now.DNS)
	o.Rows = o.Base[:len(o.Base)-1]
	o.Confirmed = o.Guard().Number()
	if err := last.Apply(o); err != nil {
		t.Fatal(err)
	}
	<-arrived
	closed := make(chan struct{})
	go func() { last.Close(); close(closed) }()
	<-last.group.Context().Done()
	close(open)
	<-closed
	a := end(t, last)
	list, err := store.Unfinished(t.Context())
	if a.State != dnstable.ApplyFailed || !a.Sent || err != nil || len(list) != 1 || !dnstable.Same(list[0].Order.Rows, o.Rows) {
		t.Errorf("%+v, %+v, %v", a, list, err)
	}
	if f, refused := model.AsFailure(last.Apply(o)); !refused {
		t.Errorf("%+v", f)
	}
	d.Close()
	d.Close()
}

// Two programs do not write a table of one network at once; another network is free.
func TestOneAtATime(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	k := newKonnect()
	release, err := NewStore(dir).Lock(t.Context(), safe.New("net-1"))
	if err != nil {
		t.Fatal(err)
	}
	d := NewWriter(t.Context(), Options{Konnect: k, Store: NewStore(dir), Clock: instant{}})
	t.Cleanup(d.Close)
	o := k.order()
	if err := d.Apply(o); err != nil {
		t.Fatal(err)
	}
	if a := end(t, d); a.State != dnstable.ApplyFailed || !strings.Contains(a.Failure.Cause.Raw(), "(process "+strconv.Itoa(os.Getpid())+" on ") || !a.Failure.Retryable || k.writes != 0 {
		t.Errorf("%+v", a)
	}
	other := o
	other.Target.Network = safe.New("net-2")
	if err := d.Apply(other); err != nil {
		t.Fatal(err)
	}
	if a := end(t, d); a.State != dnstable.ApplyDone {
		t.Errorf("%+v", a)
	}
	release()
	k.now.DNS = dnstable.ToMappings(o.Base)
	if err := d.Apply(o); err != nil {
		t.Fatal(err)
	}
	if a := end(t, d); a.State != dnstable.ApplyDone {
		t.Errorf("%+v", a)
	}
}
