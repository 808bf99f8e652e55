package table_test

import (
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
)

func TestProgressTellsHowEachStepStands(t *testing.T) {
	begin := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	at := func(s int) time.Time { return begin.Add(time.Duration(s) * time.Second) }
	follow := func(states ...dnstable.Apply) dnstable.Progress {
		var p dnstable.Progress
		for i, a := range states {
			a.StartedAt = begin
			if a.State.Over() {
				a.EndedAt = at(10 * i)
			}
			p = p.Follow(a, at(10*i))
		}
		return p
	}
	reading, writing := dnstable.Apply{State: dnstable.ApplyReading}, dnstable.Apply{State: dnstable.ApplyWriting}
	for _, c := range []struct {
		name  string
		p     dnstable.Progress
		steps [4]string
		worst model.Severity
	}{
		{"given", dnstable.Progress{}, [4]string{"to come", "to come", "to come", "to come"}, model.SeverityUnknown},
		{"reading", follow(reading), [4]string{"now", "to come", "to come", "to come"}, model.SeverityWorking},
		{"writing", follow(reading, writing), [4]string{"done", "done", "now", "to come"}, model.SeverityWorking},
		{"done", follow(reading, dnstable.Apply{State: dnstable.ApplyDone}), [4]string{"done", "done", "done", "done"}, model.SeverityOK},
		{"changed meanwhile", follow(reading, dnstable.Apply{State: dnstable.ApplyMeanwhile}), [4]string{"not as expected", "not done", "not done", "not done"}, model.SeverityAttention},
		{"differs", follow(reading, dnstable.Apply{State: dnstable.ApplyDiffers}), [4]string{"done", "done", "done", "differs"}, model.SeverityAttention},
		{"failed before it left", follow(reading, dnstable.Apply{State: dnstable.ApplyFailed}), [4]string{"failed", "not done", "not done", "not done"}, model.SeverityBroken},
		{"failed after it left", follow(reading, dnstable.Apply{State: dnstable.ApplyFailed, Sent: true}), [4]string{"done", "done", "failed", "not done"}, model.SeverityBroken},
		{"cancelled", follow(reading, dnstable.Apply{State: dnstable.ApplyCancelled}), [4]string{"cancelled", "not done", "not done", "not done"}, model.SeverityUnknown},
	} {
		found := false
		for i, want := range c.steps {
			severity, word := c.p.Step(i)
			if word != want {
				t.Errorf("%s: step %d is %q, want %q", c.name, i, word, want)
			}
			found = found || severity == c.worst
		}
		if !found {
			t.Errorf("%s: no step is %v", c.name, c.worst)
		}
	}
	p := follow(reading, writing, dnstable.Apply{State: dnstable.ApplyDone})
	if d, known := p.StepTime(0, at(99)); !known || d != 10*time.Second {
		t.Errorf("the reading took %v", d)
	}
	if _, known := p.StepTime(1, at(99)); known {
		t.Error("a step that was not told of has a time")
	}
	if d, _ := p.StepTime(2, at(99)); d != 10*time.Second {
		t.Errorf("the writing took %v, up to the end", d)
	}
	if d, _ := p.Elapsed(at(99)); d != 20*time.Second {
		t.Errorf("it took %v", d)
	}
}

func TestDecisionsOutliveANewReading(t *testing.T) {
	base := []dnstable.Row{row("a.example.org 10.0.0.1"), row("b.example.org 10.0.0.1")}
	mine := []dnstable.Row{row("a.example.org 10.0.0.2"), row("b.example.org 10.0.0.2")}
	first := dnstable.Merge(base, mine, []dnstable.Row{row("a.example.org 10.0.0.3"), row("b.example.org 10.0.0.3")})
	first = first.Choose(0, dnstable.ChooseMine).Choose(1, dnstable.ChooseTheirs)
	again := dnstable.Merge(base, mine, []dnstable.Row{row("a.example.org 10.0.0.3"), row("b.example.org 10.0.0.4")}).Decided(first)
	if again.Conflicts[0].Choice != dnstable.ChooseMine {
		t.Error("a decision about the same conflict is lost")
	}
	if again.Conflicts[1].Choice != "" {
		t.Error("a decision was taken over to another conflict")
	}
}
