package finding_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model/finding"
)

// reference is the page that is made from the catalogue.
func reference(shown map[finding.Code][]place) string {
	var b strings.Builder
	b.WriteString("# Findings\n\nMade from the catalogue of `model/finding` by `make screens`; do not edit.\n\n")
	b.WriteString("Everything that peerdeck thinks of the world has a code. `status`, the screens and every `-o json` carry it, and `peerdeck explain CODE` prints what stands here. A code keeps its meaning for ever. *Speaks when* is what makes a finding speak; *shown by* are tests, or [scenarios](../testdata/scenarios/README.md), in which it does.\n")
	subject := finding.Subject("")
	for _, e := range finding.Entries() {
		if e.Subject != subject {
			subject = e.Subject
			fmt.Fprintf(&b, "\n## %s\n\n| code | severity | speaks when | means | next | read from, and source | shown by |\n| --- | --- | --- | --- | --- | --- | --- |\n", heading(subject))
		}
		words := make([]string, len(e.Severities))
		for i, s := range e.Severities {
			words[i] = s.String()
		}
		title := e.Title
		if e.Retired() {
			title += " (not given any more; see " + joined(e.Now) + ")"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s | %s; %s | %s |\n", e.Code, strings.Join(words, ", "), cell(title), cell(e.Means), cell(e.Next), cell(e.Reads), cell(e.Source), links(shown[e.Code]))
	}
	return b.String()
}

// links names the places that show a finding best.
func links(places []place) string {
	const some = 2
	var out []string
	for _, p := range places[:min(some, len(places))] {
		out = append(out, p.link())
	}
	return strings.Join(out, ", ")
}

func heading(s finding.Subject) string { return strings.ToUpper(string(s[:1])) + string(s[1:]) }

func joined(codes []finding.Code) string {
	words := make([]string, len(codes))
	for i, c := range codes {
		words[i] = string(c)
	}
	return strings.Join(words, ", ")
}

func cell(s string) string { return strings.NewReplacer("|", `\|`, "*", `\*`, "_", `\_`).Replace(s) }

// docs/findings.md is made from the catalogue, so it cannot be wrong.
func TestFindingsDocument(t *testing.T) {
	path := filepath.Join("..", "..", "docs", "findings.md")
	text := reference(shownBy(t))
	if os.Getenv("UPDATE_SCREENS") != "" {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want, err := os.ReadFile(path); err != nil || string(want) != text {
		t.Errorf("docs/findings.md is stale (%v); run: make screens", err)
	}
}
