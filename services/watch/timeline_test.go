package watch_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/watch"
	"github.com/peerdeck/peerdeck/services/watch/history"
)

// line is the time line as it was sent last, the newest first.
func line(t *testing.T, r *running, before changes.View) changes.View {
	t.Helper()
	for {
		select {
		case v := <-r.Changes():
			before = v
			continue
		default:
			return before
		}
	}
}

func says(v changes.View) string {
	var out []string
	for _, e := range v.Entries {
		if e.Kind != changes.KindGap {
			out = append(out, e.Sense.String()+" "+e.Where()+": "+e.Line(e.At))
		}
	}
	return strings.Join(out, "\n")
}

func (f *fake) half(network string, state model.VNetPeeringState) {
	f.edit(func() {
		v := f.vnets["v-"+network]
		v.Peerings = []model.VNetPeering{v.Peerings[0]}
		v.Peerings[0].State = state
		f.vnets["v-"+network] = v
	})
}

// What breaks while somebody watches is one change with its finding, and so is what is
// mended; what was broken before is none.
func TestWhatBreaksIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(2)
		f.half("baa", model.VNetDisconnected)
		r := run(t, f)
		r.after(time.Minute)
		v := line(t, r, changes.View{})
		if got := says(v); got != "" {
			t.Errorf("it was so before: %s", got)
		}
		r.Look(false)
		f.half("aaa", model.VNetDisconnected)
		r.after(2 * time.Minute)
		if v = line(t, r, v); says(v) != "broke aaa › hub: Azure Connected → Disconnected" || v.Broke != 1 || v.Entries[0].Code != "azure-disconnected" {
			t.Errorf("%s, %d broke", says(v), v.Broke)
		}
		f.half("aaa", model.VNetConnected)
		f.half("baa", model.VNetConnected)
		r.after(20 * time.Minute)
		v = line(t, r, v)
		if v.Mended != 2 || v.Broke != 1 || !strings.Contains(says(v), "mended aaa › hub: Azure Disconnected → Connected, after ") {
			t.Errorf("%s, %d mended", says(v), v.Mended)
		}
	})
}

// What breaks while nobody watches is told when somebody does again, behind the gap.
func TestAGapIsDrawn(t *testing.T) {
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
	synctest.Test(t, func(t *testing.T) { run(t, f, open).after(time.Minute) })
	f.half("aaa", model.VNetDisconnected)
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(3 * time.Hour)
		r := run(t, f, open)
		r.after(time.Minute)
		v := line(t, r, changes.View{})
		if len(v.Entries) != 3 || !v.Entries[0].Unseen || v.Entries[0].Sense != changes.Broke || v.Entries[1].Kind != changes.KindGap || v.Entries[1].At.Sub(v.Entries[1].First).Round(time.Hour) != 3*time.Hour {
			t.Errorf("%+v", v.Entries)
		}
	})
}

// A peering that was deleted while nobody watched is told, once.
func TestWhatWentInAGap(t *testing.T) {
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
	synctest.Test(t, func(t *testing.T) { run(t, f, open).after(time.Minute) })
	f.edit(func() { f.networks[0].PeeringCount, f.peerings["aaa"] = 0, nil })
	for range 2 {
		synctest.Test(t, func(t *testing.T) {
			r := run(t, f, open)
			r.after(5 * time.Minute)
			if got := says(line(t, r, changes.View{})); got != "neutral aaa › hub: gone from Konnect, while nobody watched" {
				t.Errorf("got %q", got)
			}
		})
	}
}

// What cannot be read is told once for a service or a tenant, and per network where it is a
// matter of that; what was known stays and is not mended.
func TestFailuresOfReadingAreTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(2)
		r := run(t, f)
		r.after(time.Minute)
		fail := func(by func(call, key string) error) { f.edit(func() { f.fail = by }) }
		fail(func(call, _ string) error {
			if call == "vnet" {
				return model.Failure{Kind: model.FailureUnreachable, Cause: text("no route")}
			}
			return nil
		})
		r.after(5 * time.Minute)
		v := line(t, r, changes.View{})
		if says(v) != "neutral Azure: cannot be read: no route" || v.Entries[0].Severity != model.SeverityUnknown {
			t.Errorf("got %s", says(v))
		}
		fail(nil)
		r.after(5 * time.Minute)
		fail(func(call, key string) error {
			if call == "peerings" && key == "baa" {
				return model.Failure{Kind: model.FailurePermission, Cause: text("may not")}
			}
			return nil
		})
		r.after(5 * time.Minute)
		v = line(t, r, v)
		lines := strings.Split(says(v), "\n")
		if len(lines) != 3 || lines[0] != "neutral baa › peerings: cannot be read: may not" || !strings.HasPrefix(lines[1], "neutral Azure: can be read again, after ") {
			t.Errorf("got %q", lines)
		}
	})
}

// An edit of a mapping table is told, and whether it was made from here.
func TestEditsOfTablesAreTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(1)
		servers := func(s ...string) {
			f.edit(func() {
				f.dns = []model.PrivateDNS{{ID: text("r"), Name: text("corp-dns"), Kind: model.KindAzureResolver, State: model.PrivateDNSReady, DNS: []model.DNSMapping{
					{Domains: []safe.Text{text("hr.example.org")}, Servers: safe.Texts(s...)},
				}}}
			})
		}
		servers("10.20.0.5")
		here := false
		r := run(t, f, func(o *watch.Options) {
			o.Wrote = func(network, object safe.Text, before, after []model.DNSMapping, _ time.Time) bool {
				if network != text("aaa") || object != text("r") || len(before) != 1 || len(after) != 1 {
					t.Errorf("asked of %s, %s, %v, %v", network, object, before, after)
				}
				return here
			}
		})
		r.after(time.Minute)
		servers("10.20.0.6")
		r.after(10 * time.Minute)
		v := line(t, r, changes.View{})
		const first = "neutral aaa › corp-dns: DNS: hr.example.org 10.20.0.5 → 10.20.0.6, not from here"
		if !strings.Contains(says(v), first) {
			t.Errorf("got %s", says(v))
		}
		here = true
		servers("10.20.0.6", "10.20.0.7")
		r.after(10 * time.Minute)
		if v = line(t, r, v); !strings.Contains(says(v), "neutral aaa › corp-dns: DNS: hr.example.org 10.20.0.6 → 10.20.0.6, 10.20.0.7, from here") {
			t.Errorf("got %s", says(v))
		}
		r.Note(model.Change{Aspect: model.AspectRun, Object: text("run-1"), NetworkName: text("aaa"), ObjectName: text("hub"), To: text("set-up is done"), Severity: "ok"})
		r.after(time.Minute)
		if v = line(t, r, v); v.Entries[0].Kind != changes.KindRun || v.Entries[0].Network != text("aaa") {
			t.Errorf("got %+v", v.Entries[0])
		}
	})
}
