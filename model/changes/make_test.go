package changes_test

import (
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) //nolint:gochecknoglobals // a constant, were there constants of time

// kept makes what a history has kept, with numbers in the order in which it came.
type kept struct{ list []model.Change }

func (k *kept) add(at time.Duration, c model.Change) {
	c.At, c.Number = noon.Add(at), uint64(len(k.list)+1)
	if c.Network.IsEmpty() && c.Aspect != model.AspectReading && c.Aspect != model.AspectWatch && c.Aspect != model.AspectClock {
		c.Network, c.NetworkName = safe.New("n1"), safe.New("us-prod")
	}
	k.list = append(k.list, c)
}

func (k *kept) state(at time.Duration, object string, aspect model.Aspect, from, to string) {
	k.add(at, model.Change{Object: safe.New("id-" + object), ObjectName: safe.New(object), Aspect: aspect, From: safe.New(from), To: safe.New(to), New: from == ""})
}

func (k *kept) came(at time.Duration, object string, code finding.Code, s model.Severity, cause string) {
	k.add(at, model.Change{
		Object: safe.New("id-" + object), ObjectName: safe.New(object), Aspect: model.AspectFinding, Code: code, Severity: s.String(), To: safe.New("word"), Reason: safe.New(cause),
	})
}

func (k *kept) went(at, since time.Duration, object string, code finding.Code, s model.Severity, cause string) {
	k.add(at, model.Change{
		Object: safe.New("id-" + object), ObjectName: safe.New(object), Aspect: model.AspectFinding, Code: code, Before: s.String(), From: safe.New("word"), Reason: safe.New(cause),
		Since: noon.Add(since),
	})
}

func lines(v changes.View) string {
	var out []string
	for _, e := range v.Entries {
		mark := e.Sense.String() + " " + e.Severity.String()
		if e.Plain {
			mark = "-"
		}
		if e.Sense == changes.Working && e.Severity == model.SeverityWorking {
			mark = "under way"
		}
		out = append(out, strings.TrimSpace(changes.Moment(e.At, noon)+" "+mark+" "+e.Where()+": "+e.Line(noon)))
	}
	return strings.Join(out, "\n")
}

func TestMake(t *testing.T) {
	broken, attention := model.SeverityBroken, model.SeverityAttention
	for name, c := range map[string]struct {
		build func(k *kept)
		want  string
	}{
		"states and the finding of one moment are one change": {func(k *kept) {
			k.state(0, "billing", model.AspectSync, "FullyInSync", "RemoteNotInSync")
			k.state(0, "billing", model.AspectAzure, "Connected", "Disconnected")
			k.came(0, "billing", "azure-disconnected", broken, "Kong's half was deleted.")
		}, "12:00 broke broken us-prod › billing: Azure Connected → Disconnected, Sync FullyInSync → RemoteNotInSync"},
		"a finding alone says its cause": {
			func(k *kept) { k.came(0, "billing", "azure-stale", attention, "It is stale.") },
			"12:00 broke attention us-prod › billing: It is stale.",
		},
		"what went says what it was and how long it lasted": {func(k *kept) {
			k.went(time.Hour, 30*time.Minute, "billing", "azure-stale", attention, "It is stale.")
		}, "13:00 mended ok us-prod › billing: mended, it was: It is stale., after 30 min"},
		"one finding in the place of another is worse": {func(k *kept) {
			k.went(0, -time.Hour, "billing", "azure-stale", attention, "It is stale.")
			k.came(0, "billing", "azure-disconnected", broken, "It is cut.")
		}, "12:00 broke broken us-prod › billing: It is cut."},
		"or as bad, which is no news": {func(k *kept) {
			k.went(0, -time.Hour, "billing", "azure-stale", attention, "It is stale.")
			k.came(0, "billing", "azure-other", attention, "It is other.")
		}, "12:00 neutral attention us-prod › billing: It is other."},
		"what is deleted is not mended": {func(k *kept) {
			k.state(0, "billing", model.AspectKonnect, "error", "")
			k.went(0, -time.Hour, "billing", "konnect-error", broken, "It failed.")
		}, "12:00 - us-prod › billing: gone from Konnect"},
		"a life cycle is not folded": {func(k *kept) {
			k.state(0, "billing", model.AspectKonnect, "", "created")
			k.state(time.Minute, "billing", model.AspectKonnect, "created", "initializing")
			k.state(2*time.Minute, "billing", model.AspectKonnect, "initializing", "ready")
		}, `12:02 neutral ok us-prod › billing: Konnect initializing → ready
12:01 under way us-prod › billing: Konnect created → initializing
12:00 under way us-prod › billing: new: Konnect created`},
		"what cannot be read is not known, and neither good nor bad": {func(k *kept) {
			k.add(0, model.Change{Aspect: model.AspectReading, Object: safe.New("Azure"), ObjectName: safe.New("Azure"), To: safe.New("no answer"), Reason: safe.New("it does not answer")})
			k.add(time.Hour, model.Change{Aspect: model.AspectReading, Object: safe.New("Azure"), ObjectName: safe.New("Azure"), From: safe.New("no answer"), Since: noon})
		}, "13:00 neutral ok Azure: can be read again, after 1 h\n12:00 neutral unknown Azure: cannot be read: it does not answer"},
		"a gap is a gap": {func(k *kept) {
			k.add(0, model.Change{Aspect: model.AspectWatch})
			k.add(3*time.Hour, model.Change{Aspect: model.AspectWatch, Since: noon.Add(time.Hour)})
		}, "15:00 - : not watched from 13:00 to 15:00\n12:00 - : watching began; nothing is known from before"},
		"rows of a table, each from here or not": {func(k *kept) {
			row := func(domain, from, to string, here bool, at time.Duration) {
				k.add(at, model.Change{Aspect: model.AspectTableRows, Object: safe.New("r"), ObjectName: safe.New("corp-dns"), Domain: safe.New(domain), From: safe.New(from), To: safe.New(to), Here: here})
			}
			row("hr.example.org", "10.20.0.5", "10.20.0.6", false, 0)
			row("a.example.org", "", "10.20.0.6", true, time.Minute)
			row("b.example.org", "10.20.0.6", "", true, time.Minute)
		}, `12:01 - us-prod › corp-dns: DNS: 1 row added and 1 row removed: a.example.org and b.example.org, from here
12:00 - us-prod › corp-dns: DNS: hr.example.org 10.20.0.5 → 10.20.0.6, not from here`},
	} {
		t.Run(name, func(t *testing.T) {
			var k kept
			c.build(&k)
			if got := lines(changes.Make(k.list, changes.Mark{})); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// flap is a thing that broke and was mended some times, a minute between two changes.
func flap(k *kept, object string, times int, every time.Duration) {
	for i := range 2 * times {
		at := time.Duration(i) * every
		if i%2 == 0 {
			k.state(at, object, model.AspectAzure, "Connected", "Disconnected")
			k.came(at, object, "azure-disconnected", model.SeverityBroken, "cut")
			continue
		}
		k.state(at, object, model.AspectAzure, "Disconnected", "Connected")
		k.went(at, at-every, object, "azure-disconnected", model.SeverityBroken, "cut")
	}
}

// Fault 32: a state goes to and fro between ready and error.
// Seen: one line that says how often it flapped and how it is now; one notification, not one
// for each change.
func TestFault32Flapping(t *testing.T) {
	var k kept
	flap(&k, "billing", 4, time.Minute)
	v := changes.Make(k.list, changes.Mark{At: noon.Add(-time.Hour), Number: 0})
	if got, want := lines(v), "12:07 mended ok us-prod › billing: flapped 4 ×, now: Azure Disconnected → Connected"; got != want {
		t.Errorf("got %s", got)
	}
	if e := v.Entries[0]; !e.First.Equal(noon) || e.Times != 4 || v.Mended != 1 || v.Broke != 0 {
		t.Errorf("%+v, %d broke, %d mended", e, v.Broke, v.Mended)
	}
	var slow kept
	flap(&slow, "billing", 2, time.Hour)
	if got := len(changes.Make(slow.list, changes.Mark{}).Entries); got != 4 {
		t.Errorf("what breaks once in two hours does not flap: %d entries", got)
	}
	var two kept
	flap(&two, "billing", 1, time.Minute)
	if got := len(changes.Make(two.list, changes.Mark{}).Entries); got != 2 {
		t.Errorf("what broke once does not flap: %d entries", got)
	}
}

func TestSinceThePersonLooked(t *testing.T) {
	var k kept
	k.came(0, "a", "c1", model.SeverityBroken, "cut")
	k.came(time.Hour, "b", "c1", model.SeverityBroken, "cut")
	k.went(2*time.Hour, 0, "a", "c1", model.SeverityBroken, "cut")
	for name, c := range map[string]struct {
		mark changes.Mark
		want string
	}{
		"never":                       {changes.Mark{}, ""},
		"by the time":                 {changes.Mark{At: noon.Add(30 * time.Minute)}, "since you last looked (12:30): 1 broke, 1 mended"},
		"by the number":               {changes.Mark{At: noon.Add(30 * time.Minute), Number: 2}, "since you last looked (12:30): 1 mended"},
		"the clock went back since":   {changes.Mark{At: noon.Add(-time.Hour), Number: 3}, "since you last looked (11:00): nothing changed"},
		"it was forward at that time": {changes.Mark{At: noon.Add(30 * time.Hour), Number: 1}, "since you last looked (Nov 23 18:00): 1 broke, 1 mended"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := changes.Make(k.list, c.mark).Headline(noon); got != c.want {
				t.Errorf("got %q", got)
			}
		})
	}
	var odd kept
	odd.add(0, model.Change{Aspect: model.AspectReading, Object: safe.New("Azure"), ObjectName: safe.New("Azure"), To: safe.New("no answer")})
	if got := changes.Make(odd.list, changes.Mark{At: noon.Add(-1)}).Count(); got != "1 change" {
		t.Errorf("what cannot be read is not called well: %q", got)
	}
}
