package run_test

import (
	"fmt"
	"net/http"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/run/longtest"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/setup/journal"
)

// sequence is a way to mend, the trouble that it is for, and how many requests it takes.
type sequence struct {
	by     finding.Sequence
	event  sandbox.Event
	writes int
}

func (s sequence) name() string { return strings.TrimSpace(string(s.by) + " " + s.event.Azure) }

// breaks makes the trouble of a sequence, and returns what mends it.
func (s sequence) breaks(p *place) setup.Request {
	if s.by == finding.MendRule {
		return p.shuts(denies())
	}
	p.breaks(s.event)
	if s.by == finding.MendClear { // Kong writes its half once nothing is in its way
		var since time.Time
		p.waited = func() {
			switch gone := p.world.WritesOf(sandbox.Request{Service: "arm", Method: http.MethodDelete}) > 0; {
			case !gone:
			case since.IsZero():
				since = p.clock.Now()
			case p.clock.Now().Sub(since) > 2*time.Minute:
				p.breaks(sandbox.Event{State: "ready", Azure: "Connected"})
				p.waited = nil
			}
		}
	}
	return p.toMend(s.by)
}

// sequences are all that there are; a test fails where one lacks.
func sequences() []sequence {
	return []sequence{
		{finding.MendRemake, sandbox.Event{Azure: "Disconnected"}, 2},
		{finding.MendRemake, sandbox.Event{Azure: "none"}, 2},
		{finding.MendClear, sandbox.Event{State: "pending-user-action", Azure: "Disconnected"}, 1},
		{finding.MendSync, sandbox.Event{Sync: "LocalNotInSync"}, 1},
		{finding.MendAccess, sandbox.Event{Half: map[string]any{"allowVirtualNetworkAccess": false}}, 1},
		{finding.MendRule, sandbox.Event{}, 2},
	}
}

// A program that mends is killed before and after each of its requests, whatever the
// sequence. The next one goes on in the same journal, asks nothing that was agreed to, and
// ends with all well, also where readers of both clouds learn late.
func TestKilledWhileMending(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("a killed program looks like a failed one there")
	}
	swept := map[finding.Sequence]bool{finding.MendRow: true, finding.MendRoute: true} // by TestKilledWhileARowIsChanged and TestKilledWhileARouteGoes
	for _, c := range sequences() {
		swept[c.by] = true
		for n := 1; n <= c.writes; n++ {
			for _, when := range []string{"before", "after"} {
				for lag := range lags() {
					if os.Getenv("PEERDECK_LONG") == "" && lag != "reads flap" { // the hardest of them
						continue
					}
					t.Run(fmt.Sprintf("%s, %s write %d, %s", c.name(), when, n, lag), func(t *testing.T) {
						t.Parallel()
						longtest.OneIn(t, 8)
						p := newPlace(t, sandbox.Options{})
						request := c.breaks(p)
						p.world.Apply(sandbox.Event{Lag: lags()[lag]})
						dir := t.TempDir()
						if code, out := p.childOf(request, dir, n, when); code != killed {
							t.Fatalf("the first program ended with %d\n%s", code, out)
						}
						list, err := journal.NewStore(dir).List()
						if err != nil || len(list) != 1 || list[0].Kind != setup.RunMend || !list[0].Unfinished() {
							t.Fatalf("the next start is told %+v, %v", list, err)
						}
						if code, out := p.childOf(request, dir, 0, ""); code != 0 {
							t.Fatalf("the second program ended with %d\n%s", code, out)
						}
						p.mended(dir, c.by)
					})
				}
			}
		}
	}
	for _, by := range finding.Sequences() {
		if !swept[by] {
			t.Errorf("nobody is killed in %s", by)
		}
	}
}

// mended looks at the world after a run that mended: one peering with the VNET, that is well,
// one half, and a journal that knows of it.
func (p *place) mended(dir string, by finding.Sequence) {
	p.t.Helper()
	if by == finding.MendRule {
		p.opened(dir)
		return
	}
	var there []sandbox.PeeringView
	for _, o := range p.world.Peerings(mendNetwork) {
		if o.Name == mendPeering && o.State != "terminated" {
			there = append(there, o)
		}
	}
	if len(there) != 1 || there[0].State != "ready" {
		p.t.Fatalf("the peerings of the name are %+v", there)
	}
	list, err := journal.NewStore(dir).List()
	if err != nil || len(list) != 1 || list[0].State != setup.RunDone || list[0].Problem != "" {
		p.t.Errorf("the journal tells %+v, %v", list, err)
	}
	if slices.ContainsFunc(list[0].Made, func(m setup.Made) bool { return m.Kind != model.ObjectPeering || m.ID.Raw() != there[0].ID }) {
		p.t.Errorf("made %+v, and the peering is %s", list[0].Made, there[0].ID)
	}
}

// opened looks at the world after a run that let a connection through: each rule is there
// once, and the journal knows of it.
func (p *place) opened(dir string) {
	p.t.Helper()
	want := []string{"AllowDnsTcpFromKong", "AllowDnsUdpFromKong", "DenyAll"}
	got := p.groupRules()
	slices.Sort(got)
	if !slices.Equal(got, want) || p.closed().Mend != "" {
		p.t.Errorf("the rules are %q, and the finding asks for %q", got, p.closed().Mend)
	}
	list, err := journal.NewStore(dir).List()
	if err != nil || len(list) != 1 || list[0].State != setup.RunDone || len(list[0].Standing()) != 2 || list[0].Request.Mend.Change.IsZero() {
		p.t.Errorf("the journal tells %+v, %v", list, err)
	}
}
