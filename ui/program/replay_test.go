package program_test

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"peerdeck/services/bundle"
	"peerdeck/services/run/work"
	"peerdeck/services/sandbox"
	"peerdeck/services/wiring"
	"peerdeck/services/wiring/settings"
	"peerdeck/ui/report"
)

// face is everything that the program says of a world, as text.
type face struct {
	status string // of all networks, as JSON
	table  string
	page   string // of the network that the scenario is about
	trace  string // as JSON
}

func (s *seen) face() (face, string) {
	var status bytes.Buffer
	if err := report.Write(&status, report.JSON, s.snapshot, s.snapshot.Networks, false); err != nil {
		return face{}, err.Error()
	}
	out := face{status: status.String(), table: s.table, page: s.page}
	if s.trace != nil {
		text, err := json.MarshalIndent(s.trace.Document(), "", " ")
		if err != nil {
			return out, err.Error()
		}
		out.trace = string(text)
	}
	return out, ""
}

// replayed is what the program says of a bundle to whoever gets it.
func replayed(ctx context.Context, b bundle.Bundle, shows *sandbox.Shows, panicked func(work.Panic)) (face, string) {
	data, _, err := bundle.Encode(b)
	if err != nil {
		return face{}, err.Error()
	}
	if b, err = bundle.Read("recorded", data); err != nil {
		return face{}, err.Error()
	}
	s, end, err := wiring.ReplayOf(ctx, settings.Settings{}, "recorded", b, false, panicked)
	if err != nil {
		return face{}, err.Error()
	}
	defer end()
	services := wiring.Open(s, "test", false, panicked)
	defer services.Close()
	out := see(ctx, services, shows, panicked)
	if out.problem != "" {
		return face{}, out.problem
	}
	return out.face()
}

// same holds what was seen to what the recording shows, byte for byte.
func (s *seen) same(t *testing.T) {
	t.Helper()
	for name, texts := range map[string][2]string{
		"status": {s.live.status, s.replayed.status}, "the table": {s.live.table, s.replayed.table},
		"the page": {s.live.page, s.replayed.page}, "the trace": {s.live.trace, s.replayed.trace},
	} {
		if diff := firstDifference(texts[0], texts[1]); diff != "" {
			t.Errorf("%s is another one when it is replayed:\n%s", name, diff)
		}
	}
}

// firstDifference shows where two texts part, empty for equal ones.
func firstDifference(live, replayed string) string {
	a, b := slices.Collect(strings.Lines(live)), slices.Collect(strings.Lines(replayed))
	for i := range max(len(a), len(b)) {
		if i >= len(a) || i >= len(b) || a[i] != b[i] {
			const around = 4
			part := func(l []string) string {
				return strings.Join(l[min(len(l), max(0, i-around)):min(len(l), i+around)], "")
			}
			return "live:\n" + part(a) + "\nreplayed:\n" + part(b)
		}
	}
	return ""
}
