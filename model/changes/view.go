package changes

import (
	"fmt"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// View is the time line as it stands. It is never changed after it was made.
type View struct {
	Entries []Entry // the newest first, gaps among them
	// Looked is from when on changes are new: when the person last looked. First: they never
	// did, and it is when watching began.
	Looked time.Time
	First  bool
	Broke  int // since the person last looked
	Mended int
	News   int  // all of them, gaps not counted
	unwell bool // among the news that neither broke nor were mended is one that is not well
	// Older is how many changes were let go of for want of room.
	Older int
	// Reader: another peerdeck keeps the time line on this machine; what this one sees is
	// kept by that one.
	Reader bool
}

// Headline says what came since the person last looked; empty where nobody watches.
func (v View) Headline(now time.Time) string {
	if v.Looked.IsZero() {
		return ""
	}
	since := "since you last looked"
	if v.First {
		since = "since watching began"
	}
	return fmt.Sprintf("%s (%s): %s", since, Moment(v.Looked, now), v.Count())
}

// Count says how many broke and were mended: "2 broke, 1 mended".
func (v View) Count() string {
	var parts []string
	if v.Broke > 0 {
		parts = append(parts, fmt.Sprintf("%d broke", v.Broke))
	}
	if v.Mended > 0 {
		parts = append(parts, fmt.Sprintf("%d mended", v.Mended))
	}
	switch {
	case len(parts) > 0:
		return strings.Join(parts, ", ")
	case v.News > 0 && v.unwell:
		return phrase.Count(v.News, "change")
	case v.News > 0:
		return phrase.Count(v.News, "change") + ", nothing bad"
	default:
		return "nothing changed"
	}
}

// Of are the entries of one network, and the gaps, in which its changes may have been
// missed. The empty id is all of them.
func (v View) Of(network safe.Text) []Entry {
	if network.IsEmpty() {
		return v.Entries
	}
	var out []Entry
	for _, e := range v.Entries {
		if e.Network == network || e.Kind == KindGap {
			out = append(out, e)
		}
	}
	for len(out) > 0 && out[len(out)-1].Kind == KindGap {
		out = out[:len(out)-1] // nothing was seen before it
	}
	return out
}

// Moment writes when something was: the time of day, and the date before it when it was
// not today.
func Moment(at, now time.Time) string {
	at = at.In(now.Location())
	switch {
	case at.Year() == now.Year() && at.YearDay() == now.YearDay():
		return at.Format("15:04")
	case at.Year() == now.Year():
		return at.Format("Jan _2 15:04")
	default:
		return at.Format("2006-01-02 15:04")
	}
}
