package setup

import (
	"testing"

	"github.com/peerdeck/peerdeck/model/dns/table/tabletest"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// A mapping that is typed into the form, or pasted into it among others, has the rules of
// the mapping table.
func TestTheFormHasTheRulesOfTheTable(t *testing.T) {
	t.Parallel()
	for _, c := range tabletest.Cases() {
		for name, enter := range map[string]func(*Screen){
			"typed":  func(s *Screen) { s.accept(c.Line()) },
			"pasted": func(s *Screen) { s.pasteMappings("# two lines\n" + c.Line() + "\n") },
		} {
			s := New(t.Context(), screen.Env{}, theme.New(theme.Dark, false), nil)
			s.form.mappings = []mapping{{}}
			s.form.choose("dns.mappings")
			s.form.prompt = widget.NewPrompt("")
			enter(s)
			s.form.prompt = nil
			if len(s.form.mappings) != 1 {
				t.Fatalf("%s %s: %+v", c.Line(), name, s.form.mappings)
			}
			var found []tabletest.Finding
			for _, p := range s.form.problemsOf(s.form.row()) {
				found = append(found, tabletest.Finding{Rule: p.Rule, Severity: p.Severity})
			}
			if got := tabletest.Findings(found); got != c.Want {
				t.Errorf("%s %s: %q, want %q", c.Line(), name, got, c.Want)
			}
		}
	}
}
