package journal_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/local/keep"
	"github.com/peerdeck/peerdeck/services/setup/journal"
)

func at(n int) time.Time { return time.Date(2026, 11, 24, 12, 0, n, 0, time.UTC) }

func request() setup.Request {
	return setup.Request{
		Network: safe.New("eu-prod"), Peering: safe.New("hub \x1b[2J"), DNS: setup.DNSResolver,
		VNet:     model.VNetRef{TenantID: safe.New("t"), SubscriptionID: safe.New("S"), ResourceGroup: safe.New("rg"), Name: safe.New("vnet")},
		Mappings: []model.DNSMapping{{Domains: []safe.Text{safe.New("a.example")}, Servers: []safe.Text{safe.New("10.0.0.4")}}},
	}
}

// session writes what a run writes that makes a role and is stopped before the
// answer for its peering comes.
func session(t *testing.T, s *journal.Store, id string) {
	t.Helper()
	b, err := s.Open(id)
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range []journal.Entry{
		journal.Started(at(0), setup.RunSetup, request(), nil),
		{Kind: journal.Step, Step: setup.StepRole, State: "checking"},
		{Kind: journal.Intent, Step: setup.StepRole, Number: 1, Object: model.ObjectRole, ID: safe.New("/x/ROLE"), Name: safe.New("Creator"), Method: "PUT", URL: safe.New("https://arm/x/role")},
		{Kind: journal.Outcome, Step: setup.StepRole, Number: 1, ID: safe.New("/x/role")},
		{Kind: journal.Intent, Step: setup.StepAssignment, Number: 2, Object: model.ObjectAssignment, ID: safe.New("/x/as"), Name: safe.New("vnet")},
		{Kind: journal.Outcome, Step: setup.StepAssignment, Number: 2, Error: safe.New("403")},
		{Kind: journal.Accepted, Findings: []string{"dns-0"}},
		{Kind: journal.Intent, Step: setup.StepPeering, Number: 3, Object: model.ObjectPeering, Name: safe.New("hub")},
	} {
		if e.At.IsZero() {
			e.At = at(i)
		}
		if err := b.Append(e); err != nil {
			t.Fatal(err)
		}
	}
}

func stores(t *testing.T) map[string]*journal.Store {
	t.Helper()
	return map[string]*journal.Store{"on disk": journal.NewStore(filepath.Join(t.TempDir(), "setup")), "in memory": journal.NewStore("")}
}

func TestWhatAJournalTells(t *testing.T) {
	t.Parallel()
	for name, s := range stores(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			session(t, s, "20261124-120000-a")
			session(t, s, "20261124-130000-b")
			list, err := s.List()
			if err != nil || len(list) != 2 || list[0].ID != "20261124-130000-b" {
				t.Fatalf("%+v, %v", list, err)
			}
			got := list[1]
			if got.State != setup.RunInterrupted || got.Last != setup.StepPeering || !got.StartedAt.Equal(at(0)) || !got.ChangedAt.Equal(at(7)) || got.Problem != "" || !got.Unfinished() {
				t.Errorf("got %+v", got)
			}
			if got.Request.Peering != request().Peering || got.Request.VNet != request().VNet || len(got.Request.Mappings) != 1 {
				t.Errorf("the request became %+v", got.Request)
			}
			// The refused assignment was not made; the peering whose answer is missing may have been.
			if len(got.Made) != 2 || got.Made[0].ID.Raw() != "/x/role" || got.Made[1].Kind != model.ObjectPeering {
				t.Errorf("made %+v", got.Made)
			}
			r, err := s.Read(got.ID)
			if err != nil || r.Writes() != 3 || len(r.Accepted()) != 1 || len(r.Lines()) != 8 {
				t.Errorf("%+v, %v", r, err)
			}
			if _, open := r.Open(setup.StepRole, model.ObjectRole); open {
				t.Error("the role has an outcome")
			}
			if e, open := r.Open(setup.StepPeering, model.ObjectPeering); !open || e.Number != 3 {
				t.Errorf("the peering's intent is %+v, %v", e, open)
			}
		})
	}
}

// A crash in the middle of a line loses that line and nothing else; what is
// written afterwards stands on lines of its own.
// A role that is changed twice, with the ids that it has in two subscriptions, is one
// object; two VNETs of the same name are two.
func TestOneRoleOfTwoIDs(t *testing.T) {
	t.Parallel()
	s := journal.NewStore("")
	b, err := s.Open("20261124-120000-aaaaaa")
	if err != nil {
		t.Fatal(err)
	}
	for i, id := range []string{"/subscriptions/a/roleDefinitions/ROLE", "/subscriptions/b/roleDefinitions/role"} {
		for _, e := range []journal.Entry{
			{Kind: journal.Intent, Step: setup.StepRole, Number: 2*i + 1, Object: model.ObjectRole, ID: safe.New(id), Name: safe.New("Creator"), Changed: true},
			{Kind: journal.Intent, Step: setup.StepAssignment, Number: 2*i + 2, Object: model.ObjectAssignment, ID: safe.New(id + "/as"), Name: safe.New("vnet")},
		} {
			if err := b.Append(e); err != nil {
				t.Fatal(err)
			}
		}
	}
	record, err := s.Read("20261124-120000-aaaaaa")
	if made := record.Made(); err != nil || len(made) != 3 || !made[0].Changed {
		t.Errorf("made %+v, %v", made, err)
	}
}

func TestFault60TornLastLine(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := journal.NewStore(dir)
	session(t, s, "a")
	path := filepath.Join(dir, "a.jsonl")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	last := strings.LastIndex(strings.TrimSpace(string(whole)), "\n") + 1
	for cut := last; cut < len(whole); cut++ {
		if err := os.WriteFile(path, whole[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		r, err := s.Read("a")
		if err != nil || len(r.Entries) != 7 || r.Problem() != "" {
			t.Fatalf("cut at %d: %d entries, %q, %v", cut, len(r.Entries), r.Problem(), err)
		}
		b, err := s.Open("a")
		if err != nil {
			t.Fatal(err)
		}
		if err := b.Append(journal.Entry{Kind: journal.End, State: "done"}); err != nil {
			t.Fatal(err)
		}
		if r, err = s.Read("a"); err != nil || len(r.Entries) != 8 || r.Problem() != "" {
			t.Fatalf("cut at %d, then gone on with: %d entries, %q, %v", cut, len(r.Entries), r.Problem(), err)
		}
	}
}

// Fault 60: the last line of a journal is torn, or bytes in its middle are flipped.
// Seen: a torn last line counts as not written; damage in the middle names the lines and says
// that what they told is not known, and a copy of them is kept beside the journal.
func TestFault60DamageIsExplained(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := journal.NewStore(dir)
	session(t, s, "a")
	path := filepath.Join(dir, "a.jsonl")
	data, _ := os.ReadFile(path)
	lines := strings.Split(string(data), "\n")
	lines[1], lines[2] = "{\"kind\":", "\x00\x00"
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := s.Read("a")
	if err != nil || len(r.Entries) != 6 || !strings.Contains(r.Problem(), "lines 2 and 3 are damaged") {
		t.Errorf("%d entries, %q, %v", len(r.Entries), r.Problem(), err)
	}
	list, err := s.List()
	if err != nil || list[0].Problem == "" || list[0].Request.Network.Raw() != "eu-prod" {
		t.Errorf("%+v, %v", list, err)
	}
}

// What makes no sense is moved beside the journal when the run is gone on with, and the
// journal goes on saying so: what was written there is still not known.
func TestFault60DamageStaysKnown(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := journal.NewStore(dir)
	session(t, s, "a")
	path := filepath.Join(dir, "a.jsonl")
	data, _ := os.ReadFile(path)
	lines := strings.SplitAfter(string(data), "\n")
	first, last := lines[0], strings.TrimSuffix(lines[7], "\n")
	damaged := first + "{{{\n" + strings.Repeat("x", 1<<20) + "\n" + lines[2] + last[:20]
	if err := os.WriteFile(path, []byte(damaged), 0o600); err != nil {
		t.Fatal(err)
	}
	w, err := s.Open("a")
	if err == nil {
		err = w.Append(journal.Entry{Kind: journal.End, State: "done"})
	}
	r, rerr := s.Read("a")
	if err != nil || rerr != nil || len(r.Entries) != 3 || !strings.Contains(r.Problem(), "2 lines were damaged and set aside in "+path+".odd; what they said is not known") {
		t.Errorf("%d entries, %q, %v, %v", len(r.Entries), r.Problem(), err, rerr)
	}
	for name, want := range map[string]string{".odd": "{{{\n" + strings.Repeat("x", 1<<20) + "\n", ".torn": last[:20] + "\n"} {
		if aside, err := os.ReadFile(path + name); err != nil || string(aside) != want {
			t.Errorf("%s has %d bytes, %v", name, len(aside), err)
		}
	}
	if ids, err := s.IDs(); err != nil || len(ids) != 1 {
		t.Errorf("%v, %v", ids, err)
	}
}

// A disk that is full in the middle of an entry: the entry is not there, and the next
// one is, on a line of its own.
func TestFault58AFullDiskInAnEntry(t *testing.T) {
	t.Parallel()
	full := false
	s := journal.NewStoreOn(keep.Disk{Before: func(s keep.Step, _ string) error {
		if full && s == keep.StepWrite {
			return keep.Short{Bytes: 9, Err: syscall.ENOSPC}
		}
		return nil
	}}, t.TempDir())
	session(t, s, "a")
	w, err := s.Open("a")
	if err != nil {
		t.Fatal(err)
	}
	full = true
	for range 2 {
		if err := w.Append(journal.Entry{Kind: journal.End, State: "lost"}); !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "the journal ") {
			t.Error(err)
		}
	}
	full = false
	if err := w.Append(journal.Entry{Kind: journal.End, State: "done"}); err != nil {
		t.Fatal(err)
	}
	r, err := s.Read("a")
	if err != nil || len(r.Entries) != 9 || r.Entries[8].State != "done" || r.Problem() != "" {
		t.Errorf("%d entries, %q, %v", len(r.Entries), r.Problem(), err)
	}
}

func TestFilesAreForTheirOwnerAlone(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "setup")
	session(t, journal.NewStore(dir), "a")
	for path, want := range map[string]os.FileMode{dir: 0o700 | os.ModeDir, filepath.Join(dir, "a.jsonl"): 0o600} {
		if info, err := os.Stat(path); err != nil || info.Mode() != want {
			t.Errorf("%s: %v, %v", path, info.Mode(), err)
		}
	}
}

// Two stores stand for two programs: only one works on a VNET at a time, however it
// is written, and the other can see that.
func TestOneProgramAtATime(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	one, two := journal.NewStore(dir), journal.NewStore(dir)
	session(t, one, "a")
	release, err := one.Lock(t.Context(), request())
	if err != nil {
		t.Fatal(err)
	}
	same := request()
	same.VNet.SubscriptionID, same.Network = safe.New("s"), safe.New("other")
	for _, s := range []*journal.Store{one, two} {
		if _, err := s.Lock(t.Context(), same); !errors.Is(err, journal.ErrBusy) || !strings.Contains(err.Error(), fmt.Sprintf("(process %d on ", os.Getpid())) {
			t.Errorf("the second lock gave %v", err)
		}
	}
	if list, _ := two.List(); len(list) != 1 || !list[0].Elsewhere || list[0].Unfinished() {
		t.Errorf("the other program sees %+v", list)
	}
	release()
	again, err := two.Lock(t.Context(), same)
	if err != nil {
		t.Fatal(err)
	}
	again()
}

func TestIDsAreNoPaths(t *testing.T) {
	t.Parallel()
	s := journal.NewStore(t.TempDir())
	for _, id := range []string{"", "../x", "a/b", "A", "a.b", "a\x00"} {
		if _, err := s.Open(id); err == nil {
			t.Errorf("%q was taken", id)
		}
		if _, err := s.Read(id); err == nil {
			t.Errorf("%q was read", id)
		}
	}
}

// Whatever a file holds, it can be told about.
func FuzzJournal(f *testing.F) {
	f.Add([]byte(`{"kind":"begin","request":{}}` + "\n" + `{"kind":"intent","number":1,"object":"peering"}` + "\n"))
	f.Add([]byte("\n\n{}\n{\"kind\":7}\nx"))
	f.Add([]byte(`{"kind":"gone","object":"peering"}` + "\n" + `{"kind":"outcome","number":-1,"unsure":true}` + "\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "a.jsonl"), data, 0o600); err != nil {
			t.Fatal(err)
		}
		s := journal.NewStore(dir)
		list, err := s.List()
		if err != nil || len(list) != 1 {
			t.Fatalf("%+v, %v", list, err)
		}
		r, err := s.Read("a")
		if err != nil {
			t.Fatal(err)
		}
		before := len(r.Entries)
		r.Lines()
		b, err := s.Open("a")
		if err != nil {
			t.Fatal(err)
		}
		if err := b.Append(journal.Entry{Kind: journal.End}); err != nil {
			t.Fatal(err)
		}
		if r, err = s.Read("a"); err != nil || len(r.Entries) != before+1 {
			t.Fatalf("%d entries became %d, %v", before, len(r.Entries), err)
		}
	})
}

// Runs of another context are of another organization: they are neither listed nor gone
// on with. Those from before there were contexts stay in everybody's list.
func TestContextsAreKeptApart(t *testing.T) {
	dir := t.TempDir()
	begin := func(s *journal.Store, id string) {
		w, err := s.Open(id)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Append(journal.Started(at(1), setup.RunSetup, request(), nil)); err != nil {
			t.Fatal(err)
		}
	}
	begin(journal.NewStore(dir), "20261124-120000-old")
	begin(journal.NewStore(dir).In("production"), "20261124-120001-prod")
	begin(journal.NewStore(dir).In("staging"), "20261124-120002-stage")
	for context, want := range map[string]struct {
		listed     []string
		unfinished string // the run that the same set-up would go on with
	}{
		"":           {[]string{"20261124-120000-old"}, "20261124-120000-old"},
		"production": {[]string{"20261124-120001-prod", "20261124-120000-old"}, "20261124-120001-prod"},
		"staging":    {[]string{"20261124-120002-stage", "20261124-120000-old"}, "20261124-120002-stage"},
		"new":        {[]string{"20261124-120000-old"}, ""},
	} {
		s := journal.NewStore(dir).In(context)
		list, err := s.List()
		var ids []string
		for _, r := range list {
			ids = append(ids, r.ID)
		}
		if err != nil || !slices.Equal(ids, want.listed) {
			t.Errorf("%q: %v, %v", context, ids, err)
		}
		if r, found := s.Unfinished(request()); r.ID != want.unfinished || found != (want.unfinished != "") {
			t.Errorf("%q would go on with %q", context, r.ID)
		}
	}
}
