package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/ui/command"
)

// readme is the README as text.
func readme(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// help is what a command prints of itself.
func help(t *testing.T, args ...string) string {
	t.Helper()
	var out bytes.Buffer
	w := command.World{
		In: strings.NewReader(""), Out: &out, Err: &out, Getenv: func(string) string { return "" },
		Logging: func(string) error { return nil },
	}
	if code := command.Execute(t.Context(), w, append(args, "--help")); code != command.ExitOK {
		t.Errorf("peerdeck %s --help ends with %d: %s", strings.Join(args, " "), code, out.String())
	}
	return out.String()
}

// handbook is the README with the pages that it leads to. The catalogue of findings is
// made by the program.
func handbook(t *testing.T) string {
	t.Helper()
	pages, err := filepath.Glob("docs/*.md")
	if err != nil || len(pages) < 15 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	var b strings.Builder
	b.WriteString(readme(t))
	for _, path := range pages {
		if filepath.Base(path) == "findings.md" {
			continue
		}
		data, err := os.ReadFile(filepath.Clean(path))
		if err != nil {
			t.Fatal(err)
		}
		b.Write(data)
	}
	return b.String()
}

// examples are the lines of the pages' code that call the program.
func examples(t *testing.T) []string {
	t.Helper()
	var out []string
	fenced := false
	for line := range strings.Lines(handbook(t)) {
		if strings.HasPrefix(line, "```") {
			fenced = !fenced
		}
		if fenced && regexp.MustCompile(`^([A-Z_]+=\S+ )*peerdeck `).MatchString(line) {
			out = append(out, strings.TrimSpace(line))
		}
	}
	return out
}

// Every command that there is stands in the README or in a page of it, and no other.
func TestTheReadmeNamesTheCommands(t *testing.T) {
	t.Parallel()
	text := handbook(t)
	_, list, found := strings.Cut(help(t), "COMMANDS")
	list, _, ended := strings.Cut(list, "FLAGS")
	if !found || !ended {
		t.Fatal("the help has no list of commands")
	}
	known := []string{"man"} // hidden in the list
	for line := range strings.Lines(list) {
		name, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		if name == "" || name == "help" {
			continue
		}
		known = append(known, name)
		if !strings.Contains(text, "peerdeck "+name) {
			t.Errorf("neither the README nor a page names peerdeck %s", name)
		}
	}
	used := regexp.MustCompile("(?m)(?:`|^)peerdeck ([a-z]+)").FindAllStringSubmatch(strings.Join(examples(t), "\n"), -1)
	if len(known) < 6 || len(used) < 10 {
		t.Fatalf("%d commands, %d uses", len(known), len(used))
	}
	for _, u := range used {
		if !slices.Contains(known, u[1]) {
			t.Errorf("the README or a page names peerdeck %s; there are %v", u[1], known)
		}
	}
}

// Every flag that the README gives to a command in an example is one of it.
func TestTheReadmeNamesFlagsThatThereAre(t *testing.T) {
	t.Parallel()
	flag := regexp.MustCompile(`--?[a-z][a-z-]*`)
	seen := 0
	for _, line := range examples(t) {
		_, call, _ := strings.Cut(line, "peerdeck ")
		call, _, _ = strings.Cut(call, "#")
		call, _, _ = strings.Cut(call, ">")
		call, _, _ = strings.Cut(call, " | ")
		args := []string{}
		words := append(strings.Fields(call), "", "")
		if name := words[0]; name != "" && !strings.HasPrefix(name, "-") {
			args = append(args, name)
			// A command that has commands.
			if word := regexp.MustCompile(`^[a-z]+$`); (name == "dns" || name == "bundle" || name == "export" || name == "context" || name == "known") && word.MatchString(words[1]) {
				args = append(args, words[1])
			}
		}
		text := help(t, args...)
		for _, f := range flag.FindAllString(" "+call, -1) {
			if !strings.Contains(call, " "+f) && !strings.HasPrefix(call, f) {
				continue // a hyphen within a word
			}
			seen++
			if !regexp.MustCompile(`(?m)(^|\s)` + f + `\s`).MatchString(text) {
				t.Errorf("peerdeck %s has no flag %s: %s", strings.Join(args, " "), f, strings.TrimSpace(line))
			}
		}
	}
	if seen < 10 {
		t.Errorf("%d flags were looked at", seen)
	}
}

// Every module that the program requires itself is in the README's table, with why,
// and no other.
func TestTheReadmeNamesTheDependencies(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	var direct []string
	for line := range strings.Lines(string(data)) {
		if words := strings.Fields(line); len(words) == 2 && strings.HasPrefix(words[1], "v") {
			direct = append(direct, words[0])
		}
	}
	_, table, _ := strings.Cut(readme(t), "## Dependencies")
	table, _, _ = strings.Cut(table, "\n## ")
	var listed []string
	for _, row := range regexp.MustCompile(`(?m)^\| (?:tests: )?(\S+\.\S+/?\S*) \| \S`).FindAllStringSubmatch(table, -1) {
		listed = append(listed, row[1])
	}
	slices.Sort(direct)
	slices.Sort(listed)
	if len(direct) < 20 || !slices.Equal(direct, listed) {
		t.Errorf("go.mod has\n%s\nthe README has\n%s", strings.Join(direct, "\n"), strings.Join(listed, "\n"))
	}
}

// Every file and every heading that a document links to is there.
func TestTheDocumentsLinkToWhatThereIs(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	link := regexp.MustCompile(`\]\(([^)#\s]*)(#[^)\s]*)?\)`)
	seen := 0
	for _, path := range append(files, "README.md", "CONTRIBUTING.md", "SECURITY.md", "CODE_OF_CONDUCT.md", "CHANGELOG.md") {
		data, err := os.ReadFile(filepath.Clean(path))
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range link.FindAllStringSubmatch(string(data), -1) {
			if strings.Contains(l[1], "://") {
				continue
			}
			seen++
			to := path
			if l[1] != "" {
				to = filepath.Join(filepath.Dir(path), l[1])
			}
			if _, err := os.Stat(to); err != nil {
				t.Errorf("%s links to %s, which is not there", path, l[1])
				continue
			}
			if l[2] != "" && !slices.Contains(headings(t, to), l[2]) {
				t.Errorf("%s links to %s%s; there are %v", path, l[1], l[2], headings(t, to))
			}
		}
	}
	if seen < 15 {
		t.Errorf("%d links were looked at", seen)
	}
}

// headings lists the anchors of a document, as GitHub makes them.
func headings(t *testing.T, path string) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.Clean(path))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, h := range regexp.MustCompile(`(?m)^#+ (.*)$`).FindAllStringSubmatch(string(data), -1) {
		name := regexp.MustCompile(`[^\pL\pN _-]`).ReplaceAllString(strings.ToLower(h[1]), "")
		out = append(out, "#"+strings.ReplaceAll(name, " ", "-"))
	}
	return out
}

// The document lists the formats that there are, with what can be done with each.
func TestTheFormatsAreDocumented(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("docs", "dns.md"))
	if err != nil {
		t.Fatal(err)
	}
	yes := map[bool]string{true: "yes", false: "no"}
	for _, f := range dnstable.Formats() {
		if row := "| `" + string(f.Format) + "` | " + yes[f.Readable] + " | " + yes[f.Writable] + " | "; !strings.Contains(string(data), row) {
			t.Errorf("docs/dns.md has no row that begins with %q", row)
		}
	}
}
