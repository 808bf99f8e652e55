package table_test

import (
	"testing"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
)

func TestChangesAreToldInWords(t *testing.T) {
	before := table("a.example.org 10.0.0.1 10.0.0.2", "b.example.org 10.0.0.1", "c.example.org 10.0.0.1", "d.example.org 10.0.0.1")
	after := table("a.example.org 10.0.0.2 10.0.0.1", "b.example.org 10.0.0.9", "C.example.org 10.0.0.1", "e.example.org 10.0.0.1")
	changes := dnstable.Diff(before, after)
	got := map[string]string{}
	for _, c := range changes {
		got[c.Name()] = c.Word()
	}
	want := map[string]string{"a.example.org": "other order", "b.example.org": "other servers", "C.example.org": "other spelling", "d.example.org": "removed", "e.example.org": "new"}
	if len(got) != len(want) {
		t.Errorf("told: %v", got)
	}
	for name, word := range want {
		if got[name] != word {
			t.Errorf("%s is told as %q, want %q", name, got[name], word)
		}
	}
	if words := dnstable.CountWords(changes); words != "1 new · 3 changed · 1 removed" {
		t.Errorf("counted: %q", words)
	}
	if words := dnstable.CountWords(nil); words != "" {
		t.Errorf("nothing is counted as %q", words)
	}
}
