package finding_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model/finding"
)

// Every entry says what a person needs, and no code stands twice, in whatever case.
func TestEntriesAreWhole(t *testing.T) {
	form := regexp.MustCompile(`^([a-z][a-z0-9]*(-[a-z0-9]+)*|[DSTN][0-9]{2})$`)
	seen := map[string]bool{}
	entries := finding.Entries()
	if len(entries) < 60 {
		t.Fatalf("%d entries", len(entries))
	}
	for _, e := range entries {
		key := strings.ToLower(string(e.Code))
		if seen[key] {
			t.Errorf("two entries are called %s", e.Code)
		}
		seen[key] = true
		if !form.MatchString(string(e.Code)) {
			t.Errorf("%s is no form of a code", e.Code)
		}
		if e.Subject == "" || e.Title == "" || e.Means == "" || !e.Retired() && (e.Reads == "" || e.Source == "" || len(e.Severities) == 0) {
			t.Errorf("%s is not whole: %+v", e.Code, e)
		}
		if !e.Retired() && e.Severities[0].NeedsPerson() && e.Next == "" && !slices.Contains([]finding.Code{"setup-kept", "setup-other-name"}, e.Code) {
			t.Errorf("%s needs a person and has no next step", e.Code)
		}
		for _, text := range []string{e.Means, e.Next} {
			if text != "" && !strings.HasSuffix(text, ".") {
				t.Errorf("%s: %q is no sentence", e.Code, text)
			}
		}
		if strings.HasSuffix(e.Title, ".") {
			t.Errorf("%s: the title %q ends with a full stop", e.Code, e.Title)
		}
		for _, now := range e.Now {
			if _, found := finding.Lookup(string(now)); !found {
				t.Errorf("%s points at %s, which is not there", e.Code, now)
			}
		}
	}
}

func TestLookup(t *testing.T) {
	for typed, want := range map[string]finding.Code{
		"azure-disconnected": "azure-disconnected", "Azure-Disconnected": "azure-disconnected", "FAILURE-AUTH": "failure-auth",
	} {
		if e, found := finding.Lookup(typed); !found || e.Code != want {
			t.Errorf("%q: %v, %v", typed, e.Code, found)
		}
	}
	if e, found := finding.Lookup(" azure-absent\n"); !found || e.Code != "azure-absent" {
		t.Errorf("with blanks around: %v, %v", e.Code, found)
	}
	for _, typed := range []string{"", "azure", "D00", "n0", "0", "-1", "999999999999999999999"} {
		if e, found := finding.Lookup(typed); found {
			t.Errorf("%q is taken for %s", typed, e.Code)
		}
	}
	if near := finding.Near("disconnected"); !slices.Contains(near, "azure-disconnected") {
		t.Errorf("near: %v", near)
	}
	if near := finding.Near(" "); len(near) != 0 {
		t.Errorf("near nothing: %v", near)
	}
}

func FuzzLookup(f *testing.F) {
	f.Add("azure-disconnected")
	f.Add("N05")
	f.Fuzz(func(t *testing.T, typed string) {
		if e, found := finding.Lookup(typed); found && e.Code == "" {
			t.Errorf("%q leads to an entry without a code", typed)
		}
		finding.Near(typed)
	})
}
