package program_test

import (
	"testing"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/paths/ranges"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/program"
)

// Every screen of the list can be opened, has a name of its own, and lives with a small
// window before anything is known.
func TestParts(t *testing.T) {
	th := theme.New(theme.Dark, true)
	names := map[string]bool{}
	for _, p := range program.Parts(program.Services{}) {
		s := p.Open(t.Context(), screen.Env{}, th)
		if s.Name() == "" || names[s.Name()] {
			t.Errorf("two tabs are called %q, or one is called nothing", s.Name())
		}
		names[s.Name()] = true
		s.Resize(60, 10)
		if len(s.Actions()) == 0 || len(s.Head().Path) == 0 {
			t.Errorf("%s can do nothing, or does not say where one is", s.Name())
		}
	}
}

// What each channel brings is a message that screens know.
func TestFeeds(t *testing.T) {
	runs, applies := make(chan setup.Run, 1), make(chan dnstable.Apply, 1)
	traces, probes := make(chan dnstrace.Trace, 1), make(chan dnstrace.Matrix, 1)
	ways := make(chan paths.View, 1)
	ways <- paths.View{Number: 10}
	free := make(chan ranges.View, 1)
	free <- ranges.View{Number: 12}
	makings := make(chan gateway.Making, 1)
	makings <- gateway.Making{Number: 11}
	runs <- setup.Run{ID: "a"}
	applies <- dnstable.Apply{Number: 7}
	traces <- dnstrace.Trace{Number: 8}
	probes <- dnstrace.Matrix{Number: 9}
	got := map[string]bool{}
	for _, p := range program.Parts(program.Services{Runs: runs, Applies: applies, Traces: traces, Probes: probes, Ways: ways, Free: free, Makings: makings}) {
		for _, f := range p.Feeds {
			switch msg := f().(type) {
			case screen.Run:
				got["run"] = msg.Run.ID == "a"
			case screen.Applied:
				got["apply"] = msg.Apply.Number == 7
			case screen.Traced:
				got["trace"] = msg.Trace.Number == 8
			case screen.Probed:
				got["probe"] = msg.Matrix.Number == 9
			case screen.Paths:
				got["paths"] = msg.View.Number == 10
			case screen.Ranges:
				got["ranges"] = msg.View.Number == 12
			case screen.Made:
				got["made"] = msg.Making.Number == 11
			default:
				t.Errorf("a feed brings %T, which no screen knows", msg)
			}
		}
	}
	if !got["run"] || !got["apply"] || !got["trace"] || !got["probe"] || !got["paths"] || !got["ranges"] || !got["made"] {
		t.Errorf("not all came as they were sent: %v", got)
	}
}
