package history_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/watch/history"
)

// peering is what is judged of a peering of network a.
func peering(name string, found ...finding.Finding) model.Judged {
	of := model.Change{Network: safe.New("a"), NetworkName: safe.New("net a"), Object: safe.New(name), ObjectName: safe.New(name), Aspect: model.AspectFinding}
	j := model.Judged{Of: of}
	for _, f := range found {
		c := of
		c.Code, c.Severity, c.To, c.Reason = f.Code, f.Severity.String(), safe.New(f.Word), safe.New(f.Cause)
		j.Found = append(j.Found, c)
	}
	return j
}

func cut() finding.Finding {
	return finding.Finding{Code: "azure-disconnected", Severity: finding.Broken, Word: "cut", Cause: "Kong's half was deleted."}
}

// half is the state of Konnect's half of a peering of network a.
func half(name, to string) model.Change {
	c := state("a", to)
	c.Object, c.ObjectName, c.Aspect = safe.New(name), safe.New(name), model.AspectKonnect
	return c
}

func told(v changes.View) string {
	var out []string
	for _, e := range v.Entries {
		out = append(out, strings.TrimSpace(e.Sense.String()+" "+e.Where()+": "+e.Line(noon)))
	}
	return strings.Join(out, "\n")
}

func expect(t *testing.T, s *history.Store, want string) {
	t.Helper()
	if got := told(s.View()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

const began = "neutral : watching began; nothing is known from before"

// What is wrong when somebody first looks has not come then. What comes and goes later is
// told, over a restart too, and what came while nobody watched says so.
func TestFindingsComeAndGo(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	at := noon
	next := func(d time.Duration) time.Time { at = at.Add(d); return at }
	s.Watched(at)
	s.Observe([]model.Change{half("old", "ready"), half("fine", "ready")}, at)
	s.Judge(peering("old", cut()), at)
	s.Judge(peering("fine"), at)
	expect(t, s, began)
	s.Watched(next(time.Minute))
	s.Judge(peering("fine", cut()), at)
	s.Judge(peering("old", cut()), at)
	s.Watched(next(9 * time.Minute))
	s.Judge(peering("fine"), at)
	one := "mended net a › fine: mended, it was: Kong's half was deleted., after 9 min\nbroke net a › fine: Kong's half was deleted.\n" + began
	expect(t, s, one)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir)
	defer func() { _ = s.Close() }()
	s.Watched(next(2 * time.Hour))
	s.Observe([]model.Change{half("old", "ready"), half("fine", "ready")}, at)
	s.Judge(peering("fine", cut()), at)
	s.Judge(peering("old"), at) // which may be a judgement of what is read first
	broke := `broke net a › fine: Kong's half was deleted., while nobody watched
neutral : not watched from 12:10 to 14:10
` + one
	expect(t, s, broke)
	s.Watched(next(3 * time.Minute))
	s.Judge(peering("old"), at)
	expect(t, s, "mended net a › old: mended, it was: Kong's half was deleted.\n"+broke)
	s.Gone(half("fine", "ready"), next(time.Minute))
	s.Judge(peering("fine"), at)
	if e := s.View().Entries[0]; e.Sense != changes.Neutral || e.Text != "gone from Konnect" {
		t.Errorf("what is deleted is not mended: %+v", e)
	}
}

// As more is read after the start, a judgement becomes another one: that is no change, unless
// it is worse.
func TestTheFirstJudgementsSettle(t *testing.T) {
	s := history.New()
	s.Watched(noon)
	vague, exact := cut(), cut()
	vague.Code, exact.Code = "vague", "exact"
	vague.Severity, exact.Severity = finding.Attention, finding.Attention
	s.Judge(peering("p", vague), noon)
	s.Judge(peering("p", exact), noon.Add(10*time.Second))
	expect(t, s, began)
	s.Judge(peering("p", cut()), noon.Add(20*time.Second))
	expect(t, s, "broke net a › p: Kong's half was deleted.\n"+began)
}

// A machine that slept did not watch, and what is found then came in that time.
func TestASleepIsAGap(t *testing.T) {
	s := history.New()
	s.Watched(noon)
	s.Observe([]model.Change{half("fine", "ready")}, noon)
	s.Judge(peering("fine"), noon)
	s.Watched(noon.Add(8 * time.Minute))
	s.Watched(noon.Add(8 * time.Hour))
	s.Judge(peering("fine", cut()), noon.Add(8*time.Hour))
	expect(t, s, "broke net a › fine: Kong's half was deleted., while nobody watched\nneutral : not watched from 12:08 to 20:00\n"+began)
}

// A clock that jumps back is told, and neither the order nor what is new since the person
// looked goes by it.
func TestFault34TheClockJumpsBack(t *testing.T) {
	s := history.New()
	s.Watched(noon)
	s.Observe([]model.Change{half("fine", "ready")}, noon)
	s.Observe([]model.Change{half("fine", "error")}, noon.Add(time.Minute))
	s.Look(false, noon.Add(time.Minute))
	back := noon.Add(-3 * time.Hour)
	s.Watched(back)
	s.Observe([]model.Change{half("fine", "ready")}, back)
	v := s.View()
	expect(t, s, `neutral net a › fine: Konnect error → ready
neutral : the clock of this machine was set back by 3 h 1 min
neutral net a › fine: Konnect ready → error
`+began)
	if v.News != 1 || !v.Entries[0].New || v.Entries[2].New {
		t.Errorf("%d are new", v.News)
	}
	s.Look(false, back.Add(time.Minute))
	if v := s.View(); v.News != 0 {
		t.Errorf("%d are new after a look", v.News)
	}
}

// What came while the person was away is new as long as they look, and counts from when
// they looked last; what comes while they look does too.
func TestALookLasts(t *testing.T) {
	s := history.New()
	s.Watched(noon)
	s.Observe([]model.Change{half("a", "ready"), half("b", "ready"), half("c", "ready")}, noon)
	headline := func(want string) {
		t.Helper()
		if got := s.View().Headline(noon); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	at := func(minutes int) time.Time { return noon.Add(time.Duration(minutes) * time.Minute) }
	s.Look(true, at(0))
	headline("since watching began (12:00): nothing changed")
	s.Look(false, at(1))
	headline("since you last looked (12:01): nothing changed")
	s.Observe([]model.Change{half("a", "error")}, at(2))
	headline("since you last looked (12:01): 1 change")
	s.Look(true, at(3))
	s.Observe([]model.Change{half("b", "error")}, at(4))
	s.Look(true, at(5))
	headline("since you last looked (12:01): 2 changes")
	s.Observe([]model.Change{half("c", "error")}, at(20))
	headline("since you last looked (12:01): 3 changes")
	s.Look(true, at(21)) // who did nothing for a quarter of an hour was not there
	headline("since you last looked (12:05): 1 change")
	s.Look(false, at(22))
	headline("since you last looked (12:22): nothing changed")
}

func TestTheLookIsKept(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	s.Watched(noon)
	s.Observe([]model.Change{half("a", "ready"), half("b", "ready")}, noon)
	s.Observe([]model.Change{half("a", "error")}, noon.Add(time.Minute))
	s.Look(true, noon.Add(time.Minute))
	s.Observe([]model.Change{half("b", "error")}, noon.Add(time.Minute)) // in the same moment
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir)
	defer func() { _ = s.Close() }()
	if v := s.View(); v.News != 1 || v.Headline(noon) != "since you last looked (12:01): 1 change" {
		t.Errorf("%d are new: %s", v.News, v.Headline(noon))
	}
}

// Two programs have one state folder: the first keeps the time line, the second reads it,
// each look counts for both, and the second goes on when the first ends.
func TestTheSecondCopyGoesOn(t *testing.T) {
	dir := t.TempDir()
	first := open(t, dir)
	first.Watched(noon)
	first.Observe([]model.Change{half("a", "ready"), half("b", "ready")}, noon)
	if err := first.Save(); err != nil {
		t.Fatal(err)
	}
	second, notes, err := history.Open(dir, "Org/1")
	if err != nil || len(notes) != 1 || !second.View().Reader {
		t.Fatal(notes, err)
	}
	at := noon.Add(time.Minute)
	for _, s := range []*history.Store{first, second} { // each sees it by itself
		s.Watched(at)
		s.Observe([]model.Change{half("a", "error"), half("b", "ready")}, at.Add(10*time.Second))
		if err := s.Save(); err != nil {
			t.Fatal(err)
		}
	}
	second.Look(true, at.Add(20*time.Second))
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	at = noon.Add(2 * time.Minute)
	second.Watched(at)
	second.Observe([]model.Change{half("b", "error")}, at)
	if err := second.Save(); err != nil {
		t.Fatal(err)
	}
	want := "neutral net a › b: Konnect ready → error\nneutral net a › a: Konnect ready → error\n" + began
	expect(t, second, want)
	if second.View().Reader {
		t.Error("it does not keep the history")
	}
	if err := second.Close(); err != nil {
		t.Fatal(err)
	}
	third := open(t, dir)
	defer func() { _ = third.Close() }()
	expect(t, third, want)
	if v := third.View(); v.News != 1 {
		t.Errorf("%d are new", v.News)
	}
}

func TestReadings(t *testing.T) {
	s := history.New()
	azure := model.Change{Object: safe.New("Azure"), ObjectName: safe.New("Azure"), Aspect: model.AspectReading}
	if _, changed := s.Read(azure, noon); changed {
		t.Error("what can be read, and always could, is no change")
	}
	down := azure
	down.To, down.Reason = safe.New("no answer"), safe.New("it does not answer")
	s.Read(down, noon)
	s.Read(down, noon.Add(time.Minute))
	s.Read(azure, noon.Add(5*time.Minute))
	s.Read(azure, noon.Add(6*time.Minute))
	expect(t, s, "neutral Azure: can be read again, after 5 min\nneutral Azure: cannot be read: it does not answer")
}

func TestTables(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	of := model.Change{Network: safe.New("a"), NetworkName: safe.New("net a"), Object: safe.New("r"), ObjectName: safe.New("corp-dns")}
	table := func(rows ...string) []model.DNSMapping {
		var out []model.DNSMapping
		for i := 0; i < len(rows); i += 2 {
			out = append(out, model.DNSMapping{Domains: safe.Texts(rows[i]), Servers: safe.Texts(rows[i+1])})
		}
		return out
	}
	here := func(is bool) func([]model.DNSMapping, time.Time) bool {
		return func([]model.DNSMapping, time.Time) bool { return is }
	}
	s.Table(of, table("a.example", "10.0.0.1", "b.example", "10.0.0.1"), here(false), noon)
	s.Table(of, table("b.example", "10.0.0.1", "a.example", "10.0.0.1"), here(false), noon) // the order means nothing
	s.Table(of, table("a.example", "10.0.0.2", "b.example", "10.0.0.1"), here(false), noon.Add(time.Minute))
	s.Table(of, table("a.example", "10.0.0.2"), here(true), noon.Add(2*time.Minute))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir)
	defer func() { _ = s.Close() }()
	s.Table(of, table(), here(false), noon.Add(3*time.Minute))
	expect(t, s, `neutral net a › corp-dns: DNS: a.example removed, it was 10.0.0.2, not from here, while nobody watched
neutral net a › corp-dns: DNS: b.example removed, it was 10.0.0.1, from here
neutral net a › corp-dns: DNS: a.example 10.0.0.1 → 10.0.0.2, not from here`)
}

// What an earlier version has kept knows no findings: what is wrong now was so already.
func TestAnEarlierVersion(t *testing.T) {
	dir := t.TempDir()
	const line = `{"at":"2026-11-22T11:00:00Z","network":"a","network_name":"net a","object":"p","object_name":"p","aspect":"konnect","from":"created","to":"ready","reason":""}` + "\n"
	if err := os.WriteFile(filepath.Join(dir, "history-_rg_1.jsonl"), []byte(line), 0o600); err != nil {
		t.Fatal(err)
	}
	s := open(t, dir)
	defer func() { _ = s.Close() }()
	s.Watched(noon)
	s.Observe([]model.Change{half("p", "ready")}, noon)
	s.Judge(peering("p", cut()), noon)
	expect(t, s, "neutral : not watched from 11:00 to 12:00\nneutral net a › p: Konnect created → ready")
}
