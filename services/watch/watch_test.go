package watch_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/watch"
	"github.com/peerdeck/peerdeck/services/watch/history"
)

func TestEverythingIsReadAndJudged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := run(t, newFake(3))
		s := r.after(2 * time.Second)
		if len(s.Networks) != 3 || !s.Progress.Complete() || s.Worst() != model.SeverityOK {
			t.Fatalf("%+v, worst %v", s.Progress, s.Worst())
		}
		n := s.Networks[0]
		if n.Provider != model.ProviderAzure || n.KongAccount.Raw() != "kong" || len(n.ControlPlanes) != 1 || n.ControlPlanes[0].Name.Raw() != "plane-eu" {
			t.Errorf("got %+v", n)
		}
		if p := n.Peerings[0]; p.Azure.Status != model.HalfPresent || p.Finding.Code != "azure-connected" || p.Azure.How == "" {
			t.Errorf("got %+v", p)
		}
		if s.Konnect.State != model.SourceLive || s.Azure.State != model.SourceLive || s.Organization.Name.Raw() != "acme" || s.User.Email.Raw() != "alice" {
			t.Errorf("got %+v, %+v", s.Konnect, s.Azure)
		}
		if len(s.Tenants) != 1 || s.Tenants[0].Account.Raw() != "alice" {
			t.Errorf("tenants %+v", s.Tenants)
		}
	})
}

func TestThePaceFollowsWhatHappens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(4)
		r := run(t, f)
		r.after(time.Minute)
		before := f.count("peerings")
		r.after(10 * time.Minute)
		if n := f.count("peerings") - before; n < 4*10 || n > 4*20 {
			t.Errorf("at rest, 4 networks were read %d times in ten minutes", n)
		}
		f.edit(func() { f.peerings["aaa"][0].State = model.PeeringInitializing })
		r.after(time.Minute + time.Second)
		before = f.count("peerings")
		beforeAzure := f.count("vnet")
		r.after(time.Minute)
		if n := f.count("peerings") - before; n < 10+3 || n > 14+8 {
			t.Errorf("while one changes, it and the others were read %d times in a minute", n)
		}
		if n := f.count("vnet") - beforeAzure; n < 10+3 || n > 14+8 {
			t.Errorf("and their VNETs %d times", n)
		}
		f.edit(func() { f.peerings["aaa"][0].State = model.PeeringReady })
		r.after(time.Minute)
		r.Focus(false)
		r.after(5 * time.Minute)
		before = f.count("peerings")
		r.after(10 * time.Minute)
		if n := f.count("peerings") - before; n < 4*3 || n > 4*7 {
			t.Errorf("while nobody looked, %d times in ten minutes", n)
		}
		r.Focus(true)
		before = f.count("peerings")
		r.after(time.Second)
		if n := f.count("peerings") - before; n != 4 {
			t.Errorf("%d reads when somebody came back", n)
		}
	})
}

func TestChangesAreNoticedAndKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(1)
		r := run(t, f)
		r.after(time.Minute)
		f.edit(func() {
			v := f.vnets["v-aaa"]
			v.Peerings = []model.VNetPeering{v.Peerings[0]}
			v.Peerings[0].State = model.VNetDisconnected
			f.vnets["v-aaa"] = v
		})
		s := r.after(time.Minute + time.Second)
		if s.Networks[0].Finding.Code != "azure-disconnected" {
			t.Errorf("verdict %+v", s.Networks[0].Finding)
		}
		told := line(t, r, changes.View{}).Entries
		if len(told) != 2 || told[0].From.Raw() != "Connected" || told[0].To.Raw() != "Disconnected" || told[0].Subject.Raw() != "hub" {
			t.Fatalf("changes %+v", told)
		}
		if since := s.Networks[0].Peerings[0].Since; since != model.SinceExactly(told[0].At) {
			t.Errorf("since %v, changed %v", since, told[0].At)
		}
		var seen bool
		for _, a := range r.log.Since(0) {
			seen = seen || a.Kind == model.ActivityChange && strings.Contains(a.Text, "Connected → Disconnected")
		}
		if !seen {
			t.Error("the change is not in the activity log")
		}
	})
}

// Fault 19: one endpoint alone is refused with 403.
// Seen: that part says which right is missing, and what was read of it before stays; everything
// else is live.
func TestFault19GoodDataStays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(2)
		r := run(t, f)
		r.after(10 * time.Second)
		denied := model.Failure{Kind: model.FailurePermission, Operation: "list peerings", Cause: text("no"), Status: 403}
		f.edit(func() {
			f.fail = func(call, key string) error {
				if call == "peerings" && key == "aaa" {
					return denied
				}
				return nil
			}
		})
		s := r.after(2 * time.Minute)
		n := s.Networks[0]
		if len(n.Peerings) != 1 || n.PeeringsRead.Failure == nil || n.PeeringsRead.At.IsZero() || n.Finding.Severity != model.SeverityOK {
			t.Errorf("got %+v", n.PeeringsRead)
		}
		if s.Konnect.State != model.SourceLive || s.Networks[1].PeeringsRead.Failure != nil {
			t.Error("one refusal must not touch the rest")
		}
		problems := 0
		for _, a := range r.log.Since(0) {
			if a.Kind == model.ActivityProblem {
				problems++
			}
		}
		if problems != 1 {
			t.Errorf("the same failure was logged %d times", problems)
		}
	})
}

func TestFault23AServiceThatAsksForPatience(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(20)
		r := run(t, f)
		r.after(10 * time.Second)
		throttled := model.Failure{Kind: model.FailureThrottled, RetryAfter: 40 * time.Second, Retryable: true, Status: 429, Cause: text("slow down")}
		f.edit(func() {
			f.fail = func(call, _ string) error {
				if call == "vnet" {
					return nil
				}
				return throttled
			}
		})
		r.Refresh()
		s := r.after(2 * time.Second)
		if s.Konnect.State != model.SourceThrottled || s.Konnect.NextTry.Before(time.Now().Add(30*time.Second)) || s.Konnect.Failure == nil {
			t.Fatalf("got %+v", s.Konnect)
		}
		f.edit(func() { f.calls = map[string]int{}; f.fail = nil })
		r.Refresh() // the person's wish is no reason to disturb it
		r.after(30 * time.Second)
		for _, call := range []string{"networks", "peerings", "dns"} {
			if n := f.count(call); n != 0 {
				t.Errorf("%d calls of %s while it asked us to wait", n, call)
			}
		}
		if f.count("vnet") == 0 {
			t.Error("Azure had no part in it and must be asked all the same")
		}
		if s := r.after(15 * time.Second); s.Konnect.State != model.SourceLive || len(s.Networks) != 20 {
			t.Errorf("got %+v", s.Konnect)
		}
	})
}

// A broken service that names a time is not asked before it, however short the time is;
// one that asks for patience and names none gets some all the same.
func TestAServiceGetsTheTimeThatItNames(t *testing.T) {
	for name, c := range map[string]struct {
		failure model.Failure
		state   model.SourceState
	}{
		"broken":    {model.Failure{Kind: model.FailureServer, RetryAfter: 5 * time.Second, Retryable: true, Status: 503}, model.SourceDown},
		"throttled": {model.Failure{Kind: model.FailureThrottled, Retryable: true, Status: 429}, model.SourceThrottled},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFake(3)
				r := run(t, f)
				r.after(10 * time.Second)
				began := time.Now()
				f.edit(func() { f.fail = func(string, string) error { return c.failure } })
				r.Refresh()
				s := r.after(time.Second)
				if s.Konnect.State != c.state || s.Konnect.NextTry.Before(began.Add(5*time.Second)) || s.Konnect.NextTry.After(began.Add(7*time.Second)) {
					t.Errorf("%+v, %s from now", s.Konnect, s.Konnect.NextTry.Sub(began))
				}
			})
		})
	}
}

// Where only some requests are refused, the answers to the others must not end
// the pause that the refusal asked for.
func TestAPartialThrottleIsAPauseAllTheSame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(60)
		r := run(t, f)
		r.after(10 * time.Second)
		var asked int
		f.edit(func() {
			f.fail = func(call, _ string) error {
				f.mu.Lock()
				defer f.mu.Unlock()
				if call == "vnet" {
					return nil
				}
				if asked++; asked%4 == 0 {
					return model.Failure{Kind: model.FailureThrottled, RetryAfter: 40 * time.Second, Retryable: true, Status: 429, Cause: text("slow down")}
				}
				return nil
			}
		})
		r.Refresh()
		s := r.after(20 * time.Second)
		if asked > 2*watch.DefaultPace().Calls || s.Konnect.State != model.SourceThrottled {
			t.Errorf("%d requests in spite of a refusal, %+v", asked, s.Konnect)
		}
	})
}

// Networks name control planes of their region one after the other; each of them
// gets its name.
func TestEveryControlPlaneGetsItsName(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(20)
		f.planePerNetwork = true
		for _, n := range run(t, f).after(20 * time.Second).Networks {
			if len(n.ControlPlanes) != 1 || n.ControlPlanes[0].Name.IsEmpty() {
				t.Errorf("%s has %+v", n.Name, n.ControlPlanes)
			}
		}
	})
}

// A list that did not come whole takes nothing away, and it is said.
func TestAPartOfAListTakesNothingAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(2)
		r := run(t, f)
		r.after(10 * time.Second)
		f.edit(func() {
			f.peerings["aaa"] = nil
			f.damage = model.Failure{Kind: model.FailureContract, Cause: text("item 1 of page 1 makes no sense")}
		})
		r.Refresh()
		s := r.after(10 * time.Second)
		if n := s.Networks[0]; len(n.Peerings) != 1 || n.Finding.Severity != model.SeverityUnknown || n.Finding.Code != "peerings-partly" {
			t.Errorf("%d peerings, %+v", len(n.Peerings), n.Finding)
		}
		f.edit(func() { f.networks = f.networks[1:] })
		if s := r.after(3 * time.Minute); len(s.Networks) != 2 {
			t.Errorf("%d networks: a list with damage proves nothing gone", len(s.Networks))
		}
		f.edit(func() { f.damage = model.Failure{} })
		if s := r.after(3 * time.Minute); len(s.Networks) != 1 {
			t.Errorf("%d networks: a whole list does", len(s.Networks))
		}
	})
}

// An item that never makes sense keeps itself, and nothing else, alive.
func TestDamageKeepsNothingElse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(1)
		second := f.peerings["aaa"][0]
		second.ID = text("p-second")
		f.peerings["aaa"] = append(f.peerings["aaa"], second)
		r := run(t, f)
		r.after(10 * time.Second)
		f.edit(func() {
			f.peerings["aaa"] = nil
			f.damage, f.unread = model.Failure{Kind: model.FailureContract, Cause: text("item 1 of page 1 makes no sense")}, []safe.Text{second.ID}
		})
		if n := r.after(2 * time.Minute).Networks[0]; len(n.Peerings) != 1 || n.Peerings[0].ID != second.ID {
			t.Errorf("%d peerings", len(n.Peerings))
		}
	})
}

// Fault 24: for five minutes everything is answered with 429, with 200 objects to read.
// Seen: the wait that was asked for, then all 200 objects; each wait costs one request, so the
// whole stays within 1.2 times the fewest that are possible.
func TestFault24AStormOfRefusals(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const objects = 200
		f := newFake(objects)
		refuse := true
		var refused int
		f.fail = func(call, _ string) error {
			f.mu.Lock()
			defer f.mu.Unlock()
			if call == "vnet" || !refuse {
				return nil
			}
			refused++
			return model.Failure{Kind: model.FailureThrottled, RetryAfter: 10 * time.Second, Retryable: true, Status: 429}
		}
		r := run(t, f)
		r.after(5 * time.Minute) // thirty waits of ten seconds
		f.edit(func() { refuse = false })
		s := r.after(time.Minute)
		if !s.Progress.Complete() || len(s.Networks) != objects {
			t.Fatalf("not read afterwards: %+v", s.Progress)
		}
		// In the ideal each wait costs one request; the first one may catch as
		// many as were in flight.
		ideal := 30
		if float64(refused) > 1.2*float64(ideal)+8 {
			t.Errorf("%d requests were refused, ideal %d", refused, ideal)
		}
	})
}

// Fault 25: the service fails with 5xx, or cannot be reached, again and again, and then works.
// Seen: “no answer, again in N s” with growing waits that are spread by chance, a minute at
// most; it comes back without a key, and at once with r.
func TestFault25ABrokenServiceIsLeftAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(5)
		r := run(t, f)
		before := r.after(10 * time.Second)
		f.edit(func() {
			f.fail = func(call, _ string) error {
				if call == "vnet" {
					return nil
				}
				return model.Failure{Kind: model.FailureUnreachable, Cause: text("no route"), Retryable: true}
			}
		})
		r.Refresh()
		s := r.after(5 * time.Second)
		if s.Konnect.State != model.SourceDown || s.Konnect.NextTry.IsZero() || !s.Konnect.LastOK.Equal(before.Konnect.LastOK) && s.Konnect.LastOK.IsZero() {
			t.Errorf("got %+v", s.Konnect)
		}
		if len(s.Networks) != 5 || s.Worst() != model.SeverityOK {
			t.Error("what was known must stay")
		}
		f.edit(func() { f.calls = map[string]int{} })
		r.after(10 * time.Minute)
		total := f.count("networks") + f.count("peerings") + f.count("dns") + f.count("references") + f.count("organization") + f.count("accounts")
		if total < 8 || total > 30 {
			t.Errorf("%d requests to a dead service in ten minutes", total)
		}
		f.edit(func() { f.fail = nil })
		r.after(time.Second) // a question may be under way
		r.Refresh()          // the person need not wait out the back-off
		if s := r.after(2 * time.Second); s.Konnect.State != model.SourceLive {
			t.Errorf("it came back, and: %+v", s.Konnect)
		}
	})
}

func TestFault19OneBadAnswerStopsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(3)
		f.fail = func(call, key string) error {
			if call == "dns" && key == "aaa" {
				return model.Failure{Kind: model.FailureServer, Status: 500, Cause: text("boom"), Retryable: true}
			}
			return nil
		}
		r := run(t, f)
		s := r.after(10 * time.Second)
		if s.Konnect.State != model.SourceLive || !s.Progress.Complete() || s.Networks[0].PrivateDNSRead.Failure == nil {
			t.Errorf("got %+v, %+v", s.Konnect, s.Networks[0].PrivateDNSRead)
		}
	})
}

// Fault 18: the token is refused in the middle of the work: it has expired, or was revoked.
// Seen: “not signed in”, with what was known still there; it is looked a few times a minute
// whether a new token is there. A set-up stops at its step and goes on with the new token.
// Not run: a change of the table in which the token ends.
func TestFault18ATokenThatRunsOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(2)
		r := run(t, f)
		r.after(10 * time.Second)
		f.edit(func() {
			f.fail = func(call, _ string) error {
				if call == "vnet" {
					return nil
				}
				return model.Failure{Kind: model.FailureAuth, Status: 401, Cause: text("refused"), Cure: "new token"}
			}
		})
		s := r.after(3 * time.Minute)
		if s.Konnect.State != model.SourceSignedOut || len(s.Networks) != 2 || s.Konnect.Failure.Cure == "" {
			t.Errorf("got %+v", s.Konnect)
		}
		f.edit(func() { f.fail = nil })
		if s := r.after(90 * time.Second); s.Konnect.State != model.SourceLive {
			t.Errorf("a new token must be noticed: %+v", s.Konnect)
		}
	})
}

func TestASignInToOneTenantIsNotAzure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(3)
		f.fail = func(call, key string) error {
			if call == "vnet" && key == "v-aaa" {
				return model.Failure{Kind: model.FailureAuth, Cause: text("nobody is signed in")}
			}
			return nil
		}
		r := run(t, f)
		s := r.after(30 * time.Second)
		if s.Azure.State != model.SourceLive || s.Networks[0].Finding.Code != "azure-signed-out" || s.Networks[1].Finding.Severity != model.SeverityOK {
			t.Errorf("got %+v, %+v", s.Azure, s.Networks[0].Finding)
		}
		f.edit(func() {
			f.fail = func(call, _ string) error {
				if call == "vnet" {
					return model.Failure{Kind: model.FailureAuth, Cause: text("nobody is signed in")}
				}
				return nil
			}
		})
		r2 := run(t, f)
		if s := r2.after(30 * time.Second); s.Azure.State != model.SourceSignedOut || s.Konnect.State != model.SourceLive {
			t.Errorf("got %+v", s.Azure)
		}
	})
}

func TestAVNetThatIsGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(1)
		r := run(t, f)
		r.after(10 * time.Second)
		f.edit(func() {
			f.fail = func(call, _ string) error {
				if call == "vnet" {
					return model.Failure{Kind: model.FailureNotFound, Code: text("ResourceNotFound"), Cause: text("gone"), Status: 404}
				}
				return nil
			}
		})
		if s := r.after(2 * time.Minute); s.Networks[0].Finding.Code != "azure-no-vnet" {
			t.Errorf("got %+v", s.Networks[0].Finding)
		}
	})
}

func TestWhatIsOnTheScreenComesFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(600)
		r := run(t, f)
		r.Attend([]safe.Text{text("xyz"), text("fva"), text("fwa")})
		r.after(300 * time.Millisecond)
		first := -1
		others := 0
		f.edit(func() {
			for i, call := range f.order {
				switch {
				case call == "peerings fva":
					first = i
				case strings.HasPrefix(call, "peerings") && first < 0:
					others++
				}
			}
		})
		// Eight jobs of the first page may be under way when its page arrives.
		if first < 0 || others > 16 {
			t.Errorf("%d others were asked first (place %d)", others, first)
		}
		r.after(2 * time.Minute)
		f.edit(func() {
			if f.most > watch.DefaultPace().Calls+watch.DefaultPace().Reads {
				t.Errorf("%d requests in flight", f.most)
			}
		})
	})
}

func TestALargeFleetIsReadPolitely(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(1000)
		r := run(t, f)
		s := r.after(time.Second)
		if len(s.Networks) != 1000 {
			t.Fatalf("%d networks after a second", len(s.Networks))
		}
		r.after(time.Minute)
		before := f.count("peerings") + f.count("dns") + f.count("references")
		r.after(time.Minute)
		if n := f.count("peerings") + f.count("dns") + f.count("references") - before; n > 45*60 {
			t.Errorf("%d requests a minute", n)
		}
		if s := r.after(2 * time.Minute); !s.Progress.Complete() {
			t.Errorf("not read after four minutes: %+v", s.Progress)
		}
	})
}

func TestFault20NetworksThatGo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(3)
		r := run(t, f)
		r.after(10 * time.Second)
		f.edit(func() { f.networks = f.networks[:2]; f.partial = true })
		if s := r.after(5 * time.Minute); len(s.Networks) != 3 {
			t.Errorf("a list that is not whole proves nothing: %d networks", len(s.Networks))
		}
		f.edit(func() { f.partial = false })
		if s := r.after(2 * time.Minute); len(s.Networks) != 2 {
			t.Errorf("%d networks", len(s.Networks))
		}
		f.edit(func() { f.calls = map[string]int{} })
		r.after(5 * time.Minute)
		f.edit(func() {
			for _, call := range f.order[len(f.order)-20:] {
				if strings.HasSuffix(call, "caa") {
					t.Errorf("still asking: %s", call)
				}
			}
		})
	})
}

func TestPeeringsThatGo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(1)
		r := run(t, f)
		r.after(10 * time.Second)
		f.edit(func() { f.networks[0].PeeringCount, f.peerings["aaa"] = 0, nil })
		s := r.after(2 * time.Minute)
		if told := says(line(t, r, changes.View{})); told != "neutral aaa › hub: gone from Konnect" {
			t.Errorf("it is in the history that the peering went: %s", told)
		}
		if len(s.Networks[0].Peerings) != 0 || s.Progress.HalfTotal != 0 || s.Networks[0].Finding.Code != "network-ready" {
			t.Errorf("got %+v", s.Networks[0])
		}
	})
}

func TestPeeringsThatCome(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(1)
		r := run(t, f)
		r.after(10 * time.Second)
		f.edit(func() {
			f.networks[0].PeeringCount = 2
			more := f.peerings["aaa"][0]
			more.ID, more.Name, more.State = text("p2"), text("second"), model.PeeringInitializing
			f.peerings["aaa"] = append(f.peerings["aaa"][:1:1], more)
		})
		r.after(2 * time.Minute)
		if told := says(line(t, r, changes.View{})); told != "working aaa › second: new: Konnect initializing" {
			t.Errorf("it is in the history that a peering came: %s", told)
		}
	})
}

// Konnect calls a peering ready when Azure's half stands. What was read of Azure
// before that must not be taken for a half that was deleted.
func TestAHalfReadTooEarlyIsNoAlarm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(1)
		written := f.vnets["v-aaa"]
		f.vnets["v-aaa"] = model.VNet{Name: written.Name}
		f.peerings["aaa"][0].State = model.PeeringInitializing
		r := run(t, f)
		if s := r.after(20 * time.Second); s.Networks[0].Finding.Code != "starting" {
			t.Fatalf("verdict %+v", s.Networks[0].Finding)
		}
		// The peering becomes ready while Konnect is asked, so the watcher hears of it
		// from Konnect first.
		f.edit(func() {
			f.fail = func(name, _ string) error {
				if name == "peerings" {
					f.edit(func() {
						f.vnets["v-aaa"] = written
						ready := f.peerings["aaa"][0]
						ready.State = model.PeeringReady
						f.peerings["aaa"] = []model.Peering{ready}
						f.fail = nil
					})
				}
				return nil
			}
		})
		rules := map[finding.Code]bool{}
		for range 2000 {
			rules[r.after(5 * time.Millisecond).Networks[0].Peerings[0].Finding.Code] = true
		}
		if len(rules) != 3 || !rules["starting"] || !rules["azure-outdated"] || !rules["azure-connected"] {
			t.Errorf("it was judged by %v", rules)
		}
		f.edit(func() { f.vnets["v-aaa"] = model.VNet{Name: written.Name} })
		if s := r.after(2 * time.Minute); s.Networks[0].Peerings[0].Finding.Code != "azure-absent" {
			t.Errorf("a half that goes later is gone: %+v", s.Networks[0].Peerings[0].Finding)
		}
	})
}

// Fault 33: an object stays in a state of passage for hours.
// Seen: for how long it has been so, with its bounds; it is asked for once a minute then.
//
// A peering can wait for a person for days: it is not worth a request every five
// seconds for all of them.
func TestFault33WhatWaitsForDays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(1)
		f.peerings["aaa"][0].State = model.PeeringPendingUserAction
		r := run(t, f)
		asked := func() (peerings, dns int) {
			f.edit(func() { f.calls = map[string]int{} })
			r.after(10 * time.Minute)
			return f.count("peerings"), f.count("dns")
		}
		r.after(time.Minute)
		if soon, dns := asked(); soon < 100 || dns > 10 {
			t.Errorf("at first %d requests in ten minutes, and %d for its DNS", soon, dns)
		}
		r.after(time.Hour)
		if later, _ := asked(); later > 25 || later < 8 {
			t.Errorf("after an hour %d requests in ten minutes", later)
		}
	})
}

// Where nobody watched a state begin, the snapshot has the bounds that Konnect and the
// history give, and what lasts for too long is no longer called work that goes on.
func TestFault33SinceHasBounds(t *testing.T) {
	dir := t.TempDir()
	open := func(o *watch.Options) {
		o.History = func(organization safe.Text) *history.Store {
			s, _, err := history.Open(dir, organization.Raw())
			if err != nil {
				t.Error(err)
			}
			return s
		}
	}
	synctest.Test(t, func(t *testing.T) {
		f := newFake(1)
		began := time.Now()
		p := &f.peerings["aaa"][0]
		p.State, p.CreatedAt, p.UpdatedAt = model.PeeringTerminating, began.Add(-50*time.Hour), began.Add(-49*time.Hour-30*time.Minute)
		f.networks[0].State = model.NetworkTerminating // Konnect tells no time of it
		s := run(t, f, open).after(10 * time.Second)
		n := s.Networks[0]
		if got := n.Peerings[0]; got.Since.Whole(s.At) != "2 days" || got.Since.Exact() || got.Finding.Code != "peering-terminating-long" {
			t.Errorf("%s, %s", got.Since.Whole(s.At), got.Finding.Code)
		}
		if n.Own.Code != "network-terminating" {
			t.Errorf("nobody knows for how long: %s", n.Own.Code)
		}
	})
	synctest.Test(t, func(t *testing.T) { // begins at the same time as the one before
		f := newFake(1)
		f.networks[0].State = model.NetworkTerminating
		time.Sleep(3 * time.Hour)
		s := run(t, f, open).after(10 * time.Second)
		if n := s.Networks[0]; n.Since.Text(s.At) != "at least 3 h" || n.Own.Code != "network-terminating-long" {
			t.Errorf("%s, %s", n.Since.Text(s.At), n.Own.Code)
		}
	})
}

func TestTheHistorySurvivesARestart(t *testing.T) {
	dir := t.TempDir()
	open := func(o *watch.Options) {
		o.History = func(organization safe.Text) *history.Store {
			s, _, err := history.Open(dir, organization.Raw())
			if err != nil {
				t.Error(err)
			}
			return s
		}
	}
	f := newFake(1)
	for _, c := range []struct {
		state   model.PeeringState
		changes int
	}{{model.PeeringReady, 0}, {model.PeeringError, 1}} {
		synctest.Test(t, func(t *testing.T) {
			f.peerings["aaa"][0].State = c.state
			r := run(t, f, open)
			r.after(10 * time.Second)
			told := line(t, r, changes.View{}).Entries
			if len(told) != 1+c.changes {
				t.Fatalf("%s: changes %+v", c.state, told)
			}
			if c.changes > 0 && !told[0].Unseen {
				t.Error("it changed while nobody watched")
			}
		})
	}
}

func TestCollect(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(40)
		began := time.Now()
		s := watch.New(watch.Options{Konnect: f, Azure: f, Pace: watch.DefaultPace()}).Collect(context.Background())
		if !s.Progress.Complete() || len(s.Networks) != 40 || s.Worst() != model.SeverityOK || s.Networks[0].ControlPlanes[0].Name.Raw() != "plane-eu" {
			t.Errorf("got %+v", s.Progress)
		}
		if f.count("peerings") != 40 || f.count("networks") != 1 || f.count("vnet") != 40 {
			t.Errorf("calls %v", f.calls)
		}
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("took %v", took)
		}
	})
}

func TestCollectGivesUpOnADeadService(t *testing.T) {
	for name, failure := range map[string]model.Failure{
		"unreachable": {Kind: model.FailureUnreachable, Cause: text("no route"), Retryable: true},
		"refused":     {Kind: model.FailureAuth, Status: 401, Cause: text("refused")},
		"throttled":   {Kind: model.FailureThrottled, RetryAfter: 3 * time.Second, Retryable: true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFake(3)
				f.fail = func(string, string) error { return failure }
				began := time.Now()
				s := watch.New(watch.Options{Konnect: f, Azure: f, Pace: watch.DefaultPace()}).Collect(context.Background())
				if s.Konnect.Failure == nil || s.Konnect.Failure.Kind != failure.Kind || s.Progress.ListedAll {
					t.Errorf("got %+v", s.Konnect)
				}
				if took := time.Since(began); took > 15*time.Second {
					t.Errorf("took %v", took)
				}
			})
		})
	}
}

// Who looks once gets what was read by the end of its time. What was not read says why,
// and nothing looks as if it were still being read; nobody waits for a try that would come
// after the end.
func TestCollectEndsInTime(t *testing.T) {
	throttled := model.Failure{Kind: model.FailureThrottled, Cause: text("slow down (429)"), RetryAfter: 2 * time.Minute, Retryable: true, Cure: "Later."}
	for name, c := range map[string]struct {
		hangs, throttled string // the call that is met
		takes            time.Duration
		kind             model.FailureKind
	}{
		"Azure hangs":             {hangs: "vnet", takes: 30 * time.Second, kind: model.FailureTimeout},
		"peerings hang":           {hangs: "peerings", takes: 30 * time.Second, kind: model.FailureTimeout},
		"Azure asks for patience": {throttled: "vnet", takes: time.Second, kind: model.FailureThrottled},
		"peerings: 429":           {throttled: "peerings", takes: time.Second, kind: model.FailureThrottled},
		"the list hangs":          {hangs: "networks", takes: 30 * time.Second, kind: model.FailureTimeout},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFake(3)
				ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
				defer cancel()
				f.fail = func(call, _ string) error {
					if call == c.throttled {
						return throttled
					}
					if call == c.hangs {
						<-ctx.Done()
						return model.Failure{Kind: model.FailureCancelled}
					}
					return nil
				}
				began := time.Now()
				s := watch.New(watch.Options{Konnect: f, Azure: f, Pace: watch.DefaultPace()}).Collect(ctx)
				if took := time.Since(began); took > c.takes {
					t.Errorf("took %s", took)
				}
				if c.hangs == "networks" {
					if s.Progress.ListedAll || len(s.Failures) == 0 || s.Failures[len(s.Failures)-1].Operation != "list networks" || s.Failures[len(s.Failures)-1].Kind != c.kind {
						t.Errorf("failures %+v", s.Failures)
					}
					return
				}
				if len(s.Networks) != 3 || s.Worst() != model.SeverityUnknown {
					t.Fatalf("%d networks, %s", len(s.Networks), s.Worst())
				}
				for _, n := range s.Networks {
					met := n.PeeringsRead.Failure
					if c.hangs == "vnet" || c.throttled == "vnet" {
						met = n.Peerings[0].Azure.Failure
					}
					if met == nil || met.Kind != c.kind || met.Cure == "" || n.Finding.Code == "peerings-unread" {
						t.Errorf("%s: %+v, %s", n.Name, met, n.Finding.Code)
					}
				}
			})
		})
	}
}

func TestCollectCanBeCancelled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(3)
		f.latency = time.Hour
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		began := time.Now()
		watch.New(watch.Options{Konnect: f, Azure: f, Pace: watch.DefaultPace()}).Collect(ctx)
		if time.Since(began) > 2*time.Second {
			t.Error("it was not")
		}
	})
}

func TestASlowScreenLosesNothingButTheMiddle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := run(t, newFake(50))
		time.Sleep(time.Minute)
		s := <-r.Snapshots()
		if !s.Progress.Complete() {
			t.Errorf("an old snapshot was kept: %+v", s.Progress)
		}
	})
}

// The number of peerings that Konnect tells with a network is no proof that there are
// none: a network is not called well before its list was read.
func TestTheListOfPeeringsCountsAndNotTheirNumber(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(1)
		f.networks[0].PeeringCount = 0
		f.peerings["aaa"][0].State = model.PeeringError
		r := run(t, f)
		if s := r.after(5 * time.Second); len(s.Networks[0].Peerings) != 1 || s.Networks[0].Finding.Severity != model.SeverityBroken {
			t.Errorf("%d peerings, %+v", len(s.Networks[0].Peerings), s.Networks[0].Finding)
		}
	})
}

// What the last probe found is part of the network's verdict, as long as it says something
// of today.
func TestTheLastProbeCounts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(1)
		f.peerings["aaa"][0].DNS = []model.DNSMapping{{Domains: []safe.Text{text("corp.acme.io")}, Servers: []safe.Text{text("10.1.0.4"), text("10.1.0.5")}}}
		began := time.Now()
		r := run(t, f, func(o *watch.Options) {
			o.Pace.Changing, o.Pace.Resting, o.Pace.Slow = 20*time.Minute, 20*time.Minute, 20*time.Minute // a day is long
			o.Probed = func(safe.Text) *model.Probed {
				return &model.Probed{At: began, Vantage: "from this machine", Domains: 1, Faults: []model.ProbeFault{{Domain: text("corp.acme.io")}}}
			}
		})
		says := func(s model.Snapshot) bool {
			return slices.ContainsFunc(s.Networks[0].Mappings, func(m model.MappingFinding) bool { return m.Finding.Code == "mapping-probe-failed" })
		}
		if s := r.after(time.Minute); !says(s) || !s.Networks[0].Finding.NeedsPerson() {
			t.Errorf("a minute after: %+v", s.Networks[0].Finding)
		}
		if s := r.after(25 * time.Hour); says(s) {
			t.Errorf("a day after: %+v", s.Networks[0].Mappings)
		}
	})
}
