package table

import (
	"strconv"

	"github.com/peerdeck/peerdeck/model/phrase"
)

// Guard is how much an order takes away.
type Guard struct {
	Removed int // domains that go
	Of      int // domains that are there
}

// Guard counts what the order takes away.
func (o Order) Guard() Guard {
	return guardOf(labelsOf(o.Base), labelsOf(o.Rows))
}

// Words says what goes, for a sentence: "2 of 5 domains", "all 5 domains".
func (g Guard) Words() string {
	switch {
	case g.Removed < g.Of:
		return strconv.Itoa(g.Removed) + " of " + phrase.Count(g.Of, "domain")
	case g.Of == 1:
		return "the only domain"
	default:
		return "all " + phrase.Count(g.Of, "domain")
	}
}

// guardOf counts the domains that are there and are not to be, as Diff does: a domain
// that stands twice counts twice. It is asked at every key that is typed.
func guardOf(base, now []string) Guard {
	left := make(map[string]int, len(now))
	for _, label := range now {
		left[label]++
	}
	g := Guard{Of: len(base)}
	for _, label := range base {
		if left[label] == 0 {
			g.Removed++
			continue
		}
		left[label]--
	}
	return g
}

func labelsOf(rows []Row) []string {
	out := make([]string, len(rows))
	for i, r := range rows {
		out[i] = r.Label()
	}
	return out
}

// Number returns what must be typed before the order is carried out, 0 for nothing: the
// number of domains that are there, when all of them go, or more than 30 % (rule T04). A
// whole table is written each time, so a list that was cut short would take the rest away
// without a word. One domain of several may go without it: who must type each time types
// without reading.
func (g Guard) Number() int {
	const part, whole = 3, 10
	if g.Removed > 0 && g.Removed == g.Of || g.Removed > 1 && g.Removed*whole > g.Of*part {
		return g.Of
	}
	return 0
}
