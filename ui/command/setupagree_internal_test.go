package command

import (
	"testing"

	"github.com/peerdeck/peerdeck/model/setup"
)

// With --yes a run goes on where it proposes to, and never where somebody has to have
// looked: what others wrote, what may have been sent, and a second one beside what is
// there and is not shown.
func TestWhatYesAgreesTo(t *testing.T) {
	for kind, want := range map[setup.RunCommandKind]bool{
		setup.CommandContinue: true, setup.CommandReplace: false, setup.CommandSendAgain: false, setup.CommandBeside: false,
	} {
		ask := &setup.Ask{Text: "Go on?", Options: []setup.RunCommandKind{setup.CommandRetry, setup.CommandSkip, kind}}
		got, asks := proposed(ask)
		if !asks || got != kind {
			t.Errorf("%s: it proposes %q", kind, got)
		}
		r := &setupRun{cli: &cli{}, flags: setupFlags{yes: true, file: "peering.yaml"}}
		if yes := r.agrees(t.Context(), &setup.Step{Asks: ask}, kind); yes != want {
			t.Errorf("%s: --yes agrees: %v", kind, yes)
		}
	}
	if _, asks := proposed(&setup.Ask{Options: []setup.RunCommandKind{setup.CommandRetry, setup.CommandSkip}}); asks {
		t.Error("to look again and to go without are no proposals")
	}
}
