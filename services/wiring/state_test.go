package wiring_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/known"
	"github.com/peerdeck/peerdeck/model/look"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/bundle/redact"
	"github.com/peerdeck/peerdeck/services/bundle/standins"
	"github.com/peerdeck/peerdeck/services/dns/mappings"
	"github.com/peerdeck/peerdeck/services/dns/trace"
	servicesknown "github.com/peerdeck/peerdeck/services/known"
	"github.com/peerdeck/peerdeck/services/local/looks"
	"github.com/peerdeck/peerdeck/services/paths"
	"github.com/peerdeck/peerdeck/services/paths/making"
	"github.com/peerdeck/peerdeck/services/setup/journal"
	"github.com/peerdeck/peerdeck/services/watch/history"
	"github.com/peerdeck/peerdeck/services/watch/remembered"
)

// samples is where whole state folders of earlier versions are, each written by that version.
const samples = "../../testdata/state"

// Of the samples: the organization, and the networks of which something is kept.
const (
	organization = "43b26c4c-71eb-5fe7-97c6-3ff27dea70bd"
	euProd       = "3d3ff5dc-6154-51ba-bb67-0fc670d1ceed"
	ukLab        = "e3fcb9f2-f6f0-59d8-95d4-3f62072b1a4d"
)

// keeper reads, and then writes, one kind of file of a state folder as the program does. What
// it returns is what it made of it, as a text that is empty for nothing, and what it said.
type keeper struct {
	what  string
	files string // that it is about, as a pattern of whole names
	read  func(t *testing.T, dir string) (made string, said []string)
	write func(t *testing.T, dir string) (said []string)
}

func texts(errs ...error) (said []string) {
	for _, err := range errs {
		if err != nil {
			said = append(said, err.Error())
		}
	}
	return said
}

func keepers() []keeper {
	return []keeper{
		{"the history", `^history-[^.]*[0-9a-f]\.jsonl$`, readHistory, writeHistory},
		{"when somebody looked", `^history-.*-looked\.json$`, readLooked, writeHistory},
		{"the looks", `^looks\.json$`, readLooks, writeLooks},
		{"drafts", `^dns/drafts/`, readDrafts, writeDrafts},
		{"restore points", `^dns/restore/`, readRestorePoints, nil},
		{"orders of a table", `^dns/orders/`, readOrders, nil},
		{"probes", `^dns/probes/network-`, readProbes, nil},
		{"traces", `^dns/probes/traces\.json$`, readTraces, nil},
		{"readings of paths", `^paths/read/`, readPaths, nil},
		{"orders of services", `^paths/orders/`, readMakings, nil},
		{"journals", `^setup/.*\.jsonl$`, readJournals, writeJournals},
		{"known problems", `^known/default\.yaml$`, readKnown, nil},
		{"remembered networks", `^remembered/default\.json$`, readRemembered, writeRemembered},
		{"stand-ins", `^bundle/standins\.json$`, readStandIns, writeStandIns},
	}
}

func readHistory(t *testing.T, dir string) (made string, said []string) {
	t.Helper()
	s, said, err := history.Open(dir, organization)
	said = append(said, texts(err)...)
	if list := s.Changes(); len(list) > 0 {
		made = fmt.Sprintf("%d changes, the last of %s", len(list), list[len(list)-1].NetworkName)
	}
	return made, append(said, texts(s.Close())...)
}

func readLooked(t *testing.T, dir string) (made string, said []string) {
	t.Helper()
	s, said, err := history.Read(dir, organization)
	if v := s.View(); !v.First {
		made = "looked before"
	}
	return made, append(said, texts(err)...)
}

func writeHistory(t *testing.T, dir string) (said []string) {
	t.Helper()
	s, _, err := history.Open(dir, organization)
	now := time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
	s.Watched(now)
	s.Look(true, now)
	return texts(err, s.Save(), s.Close())
}

func readLooks(t *testing.T, dir string) (made string, said []string) {
	t.Helper()
	s, said := looks.Open(dir)
	if l := s.Of("networks"); l != (look.Look{}) {
		made = fmt.Sprintf("%+v", l)
	}
	return made, said
}

func writeLooks(t *testing.T, dir string) (said []string) {
	t.Helper()
	s, _ := looks.Open(dir)
	s.Set("networks", look.Look{})
	return texts(s.Save(t.Context()))
}

func readDrafts(t *testing.T, dir string) (made string, said []string) {
	t.Helper()
	s := mappings.NewStore(filepath.Join(dir, "dns"))
	drafts, said, err := s.Draft(t.Context(), safe.New(ukLab))
	for _, d := range drafts {
		made += fmt.Sprintf("%s: %d rows, ", d.Target.NetworkName, len(d.Rows))
	}
	return made, append(said, texts(err)...)
}

func writeDrafts(t *testing.T, dir string) (said []string) {
	t.Helper()
	s := mappings.NewStore(filepath.Join(dir, "dns"))
	files, err := os.ReadDir(filepath.Join(dir, "dns", "drafts"))
	if err != nil || len(files) == 0 {
		return texts(err)
	}
	old, _, err := mappings.NewStore(filepath.Join(sampleOf(t, newest(t)), "dns")).Draft(t.Context(), safe.New(ukLab))
	if err != nil || len(old) != 1 {
		t.Fatalf("%v, %v", old, err)
	}
	return texts(s.SaveDraft(t.Context(), old[0]), s.DropDraft(t.Context(), old[0].Target))
}

func readRestorePoints(t *testing.T, dir string) (made string, said []string) {
	t.Helper()
	points, err := mappings.NewStore(filepath.Join(dir, "dns")).RestorePoints(t.Context(), safe.New(euProd))
	for _, p := range points {
		if p.Problem == "" {
			made += fmt.Sprintf("%d rows, ", len(p.Rows))
		} else {
			said = append(said, p.Problem)
		}
	}
	return made, append(said, texts(err)...)
}

func readOrders(t *testing.T, dir string) (made string, said []string) {
	t.Helper()
	list, err := mappings.NewStore(filepath.Join(dir, "dns")).Unfinished(t.Context())
	for _, u := range list {
		if u.Problem != "" {
			said = append(said, u.Problem)
		}
	}
	if len(said) == 0 && err == nil {
		made = "all orders are understood"
	}
	return made, append(said, texts(err)...)
}

func readProbes(t *testing.T, dir string) (made string, said []string) {
	t.Helper()
	r := trace.NewResults(filepath.Join(dir, "dns", "probes"), func(s string) { said = append(said, s) })
	if m, there := r.Last(safe.New(euProd)); there {
		made = fmt.Sprintf("%d lines, %d columns", len(m.Lines), len(m.Columns))
	}
	return made, said
}

func readTraces(t *testing.T, dir string) (made string, said []string) {
	t.Helper()
	d := trace.New(t.Context(), trace.Options{
		Dir: filepath.Join(dir, "dns", "probes"), Note: func(s string) { said = append(said, s) }, Snapshot: func() model.Snapshot { return model.Snapshot{} },
	})
	defer d.Close()
	if list := d.History(); len(list) > 0 {
		made = fmt.Sprintf("%d traces", len(list))
	}
	return made, said
}

func readPaths(t *testing.T, dir string) (made string, said []string) {
	t.Helper()
	r := paths.NewResults(filepath.Join(dir, "paths", "read"), func(s string) { said = append(said, s) })
	if read := r.Last(safe.New(euProd)); read != nil {
		made = "a reading of " + read.At.Format(time.DateOnly)
	}
	return made, said
}

func readMakings(t *testing.T, dir string) (made string, said []string) {
	t.Helper()
	s := making.NewStore(filepath.Join(dir, "paths"))
	files, err := os.ReadDir(filepath.Join(dir, "paths", "orders"))
	for _, f := range files {
		m, err := s.Load(strings.TrimSuffix(f.Name(), ".json"))
		made += string(m.State) + " "
		said = append(said, texts(err)...)
	}
	return strings.TrimSpace(made), append(said, texts(err)...)
}

func readJournals(t *testing.T, dir string) (made string, said []string) {
	t.Helper()
	list, err := journal.NewStore(filepath.Join(dir, "setup")).List()
	for _, s := range list {
		if s.Problem != "" {
			said = append(said, s.Problem)
			continue
		}
		made += fmt.Sprintf("%s of %s, %s, ", s.Kind, s.Request.Peering, s.State)
	}
	return made, append(said, texts(err)...)
}

func writeJournals(t *testing.T, dir string) (said []string) {
	t.Helper()
	s := journal.NewStore(filepath.Join(dir, "setup"))
	ids, err := s.IDs()
	if err != nil || len(ids) == 0 {
		return texts(err)
	}
	w, err := s.Open(ids[0])
	if err != nil {
		return texts(err)
	}
	return texts(w.Append(journal.Entry{At: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC), Kind: journal.End, State: "done"}))
}

func readKnown(t *testing.T, dir string) (made string, said []string) {
	t.Helper()
	s := servicesknown.New(servicesknown.Options{Path: filepath.Join(dir, "known", "default.yaml"), Dir: filepath.Join(dir, "known")})
	_, err := s.Look(time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC))
	for _, p := range s.List().Problems {
		made += fmt.Sprintf("%s on %s, ", p.Code, p.Network)
	}
	return made, texts(err)
}

// konnectOf is the Konnect that the remembered networks of the samples are of.
const konnectOf = "127.0.0.1:20400"

func readRemembered(t *testing.T, dir string) (made string, said []string) {
	t.Helper()
	s := remembered.New(filepath.Join(dir, "remembered", "default.json"), konnectOf, func(note string) { said = append(said, note) })
	if list := s.Recall(); list != nil {
		made = fmt.Sprintf("%d networks of %s", len(list.Networks), list.Organization.Name)
	}
	return made, said
}

func writeRemembered(t *testing.T, dir string) (said []string) {
	t.Helper()
	s := remembered.New(filepath.Join(dir, "remembered", "default.json"), konnectOf, func(note string) { said = append(said, note) })
	s.Keep(model.Remembered{At: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)})
	return said
}

func readStandIns(t *testing.T, dir string) (made string, said []string) {
	t.Helper()
	_, names, err := standins.NewStore(filepath.Join(dir, "bundle")).Read()
	if len(names) > 0 {
		made = fmt.Sprintf("%d names", len(names))
	}
	return made, texts(err)
}

func writeStandIns(t *testing.T, dir string) (said []string) {
	t.Helper()
	note, err := standins.NewStore(filepath.Join(dir, "bundle")).Use(t.Context(), time.Now(), func(_ redact.Key, n redact.Names) redact.Names { return n })
	if note != "" {
		said = append(said, note)
	}
	return append(said, texts(err)...)
}

// versions lists the versions that there are samples of, the oldest first.
func versions(t *testing.T) []string {
	t.Helper()
	folders, err := os.ReadDir(samples)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, f := range folders {
		if f.IsDir() {
			out = append(out, f.Name())
		}
	}
	slices.SortFunc(out, func(a, b string) int { return slices.Compare(numbers(t, a), numbers(t, b)) })
	return out
}

// numbers are the parts of a version.
func numbers(t *testing.T, version string) []int {
	t.Helper()
	var out []int
	for part := range strings.SplitSeq(version, ".") {
		n, err := strconv.Atoi(part)
		if err != nil {
			t.Fatalf("%s is no version: %v", version, err)
		}
		out = append(out, n)
	}
	return out
}

func newest(t *testing.T) string {
	t.Helper()
	list := versions(t)
	return list[len(list)-1]
}

// sampleOf copies the state folder of a version to where it may be written.
func sampleOf(t *testing.T, version string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "peerdeck")
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(samples, version))); err != nil {
		t.Fatal(err)
	}
	return dir
}

// contents are the files of a folder by their names, without locks.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.Contains(path, ".lock") || strings.Contains(path, "locks/") {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(path)))
		out[path] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// of picks the files that a keeper is about.
func (k keeper) of(files map[string]string) []string {
	match := regexp.MustCompile(k.files)
	return slices.DeleteFunc(slices.Sorted(maps.Keys(files)), func(name string) bool { return !match.MatchString(name) })
}

// Every file of every version is read by this one, with nothing to say against it and nothing
// set aside, and every kind of file is in some sample.
func TestTheFilesOfAllVersionsAreRead(t *testing.T) {
	t.Parallel()
	list := versions(t)
	if len(list) < 2 {
		t.Fatalf("samples of %v", list)
	}
	seen := map[string]bool{}
	for _, version := range list {
		files := contents(t, filepath.Join(samples, version))
		claimed := map[string]bool{}
		for _, k := range keepers() {
			names := k.of(files)
			if len(names) == 0 {
				continue
			}
			seen[k.what] = true
			for _, n := range names {
				claimed[n] = true
			}
			dir := sampleOf(t, version)
			made, said := k.read(t, dir)
			if made == "" || len(said) > 0 {
				t.Errorf("%s of %s: %q, %q", k.what, version, made, said)
			}
			for name := range contents(t, dir) {
				if regexp.MustCompile(`\.(odd|torn|damaged-.*)$`).MatchString(name) {
					t.Errorf("%s of %s: %s was set aside", k.what, version, name)
				}
			}
			if k.write == nil {
				continue
			}
			if said := k.write(t, dir); len(said) > 0 {
				t.Errorf("%s of %s, written to: %q", k.what, version, said)
			}
		}
		for name := range files {
			if !claimed[name] {
				t.Errorf("nothing reads %s of %s", name, version)
			}
		}
	}
	for _, k := range keepers() {
		if !seen[k.what] {
			t.Errorf("no version has a sample of %s", k.what)
		}
	}
}

// newer makes the form of a file one that nobody knows; false for a file that tells none.
func newer(name, content string) (string, bool) {
	if strings.HasSuffix(name, ".jsonl") {
		return content + `{"v":2,"what":"nobody knows"}` + "\n", true
	}
	for _, member := range []string{`"version":`, `"Format":`} {
		if before, after, found := strings.Cut(content, member); found {
			digits := len(after) - len(strings.TrimLeft(after, " 0123456789"))
			return before + member + "2" + after[digits:], true
		}
	}
	var object map[string]json.RawMessage
	if json.Unmarshal([]byte(content), &object) == nil {
		return `{"version":2,` + strings.TrimLeft(content, "{"), true // of a version that told none
	}
	return "", false
}

// Files of a newer form are neither changed, moved nor removed, whatever is done with them; what
// is said names the file, both forms and a way out.
func TestTheFilesOfANewerVersionStayAsTheyAre(t *testing.T) {
	t.Parallel()
	told := 0
	for _, version := range versions(t) {
		for _, k := range keepers() {
			dir := sampleOf(t, version)
			if len(k.of(contents(t, dir))) == 0 {
				continue
			}
			for _, name := range k.of(contents(t, dir)) {
				text, tells := newer(name, contents(t, dir)[name])
				if !tells {
					continue
				}
				if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			before := contents(t, dir)
			_, said := k.read(t, dir)
			if k.write != nil {
				said = append(said, k.write(t, dir)...)
			}
			after := contents(t, dir)
			for _, name := range k.of(before) {
				if _, tells := newer(name, before[name]); !tells {
					continue
				}
				told++
				if after[name] != before[name] {
					t.Errorf("%s of %s: %s is other now:\n%.200s", k.what, version, name, after[name])
				}
				path := filepath.Join(dir, filepath.FromSlash(name))
				if k.what == "when somebody looked" {
					continue // nothing is lost by it, and nothing said
				}
				if !slices.ContainsFunc(said, func(s string) bool {
					return strings.Contains(s, path) && strings.Contains(s, "(form 2; this one reads forms up to 1)") && strings.Contains(s, "use the newer peerdeck")
				}) {
					t.Errorf("%s of %s: nothing is said of %s: %q", k.what, version, path, said)
				}
			}
			for name := range after {
				if _, was := before[name]; !was && !strings.Contains(name, "looked") {
					t.Errorf("%s of %s: %s was made", k.what, version, name)
				}
			}
		}
	}
	if told < 15 {
		t.Errorf("%d files were looked at", told)
	}
}

// A key that is not known is an error of the line, and the file stays: it may be one that a
// newer version obeys.
func TestKnownProblemsOfANewerVersion(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "known.yaml")
	const text = "known:\n  - code: azure-disconnected\n    network: eu-prod\n    reason: later\n    whom: nobody\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	s := servicesknown.New(servicesknown.Options{Path: path})
	if _, err := s.Look(time.Now()); err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "whom") {
		t.Errorf("%v", err)
	}
	_ = s.Add(t.Context(), known.Problem{Code: finding.Code("azure-disconnected"), Network: safe.New("us-prod"), Reason: safe.New("too")}, nil)
	if data, err := os.ReadFile(path); err != nil || !strings.HasPrefix(string(data), text) {
		t.Errorf("%q, %v", data, err)
	}
}
