package phrase_test

import (
	"net/netip"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model/phrase"
)

func TestCount(t *testing.T) {
	for _, c := range []struct {
		n          int
		noun, want string
	}{
		{0, "change", "0 changes"},
		{1, "change", "1 change"},
		{2, "change", "2 changes"},
		{1000, "mapped domain", "1000 mapped domains"},
		{1, "entry", "1 entry"},
		{3, "entry", "3 entries"},
		{2, "key", "2 keys"},
		{2, "address", "2 addresses"},
		{2, "branch", "2 branches"},
		{2, "y", "2 ys"},
	} {
		if got := phrase.Count(c.n, c.noun); got != c.want {
			t.Errorf("%d %s: %q, want %q", c.n, c.noun, got, c.want)
		}
	}
}

func TestEitherAgreesWithTheNumber(t *testing.T) {
	for n, want := range map[int]string{0: "are", 1: "is", 2: "are"} {
		if got := phrase.Either(n, "is", "are"); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

func TestLists(t *testing.T) {
	for _, c := range []struct {
		list         []string
		and, or, few string // few: at most 2
	}{
		{nil, "", "", ""},
		{[]string{"a"}, "a", "a", "a"},
		{[]string{"a", "b"}, "a and b", "a or b", "a and b"},
		{[]string{"a", "b", "c"}, "a, b and c", "a, b or c", "a, b and 1 more"},
		{[]string{"a", "b", "c", "d"}, "a, b, c and d", "a, b, c or d", "a, b and 2 more"},
	} {
		if got := phrase.And(c.list); got != c.and {
			t.Errorf("And(%q) = %q, want %q", c.list, got, c.and)
		}
		if got := phrase.Or(c.list); got != c.or {
			t.Errorf("Or(%q) = %q, want %q", c.list, got, c.or)
		}
		if got := phrase.Few(c.list, 2); got != c.few {
			t.Errorf("Few(%q, 2) = %q, want %q", c.list, got, c.few)
		}
	}
	servers := []netip.Addr{netip.MustParseAddr("10.1.0.5"), netip.MustParseAddr("10.1.0.4")}
	if got := phrase.List(servers); got != "10.1.0.5, 10.1.0.4" {
		t.Errorf("List keeps the order: %q", got)
	}
}

func TestSpan(t *testing.T) {
	for d, want := range map[time.Duration]string{
		-time.Hour: "0 s", 900 * time.Millisecond: "0 s", 40 * time.Second: "40 s", 12*time.Minute + 40*time.Second: "12 min",
		3*time.Hour + 20*time.Minute: "3 h 20 min", 3 * time.Hour: "3 h", 25 * time.Hour: "1 day", 49 * time.Hour: "2 days",
	} {
		if got := phrase.Span(d); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
}

func TestExactLeavesNothingOut(t *testing.T) {
	for d, want := range map[time.Duration]string{
		-time.Second: "0 s", 0: "0 s", 800 * time.Millisecond: "800 ms", 90 * time.Second: "1 min 30 s", 5 * time.Minute: "5 min",
		time.Hour: "1 h", 25*time.Hour + time.Second: "25 h 1 s", 1500*time.Millisecond + time.Microsecond: "1 s 500 ms",
	} {
		if got := phrase.Exact(d); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
}

func TestAge(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for then, want := range map[time.Time]string{
		{}: "never", now.Add(time.Hour): "just now", now.Add(-59 * time.Second): "just now", now.Add(-5 * time.Minute): "5 min ago",
	} {
		if got := phrase.Age(then, now); got != want {
			t.Errorf("%v: %q, want %q", then, got, want)
		}
	}
}

func TestElapsedHasHours(t *testing.T) {
	for d, want := range map[time.Duration]string{
		-time.Second: "0:00", 8*time.Second + 900*time.Millisecond: "0:08", 12*time.Minute + 40*time.Second: "12:40",
		time.Hour + 2*time.Minute + 3*time.Second: "1:02:03", 100 * time.Hour: "100:00:00",
	} {
		if got := phrase.Elapsed(d); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
}

func TestFirstLetters(t *testing.T) {
	for _, c := range [][3]string{{"", "", ""}, {"the Network", "The Network", "the Network"}, {"Ü", "Ü", "Ü"}, {"DNS check", "DNS check", "DNS check"}, {"A", "A", "a"}, {"Role", "Role", "role"}, {"a.example.org refuses it", "a.example.org refuses it", "a.example.org refuses it"}, {"stopped: by whom", "Stopped: by whom", "stopped: by whom"}} {
		if got := phrase.Capital(c[0]); got != c[1] {
			t.Errorf("Capital(%q) = %q", c[0], got)
		}
		if got := phrase.Lower(c[0]); got != c[2] {
			t.Errorf("Lower(%q) = %q", c[0], got)
		}
	}
}
