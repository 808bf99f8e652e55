package looks_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model/look"
	"github.com/peerdeck/peerdeck/services/local/looks"
)

func open(t *testing.T, dir string) *looks.Store {
	t.Helper()
	s, notes := looks.Open(dir)
	if len(notes) > 0 {
		t.Fatalf("%q", notes)
	}
	return s
}

func save(t *testing.T, s *looks.Store, name string, l look.Look) {
	t.Helper()
	s.Set(name, l)
	if err := s.Save(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestLooksOutliveTheProgram(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state")
	s := open(t, dir)
	if got := s.Of("networks"); got != (look.Look{}) {
		t.Errorf("a screen that nobody has touched has the look %+v", got)
	}
	want := look.Look{Order: "name", Reverse: true, Share: 35, Tall: 60}
	save(t, s, "networks", want)
	if got := open(t, dir).Of("networks"); got != want {
		t.Errorf("got %+v", got)
	}
	if info, err := os.Stat(filepath.Join(dir, "looks.json")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
}

// Two programs share a state folder: each keeps what it has changed, and nothing else.
func TestTwoProgramsWithOneFolder(t *testing.T) {
	dir := t.TempDir()
	one, other := open(t, dir), open(t, dir)
	save(t, one, "networks", look.Look{Order: "name"})
	save(t, other, "dns", look.Look{Share: 30})
	save(t, one, "paths", look.Look{Share: 45})
	last := open(t, dir)
	if last.Of("networks").Order != "name" || last.Of("dns").Share != 30 || last.Of("paths").Share != 45 {
		t.Errorf("%+v, %+v, %+v", last.Of("networks"), last.Of("dns"), last.Of("paths"))
	}
}

func TestWithoutAFolderNothingIsWritten(t *testing.T) {
	t.Chdir(t.TempDir())
	s := open(t, "")
	save(t, s, "networks", look.Look{Share: 30})
	if got := s.Of("networks").Share; got != 30 {
		t.Errorf("got %d", got)
	}
	if files, err := os.ReadDir("."); err != nil || len(files) > 0 {
		t.Errorf("%v, %v", files, err)
	}
}

func TestAFileWithFaults(t *testing.T) {
	for name, c := range map[string]struct {
		text, note string
		aside      bool
		refused    string
	}{
		"no JSON":         {text: "share: 40\n", note: "it is no JSON of peerdeck's", aside: true},
		"a wrong screen":  {text: `{"version":1,"screens":{"networks":"wide","dns":{"list_width_percent":30}}}`, note: `"networks"`},
		"a newer program": {text: `{"version":7,"screens":{}}`, note: "a newer peerdeck", refused: "a newer peerdeck"},
		"far too wide":    {text: `{"version":1,"screens":{"dns":{"list_width_percent":3000,"colour":"red"}}}`},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			at := filepath.Join(dir, "looks.json")
			if err := os.WriteFile(at, []byte(c.text), 0o600); err != nil {
				t.Fatal(err)
			}
			s, notes := looks.Open(dir)
			if text := strings.Join(notes, "\n"); (text == "") != (c.note == "") || !strings.Contains(text, c.note) || c.note != "" && !strings.Contains(text, at) {
				t.Errorf("the notes are %q", text)
			}
			if got := s.Of("dns").Share; got > look.Most {
				t.Errorf("the list takes %d %%", got)
			}
			s.Set("paths", look.Look{Share: 25})
			err := s.Save(t.Context())
			if (err == nil) != (c.refused == "") || err != nil && !strings.Contains(err.Error(), c.refused) {
				t.Fatalf("kept: %v", err)
			}
			files, _ := filepath.Glob(filepath.Join(dir, "looks.json.damaged-*"))
			if (len(files) == 1) != c.aside {
				t.Errorf("set aside: %q", files)
			}
			data, readErr := os.ReadFile(at)
			if readErr != nil || c.refused != "" && string(data) != c.text {
				t.Errorf("%v: %s", readErr, data)
			}
			if name == "a wrong screen" && !strings.Contains(string(data), `"wide"`) {
				t.Errorf("what is not understood is lost: %s", data)
			}
		})
	}
}

// A folder that cannot be written is said; the look holds for this program.
func TestAFolderThatIsAFile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state")
	if err := os.WriteFile(dir, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s, _ := looks.Open(dir)
	s.Set("networks", look.Look{Share: 30})
	if err := s.Save(t.Context()); err == nil || !strings.Contains(err.Error(), dir) {
		t.Errorf("%v", err)
	}
	if s.Of("networks").Share != 30 {
		t.Error("the look is lost")
	}
}
