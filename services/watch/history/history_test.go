package history_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/watch/history"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) //nolint:gochecknoglobals // a constant, were there constants of time

func state(network, to string) model.Change {
	return model.Change{Network: safe.New(network), NetworkName: safe.New("net " + network), Aspect: model.AspectNetwork, To: safe.New(to)}
}

func open(t *testing.T, dir string) *history.Store {
	t.Helper()
	s, notes, err := history.Open(dir, "Org/1")
	if err != nil || len(notes) > 0 {
		t.Fatalf("%v, %v", notes, err)
	}
	return s
}

func TestObserve(t *testing.T) {
	s := history.New()
	if got := s.Observe([]model.Change{state("a", "created")}, noon); got != nil {
		t.Errorf("an object that is new has not changed: %v", got)
	}
	if got := s.Observe([]model.Change{state("a", "created")}, noon.Add(time.Minute)); got != nil {
		t.Errorf("nothing changed: %v", got)
	}
	got := s.Observe([]model.Change{state("a", "ready"), state("b", "ready")}, noon.Add(2*time.Minute))
	if len(got) != 1 || got[0].From.Raw() != "created" || got[0].To.Raw() != "ready" || got[0].Gap {
		t.Errorf("got %+v", got)
	}
	if at := s.Sight(state("a", "").Key()); at != (model.Sight{At: noon.Add(2 * time.Minute), Began: true}) {
		t.Errorf("since %v", at)
	}
	if at := s.Sight(state("b", "").Key()); at != (model.Sight{At: noon.Add(2 * time.Minute)}) {
		t.Errorf("nobody saw b change, it may be older: %v", at)
	}
	if r := s.Recent(9); len(r) != 1 {
		t.Errorf("recent %v", r)
	}
	s.Forget(safe.New("a"))
	if got := s.Observe([]model.Change{state("a", "created")}, noon); got != nil {
		t.Errorf("what was forgotten is new: %v", got)
	}
}

func TestItSurvivesARestart(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "deep", "state")
	s := open(t, dir)
	s.Observe([]model.Change{state("a", "created"), state("b", "ready\x1b[2J")}, noon)
	s.Observe([]model.Change{state("a", "ready")}, noon.Add(time.Hour))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir)
	defer func() { _ = s.Close() }()
	if at := s.Sight(state("a", "").Key()); at != (model.Sight{At: noon.Add(time.Hour), Began: true}) {
		t.Errorf("since %v", at)
	}
	if r := s.Recent(9); len(r) != 1 || r[0].NetworkName.Raw() != "net a" {
		t.Errorf("recent %+v", r)
	}
	got := s.Observe([]model.Change{state("a", "ready"), state("b", "error")}, noon.Add(9*time.Hour))
	if len(got) != 1 || !got[0].Gap || got[0].From.Raw() != "ready\x1b[2J" {
		t.Errorf("what changed in between is told as such: %+v", got)
	}
	if at := s.Sight(state("b", "").Key()); at != (model.Sight{At: noon.Add(9 * time.Hour)}) {
		t.Errorf("when b changed is not known, only that it had by then: %v", at)
	}
	info, err := os.Stat(filepath.Join(dir, "history-_rg_1.jsonl"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
}

// Who looks once reads what others have seen, also while they keep it, and leaves no trace.
func TestReadingLeavesNoTrace(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state")
	none, notes, err := history.Read(dir, "Org/1")
	if err != nil || len(notes) > 0 || len(none.Recent(9)) > 0 {
		t.Errorf("there is none: %v, %v", notes, err)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("a folder was made")
	}
	keeper := open(t, dir)
	keeper.Observe([]model.Change{state("a", "created")}, noon)
	if err := keeper.Save(); err != nil {
		t.Fatal(err)
	}
	reader, notes, err := history.Read(dir, "Org/1")
	if err != nil || len(notes) > 0 {
		t.Fatal(notes, err)
	}
	reader.Observe([]model.Change{state("a", "created"), state("b", "ready")}, noon.Add(3*time.Hour))
	if at := reader.Sight(state("a", "").Key()); at != (model.Sight{At: noon}) {
		t.Errorf("a was seen at noon: %v", at)
	}
	if err := reader.Close(); err != nil {
		t.Error(err)
	}
	if err := keeper.Close(); err != nil {
		t.Error(err)
	}
	again := open(t, dir)
	defer func() { _ = again.Close() }()
	if !again.Sight(state("b", "").Key()).At.IsZero() {
		t.Error("the reader wrote")
	}
}

func TestTwoCopiesOfTheProgram(t *testing.T) {
	dir := t.TempDir()
	first := open(t, dir)
	first.Observe([]model.Change{state("a", "ready")}, noon)
	if err := first.Save(); err != nil {
		t.Fatal(err)
	}
	second, notes, err := history.Open(dir, "Org/1")
	if err != nil || len(notes) != 1 || !strings.Contains(notes[0], "another peerdeck (process "+strconv.Itoa(os.Getpid())+" on ") {
		t.Fatalf("%v, %v", notes, err)
	}
	second.Observe([]model.Change{state("a", "error")}, noon)
	if err := second.Close(); err != nil {
		t.Fatal(err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	third := open(t, dir)
	defer func() { _ = third.Close() }()
	if len(third.Recent(9)) != 0 {
		t.Error("the second copy wrote")
	}
}

func TestDamage(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "history-o.jsonl")
	line := `{"at":"2026-11-22T12:00:00Z","network":"a","aspect":"network","from":"x","to":"ready"}` + "\n"
	for name, c := range map[string]struct {
		content string
		changes int
		notes   int
	}{
		"torn last line":  {line + line[:30], 1, 0},
		"damaged middle":  {line + "{{{\n" + strings.ReplaceAll(line, `"a"`, `"b"`), 2, 1},
		"no network":      {"{}\n" + line, 1, 1},
		"empty":           {"", 0, 0},
		"one endless one": {strings.Repeat("x", 100_000) + "\n" + line, 1, 1},
	} {
		t.Run(name, func(t *testing.T) {
			if err := os.WriteFile(path, []byte(c.content), 0o600); err != nil {
				t.Fatal(err)
			}
			s, notes, err := history.Open(dir, "o")
			if err != nil || len(notes) != c.notes || len(s.Recent(9)) != c.changes {
				t.Errorf("%d changes, %v, %v", len(s.Recent(9)), notes, err)
			}
			s.Observe([]model.Change{state("z", "ready")}, noon)
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			s, notes, err = history.Open(dir, "o")
			if err != nil || (name == "torn last line" && len(s.Recent(9)) != 1) {
				t.Errorf("after a save: %v, %v", notes, err)
			}
			_ = s.Close()
		})
	}
}

// A line that is too long, or broken, ends nothing: what is behind it is read and is
// still there after the next save, and the line itself stands beside the file.
func TestWhatIsBehindALongLineStays(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "history-_rg_1.jsonl")
	line := func(network string) string {
		return `{"at":"2026-11-22T12:00:00Z","network":"` + network + `","aspect":"network","from":"x","to":"ready"}` + "\n"
	}
	long := line(strings.Repeat("n", 65<<10))
	if err := os.WriteFile(path, []byte(line("a")+long+line("b")+"{{{\n"+line("c")), 0o600); err != nil {
		t.Fatal(err)
	}
	s, notes, err := history.Open(dir, "Org/1")
	if err != nil || len(s.Recent(9)) != 3 || len(notes) != 1 || !strings.Contains(notes[0], path+".odd") || !strings.Contains(notes[0], "2 lines") {
		t.Fatalf("%d changes, %q, %v", len(s.Recent(9)), notes, err)
	}
	s.Observe([]model.Change{state("z", "ready")}, noon)
	s.Observe([]model.Change{state("z", "error")}, noon)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir)
	if len(s.Recent(9)) != 4 {
		t.Errorf("%d changes are left", len(s.Recent(9)))
	}
	if aside, err := os.ReadFile(path + ".odd"); err != nil || string(aside) != long+"{{{\n" {
		t.Errorf("%d bytes were set aside, %v", len(aside), err)
	}
	// A change that a line cannot hold goes there at once, and does not stop the others.
	s.Observe([]model.Change{state(strings.Repeat("m", 65<<10), "ready"), state("y", "ready")}, noon)
	s.Observe([]model.Change{state("y", "error")}, noon)
	if err := s.Save(); err == nil || !strings.Contains(err.Error(), "1 change") {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir)
	defer func() { _ = s.Close() }()
	if len(s.Recent(9)) != 5 {
		t.Errorf("%d changes are left", len(s.Recent(9)))
	}
	if aside, err := os.ReadFile(path + ".odd"); err != nil || strings.Count(string(aside), "\n") != 3 {
		t.Errorf("%d bytes were set aside, %v", len(aside), err)
	}
}

// A hundred thousand changes leave a file and a time line that are bounded, the newest of
// them whole, and it says how many were let go of.
func TestItIsBounded(t *testing.T) {
	const all, kept = 100_000, 10_000
	dir := t.TempDir()
	s := open(t, dir)
	for i := range all {
		s.Observe([]model.Change{state("a", strconv.Itoa(i))}, noon.Add(time.Duration(i)*time.Second))
		if i%20_000 == 0 {
			if err := s.Save(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, "history-_rg_1.jsonl"))
	if lines := strings.Count(string(data), "\n"); err != nil || lines > 2*kept+10 {
		t.Errorf("%d lines, %v", lines, err)
	}
	s = open(t, dir)
	defer func() { _ = s.Close() }()
	if r := s.Recent(1); len(r) != 1 || r[0].To.Raw() != strconv.Itoa(all-1) || r[0].Number != all-1 {
		t.Errorf("the newest is lost: %v", r)
	}
	if n := len(s.Recent(all)); n > kept || s.View().Older != all-1-n {
		t.Errorf("%d changes are kept, %d were let go of", n, s.View().Older)
	}
}

func TestAFolderThatCannotBeUsed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s, _, err := history.Open(filepath.Join(file, "state"), "o")
	if err == nil || s == nil {
		t.Fatal("there is a reason, and a history in memory all the same")
	}
	s.Observe([]model.Change{state("a", "ready")}, noon)
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// Whatever is in the file, the program starts, keeps what it understands and can
// read back what it writes.
func FuzzOpen(f *testing.F) {
	f.Add([]byte(`{"at":"2026-11-22T12:00:00Z","network":"a","aspect":"network","from":"x","to":"ready"}` + "\n"))
	f.Add([]byte("{\"network\":\"\\u001b[2J\"}\n{"))
	f.Fuzz(func(t *testing.T, data []byte) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "history-o.jsonl"), data, 0o600); err != nil {
			t.Fatal(err)
		}
		s, _, err := history.Open(dir, "o")
		if err != nil {
			t.Fatal(err)
		}
		s.Observe([]model.Change{state("z", "ready")}, noon)
		kept := len(s.Recent(1 << 20))
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		s, _, err = history.Open(dir, "o")
		if err != nil || len(s.Recent(1<<20)) != kept {
			t.Errorf("%d changes of %d came back, %v", len(s.Recent(1<<20)), kept, err)
		}
		_ = s.Close()
	})
}
