package mappings_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/dns/mappings"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

const dns = "/private-dns/" // a part of the path of each resolver

// One order adds, changes and removes; what was there before is kept, and the draft of
// what is in Konnect now is gone.
func TestApply(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	o := p.order(usual)
	if err := p.writer.SaveDraft(t.Context(), dnstable.Saved{Target: o.Target, Base: o.Base, Rows: o.Rows}); err != nil {
		t.Fatal(err)
	}
	a := p.must(p.apply(p.writer, o), dnstable.ApplyDone)
	p.wants("db.stage.example.org 10.24.0.5", "new.example.org 10.24.0.9 10.24.0.4", "stage.example.org 10.24.0.4")
	if !a.Sent || a.Write == nil || !a.Write.Sent || a.Write.Method != http.MethodPatch || a.Note != "" || a.Resolver.State != model.PrivateDNSReady || p.writes() != 1 {
		t.Errorf("%+v after %d writes", a, p.writes())
	}
	point, err := p.store.RestorePoint(t.Context(), a.Restore)
	if err != nil || !dnstable.Same(point.Rows, o.Base) || point.Changes != 3 || point.Version != o.Version || point.Target.ResolverName.Raw() != resolver {
		t.Errorf("the restore point is %+v, %v", point, err)
	}
	if drafts, notes, err := p.store.Draft(t.Context(), o.Target.Network); len(drafts)+len(notes) > 0 || err != nil {
		t.Errorf("drafts: %+v, %v, %v", drafts, notes, err)
	}
	p.closed()

	// Back to the restore point, as another edit.
	back := p.order(func(d dnstable.Draft) dnstable.Draft { return d.Replace("restore", point.Rows) })
	p.must(p.apply(p.writer, back), dnstable.ApplyDone)
	p.wants("db.stage.example.org 10.24.0.4 10.24.0.5", "pay.stage.example.org 10.24.0.4", "stage.example.org 10.24.0.4")
	if list, err := p.store.RestorePoints(t.Context(), o.Target.Network); err != nil || len(list) != 2 || list[1].ID != a.Restore {
		t.Errorf("%+v, %v", list, err)
	}
}

// A draft that was edited after the order was given stays.
func TestADraftThatGoesOnStays(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	o := p.order(usual)
	more := append([]dnstable.Row{{Key: safe.New("later.example.org")}}, o.Rows...)
	if err := p.writer.SaveDraft(t.Context(), dnstable.Saved{Target: o.Target, Base: o.Base, Rows: more}); err != nil {
		t.Fatal(err)
	}
	p.must(p.apply(p.writer, o), dnstable.ApplyDone)
	if drafts, _, _ := p.store.Draft(t.Context(), o.Target.Network); len(drafts) != 1 || !dnstable.Same(drafts[0].Rows, more) || drafts[0].At.IsZero() {
		t.Errorf("drafts: %+v", drafts)
	}
}

// remove takes the network's resolver away.
func (p *place) remove() { p.world.Apply(sandbox.Event{Network: network, DNS: resolver, Delete: true}) }

// second lets somebody else edit the table.
func (p *place) second(give map[string][]string, drop ...string) {
	p.world.Apply(sandbox.Event{Network: network, DNS: resolver, Map: give, Drop: drop})
}

func TestANewResolver(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	p.remove()
	o := p.order(adding("corp.example.org", "10.24.0.4"))
	a := p.must(p.apply(p.writer, o), dnstable.ApplyDone)
	p.wants("corp.example.org 10.24.0.4")
	if a.Write.Method != http.MethodPost || a.Restore != "" || a.Resolver.Name.Raw() != "new-dns" || p.writes() != 1 {
		t.Errorf("%+v", a)
	}
	// Again, with the same wish: somebody has fulfilled it.
	if a = p.must(p.apply(p.writer, o), dnstable.ApplyDone); a.Sent || a.Note == "" || p.writes() != 1 {
		t.Errorf("sent %v, %q", a.Sent, a.Note)
	}
	// With another wish: there is something now.
	o = p.order(adding("other.example.org", "10.24.0.4"))
	o.Target.Resolver, o.Base = safe.Text{}, nil
	a = p.must(p.apply(p.writer, o), dnstable.ApplyMeanwhile)
	if len(a.Theirs) != 1 || a.Resolver.ID.IsEmpty() || p.writes() != 1 {
		t.Errorf("%+v", a)
	}
}

// Fault 28: somebody else changed the table between reading and applying it.
// Seen: nothing is sent; the review shows what they changed, and the merge keeps the rows of
// both where they are of different domains.
//
// Somebody else was quicker: nothing is written, and what is there is told.
func TestFault28Meanwhile(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	o := p.order(usual)
	p.second(map[string][]string{"hr.example.org": {"10.24.0.7"}}, "pay.stage.example.org")
	a := p.must(p.apply(p.writer, o), dnstable.ApplyMeanwhile)
	if p.writes() != 0 || a.Sent || a.Restore != "" || len(a.Theirs) != 3 {
		t.Errorf("%+v", a)
	}
	// The merge is what both want.
	merged, open := dnstable.Merge(o.Base, o.Rows, a.Theirs).Result()
	if open != 0 {
		t.Fatalf("%d conflicts", open)
	}
	o.Base, o.Rows, o.Version = a.Theirs, merged, a.Resolver.EntityVersion
	p.must(p.apply(p.writer, o), dnstable.ApplyDone)
	p.wants("db.stage.example.org 10.24.0.5", "hr.example.org 10.24.0.7", "new.example.org 10.24.0.9 10.24.0.4", "stage.example.org 10.24.0.4")
}

// Fault 30: the version of a resolver stays or falls although its content changed.
// Seen: the content decides: what somebody else changed is shown, with a note that the version
// did not rise.
//
// A version that did not rise is no proof that nothing has changed.
func TestFault30TheContentDecides(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	o := p.order(usual)
	o.Version += 10
	p.second(map[string][]string{"hr.example.org": {"10.24.0.7"}})
	if a := p.must(p.apply(p.writer, o), dnstable.ApplyMeanwhile); !strings.Contains(a.Note, "did not rise") {
		t.Errorf("%q", a.Note)
	}
	o = p.order(usual)
	o.Version -= 10
	p.must(p.apply(p.writer, o), dnstable.ApplyDone)
}

// Somebody writes between the look and the write.
func TestFault29SomebodyWritesInBetween(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	o := p.order(usual)
	p.world.Apply(sandbox.Event{
		Network: network, DNS: resolver, Map: map[string][]string{"hr.example.org": {"10.24.0.7"}},
		Before: &sandbox.Request{Service: "konnect", Method: "PATCH"},
	})
	a := p.must(p.apply(p.writer, o), dnstable.ApplyDone)
	if !strings.Contains(a.Note, "may be overwritten") {
		t.Errorf("nobody is told: %q", a.Note)
	}
}

// Fault 29: somebody else changes the table between the last look and our write, or right after
// it.
// Seen: which rows are other than they were sent, that somebody else may have been overwritten,
// and the restore point to go back to.
//
// Somebody writes right after: which rows, and the way back, are told.
func TestFault29SomebodyWritesRightAfter(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	o := p.order(usual)
	k := p.options(p.store)
	k.Changed = func() {
		p.second(map[string][]string{"stage.example.org": {"10.24.0.99"}, "hr.example.org": {"10.24.0.7"}}, "new.example.org")
	}
	a := p.must(p.apply(p.with(k), o), dnstable.ApplyDiffers)
	added, changed, removed := dnstable.Count(a.Left)
	if added != 1 || changed != 1 || removed != 1 || a.Restore == "" || !strings.Contains(a.Note, "somebody else") || len(a.Theirs) != 3 {
		t.Errorf("%+v", a)
	}
	p.closed()
}

// Fault 26: a change of the mapping table is answered with 500, a reset, a cut or foreign
// answer, whether it was carried out or not.
// Seen: “done”, with a note that the answer was lost and the change took effect; or a failure
// that says that it did not, with the edits kept. It is found out by reading, and never sent
// twice.
func TestFault26ALostAnswer(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault sandbox.Fault
		want  dnstable.ApplyState
	}{
		"500 though applied":   {sandbox.Fault{Status: 500, After: true}, dnstable.ApplyDone},
		"500":                  {sandbox.Fault{Status: 500}, dnstable.ApplyFailed},
		"503":                  {sandbox.Fault{Status: 503}, dnstable.ApplyFailed},
		"reset though applied": {sandbox.Fault{Kind: "reset", After: true}, dnstable.ApplyDone},
		"reset":                {sandbox.Fault{Kind: "reset"}, dnstable.ApplyFailed},
		"garbage":              {sandbox.Fault{Kind: "garbage", After: true}, dnstable.ApplyDone},
		"empty":                {sandbox.Fault{Kind: "empty", After: true}, dnstable.ApplyDone},
		"truncated":            {sandbox.Fault{Kind: "truncated"}, dnstable.ApplyFailed},
		"a hotel's page":       {sandbox.Fault{Kind: "html"}, dnstable.ApplyFailed},
		"500 and late":         {sandbox.Fault{Status: 500, After: true, Late: 20 * time.Second}, dnstable.ApplyDone},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, sandbox.Options{})
			o := p.order(usual)
			c.fault.Service, c.fault.Method, c.fault.Path, c.fault.Times = "konnect", "PATCH", dns, 1
			p.world.AddFault(c.fault)
			a := p.must(p.apply(p.writer, o), c.want)
			done := c.want == dnstable.ApplyDone
			if requests := p.world.Requests("konnect"); p.writes() > 1 || a.Sent != done {
				t.Errorf("%d writes of %d requests, sent %v", p.writes(), requests, a.Sent)
			}
			if done != strings.Contains(a.Note, "it took effect") {
				t.Errorf("the note is %q", a.Note)
			}
			p.closed()
			if done {
				return
			}
			if !a.Failure.Retryable || !strings.Contains(a.Failure.Cause.Raw(), "did not take effect") {
				t.Errorf("%+v", a.Failure)
			}
			p.wants("db.stage.example.org 10.24.0.4 10.24.0.5", "pay.stage.example.org 10.24.0.4", "stage.example.org 10.24.0.4")
			p.must(p.apply(p.writer, o), dnstable.ApplyDone)
		})
	}
}

// A new resolver whose answer was lost is found by its name, and made once.
func TestFault26ALostAnswerToANewResolver(t *testing.T) {
	t.Parallel()
	for name, after := range map[string]bool{"made": true, "not made": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, sandbox.Options{})
			p.remove()
			o := p.order(adding("corp.example.org", "10.24.0.4"))
			p.world.AddFault(sandbox.Fault{Service: "konnect", Method: "POST", Status: 500, After: after, Times: 1})
			if after {
				p.must(p.apply(p.writer, o), dnstable.ApplyDone)
			} else {
				p.must(p.apply(p.writer, o), dnstable.ApplyFailed)
				p.must(p.apply(p.writer, o), dnstable.ApplyDone)
			}
			if n := len(p.world.Resolvers(network)); n != 1 || p.writes() != 1 {
				t.Errorf("%d resolvers after %d writes", n, p.writes())
			}
			p.closed()
		})
	}
}

// Fault 27: a change is answered with 200 and is not there when it is read back.
// Seen: the wait while it is read again, and “done” when it shows; after the time that it may
// take, “accepted, not visible yet”, and the order can be looked at again.
func TestFault27ItShowsLate(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		late time.Duration
		want dnstable.ApplyState
	}{"a little": {30 * time.Second, dnstable.ApplyDone}, "very": {time.Hour, dnstable.ApplyDiffers}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, sandbox.Options{})
			o := p.order(usual)
			p.world.AddFault(sandbox.Fault{Service: "konnect", Method: "PATCH", Path: dns, Late: c.late, Times: 1})
			a := p.must(p.apply(p.writer, o), c.want)
			if a.State == dnstable.ApplyDone {
				p.closed()
				return
			}
			if !strings.Contains(a.Note, "not visible yet") || len(a.Left) != 3 || !a.Sent {
				t.Errorf("%q, %+v", a.Note, a.Left)
			}
			// It shows in the end, and then the order can be looked at again.
			p.clock.Advance(time.Hour)
			list, err := p.store.Unfinished(t.Context())
			if err != nil || len(list) != 1 {
				t.Fatalf("%+v, %v", list, err)
			}
			if err := p.writer.Recheck(list[0]); err != nil {
				t.Fatal(err)
			}
			p.must(p.follow(p.writer), dnstable.ApplyDone)
			p.closed()
		})
	}
}

// Konnect may merge: what was not sent is still there, and that is told.
func TestAMapThatIsMerged(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{MergeDNS: true})
	a := p.must(p.apply(p.writer, p.order(usual)), dnstable.ApplyDiffers)
	if len(a.Left) != 1 || a.Left[0].Domain != "pay.stage.example.org" || !strings.Contains(a.Note, "it merges") || !a.Sent {
		t.Errorf("%q, %+v", a.Note, a.Left)
	}
	a = p.must(p.apply(p.writer, p.order(removing("pay.stage.example.org"))), dnstable.ApplyDiffers)
	if len(a.Left) != 1 || !strings.Contains(a.Note, "pay.stage.example.org") || !strings.Contains(a.Note, "keep what is not sent") {
		t.Errorf("%q, %+v", a.Note, a.Left)
	}
	p.must(p.apply(p.writer, p.order(adding("more.example.org", "10.24.0.4"))), dnstable.ApplyDone)
}

// Fault 22: a change is refused with 400 and the parameters that are wrong.
// Seen: the field and the rule that Konnect names, at the row of the table that it is about.
//
// What Konnect refuses is told with what a person needs to mend it.
func TestFault22RefusedRow(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{UnknownMembers: sandbox.UnknownRefused})
	newer := &sandbox.Newer{Entries: map[string]map[string]any{"db.stage.example.org": {"weight": 3}}}
	p.world.Apply(sandbox.Event{Network: network, DNS: resolver, Newer: newer})
	o := p.order(adding("corp.example.org", "10.24.0.4", "10.24.0.5"))
	a := p.must(p.apply(p.writer, o), dnstable.ApplyFailed)
	if a.Failure.Kind != model.FailureInvalid || len(a.Failure.Invalid) != 1 || a.Sent {
		t.Fatalf("%+v", a.Failure)
	}
	if field := a.Failure.Invalid[0].Field.Raw(); !strings.Contains(field, "db.stage.example.org") {
		t.Errorf("Konnect names %q", field)
	}
	p.world.AddFault(sandbox.Fault{Service: "konnect", Method: "PATCH", Status: 403, Times: 1})
	a = p.must(p.apply(p.writer, p.order(usual)), dnstable.ApplyFailed)
	if f := a.Failure; f.Kind != model.FailurePermission || !strings.Contains(f.Cure, "Network Admin") || f.TraceID.IsEmpty() || a.Sent {
		t.Errorf("%+v", f)
	}
	p.world.AddFault(sandbox.Fault{Service: "konnect", Method: "PATCH", Status: 401, Times: 1})
	if a = p.must(p.apply(p.writer, p.order(usual)), dnstable.ApplyFailed); a.Failure.Kind != model.FailureAuth || a.Sent {
		t.Errorf("%+v", a.Failure)
	}
	if p.writes() != 0 {
		t.Errorf("%d writes", p.writes())
	}
	p.closed()
}

// What Konnect has sent and refuses to take back is named, and left out when that is
// asked for: of the configuration and of the entries.
func TestMembersThatKonnectRefusesToTakeBack(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{UnknownMembers: sandbox.UnknownRefused})
	p.world.Apply(sandbox.Event{Network: network, DNS: resolver, Newer: &sandbox.Newer{
		Config: map[string]any{"mode": "strict"}, Entries: map[string]map[string]any{"db.stage.example.org": {"weight": 3}},
	}})
	o := p.order(adding("corp.example.org", "10.24.0.4", "10.24.0.5"))
	for range 2 { // it need not refuse all at once
		a := p.must(p.apply(p.writer, o), dnstable.ApplyFailed)
		if len(a.Unwanted) == 0 || a.Sent || !strings.Contains(a.Failure.Cure, a.Unwanted[0]) {
			t.Fatalf("%q, %+v", a.Unwanted, a.Failure)
		}
		if o.Without = append(o.Without, a.Unwanted...); len(o.Without) == 2 {
			break
		}
	}
	a := p.must(p.apply(p.writer, o), dnstable.ApplyDone)
	if !slices.Equal(a.Order.Without, o.Without) || a.Unwanted != nil {
		t.Errorf("%q, note %q", o.Without, a.Note)
	}
	// The entry has lost its member; that of the configuration the simulated Konnect keeps.
	if now := p.now(); len(now.DNS) != len(o.Rows) || len(now.DNS[1].Extra) != 0 || len(now.Unknown) != 1 {
		t.Errorf("%+v", now)
	}
	// Another refusal is no reason to leave anything out.
	p.world.AddFault(sandbox.Fault{Service: "konnect", Method: "PATCH", Status: 400, Times: 1})
	if a = p.must(p.apply(p.writer, p.order(usual)), dnstable.ApplyFailed); len(a.Unwanted) != 0 {
		t.Errorf("%q", a.Unwanted)
	}
	p.closed()
}

// Too many requests are waited for, as long as Konnect asks; the table is read again.
func TestTooManyRequests(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	o := p.order(usual)
	p.world.AddFault(sandbox.Fault{Service: "konnect", Method: "PATCH", Status: 429, RetryAfter: "37", Times: 1})
	began := p.clock.Now()
	if err := p.writer.Apply(o); err != nil {
		t.Fatal(err)
	}
	a := p.must(p.follow(p.writer), dnstable.ApplyDone)
	if waited := p.clock.Now().Sub(began); waited < 37*time.Second || p.writes() != 1 {
		t.Errorf("%s, %d writes", waited, p.writes())
	}
	if list, _ := p.store.RestorePoints(t.Context(), o.Target.Network); len(list) != 1 || list[0].ID != a.Restore {
		t.Errorf("%d restore points", len(list))
	}
	p.world.AddFault(sandbox.Fault{Service: "konnect", Method: "PATCH", Status: 429})
	if a = p.must(p.apply(p.writer, p.order(adding("more.example.org", "10.24.0.4"))), dnstable.ApplyFailed); a.Failure.Kind != model.FailureThrottled || a.Sent {
		t.Errorf("%+v", a.Failure)
	}
}

// A resolver at work is waited for; one that does not come to rest is not written to.
func TestAResolverAtWork(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	o := p.order(usual)
	state := func(s, reason string) {
		p.world.Apply(sandbox.Event{Network: network, DNS: resolver, State: s, Reason: reason})
	}
	state("pending-association", "")
	a := p.must(p.apply(p.writer, o), dnstable.ApplyFailed)
	if !strings.Contains(a.Failure.Cause.Raw(), "T02") || !strings.Contains(a.Failure.Cause.Raw(), "pending-association") || !a.Failure.Retryable || p.writes() != 0 {
		t.Errorf("%+v", a.Failure)
	}
	state("terminating", "")
	if a = p.must(p.apply(p.writer, o), dnstable.ApplyFailed); a.Failure.Kind != model.FailureNotFound {
		t.Errorf("%+v", a.Failure)
	}
	state("something-new", "")
	p.must(p.apply(p.writer, o), dnstable.ApplyFailed)
	state("initializing", "")
	if err := p.world.Schedule(sandbox.Event{At: p.clock.Now().Sub(sandboxtest.Epoch()) + 20*time.Second, Network: network, DNS: resolver, State: "ready"}); err != nil {
		t.Fatal(err)
	}
	p.must(p.apply(p.writer, o), dnstable.ApplyDone)
	// One in error can be mended.
	state("error", "the servers do not answer")
	p.must(p.apply(p.writer, p.order(adding("more.example.org", "10.24.0.4"))), dnstable.ApplyDone)
}

func TestAResolverThatGetsIntoError(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	o := p.options(p.store)
	o.Changed = func() {
		p.world.Apply(sandbox.Event{Network: network, DNS: resolver, State: "error", Reason: "no \x1b[31mroute"})
	}
	a := p.must(p.apply(p.with(o), p.order(usual)), dnstable.ApplyFailed)
	if a.Failure.Cause.Raw() != "no \x1b[31mroute" || !a.Sent || a.Restore == "" {
		t.Errorf("%+v", a.Failure)
	}
	p.closed()
}

// Fault 20: what is open was deleted elsewhere (404).
// Seen: that it is gone; where that shows before the write nothing is sent, and the edits are
// kept.
func TestFault20DeletedMeanwhile(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	o := p.order(usual)
	k := p.options(p.store)
	k.Changed = p.remove
	if a := p.must(p.apply(p.with(k), o), dnstable.ApplyFailed); a.Failure.Kind != model.FailureNotFound || !a.Sent {
		t.Errorf("after the write: %+v", a.Failure)
	}
	if a := p.must(p.apply(p.writer, o), dnstable.ApplyFailed); a.Failure.Kind != model.FailureNotFound || !strings.Contains(a.Failure.Cure, "edits are kept") || a.Sent {
		t.Errorf("before the write: %+v", a.Failure)
	}
}

// The gate keeps out what must not be sent, whatever a screen has asked.
func TestTheGate(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	refused := func(d *mappings.Writer, o dnstable.Order, kind model.FailureKind, word string) {
		t.Helper()
		f, bad := model.AsFailure(d.Apply(o))
		if !bad || f.Kind != kind || !strings.Contains(f.Error()+f.Cure, word) {
			t.Errorf("%+v", f)
		}
	}
	k := p.options(p.store)
	k.ReadOnly = true
	refused(p.with(k), p.order(usual), model.FailurePermission, "--read-only")
	refused(p.writer, p.order(func(d dnstable.Draft) dnstable.Draft { return d }), model.FailureInvalid, "nothing to apply")
	o := p.order(func(d dnstable.Draft) dnstable.Draft {
		return d.Remove([]dnstable.RowID{find(d, "stage.example.org"), find(d, "pay.stage.example.org")})
	})
	for _, n := range []int{0, 2} {
		o.Confirmed = n
		refused(p.writer, o, model.FailureInvalid, "2 of 3")
	}
	bad := p.order(adding("co.uk", "10.24.0.4"))
	refused(p.writer, bad, model.FailureInvalid, "D17")
	bad = p.order(adding("corp.example.org", "8.8.8.8", "10.24.0.4"))
	bad.Accepted = nil
	refused(p.writer, bad, model.FailureInvalid, "S09")
	near := p.options(p.store)
	near.Around = func(_ dnstable.Target) dnstable.Surroundings {
		return dnstable.Surroundings{Network: model.NewPrefix(safe.New("10.24.0.0/24"))}
	}
	refused(p.with(near), p.order(usual), model.FailureInvalid, "S11")
	if p.world.Requests("konnect") != 6 { // the orders, and nothing else
		t.Errorf("%d requests", p.world.Requests("konnect"))
	}
	o.Confirmed = 3
	p.must(p.apply(p.writer, o), dnstable.ApplyDone)
	p.wants("db.stage.example.org 10.24.0.4 10.24.0.5")
}
