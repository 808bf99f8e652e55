package table_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
)

// reference is the page that is made from the catalogue.
func reference() string {
	var b strings.Builder
	b.WriteString("# Rules of the mapping table\n\nMade from the catalogue of `model/dns/table` by `make screens`; do not edit.\n\n")
	b.WriteString("An **error** stops a table from being sent. A **warning** is sent once somebody has seen it and said so. A **note** asks for nothing. ")
	b.WriteString("A rule about where servers lie, or about other tables, needs to know more than the rows (the network, the VNETs, their subnets, the other tables, the private resolvers). While that is not known, the rule is said to be **not checked**, with what is missing; it is checked as soon as that is known. Rules about a change (T02 to T06) speak when there is one.\n")
	groups := map[byte]string{'D': "Domains", 'S': "Servers", 'T': "The table as a whole"}
	letter := byte(0)
	for _, r := range dnstable.Rules() {
		if r.ID[0] != letter {
			letter = r.ID[0]
			fmt.Fprintf(&b, "\n## %s\n\n| rule | | when | why, and the way out |\n| --- | --- | --- | --- |\n", groups[letter])
		}
		words := make([]string, len(r.Severities))
		for i, s := range r.Severities {
			words[i] = s.String()
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", r.ID, strings.Join(words, ", "), cell(r.Title), cell(r.Help))
	}
	return b.String()
}

func cell(s string) string { return strings.NewReplacer("|", `\|`, "*", `\*`, "_", `\_`).Replace(s) }

// docs/dns-rules.md is made from the catalogue, so it cannot be wrong.
func TestRulesDocument(t *testing.T) {
	path := filepath.Join("..", "..", "..", "docs", "dns-rules.md")
	text := reference()
	if os.Getenv("UPDATE_SCREENS") != "" {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want, err := os.ReadFile(path); err != nil || string(want) != text {
		t.Errorf("docs/dns-rules.md is stale (%v); run: make screens", err)
	}
}
