package known_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	knownmodel "github.com/peerdeck/peerdeck/model/known"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/known"
	"github.com/peerdeck/peerdeck/services/local/keep"
)

func noon() time.Time { return time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC) }

func broken(cause string) finding.Finding {
	return finding.Finding{Code: "azure-disconnected", Severity: finding.Broken, Word: "disconnected", Cause: cause}
}

func network(f finding.Finding) *model.NetworkStatus {
	part := model.Part{At: noon()}
	return &model.NetworkStatus{
		Network: model.Network{ID: safe.New("n1"), Name: safe.New("eu-prod"), State: model.NetworkReady},
		Own:     finding.Finding{Code: "network-ready", Word: "ready"}, PeeringsRead: part, PrivateDNSRead: part,
		Peerings: []model.PeeringStatus{{Peering: model.Peering{ID: safe.New("p1"), Name: safe.New("hub")}, Finding: f}},
	}
}

func open(t *testing.T, path string) *known.Store {
	t.Helper()
	return known.New(known.Options{Path: path, Dir: filepath.Join(t.TempDir(), "known")})
}

// marked is what is known of the peering's finding.
func marked(t *testing.T, s *known.Store, f finding.Finding, now time.Time) *finding.Known {
	t.Helper()
	n := network(f)
	s.Mark(n, now)
	return n.Peerings[0].Finding.Known
}

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func get(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func problem(reason string) knownmodel.Problem {
	n := network(broken("Azure calls it Disconnected."))
	p := knownmodel.Of(n, n.Found()[1])
	p.Reason, p.By, p.At = safe.New(reason), safe.New("maria@example.org"), noon()
	return p
}

func TestAProblemIsKnownUntilItsTimeIsOver(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "team", "known.yaml")
	s := open(t, path)
	if _, err := s.Look(noon()); err != nil {
		t.Fatalf("no file: %v", err)
	}
	p := problem("the firewall is being replaced: until it is, no")
	p.Until = noon().Add(2 * time.Hour)
	if err := s.Add(t.Context(), p, map[string]safe.Text{"network": safe.New("eu-prod"), "subject": safe.New("hub")}); err != nil {
		t.Fatal(err)
	}
	text := get(t, path)
	for _, want := range []string{"  - code: azure-disconnected\n    network: n1 # eu-prod\n    subject: p1 # hub\n    reason: \"the firewall", "\n    at: 2026-11-28T12:00:00Z\n    until: 2026-11-28T14:00:00Z\n    was: broken-"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	f := broken("Azure calls it Disconnected.")
	for _, other := range []*known.Store{s, open(t, path)} { // this program, and another one
		if _, err := other.Look(noon()); err != nil {
			t.Fatal(err)
		}
		if k := marked(t, other, f, noon()); k == nil || k.Reason.String() != p.Reason.String() || !k.Until.Equal(p.Until) || k.By.String() != "maria@example.org" {
			t.Errorf("%+v", k)
		}
		if k := marked(t, other, f, p.Until); k != nil {
			t.Errorf("its time is over: %+v", k)
		}
		if k := marked(t, other, broken("Azure calls it Disconnected, and the VNET has gone."), noon()); k != nil {
			t.Errorf("it is another finding: %+v", k)
		}
		if next := other.Next(noon()); !next.Equal(p.Until) {
			t.Errorf("ends at %v", next)
		}
	}
}

// What lasts until its finding changes has ended for good once it has: the same finding is a
// new one. What is not known ends nothing, and neither does a restart.
func TestUntilItChanges(t *testing.T) {
	t.Parallel()
	path, dir := filepath.Join(t.TempDir(), "known.yaml"), t.TempDir()
	again := func() *known.Store {
		s := known.New(known.Options{Path: path, Dir: dir})
		if _, err := s.Look(noon()); err != nil {
			t.Fatal(err)
		}
		return s
	}
	s := again()
	if err := s.Add(t.Context(), problem("known"), nil); err != nil {
		t.Fatal(err)
	}
	was := broken("Azure calls it Disconnected.")
	unread := finding.Finding{Code: "azure-unread", Severity: finding.Unknown}
	working := finding.Finding{Code: "peering-initializing", Severity: finding.Working}
	for _, f := range []finding.Finding{was, unread, was, working, was} {
		if k := marked(t, s, f, noon()); (k != nil) != (f.Code == was.Code) {
			t.Fatalf("%s: %+v", f.Code, k)
		}
	}
	half := network(finding.Finding{})
	half.Peerings, half.PeeringsRead = nil, model.Part{}
	s.Mark(half, noon())
	if marked(t, again(), was, noon()) == nil {
		t.Fatal("nothing has changed, and it is known no more")
	}
	if k := marked(t, s, finding.Finding{Code: "azure-connected", Severity: finding.OK}, noon()); k != nil {
		t.Fatalf("%+v", k)
	}
	for name, s := range map[string]*known.Store{"here": s, "after a restart": again()} {
		if k := marked(t, s, was, noon()); k != nil {
			t.Errorf("%s: it was mended between: %+v", name, k)
		}
		if list := s.List(); len(list.Problems) != 1 || len(list.InForce()) != 0 {
			t.Errorf("%s: %+v", name, list)
		}
	}
	later := problem("known again")
	later.At = noon().Add(time.Hour)
	if err := s.Add(t.Context(), later, nil); err != nil {
		t.Fatal(err)
	}
	if k := marked(t, s, was, later.At); k == nil || k.Reason.String() != "known again" {
		t.Errorf("%+v", k)
	}
	if got := strings.Count(get(t, path), "code:"); got != 1 {
		t.Errorf("%d entries in\n%s", got, get(t, path))
	}
}

const byHand = `# of the network team
known:
  # 1: a comment above
  - code: azure-disconnected
    network: eu-prod   # by its name
    reason: |
      two lines
      of a reason
  - {code: azure-absent, network: us-west, reason: gone, until: 2026-12-24}
  - code: azure-disconected
    network: eu-prod
    reason: a slip
  # the end
`

// What is wrong with an entry is said with its line; the others count, and nothing that
// somebody wrote is lost by what the program writes.
func TestAFileWithFaults(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "known.yaml")
	put(t, path, byHand)
	s := open(t, path)
	_, err := s.Look(noon())
	if err == nil || !strings.Contains(err.Error(), "line 10") || !strings.Contains(err.Error(), "azure-disconnected may be meant") || !strings.Contains(err.Error(), path) {
		t.Fatalf("%v", err)
	}
	if k := marked(t, s, broken("whatever it says"), noon()); k == nil || k.Reason.String() != "two lines of a reason" && !strings.Contains(k.Reason.String(), "two lines") {
		t.Errorf("%+v", k)
	}
	if err := s.Add(t.Context(), problem("added"), nil); err != nil {
		t.Fatal(err)
	}
	text := get(t, path)
	rest := strings.Replace(text, text[strings.Index(text, "  - code: azure-disconnected\n    network: n1"):strings.Index(text, "  # the end")], "", 1)
	if rest != byHand {
		t.Errorf("something else has changed:\n%s", text)
	}
	if err := s.Remove(t.Context(), func(p knownmodel.Problem) bool { return p.Reason.String() == "added" }); err != nil {
		t.Fatal(err)
	}
	if got := get(t, path); got != byHand {
		t.Errorf("not as it was:\n%s", got)
	}
	if err := s.Remove(t.Context(), func(p knownmodel.Problem) bool { return p.Code == "azure-disconnected" }); err != nil {
		t.Fatal(err)
	}
	if got := get(t, path); strings.Contains(got, "two lines") || !strings.Contains(got, "1: a comment above\n  - {code") {
		t.Errorf("taken out:\n%s", got)
	}
}

func TestFaultsAreNamed(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		says []string
	}{
		"no YAML":        {"known:\n  - code: [\n", []string{"line", "cannot be used"}},
		"a tab":          {"known:\n\t- code: x\n", []string{"line 2", "blanks"}},
		"another key":    {"knwon: []\n", []string{"line 1", `"knwon"`, "there is known"}},
		"no list":        {"known: yes\n", []string{"line 1", "is a list"}},
		"no group":       {"known:\n  - azure-disconnected\n", []string{"line 2", "a group of keys"}},
		"no network":     {"known:\n  - code: azure-absent\n    reason: x\n", []string{"line 2", "network is missing"}},
		"no reason":      {"known:\n  - code: azure-absent\n    network: x\n    reason:\n", []string{"line 2", "reason is missing"}},
		"unknown key":    {"known:\n  - code: azure-absent\n    network: x\n    reasn: y\n", []string{"line 4", "reason may be meant"}},
		"no code":        {"known:\n  - code: nonsense-of-mine\n    network: x\n    reason: y\n", []string{"line 2", "docs/findings.md"}},
		"no time":        {"known:\n  - code: azure-absent\n    network: x\n    reason: y\n    until: friday\n", []string{"line 5", `"friday"`, "the word change"}},
		"a list in it":   {"known:\n  - code: azure-absent\n    network: [x]\n    reason: y\n", []string{"line 3", "network: a text is wanted"}},
		"two documents":  {"known: []\n---\nknown: []\n", []string{"second document"}},
		"a key twice":    {"known:\n  - code: azure-absent\n    code: azure-absent\n    network: x\n    reason: y\n", []string{"line 3"}},
		"a second fault": {"known:\n  - 1\n  - 2\n", []string{"line 2", "and 1 more"}},
	} {
		path := filepath.Join(t.TempDir(), "known.yaml")
		put(t, path, c.text)
		s := open(t, path)
		_, err := s.Look(noon())
		for _, want := range append(c.says, path) {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v does not say %q", name, err, want)
			}
		}
		if k := marked(t, s, broken(""), noon()); k != nil {
			t.Errorf("%s: %+v", name, k)
		}
	}
}

// A text that cannot be changed without changing more is left as it is.
func TestWhatCannotBeWrittenIsLeft(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"one line":    "known: [{code: azure-absent, network: x, reason: y}]\n",
		"no YAML":     "known:\n  - code: [\n",
		"another key": "knwon:\n",
		"UTF-16":      "\xff\xfek\x00n\x00o\x00w\x00n\x00:\x00",
	} {
		path := filepath.Join(t.TempDir(), "known.yaml")
		put(t, path, text)
		s := open(t, path)
		_, _ = s.Look(noon())
		if err := s.Add(t.Context(), problem("added"), nil); err == nil || !strings.Contains(err.Error(), "nothing was written") {
			t.Errorf("%s: %v", name, err)
		}
		if got := get(t, path); got != text {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// However a file looks that has no entry yet, the first one can be added.
func TestTheFirstEntry(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "\n", "# ours\n", "known:\n", "known: []\n# below\n", "known:", "\ufeffknown:\r\n", "known: # none\n", "known: null\n", "---\nknown:\n"} {
		path := filepath.Join(t.TempDir(), "known.yaml")
		put(t, path, text)
		s := open(t, path)
		_, _ = s.Look(noon())
		if err := s.Add(t.Context(), problem("added"), nil); err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if marked(t, s, broken("Azure calls it Disconnected."), noon()) == nil {
			t.Errorf("%q: it is not known in\n%s", text, get(t, path))
		}
		for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
			if word := strings.TrimSpace(strings.TrimPrefix(line, "known: ")); strings.HasPrefix(word, "#") && !strings.Contains(get(t, path), word) {
				t.Errorf("%q: %q is lost in\n%s", text, word, get(t, path))
			}
		}
	}
}

// Somebody else's change is seen, and what is added goes to it.
func TestTwoPrograms(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "known.yaml")
	one, two := open(t, path), open(t, path)
	_, _ = one.Look(noon())
	_, _ = two.Look(noon())
	first, second := problem("of one"), problem("of two")
	second.Subject = safe.New("p2")
	if err := errors.Join(one.Add(t.Context(), first, nil), two.Add(t.Context(), second, nil)); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		for _, s := range []*known.Store{one, two} {
			if _, err := s.Look(noon().Add(time.Hour)); err != nil {
				t.Fatal(err)
			}
			if got := len(s.List().Problems); got != 2 {
				t.Errorf("%d problems in\n%s", got, get(t, path))
			}
		}
	}
}

func TestWhatCannotBeKeptIsSaid(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "known.yaml")
	put(t, path, byHand)
	full := keep.Disk{Before: func(step keep.Step, at string) error {
		if step == keep.StepWrite && strings.Contains(at, "known.yaml") {
			return syscall.ENOSPC
		}
		return nil
	}}
	s := known.New(known.Options{Path: path, Dir: t.TempDir(), Disk: full})
	_, _ = s.Look(noon())
	if err := s.Add(t.Context(), problem("added"), nil); err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "no space") {
		t.Errorf("%v", err)
	}
	if got := get(t, path); got != byHand {
		t.Errorf("%s", got)
	}
	if err := s.Add(t.Context(), problem(" "), nil); err == nil || !strings.Contains(err.Error(), "why") {
		t.Errorf("no reason: %v", err)
	}
}

// The demo keeps nothing, and all else is as with a file.
func TestInMemory(t *testing.T) {
	t.Parallel()
	s := known.New(known.Options{})
	_, _ = s.Look(noon())
	if err := s.Add(context.Background(), problem("for now"), nil); err != nil {
		t.Fatal(err)
	}
	was := broken("Azure calls it Disconnected.")
	if marked(t, s, was, noon()) == nil {
		t.Error("it is not known")
	}
	if err := s.Remove(context.Background(), func(p knownmodel.Problem) bool { return p.Same(problem("")) }); err != nil || marked(t, s, was, noon()) != nil {
		t.Errorf("it is known still: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(byHand))
	f.Add([]byte("known:\n  - *x\n  - &x {code: 1}\n  - ? [a]\n    : b\n"))
	f.Add([]byte("known: [{<<: {code: azure-absent}}]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "known.yaml")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		s := known.New(known.Options{Path: path})
		_, _ = s.Look(noon())
		before := len(s.List().Problems)
		switch err := s.Add(t.Context(), problem("added"), nil); {
		case err != nil && get(t, path) != string(data):
			t.Errorf("it failed (%v) and changed the file", err)
		case err == nil && len(s.List().Problems) == 0 && before > 0:
			t.Error("entries were lost")
		}
	})
}
