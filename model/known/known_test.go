package known_test

import (
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/known"
	"github.com/peerdeck/peerdeck/model/safe"
)

var noon = time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC) //nolint:gochecknoglobals // a fixed time of the tests

// twoPeerings is a network of which two peerings are at fault.
func twoPeerings() *model.NetworkStatus {
	bad := finding.Finding{Code: "azure-disconnected", Severity: finding.Broken, Word: "disconnected", Cause: "Azure calls the half Disconnected."}
	part := model.Part{At: noon}
	return &model.NetworkStatus{
		Network: model.Network{ID: safe.New("n1"), Name: safe.New("eu-prod"), State: model.NetworkReady},
		Own:     finding.Finding{Code: "network-ready", Severity: finding.OK, Word: "ready"}, PeeringsRead: part, PrivateDNSRead: part,
		Peerings: []model.PeeringStatus{
			{Peering: model.Peering{ID: safe.New("p1"), Name: safe.New("hub")}, Finding: bad},
			{Peering: model.Peering{ID: safe.New("p2"), Name: safe.New("data")}, Finding: finding.Finding{Code: "azure-out-of-sync", Severity: finding.Attention, Word: "not in sync", Cause: "Behind."}},
		},
	}
}

func TestCovers(t *testing.T) {
	t.Parallel()
	n := twoPeerings()
	hub := n.Found()[1]
	whole := known.Of(n, hub)
	for name, c := range map[string]struct {
		change func(*known.Problem)
		want   bool
	}{
		"as it was":        {func(*known.Problem) {}, true},
		"by names":         {func(p *known.Problem) { p.Network, p.Subject = safe.New("EU-prod"), safe.New("hub") }, true},
		"without a print":  {func(p *known.Problem) { p.Was = "" }, true},
		"any subject":      {func(p *known.Problem) { p.Subject = safe.Text{} }, true},
		"another code":     {func(p *known.Problem) { p.Code = "azure-absent" }, false},
		"another network":  {func(p *known.Problem) { p.Network = safe.New("n2") }, false},
		"another peering":  {func(p *known.Problem) { p.Subject = safe.New("data") }, false},
		"another print":    {func(p *known.Problem) { p.Was = "attention-00000000" }, false},
		"no network":       {func(p *known.Problem) { p.Network = safe.Text{} }, false},
		"until just now":   {func(p *known.Problem) { p.Until = noon }, false},
		"for a second yet": {func(p *known.Problem) { p.Until = noon.Add(time.Second) }, true},
	} {
		p := whole
		c.change(&p)
		if _, got := known.Find([]known.Problem{p}, n, hub, noon); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// A finding of several that are known is known as long as one of them lasts.
func TestTheLongestCounts(t *testing.T) {
	t.Parallel()
	n := twoPeerings()
	hub := n.Found()[1]
	short, long, change := known.Of(n, hub), known.Of(n, hub), known.Of(n, hub)
	short.Until, long.Until, change.Reason = noon.Add(time.Minute), noon.Add(time.Hour), safe.New("until it changes")
	if p, ok := known.Find([]known.Problem{long, short}, n, hub, noon); !ok || !p.Until.Equal(long.Until) {
		t.Errorf("%+v, %v", p, ok)
	}
	if p, ok := known.Find([]known.Problem{long, change, short}, n, hub, noon); !ok || !p.Until.IsZero() {
		t.Errorf("%+v, %v", p, ok)
	}
	if got := known.Next([]known.Problem{long, change, short}, noon); !got.Equal(short.Until) {
		t.Errorf("the first ends at %v", got)
	}
	if got := known.Next([]known.Problem{change}, noon); !got.IsZero() {
		t.Errorf("none ends, and %v", got)
	}
}

// What is known is another finding when it says something else, and not when time passes.
func TestPrint(t *testing.T) {
	t.Parallel()
	was := finding.Finding{Severity: finding.Attention, Cause: "The half has been Initiated for 20 min. It was read at 2026-11-28 14:02 UTC."}
	for name, c := range map[string]struct {
		change func(*finding.Finding)
		same   bool
	}{
		"time passed": {func(f *finding.Finding) {
			f.Cause = "The half has been Initiated for 3 h 5 min. It was read at 2026-11-29 01:10 UTC."
		}, true},
		"another word": {func(f *finding.Finding) { f.Word, f.Next.Text = "late", "Look." }, true},
		"worse":        {func(f *finding.Finding) { f.Severity = finding.Broken }, false},
		"another cause": {func(f *finding.Finding) {
			f.Cause = "The half has been Updating for 20 min. It was read at 2026-11-28 14:02 UTC."
		}, false},
		"another range":  {func(f *finding.Finding) { f.Cause = was.Cause + " 10.0.0.0/16" }, false},
		"another reason": {func(f *finding.Finding) { f.Because = "refused-403" }, false},
		"another count":  {func(f *finding.Finding) { f.Cause = was.Cause + " 20 names" }, false},
	} {
		is := was
		c.change(&is)
		if got := known.Print(is) == known.Print(was); got != c.same {
			t.Errorf("%s: same is %v", name, got)
		}
	}
	other := finding.Finding{Severity: finding.Attention, Cause: "It overlaps 10.0.0.0/16 by 4 ranges."}
	if known.Print(other) == known.Print(finding.Finding{Severity: finding.Attention, Cause: "It overlaps 10.0.0.0/16 by 5 ranges."}) {
		t.Error("a number is no time")
	}
}

// What presses speaks for a network before what is known, and what is known before what is
// well.
func TestWhoSpeaks(t *testing.T) {
	t.Parallel()
	judge := model.NewJudge()
	n := twoPeerings()
	if f := judge.RollUp(*n); f.Code != "azure-disconnected" || !f.Pressing() {
		t.Fatalf("%+v", f)
	}
	hub, data := known.Of(n, n.Found()[1]), known.Of(n, n.Found()[2])
	hub.Reason = safe.New("the firewall is being replaced")
	mark := func(list ...known.Problem) finding.Finding {
		n := twoPeerings()
		n.Acknowledge(func(f model.Found) *finding.Known {
			if p, ok := known.Find(list, n, f, noon); ok {
				return p.Known()
			}
			return nil
		})
		return judge.RollUp(*n)
	}
	if f := mark(hub); f.Code != "azure-out-of-sync" || f.Severity != finding.Attention || f.Acknowledged() {
		t.Errorf("the worst is known: %+v", f)
	}
	if f := mark(hub, data); f.Code != "azure-disconnected" || !f.Acknowledged() || f.Pressing() || !f.NeedsPerson() || f.Known.Reason.String() != "the firewall is being replaced" {
		t.Errorf("both are known: %+v", f)
	}
}

// What could not be read can be known like anything else.
func TestAnUnreadPartIsKnown(t *testing.T) {
	t.Parallel()
	n := twoPeerings()
	n.Peerings = nil
	n.PrivateDNSRead = model.Part{Failure: &model.Failure{Kind: model.FailurePermission, Cause: safe.New("no right to read private DNS")}}
	found := n.Found()
	if len(found) != 2 || found[1].Finding.Code != "dns-unreadable" {
		t.Fatalf("%+v", found)
	}
	p := known.Of(n, found[1])
	n.Acknowledge(func(f model.Found) *finding.Known {
		if p.Covers(n, f) {
			return p.Known()
		}
		return nil
	})
	if f := model.NewJudge().RollUp(*n); f.Code != "dns-unreadable" || !f.Acknowledged() {
		t.Errorf("%+v", f)
	}
}

func TestEnds(t *testing.T) {
	t.Parallel()
	berlin := time.FixedZone("CET", 3600)
	now := time.Date(2026, 11, 30, 23, 30, 0, 0, berlin)
	for end, want := range map[known.End]string{
		known.UntilChange: "until it changes", known.ForTwoHours: "until 2026-12-01 01:30, in 2 h", known.Tomorrow: "until 2026-12-01 09:00, in 9 h 30 min",
	} {
		if got := known.EndText(end.At(now), now); got != want {
			t.Errorf("%s: %q, want %q", end, got, want)
		}
	}
	if got := known.EndText(now.Add(-time.Minute), now); got != "over since 23:29" {
		t.Error(got)
	}
	if got := known.EndText(now.UTC().Add(10*time.Minute), now); got != "until 23:40, in 10 min" {
		t.Error(got)
	}
}

func TestParseEnd(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]time.Time{
		"change": {}, "": {}, "until it changes": {}, "2h": noon.Add(2 * time.Hour), "2 h": noon.Add(2 * time.Hour), "3d": noon.AddDate(0, 0, 3),
		"Tomorrow": time.Date(2026, 11, 29, 9, 0, 0, 0, time.UTC), "2026-12-01 08:30": time.Date(2026, 12, 1, 8, 30, 0, 0, time.UTC), "2026-12-24": time.Date(2026, 12, 24, 0, 0, 0, 0, time.UTC),
		"2026-11-29T09:00:00+02:00": time.Date(2026, 11, 29, 7, 0, 0, 0, time.UTC),
	} {
		if got, err := known.ParseEnd(text, noon); err != nil || !got.Equal(want) {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"soon", "-2h", "0d", "2026-11-28 11:59", "d", "2026-13-01"} {
		if got, err := known.ParseEnd(text, noon); err == nil {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// A list says of each entry how it stands.
func TestStanding(t *testing.T) {
	t.Parallel()
	n := twoPeerings()
	hub := known.Of(n, n.Found()[1])
	other, over, gone, elsewhere, ended := hub, hub, hub, hub, hub
	other.Was, over.Until, gone.Code, elsewhere.Network, ended.At = "broken-00000000", noon, "azure-absent", safe.New("n9"), noon
	list := known.List{Problems: []known.Problem{hub, other, over, gone, elsewhere, ended}, Ended: map[string]bool{ended.Key(): true}}
	for whole, want := range map[bool][]known.State{
		true:  {known.Holds, known.Changed, known.Over, known.Absent, known.Absent, known.Changed},
		false: {known.Holds, known.Changed, known.Over, known.Absent, known.Unread, known.Changed},
	} {
		for i, e := range known.Standing(list, []*model.NetworkStatus{n}, whole, noon) {
			if e.State != want[i] {
				t.Errorf("%d: %s, want %s", i, e.State, want[i])
			}
			if i < 4 && (e.NetworkName.String() != "eu-prod" || e.SubjectName.String() != "hub") {
				t.Errorf("%d: %s, %s", i, e.NetworkName, e.SubjectName)
			}
		}
	}
}
