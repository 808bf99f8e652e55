package telling_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/telling"
)

func noon() time.Time { return time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC) }

func entry(n uint64, name string, edit ...func(*changes.Entry)) changes.Entry {
	e := changes.Entry{Number: n, At: noon(), Kind: changes.KindFinding, NetworkName: safe.New(name), Sense: changes.Broke, Severity: model.SeverityBroken, Text: "half deleted"}
	for _, f := range edit {
		f(&e)
	}
	return e
}

func view(entries ...changes.Entry) changes.View {
	var v changes.View
	for _, e := range slices.Backward(entries) { // the newest first
		v.Entries = append(v.Entries, e)
	}
	return v
}

func titles(list []telling.Notice) string {
	var out []string
	for _, n := range list {
		out = append(out, n.Title)
	}
	return strings.Join(out, "; ")
}

func TestWhatIsTold(t *testing.T) {
	rules := telling.Rules{Bell: true, Every: 15 * time.Minute}
	teller := telling.New(rules)
	old := entry(1, "old")
	if got := teller.Take(view(old), noon()); len(got) > 0 {
		t.Errorf("what stood there at the start is told: %s", titles(got))
	}
	steps := []struct {
		e    changes.Entry
		at   time.Duration
		want string
	}{
		{entry(2, "us-prod"), time.Minute, "us-prod broke"},
		{entry(3, "us-prod", func(e *changes.Entry) { e.Sense = changes.Mended }), 2 * time.Minute, ""}, // too soon
		{entry(4, "eu-prod", func(e *changes.Entry) { e.Sense = changes.Mended; e.Severity = model.SeverityOK }), 3 * time.Minute, "eu-prod mended"},
		{entry(5, "us-prod", func(e *changes.Entry) { e.Sense = changes.Mended }), 17 * time.Minute, "us-prod mended"},
		{entry(6, "uk", func(e *changes.Entry) { e.Sense = changes.Working }), 18 * time.Minute, ""},
		{entry(7, "uk", func(e *changes.Entry) { e.Kind = changes.KindDNS }), 18 * time.Minute, ""},
		{entry(8, "uk", func(e *changes.Entry) { e.Kind = changes.KindRun }), 19 * time.Minute, "uk needs a person"},
		{entry(9, "jp", func(e *changes.Entry) { e.Severity = model.SeverityUnknown }), 20 * time.Minute, ""},
		{entry(10, "uk"), 10 * time.Minute, "uk broke"}, // the clock went back
	}
	for _, s := range steps {
		if got := titles(teller.Take(view(old, s.e), noon().Add(s.at))); got != s.want {
			t.Errorf("%d: told %q, want %q", s.e.Number, got, s.want)
		}
	}
	if got := teller.Take(view(old, steps[8].e), noon().Add(time.Hour)); len(got) > 0 {
		t.Errorf("told twice: %s", titles(got))
	}
}

func TestQuietUnlessSomebodyWantsIt(t *testing.T) {
	teller := telling.New(telling.Rules{Terminal: telling.Off, Title: true})
	teller.Take(view(), noon())
	if got := teller.Take(view(entry(1, "a")), noon()); len(got) > 0 {
		t.Errorf("told %s", titles(got))
	}
	night, err := telling.ParseHours("22:00-07:00")
	if err != nil {
		t.Fatal(err)
	}
	teller = telling.New(telling.Rules{Bell: true, Quiet: night})
	teller.Take(view(), noon())
	if got := teller.Take(view(entry(1, "a")), noon().Add(13*time.Hour)); len(got) > 0 {
		t.Errorf("told at night: %s", titles(got))
	}
	if got := teller.Take(view(entry(1, "a"), entry(2, "b")), noon().Add(20*time.Hour)); titles(got) != "b broke" {
		t.Errorf("told in the morning: %s", titles(got))
	}
}

func TestHours(t *testing.T) {
	for text, at := range map[string]map[string]bool{
		"22:00-07:00": {"21:59": false, "22:00": true, "00:00": true, "06:59": true, "07:00": false},
		"12:30-13:00": {"12:29": false, "12:30": true, "12:59": true, "13:00": false, "00:00": false},
	} {
		h, err := telling.ParseHours(text)
		if err != nil || h.String() != text {
			t.Fatalf("%s: %v, %v", text, h, err)
		}
		for clock, want := range at {
			moment, _ := time.Parse("15:04", clock)
			if h.Holds(moment) != want {
				t.Errorf("%s at %s: %v", text, clock, !want)
			}
		}
	}
	for _, bad := range []string{"", "22", "22:00", "25:00-07:00", "22:00-7", "07:00-07:00", "a-b"} {
		if _, err := telling.ParseHours(bad); err == nil || !strings.Contains(err.Error(), "22:00-07:00") && bad != "07:00-07:00" {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// Whatever stands in a name, a sequence has one beginning and one end, and nothing between
// ends it.
func TestSequences(t *testing.T) {
	hostile := "a\x1b]0;x\x07\x1b\\;4;1 " + strings.Repeat("é", 500)
	for _, way := range telling.Terminals() {
		got := telling.Sequence(way, hostile, hostile)
		if way == telling.Off || way == telling.Auto {
			if got != "" {
				t.Errorf("%s: %q", way, got)
			}
			continue
		}
		parts := strings.Split(got, "\x1b]")
		for _, p := range parts[1:] {
			if inside, ended := strings.CutSuffix(p, "\x1b\\"); !ended || strings.ContainsAny(inside, "\x1b\a") {
				t.Errorf("%s: %q", way, p)
			}
		}
		if want := map[telling.Terminal]int{telling.OSC9: 1, telling.OSC777: 1, telling.OSC99: 2}[way]; len(parts)-1 != want || len(got) > 2000 {
			t.Errorf("%s: %d sequences, %d bytes", way, len(parts)-1, len(got))
		}
	}
	if got := telling.Sequence(telling.OSC777, "a;b", "c;d"); got != "\x1b]777;notify;peerdeck: a,b;c,d\x1b\\" {
		t.Errorf("%q", got)
	}
}

func TestTerminalsAreKnownByTheirVariables(t *testing.T) {
	for vars, want := range map[string]telling.Terminal{
		"TERM=xterm-kitty":                           telling.OSC99,
		"TERM=xterm-256color TERM_PROGRAM=iTerm.app": telling.OSC9,
		"TERM=foot":                    telling.OSC777,
		"TERM=tmux-256color":           telling.Off,
		"TERM=xterm-kitty TMUX=/tmp/x": telling.Off,
		"TERM=xterm-256color":          telling.Off,
		"TERM=linux":                   telling.Off,
	} {
		env := map[string]string{}
		for pair := range strings.FieldsSeq(vars) {
			name, value, _ := strings.Cut(pair, "=")
			env[name] = value
		}
		if got := telling.Known(func(n string) string { return env[n] }); got != want {
			t.Errorf("%s: %s, want %s", vars, got, want)
		}
	}
	if telling.Shows(func(string) string { return "linux" }) || !telling.Shows(func(string) string { return "xterm" }) {
		t.Error("the console of Linux would print a sequence that it does not know; xterm does not")
	}
}

func TestFault32ManyAtOnceAreOne(t *testing.T) {
	teller := telling.New(telling.Rules{Bell: true})
	teller.Take(view(), noon())
	var list []changes.Entry
	for i := range 30 {
		list = append(list, entry(uint64(i+1), fmt.Sprintf("net-%02d", i)))
	}
	title, body := telling.Together(teller.Take(view(list...), noon()))
	if title != "30 changes" || !strings.Contains(body, "net-00 broke") || !strings.Contains(body, "26 more") {
		t.Errorf("%q: %q", title, body)
	}
}
