package program_test

import (
	"bytes"
	"context"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/services/bundle"
	"github.com/peerdeck/peerdeck/services/bundle/redact"
	"github.com/peerdeck/peerdeck/services/run/longtest"
	"github.com/peerdeck/peerdeck/services/run/work"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/wiring"
	"github.com/peerdeck/peerdeck/services/wiring/settings"
	"github.com/peerdeck/peerdeck/ui/report"
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

// masked is what the program says of a bundle whose names are replaced.
func masked(ctx context.Context, b bundle.Bundle, panicked func(work.Panic)) (face, string) {
	out := redact.Bundle(b, redact.Options{Key: redact.Key{1, 2, 3}}).Bundle
	asked := out.Manifest.Command // its names are stand-ins too
	return replayed(ctx, out, &sandbox.Shows{Trace: asked[2], Network: asked[4]}, panicked)
}

// shape is what is left of a status or a trace without its names: how many there are of
// everything, with what was found.
func shape(t *testing.T, document string) []string {
	t.Helper()
	if document == "" {
		return nil
	}
	var v any
	if err := json.Unmarshal([]byte(document), &v); err != nil {
		t.Fatal(err)
	}
	out := plainShape("", v)
	slices.Sort(out)
	return out
}

// plainShape lists the values that say no name, each with where it stands.
func plainShape(at string, v any) []string {
	var out []string
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			out = append(out, plainShape(at+"."+key, value)...)
		}
	case []any:
		for _, value := range v {
			out = append(out, plainShape(at+"[]", value)...)
		}
	case string:
		key := at[strings.LastIndex(at, ".")+1:]
		if slices.Contains([]string{"code", "severity", "state", "provider", "kind", "peering_state", "sync_level", "outcome", "standing", "transport", "step", "check", "id_kind"}, key) {
			out = append(out, at+"="+v)
		} else {
			out = append(out, at)
		}
	default:
		out = append(out, at)
	}
	return out
}

// lostWithNames are the traces that know less where names are replaced: the requests for
// route tables are not found again, so what they would say is not known.
func lostWithNames(face, test string) bool {
	lost := []string{"healthy-gateway-in-place", "way-peering-routes-off", "way-route-part-dropped", "way-route-to-appliance"}
	return face == "the trace" && slices.Contains(lost, test[strings.LastIndex(test, "/")+1:])
}

// isReplayed reports whether a scenario is recorded and replayed too, with its names and
// without: that takes longer than to look at it. PEERDECK_LONG=1, as in .ci/run, has all of
// them replayed, and some are always.
func isReplayed(name string) bool {
	return longtest.Chosen("TestScenarios/"+name, 9)
}

// same holds what was seen to what the recording shows, byte for byte.
func (s *seen) same(t *testing.T) {
	t.Helper()
	for name, texts := range map[string][2]string{"status": {s.live.status, s.masked.status}, "the trace": {s.live.trace, s.masked.trace}} {
		live, masked := strings.Join(shape(t, texts[0]), "\n"), strings.Join(shape(t, texts[1]), "\n")
		if diff := firstDifference(live, masked); diff != "" && !lostWithNames(name, t.Name()) {
			t.Errorf("%s has another shape with stand-ins:\n%s", name, diff)
		}
	}
	for name, texts := range map[string][2]string{
		"status": {s.live.status, s.replayed.status}, "the table": {s.live.table, s.replayed.table},
		"the page": {s.live.page, s.replayed.page}, "the trace": {s.live.trace, s.replayed.trace},
	} {
		if diff := firstDifference(anyRequest(texts[0]), anyRequest(texts[1])); diff != "" {
			t.Errorf("%s is another one when it is replayed:\n%s", name, diff)
		}
	}
}

// anyRequest leaves out which request a refusal came to: where one thing is asked for twice at
// the same time, the order decides whose answer is told.
func anyRequest(text string) string {
	return regexp.MustCompile(`request\s+[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`).ReplaceAllString(text, "request ID")
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
