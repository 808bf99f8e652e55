package remembered_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/watch/remembered"
)

const konnect = "global.api.konghq.com"

func list(names ...string) model.Remembered {
	at := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	r := model.Remembered{At: at, Organization: model.Organization{ID: safe.New("org"), Name: safe.New("acme")}}
	for _, n := range names {
		r.Networks = append(r.Networks, model.RememberedNetwork{
			ID: safe.New("id-" + n), Name: safe.New(n), Region: safe.New("eu"), Provider: safe.New("azure"), CIDR: safe.New("10.0.0.0/16"), State: safe.New("ready"),
			Peerings: 2, Severity: model.SeverityBroken, Word: safe.New("disconnected"), ReadAt: at.Add(-time.Second),
		})
	}
	return r
}

// at is a store in a folder that is not there yet, and the notes that it made.
func at(t *testing.T) (s *remembered.Store, path string, notes *[]string) {
	t.Helper()
	notes, path = &[]string{}, filepath.Join(t.TempDir(), "state", "remembered", "default.json")
	return remembered.New(path, konnect, func(n string) { *notes = append(*notes, n) }), path, notes
}

func TestWhatIsKeptIsThereAgain(t *testing.T) {
	s, path, notes := at(t)
	if s.Recall() != nil {
		t.Error("there was nothing")
	}
	want := list("eu-prod", "us-prod")
	s.Keep(list("older"))
	s.Keep(want)
	if got := s.Recall(); got == nil || !reflect.DeepEqual(*got, want) {
		t.Errorf("got %+v", got)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if remembered.New(path, "127.0.0.1:1", nil).Recall() != nil {
		t.Error("the networks of one Konnect are shown for those of another")
	}
	s.Keep(list())
	if s.Recall() != nil || len(*notes) > 0 {
		t.Errorf("an empty list shows something, or is said: %q", *notes)
	}
}

func TestSecretsAndEndlessTextsAreNotKept(t *testing.T) {
	const canary = "kpat_0123456789abcdefghijABCDEFGHIJ0123456789abcdefghij"
	s, path, _ := at(t)
	r := list("the token is "+canary, strings.Repeat("long", 1000))
	r.Organization.Name = safe.New(canary)
	s.Keep(r)
	data, err := os.ReadFile(path)
	if err != nil || strings.Contains(string(data), canary) || len(data) > 2000 {
		t.Errorf("%v, %d bytes: %.300s", err, len(data), data)
	}
}

// A list beyond all measure is cut, and one that makes a file beyond all measure is not kept,
// which is said.
func TestAListBeyondMeasure(t *testing.T) {
	s, path, notes := at(t)
	r := list()
	for i := range 20_001 {
		r.Networks = append(r.Networks, model.RememberedNetwork{ID: safe.New(strconv.Itoa(i))})
	}
	s.Keep(r)
	if got := s.Recall(); got == nil || len(got.Networks) != 20_000 || len(*notes) > 0 {
		t.Fatalf("%v", *notes)
	}
	endless := safe.New(strings.Repeat("\x1b", 300))
	for i := range r.Networks {
		r.Networks[i].Name = endless
	}
	before, err := os.ReadFile(path)
	s.Keep(r)
	after, errAfter := os.ReadFile(path)
	if err != nil || errAfter != nil || string(before) != string(after) || len(*notes) != 1 || !strings.Contains((*notes)[0], "longer than") {
		t.Errorf("%v, %v, %q", err, errAfter, *notes)
	}
}

func TestFilesWithFaults(t *testing.T) {
	good, err := json.Marshal(map[string]any{"version": 1, "konnect": konnect, "at": "2026-11-22T09:00:00Z", "networks": []any{map[string]any{"id": "a"}}})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		text  string
		aside bool
		note  string
	}{
		"no JSON":         {"networks: []\n", true, "no JSON"},
		"cut":             {string(good[:len(good)/2]), true, "no JSON"},
		"empty":           {"", true, "no JSON"},
		"another subject": {`{"version":1,"screens":{}}`, true, "when it was read"},
		"no form":         {`{"at":"2026-11-22T09:00:00Z"}`, true, "its form"},
		"endless":         {`{"version":1,"x":"` + strings.Repeat("x", 17<<20) + `"}`, true, "longer than"},
		"a newer program": {`{"version":7,"networks":"in another way"}`, false, "a newer peerdeck"},
	} {
		t.Run(name, func(t *testing.T) {
			s, path, notes := at(t)
			if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(c.text), 0o600)); err != nil {
				t.Fatal(err)
			}
			if got := s.Recall(); got != nil {
				t.Errorf("got %+v", got)
			}
			if len(*notes) != 1 || !strings.Contains((*notes)[0], c.note) || !strings.Contains((*notes)[0], path) {
				t.Errorf("%q", *notes)
			}
			s.Keep(list("eu-prod"))
			got := s.Recall()
			if (got != nil) != c.aside {
				t.Errorf("after it was kept: %+v", got)
			}
			aside, err := filepath.Glob(path + ".damaged-*")
			if err != nil || (len(aside) == 1) != c.aside {
				t.Errorf("%v, %v", aside, err)
			}
			if data, err := os.ReadFile(path); !c.aside && (err != nil || string(data) != c.text) {
				t.Errorf("%v: %s", err, data)
			}
		})
	}
}

// Where nothing may be written nothing is kept, and nobody hears of it.
func TestAFolderThatMayOnlyBeRead(t *testing.T) {
	s, path, notes := at(t)
	top := filepath.Dir(filepath.Dir(path))
	if err := os.Mkdir(top, 0o500); err != nil {
		t.Fatal(err)
	}
	s.Keep(list("eu-prod"))
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Skip("this user may write everywhere")
	}
	if len(*notes) > 0 {
		t.Errorf("%q", *notes)
	}
}

// A folder that is a file is said once.
func TestAFolderThatIsAFile(t *testing.T) {
	s, path, notes := at(t)
	if err := os.WriteFile(filepath.Dir(filepath.Dir(path)), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		s.Keep(list("eu-prod"))
	}
	if len(*notes) != 1 || !strings.Contains((*notes)[0], path) {
		t.Errorf("%q", *notes)
	}
}

// Whatever a file holds, reading it ends, and what comes of it is bounded, has an id and a
// time for each network, and is kept and read again as it is.
func FuzzRecall(f *testing.F) {
	f.Add(`{"version":1,"konnect":"` + konnect + `","at":"2026-11-22T09:00:00Z","organization":{"id":"o","name":"acme"},"networks":[{"id":"a","name":"eu","peerings":-9,"severity":"fine","read_at":"2027-11-22T09:00:00Z"},{"id":"a"},{"id":""}]}`)
	f.Add(`{"version":1,"konnect":"` + konnect + `","at":"2026-11-22T09:00:00+14:00","networks":[{"id":7,"name":{"x":"\u001b]0;"},"severity":"ok","word":"\u202e"}]}`)
	f.Add(`{"version":2}`)
	f.Add(`[]`)
	f.Fuzz(func(t *testing.T, text string) {
		path := filepath.Join(t.TempDir(), "default.json")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		s := remembered.New(path, konnect, func(string) {})
		got := s.Recall()
		if got == nil {
			return
		}
		seen := map[safe.Text]bool{}
		for _, n := range got.Networks {
			if n.ID.IsEmpty() || seen[n.ID] || n.ReadAt.IsZero() || n.ReadAt.After(got.At) || n.Peerings < -1 || len(n.Name.Raw()) > 256 {
				t.Errorf("%+v", n)
			}
			seen[n.ID] = true
		}
		s.Keep(*got)
		if again := s.Recall(); again == nil || len(again.Networks) != len(got.Networks) || !again.At.Equal(got.At) {
			t.Errorf("%+v is %+v", got, again)
		}
	})
}
