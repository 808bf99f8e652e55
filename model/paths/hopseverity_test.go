package paths_test

import (
	"testing"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/paths"
)

func TestHopSeverity(t *testing.T) {
	for outcome, want := range map[paths.Outcome]finding.Severity{
		paths.Open: finding.OK, paths.Closed: finding.Broken, paths.Partly: finding.Attention, paths.NotKnown: finding.Unknown, "new": finding.Unknown,
	} {
		h := paths.Hop{Outcome: outcome}
		if got := h.Severity(); got != want {
			t.Errorf("%s is %s, want %s", outcome, got, want)
		}
		h.Finding = finding.Finding{Code: "back-x", Severity: finding.Working}
		if got := h.Severity(); got != finding.Working {
			t.Errorf("%s with a finding is %s", outcome, got)
		}
	}
}
