package model_test

import (
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
)

func ago(d time.Duration) time.Time { return now.Add(-d) }

func TestSinceSaysNoMoreThanIsKnown(t *testing.T) {
	var never time.Time
	for name, c := range map[string]struct {
		created, updated time.Time
		seen             model.Sight
		text, whole      string
		least            time.Duration
	}{
		"nothing":                        {never, never, model.Sight{}, "", "", 0},
		"seen to begin":                  {ago(48 * time.Hour), ago(time.Minute), model.Sight{At: ago(3 * time.Hour), Began: true}, "3 h", "3 h", 3 * time.Hour},
		"seen so before":                 {never, never, model.Sight{At: ago(3 * time.Hour)}, "at least 3 h", "at least 3 h", 3 * time.Hour},
		"written, made unknown":          {never, ago(3 * time.Hour), model.Sight{}, "at least 3 h", "at least 3 h", 3 * time.Hour},
		"made, never written again":      {ago(3 * time.Hour), ago(3 * time.Hour), model.Sight{}, "3 h", "3 h", 3 * time.Hour},
		"made and written":               {ago(48 * time.Hour), ago(3 * time.Hour), model.Sight{}, "at least 3 h", "at least 3 h, at most 2 days", 3 * time.Hour},
		"made alone":                     {ago(3 * time.Hour), never, model.Sight{}, "at most 3 h", "at most 3 h", 0},
		"written just now":               {ago(3 * time.Hour), ago(5 * time.Second), model.Sight{}, "at most 3 h", "at most 3 h", 5 * time.Second},
		"written after it was seen":      {ago(48 * time.Hour), ago(5 * time.Second), model.Sight{At: ago(3 * time.Hour)}, "at least 3 h", "at least 3 h, at most 2 days", 3 * time.Hour},
		"written before it was seen":     {ago(48 * time.Hour), ago(5 * time.Hour), model.Sight{At: ago(3 * time.Hour)}, "at least 5 h", "at least 5 h, at most 2 days", 5 * time.Hour},
		"a clock that is fast":           {ago(-time.Hour), ago(-time.Hour), model.Sight{}, "0 s", "0 s", 0},
		"seen before it is said to be":   {ago(time.Hour), ago(time.Hour), model.Sight{At: ago(2 * time.Hour)}, "2 h", "2 h", 2 * time.Hour},
		"within one unit of a long time": {ago(50 * time.Hour), ago(49 * time.Hour), model.Sight{}, "2 days", "2 days", 49 * time.Hour},
	} {
		s := model.SinceOf(c.created, c.updated, c.seen, now)
		if short := strings.NewReplacer("at most ", "<", "at least ", "").Replace(c.text); s.Short(now) != short && s.Short(now) != short+"+" || strings.HasSuffix(s.Short(now), "+") != strings.HasPrefix(c.text, "at least") {
			t.Errorf("%s in a column: %q", name, s.Short(now))
		}
		if s.Text(now) != c.text || s.Whole(now) != c.whole || s.AtLeast(now) != c.least {
			t.Errorf("%s: %q, %q, at least %s", name, s.Text(now), s.Whole(now), s.AtLeast(now))
		}
	}
	if got := (model.Since{Latest: ago(200 * time.Minute)}).Short(now); got != "3 h+" {
		t.Errorf("in a column: %q", got)
	}
	both := model.Since{Latest: ago(5 * time.Hour)}.With(model.SinceExactly(ago(time.Hour)))
	if !both.Exact() || both.Text(now) != "1 h" {
		t.Errorf("two states together are as old as the younger: %+v", both)
	}
	if open := model.SinceExactly(ago(5 * time.Hour)).With(model.Since{Latest: ago(time.Hour)}); open.Text(now) != "at least 1 h" {
		t.Errorf("it may be older: %s", open.Whole(now))
	}
}

// Every state that is expected to pass is in the table, and beyond its limit it is no
// longer called work that goes on. What is only known to be no older than the limit, or
// not known at all, still is.
func TestEveryStateThatShouldPassHasALimit(t *testing.T) {
	judge := model.NewJudge()
	network := func(s model.NetworkState) func(model.Since) model.Severity {
		return func(since model.Since) model.Severity {
			return judge.Network(model.NetworkFacts{Network: model.Network{State: s}, Since: since, Now: now}).Severity
		}
	}
	peering := func(s model.PeeringState) func(model.Since) model.Severity {
		return func(since model.Since) model.Severity {
			return judge.Peering(facts(konnect(s, ""), half(model.HalfAbsent, nil), func(f *model.PeeringFacts) { f.Since = since })).Severity
		}
	}
	dns := func(s model.PrivateDNSState) func(model.Since) model.Severity {
		return func(since model.Since) model.Severity {
			return judge.PrivateDNS(model.PrivateDNSFacts{PrivateDNS: model.PrivateDNS{State: s}, Since: since, Now: now}).Severity
		}
	}
	write := func(state model.VNetPeeringState, p model.ProvisioningState) func(model.Since) model.Severity {
		return func(since model.Since) model.Severity {
			return judge.Peering(facts(azure(func(h *model.VNetPeering) { h.State, h.Provisioning = state, p }), func(f *model.PeeringFacts) { f.HalfSince = since })).Severity
		}
	}
	judged := map[string]func(model.Since) model.Severity{}
	for _, s := range []model.NetworkState{model.NetworkCreated, model.NetworkInitializing, model.NetworkTerminating, model.NetworkOffline, model.NetworkReady, model.NetworkTerminated} {
		if s.Changing() {
			judged[string(model.AspectNetwork)+" "+string(s)] = network(s)
		}
	}
	for _, s := range []model.PeeringState{
		model.PeeringCreated, model.PeeringInitializing, model.PeeringPendingAcceptance, model.PeeringPendingUserAction,
		model.PeeringReady, model.PeeringTerminating, model.PeeringTerminated, model.PeeringError,
	} {
		if s.Changing() {
			judged[string(model.AspectKonnect)+" "+string(s)] = peering(s)
		}
	}
	for _, s := range []model.PrivateDNSState{
		model.PrivateDNSCreated, model.PrivateDNSInitializing, model.PrivateDNSPendingAssociation, model.PrivateDNSReady,
		model.PrivateDNSError, model.PrivateDNSTerminating, model.PrivateDNSTerminated,
	} {
		if s.Changing() {
			judged[string(model.AspectPrivateDNS)+" "+string(s)] = dns(s)
		}
	}
	for _, p := range []model.ProvisioningState{model.ProvisioningCreating, model.ProvisioningUpdating, model.ProvisioningDeleting} {
		judged[string(model.AspectProvisioning)+" "+string(p)] = write(model.VNetConnected, p)
	}
	judged[string(model.AspectAzure)+" "+string(model.VNetInitiated)] = write(model.VNetInitiated, model.ProvisioningUpdating)

	stays := map[string]model.Stay{}
	for _, s := range model.Stays() {
		stays[string(s.Of)+" "+s.State] = s
	}
	if len(stays) != len(judged) {
		t.Errorf("%d states in the table, %d that should pass", len(stays), len(judged))
	}
	for key, severity := range judged {
		stay, found := stays[key]
		if !found {
			t.Errorf("%s is not in the table", key)
			continue
		}
		long := model.SinceExactly(ago(stay.Long + time.Second))
		if got := severity(long); got < model.SeverityAttention {
			t.Errorf("%s beyond its time: %s", key, got)
		}
		if got := severity(model.Since{Latest: long.Latest}); got < model.SeverityAttention {
			t.Errorf("%s for at least that: %s", key, got)
		}
		if stay.Long == 0 || key == "provisioning Deleting" {
			continue // it needs somebody at once
		}
		for name, since := range map[string]model.Since{"not known": {}, "at most": {Earliest: long.Earliest}, "in time": model.SinceExactly(ago(stay.Long - time.Second))} {
			if got := severity(since); got != model.SeverityWorking {
				t.Errorf("%s, %s: %s", key, name, got)
			}
		}
	}
}

// How long a peering has been set up counts from when it is known to be, and no earlier
// than its network is ready; that it was made long ago proves nothing.
func TestAPeeringThatIsSetUpForLong(t *testing.T) {
	judge := model.NewJudge()
	set := func(edit func(*model.PeeringFacts)) model.PeeringFacts {
		return facts(konnect(model.PeeringInitializing, ""), half(model.HalfAbsent, nil), func(f *model.PeeringFacts) {
			f.Peering.CreatedAt, f.Since = ago(50*time.Hour), model.Since{Earliest: ago(50 * time.Hour), Latest: ago(5 * time.Hour)}
			edit(f)
		})
	}
	if v := judge.Peering(set(func(*model.PeeringFacts) {})); v.Code != "starting-long" || !contains(v.Cause, "at least 5 h") || !contains(v.Next.Text, "id p1") {
		t.Errorf("%+v", v)
	}
	for name, edit := range map[string]func(*model.PeeringFacts){
		"written just now":                     func(f *model.PeeringFacts) { f.Since.Latest = ago(time.Minute) },
		"the network is ready for ten minutes": func(f *model.PeeringFacts) { f.NetworkSince = model.SinceExactly(ago(10 * time.Minute)) },
		"the network is not ready":             func(f *model.PeeringFacts) { f.Network.State = model.NetworkInitializing },
	} {
		if v := judge.Peering(set(edit)); v.Severity != model.SeverityWorking {
			t.Errorf("%s: %+v", name, v)
		}
	}
}

// What is being deleted for long says how far Azure is, and what can be sent to Kong.
func TestADeletionThatDoesNotEnd(t *testing.T) {
	judge := model.NewJudge()
	two := func(f *model.PeeringFacts) { f.Since = model.Since{Latest: ago(49 * time.Hour)} }
	v := judge.Peering(facts(konnect(model.PeeringTerminating, ""), two))
	if v.Code != "peering-terminating-long" || !contains(v.Cause, "at least 2 days") || !contains(v.Cause, "still there") || !contains(v.Next.Command, "az lock list") {
		t.Errorf("%+v", v)
	}
	v = judge.Peering(facts(konnect(model.PeeringTerminating, "in use"), two, half(model.HalfAbsent, nil)))
	if v.Next.Command != "" || !contains(v.Cause, "is gone") || !contains(v.Next.Text, "in use") {
		t.Errorf("%+v", v)
	}
	n := judge.Network(model.NetworkFacts{Network: model.Network{ID: text("n1"), State: model.NetworkTerminating, PeeringCount: 2}, Since: model.Since{Latest: ago(3 * time.Hour)}, Now: now})
	if n.Code != "network-terminating-long" || !contains(n.Cause, "2 peerings") || !contains(n.Next.Text, "n1") {
		t.Errorf("%+v", n)
	}
}

func contains(text, part string) bool { return strings.Contains(text, part) }
