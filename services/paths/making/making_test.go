package making_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/paths/making"
	"github.com/peerdeck/peerdeck/services/run/work"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func start(t *testing.T, m *making.Maker) gateway.Making {
	t.Helper()
	if err := m.Make(order(t, m)); err != nil {
		t.Fatal(err)
	}
	return end(t, m)
}

func undo(t *testing.T, m *making.Maker, id string) gateway.Making {
	t.Helper()
	if err := m.Undo(id); err != nil {
		t.Fatal(err)
	}
	return end(t, m)
}

func sent(t *testing.T, p *plane, want ...string) {
	t.Helper()
	if !slices.Equal(p.sent, want) {
		t.Errorf("sent %v, want %v", p.sent, want)
	}
}

func says(t *testing.T, m gateway.Making, state gateway.MakingState, parts ...string) {
	t.Helper()
	text := m.Note
	if m.Failure != nil {
		text += m.Failure.Error() + " " + m.Failure.Cure
	}
	if m.State != state {
		t.Fatalf("it is %s: %s", m.State, text)
	}
	for _, p := range parts {
		if !strings.Contains(text, p) {
			t.Errorf("%q does not say %q", text, p)
		}
	}
}

func TestMakeAndUndo(t *testing.T) {
	t.Parallel()
	p := newPlane()
	m := p.maker(t, nil)
	got := start(t, m)
	says(t, got, gateway.MakingDone)
	sent(t, p, "POST service", "POST route")
	if !got.MadeService || !got.MadeRoute || got.Service.ID != got.Order.Service.ID || got.Route.ServiceID != got.Service.ID || got.NoUndo() != "" {
		t.Errorf("%+v", got)
	}
	for _, w := range got.Plan {
		if !w.Sent {
			t.Errorf("%s is not marked as sent", w.URL)
		}
	}
	says(t, undo(t, m, got.ID), gateway.MakingUndone)
	sent(t, p, "POST service", "POST route", "DELETE route", "DELETE service")
	if len(p.services)+len(p.routes) != 0 {
		t.Errorf("left: %v, %v", p.services, p.routes)
	}
	if err := m.Undo(got.ID); err == nil || !strings.Contains(err.Error(), "undone") {
		t.Errorf("undone twice: %v", err)
	}
}

func TestWhatIsThereAlready(t *testing.T) {
	t.Parallel()
	t.Run("all", func(t *testing.T) {
		t.Parallel()
		p := newPlane()
		start(t, p.maker(t, nil))
		p.sent = nil
		again := start(t, p.maker(t, nil))
		says(t, again, gateway.MakingDone, "nothing was sent")
		sent(t, p)
		if again.NoUndo() == "" {
			t.Error("what somebody else has made can be undone")
		}
	})
	t.Run("the service", func(t *testing.T) {
		t.Parallel()
		p := newPlane()
		s := wanted().Service
		s.ID = safe.New("theirs")
		p.services = []gateway.Service{s}
		m := p.maker(t, nil)
		got := start(t, m)
		says(t, got, gateway.MakingDone, "there already")
		sent(t, p, "POST route")
		if got.Route.ServiceID != s.ID || got.MadeService {
			t.Errorf("%+v", got)
		}
		says(t, undo(t, m, got.ID), gateway.MakingUndone)
		if len(p.services) != 1 || len(p.routes) != 0 {
			t.Errorf("left: %v, %v", p.services, p.routes)
		}
	})
	t.Run("another service of the name", func(t *testing.T) {
		t.Parallel()
		p := newPlane()
		s := wanted().Service
		s.ID, s.Host = safe.New("theirs"), safe.New("old.example.org")
		p.services = []gateway.Service{s}
		says(t, start(t, p.maker(t, nil)), gateway.MakingFailed, "service.host is old.example.org, orders.corp.example.org is wanted", "another name")
		sent(t, p)
	})
	t.Run("another route of the name", func(t *testing.T) {
		t.Parallel()
		p := newPlane()
		r := wanted().Route
		r.ID, r.ServiceID, r.Paths = safe.New("theirs"), safe.New("s"), safe.Texts("/old")
		p.routes = []gateway.Route{r}
		says(t, start(t, p.maker(t, nil)), gateway.MakingFailed, "route.paths is /old")
		sent(t, p)
	})
}

// The answer is lost: whatever became of the request, nothing is sent twice.
func TestLostAnswers(t *testing.T) {
	t.Parallel()
	for name, effect := range map[string]bool{"it took effect": true, "it did not": false} {
		for _, request := range []string{"POST service", "POST route"} {
			t.Run(request+", "+name, func(t *testing.T) {
				t.Parallel()
				p := newPlane()
				first := true
				p.before = func(what string) (bool, error) {
					if what == request && first {
						first = false
						p.hidden = 3 // and the looks are late
						return effect, dropped()
					}
					return false, nil
				}
				m := p.maker(t, nil)
				got := start(t, m)
				if effect {
					says(t, got, gateway.MakingDone)
					sent(t, p, "POST service", "POST route")
					says(t, undo(t, m, got.ID), gateway.MakingUndone)
					return
				}
				says(t, got, gateway.MakingFailed, "looked for by its id and by its name", "before anything is sent")
				if !got.Unsure || got.NoGoOn() != "" {
					t.Errorf("%+v", got)
				}
				before := len(p.sent)
				if err := m.GoOn(got.ID); err != nil {
					t.Fatal(err)
				}
				says(t, end(t, m), gateway.MakingDone)
				if p.sent[before] != request {
					t.Errorf("sent %v", p.sent)
				}
			})
		}
	}
}

func TestTheRouteIsRefused(t *testing.T) {
	t.Parallel()
	p := newPlane()
	refuse := true
	p.before = func(what string) (bool, error) {
		if what == "POST route" && refuse {
			return false, model.Failure{Kind: model.FailureInvalid, Operation: "create a route", Cause: safe.New("paths: bad"), Status: 400, Cure: "Mend it."}
		}
		return false, nil
	}
	m := p.maker(t, nil)
	got := start(t, m)
	says(t, got, gateway.MakingFailed, "paths: bad")
	if !got.MadeService || got.MadeRoute || got.Unsure || got.NoUndo() != "" || got.NoGoOn() != "" {
		t.Fatalf("%+v", got)
	}
	refuse = false
	if err := m.GoOn(got.ID); err != nil {
		t.Fatal(err)
	}
	says(t, end(t, m), gateway.MakingDone)
	sent(t, p, "POST service", "POST route", "POST route")
	says(t, undo(t, m, got.ID), gateway.MakingUndone)
}

func TestUndoLeavesWhatIsNotOurs(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		meanwhile func(p *plane)
		says      []string
	}{
		"another route": {func(p *plane) {
			p.routes = append(p.routes, gateway.Route{ID: safe.New("x"), Name: safe.New("checkout"), ServiceID: p.services[0].ID})
		}, []string{"1 other route leads to it: checkout", "Nothing was removed"}},
		"a changed service": {func(p *plane) { p.services[0].Host = safe.New("new.example.org") }, []string{"service.host is new.example.org"}},
		"a touched service": {func(p *plane) { p.services[0].UpdatedAt = p.services[0].UpdatedAt.Add(time.Hour) }, []string{"changed since it was made"}},
		"a changed route":   {func(p *plane) { p.routes[0].Paths = safe.Texts("/new") }, []string{"route.paths is /new"}},
		"a list cut short":  {func(p *plane) { p.whole = false }, []string{"did not come whole"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlane()
			m := p.maker(t, nil)
			got := start(t, m)
			c.meanwhile(p)
			says(t, undo(t, m, got.ID), gateway.MakingFailed, c.says...)
			sent(t, p, "POST service", "POST route")
		})
	}
}

// An order outlives the program: what it has made is undone by another one.
func TestAnotherSession(t *testing.T) {
	t.Parallel()
	p := newPlane()
	dir := t.TempDir()
	first := p.maker(t, making.NewStore(dir))
	got := start(t, first)
	first.Close()
	second := p.maker(t, making.NewStore(dir))
	earlier, err := second.Earlier(t.Context())
	if err != nil || len(earlier) != 1 || earlier[0].ID != got.ID || !earlier[0].MadeRoute {
		t.Fatalf("%+v, %v", earlier, err)
	}
	says(t, undo(t, second, got.ID), gateway.MakingUndone)
	if earlier, err = second.Earlier(t.Context()); err != nil || len(earlier) != 0 {
		t.Errorf("%+v, %v", earlier, err)
	}
	if err := second.Undo("20260101T000000-none"); err == nil {
		t.Error("an order that is not there was taken")
	}
}

// The program ends in the middle of a request: the next session finds what it made.
func TestKilled(t *testing.T) {
	t.Parallel()
	for _, request := range []string{"POST service", "POST route"} {
		for name, effect := range map[string]bool{"after": true, "before": false} {
			t.Run(name+" "+request, func(t *testing.T) {
				t.Parallel()
				p := newPlane()
				store := making.NewStore("")
				first := p.maker(t, store)
				o := order(t, first)
				p.before = func(what string) (bool, error) {
					if what == request {
						panic("killed") // the fault is reported, and the order is as it is on the disk
					}
					return false, nil
				}
				fault := make(chan work.Panic, 1)
				dead := making.NewMaker(t.Context(), making.Options{Konnect: p, Store: store, Clock: p.clock, Report: func(f work.Panic) { fault <- f }})
				if err := dead.Make(o); err != nil {
					t.Fatal(err)
				}
				if f := <-fault; f.Value != "killed" {
					t.Fatal(f)
				}
				dead.Close()
				p.before = nil
				if effect {
					if request == "POST service" {
						s := o.Service
						p.services = append(p.services, s)
					} else {
						r := o.Route
						p.routes = append(p.routes, r)
					}
				}
				second := p.maker(t, store)
				earlier, err := second.Earlier(t.Context())
				if err != nil || len(earlier) != 1 || !earlier[0].Unsure {
					t.Fatalf("%+v, %v", earlier, err)
				}
				if err := second.GoOn(earlier[0].ID); err != nil {
					t.Fatal(err)
				}
				got := end(t, second)
				says(t, got, gateway.MakingDone)
				if len(p.services) != 1 || len(p.routes) != 1 {
					t.Errorf("%d services, %d routes", len(p.services), len(p.routes))
				}
				says(t, undo(t, second, got.ID), gateway.MakingUndone)
				if len(p.services)+len(p.routes) != 0 {
					t.Errorf("left: %v, %v", p.services, p.routes)
				}
			})
		}
	}
}

func TestWhatIsNotTaken(t *testing.T) {
	t.Parallel()
	p := newPlane()
	m := making.NewMaker(t.Context(), making.Options{Konnect: p, Clock: p.clock, ReadOnly: true})
	t.Cleanup(m.Close)
	if err := m.Make(order(t, m)); err == nil || !strings.Contains(err.Error(), "read-only") {
		t.Errorf("read-only: %v", err)
	}
	bad := draft()
	bad.Service.Host = safe.Text{}
	if _, _, err := m.Order(wanted().Plane, bad); err == nil || !strings.Contains(err.Error(), "no host") {
		t.Errorf("a bad draft: %v", err)
	}
	if err := p.maker(t, nil).Make(gateway.Order{}); err == nil {
		t.Error("no control plane was taken")
	}
	sent(t, p)
}

func TestAThrottledRequestIsSentAgain(t *testing.T) {
	t.Parallel()
	p := newPlane()
	n := 0
	p.before = func(string) (bool, error) {
		if n++; n < 3 {
			return false, model.Failure{Kind: model.FailureThrottled, Cause: safe.New("too many"), Retryable: true, RetryAfter: 7 * time.Second, Status: 429}
		}
		return false, nil
	}
	says(t, start(t, p.maker(t, nil)), gateway.MakingDone)
	sent(t, p, "POST service", "POST service", "POST service", "POST route")
}
