package wiring_test

import (
	"path/filepath"
	"testing"

	"github.com/peerdeck/peerdeck/services/bundle/record"
	"github.com/peerdeck/peerdeck/services/cloud/endpoint"
	"github.com/peerdeck/peerdeck/services/local/secret"
	"github.com/peerdeck/peerdeck/services/run/work"
	"github.com/peerdeck/peerdeck/services/wiring"
	"github.com/peerdeck/peerdeck/services/wiring/settings"
)

// A start remembers. What is recorded for a replay does not, nor do the demo and a replay
// itself, which have no file.
func TestWhoRemembers(t *testing.T) {
	t.Parallel()
	konnect, err := endpoint.Parse("a test", "http://"+konnectOf)
	if err != nil {
		t.Fatal(err)
	}
	s := settings.Settings{Konnect: konnect, Token: secret.Static{Value: secret.New("kpat_test"), From: "a test"}}
	s.Remembered = filepath.Join(sampleOf(t, "0.9.0"), "remembered", "default.json")
	remembers := func(s settings.Settings) bool {
		b := wiring.Open(s, "test", false, func(p work.Panic) { t.Errorf("%v", p) })
		defer b.Close()
		return b.Remember().Remembered != nil
	}
	if !remembers(s) {
		t.Error("a start remembers nothing")
	}
	s.Record = record.New(record.Options{})
	if remembers(s) {
		t.Error("a recording shows what its replay cannot")
	}
	demo, end, err := wiring.Demo(t.Context(), settings.Settings{Remembered: s.Remembered}, func(p work.Panic) { t.Errorf("%v", p) })
	if err != nil {
		t.Fatal(err)
	}
	defer end()
	if demo.Remembered != "" || remembers(demo) {
		t.Error("the demo remembers")
	}
}
