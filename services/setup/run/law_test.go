package run_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/cloud/azure"
	"github.com/peerdeck/peerdeck/services/run/longtest"
	"github.com/peerdeck/peerdeck/services/run/work"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/setup/journal"
	"github.com/peerdeck/peerdeck/services/watch"
)

// collect reads the world as status does.
func (p *place) collect(network string) *model.NetworkStatus {
	p.t.Helper()
	o := p.options(p.store)
	reader, ok := o.Clouds.Azure.(*azure.Client)
	if !ok {
		p.t.Fatalf("Azure is read by %T", o.Clouds.Azure)
	}
	w := watch.New(watch.Options{
		Konnect: p.plain(), Azure: reader, Log: p.log, Pace: watch.DefaultPace(),
		Report: func(f work.Panic) { p.t.Errorf("%v: %v\n%s", f, f.Value, f.Stack) },
	})
	snapshot := w.CollectOne(p.t.Context(), safe.New(network))
	for i := range snapshot.Networks {
		if snapshot.Networks[i].Name.Raw() == network {
			return snapshot.Networks[i]
		}
	}
	p.t.Fatalf("no network %s: %+v", network, snapshot.Failures)
	return nil
}

// situations are states in which Konnect and Azure can say the peering to be: each state
// of Konnect with each of Azure's half, and the reasons that are known.
func situations() []sandbox.Event {
	var out []sandbox.Event
	add := func(e sandbox.Event) {
		e.Network, e.Peering = "uk-lab", "labs"
		out = append(out, e)
	}
	halves := []string{"Initiated", "Connected", "Disconnected", "Levitating", "none"}
	for _, state := range []string{"created", "initializing", "pending-user-action", "pending-acceptance", "ready", "error", "levitating"} {
		for _, half := range halves {
			add(sandbox.Event{State: state, Azure: half})
		}
	}
	for _, reason := range []string{"VnetAddressSpacesOverlap: x", "LinkedAuthorizationFailed: x", "RemotePeeringIsDisconnected", "ReferencedResourceNotProvisioned", "etwas ging schief"} {
		add(sandbox.Event{State: "error", Azure: "none", Reason: reason})
		add(sandbox.Event{State: "pending-user-action", Azure: "Initiated", Reason: reason})
	}
	for _, sync := range []string{"FullyInSync", "LocalNotInSync", "RemoteNotInSync", "LocalAndRemoteNotInSync", "Sideways"} {
		for _, provisioning := range []string{"Succeeded", "Updating", "Failed", "Deleting", "Dreaming"} {
			add(sandbox.Event{State: "ready", Azure: "Connected", Sync: sync, Provisioning: provisioning})
		}
	}
	add(sandbox.Event{State: "ready", Azure: "Connected", Sync: "FullyInSync", Provisioning: "Succeeded", Reported: "INVALID", Reason: "something"})
	return out
}

// One situation has one code, one severity and one next step, wherever it is met: in
// status, in a trace, and in the set-up, at its first look and at the step that watches
// both halves.
func TestOneSituationHasOneFinding(t *testing.T) {
	t.Parallel()
	// The watcher has the clock of this machine, so the world begins there.
	clock := sandbox.NewManualClock(time.Now())
	p := bare(t, sandbox.Options{Clock: clock})
	p.clock = clock
	p.runner = p.another(p.store)
	p.event(sandbox.Event{Tenant: sandbox.LabsDomain, Principal: "consented"})
	p.must(p.start(p.runner, p.request(setup.DNSNone), p.willing), setup.RunDone)
	p.runner.Close()
	seen := map[finding.Code]bool{}
	all := situations()
	for i := 0; i < len(all); i += longtest.Step(4) { // each kind of situation is more than four
		e := all[i]
		what := fmt.Sprintf("Konnect %s %s, Azure %s %s %s", e.State, e.Reason, e.Azure, e.Sync, e.Provisioning)
		p.event(e)
		n := p.collect("uk-lab")
		if len(n.Peerings) != 1 {
			t.Fatalf("%s: %d peerings", what, len(n.Peerings))
		}
		status := n.Peerings[0].Finding
		seen[status.Code] = true
		if got, found := p.traced(n, status); status.Severity != model.SeverityOK && (!found || !got.Same(status)) {
			t.Errorf("%s:\nstatus %s\na trace %s", what, line(status), line(got))
		}
		if got, found := p.watched(); !found || !got.Same(status) {
			t.Errorf("%s:\nstatus %s\nthe set-up %s", what, line(status), line(got))
		}
	}
	if len(seen) < 20/longtest.Step(2) {
		t.Errorf("only %d findings were met: %v", len(seen), seen)
	}
}

func line(f finding.Finding) string {
	return fmt.Sprintf("%s (%s) %q → %+v", f.Code, f.Severity, f.Cause, f.Next)
}

// traced is what a trace says of the peering.
func (p *place) traced(n *model.NetworkStatus, want finding.Finding) (finding.Finding, bool) {
	query := dnstrace.Read("orders.labs.example.org")
	rules := dnstrace.RulesFor(dnstable.Normalise("orders.labs.example.org"), n)
	trace := dnstrace.Trace{Query: query, Network: n.ID, Rules: rules, State: dnstrace.Done, Facts: dnstrace.FactsOf(n, rules)}.Judged()
	for _, f := range trace.Findings {
		if e, found := finding.Lookup(string(f.Code)); found && e.Subject == finding.OfPeering {
			return f, true
		}
	}
	return finding.Finding{}, want.Severity == model.SeverityOK
}

// watched is what a set-up says of the peering that is there: where it looks before it
// begins, or at the step that watches both halves.
func (p *place) watched() (finding.Finding, bool) {
	p.t.Helper()
	runner := p.another(journal.NewStore(p.t.TempDir()))
	defer runner.Close()
	if err := runner.Start(p.request(setup.DNSNone), setup.Options{}); err != nil {
		p.t.Fatal(err)
	}
	var last finding.Finding
	for run := range runner.Runs() {
		s := run.Step(run.Current)
		switch {
		case s != nil && s.ID == setup.StepReady && s.Halves != nil:
			return s.Halves.Finding, true
		case run.State == setup.RunFailed && s.ID == setup.StepPreflight:
			for _, c := range s.Findings {
				if e, found := finding.Lookup(string(c.Code)); found && e.Subject == finding.OfPeering {
					return c.Finding, true
				}
			}
			return last, false
		case run.State == setup.RunNeedsPerson, run.State == setup.RunPaused:
			if c := p.willing(run, s); c != nil {
				_ = runner.Do(*c)
			}
		case run.State.Over(), run.State == setup.RunFailed:
			return last, false
		}
	}
	return last, false
}
