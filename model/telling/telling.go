// Package telling decides which changes a person is told of who looks elsewhere: which are
// worth it, when it is quiet, and how often the same thing may ring.
package telling

import (
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/model/phrase"
)

// Terminal is the way in which a terminal shows a notification.
type Terminal string

// The ways. Off shows none, Auto takes the one that the terminal is known to have.
const (
	Off    Terminal = "off"
	Auto   Terminal = "auto"
	OSC9   Terminal = "osc9"
	OSC777 Terminal = "osc777"
	OSC99  Terminal = "osc99"
)

// String returns the way as it is written in settings.
func (t Terminal) String() string { return string(t) }

// Terminals lists the ways.
func Terminals() []Terminal { return []Terminal{Off, Auto, OSC9, OSC777, OSC99} }

// Rules are what a person wants to be told, and how. The zero value tells nothing.
type Rules struct {
	Bell     bool
	Title    bool // the window's title begins with the count of what broke since one looked
	Terminal Terminal
	Command  []string // a program and its arguments; none: nothing is run
	// Limit is the most that the command may take.
	Limit time.Duration
	Quiet Hours
	// Every is the least time between two of the same subject.
	Every time.Duration
}

// The usual times.
const (
	UsualEvery = 15 * time.Minute
	UsualLimit = 10 * time.Second
)

// On reports whether anything is told beside the title.
func (r Rules) On() bool {
	return r.Bell || r.Terminal != Off && r.Terminal != "" || len(r.Command) > 0
}

// Notice is one thing that is told.
type Notice struct {
	Entry changes.Entry
	Title string // "us-prod › billing broke"
	Body  string
}

// Teller finds what is to be told among the changes. It is for one goroutine.
type Teller struct {
	rules Rules
	began bool
	seen  uint64
	last  map[string]time.Time // by subject
}

// New returns a teller of rules.
func New(r Rules) *Teller { return &Teller{rules: r, last: map[string]time.Time{}} }

// Take returns what is to be told of a time line, the oldest first. What stood there when
// the program began is not told. A subject that was told of less than Every ago is left
// out; a clock that jumps back keeps nobody quiet.
func (t *Teller) Take(v changes.View, now time.Time) []Notice {
	newest := t.seen
	var out []Notice
	for _, e := range slices.Backward(v.Entries) {
		newest = max(newest, e.Number)
		if !t.began || e.Number <= t.seen || !Worth(e) || t.rules.Quiet.Holds(now) || !t.rules.On() {
			continue
		}
		key := e.Where()
		if ago := now.Sub(t.last[key]); !t.last[key].IsZero() && ago >= 0 && ago < t.rules.Every {
			continue
		}
		t.last[key] = now
		out = append(out, notice(e))
	}
	t.seen, t.began = newest, true
	for key, at := range t.last {
		if now.Sub(at) > t.rules.Every {
			delete(t.last, key)
		}
	}
	return out
}

// Worth reports whether somebody who looks elsewhere should hear of a change: something of
// attention or worse came or went, or a run needs a person.
func Worth(e changes.Entry) bool {
	switch e.Kind {
	case changes.KindFinding, changes.KindState:
		return e.Sense == changes.Mended || e.Sense == changes.Broke && e.Severity >= model.SeverityAttention
	case changes.KindRun:
		return e.Sense == changes.Broke
	default:
		return false
	}
}

func notice(e changes.Entry) Notice {
	word := " needs a person"
	switch {
	case e.Sense == changes.Mended:
		word = " mended"
	case e.Kind != changes.KindRun:
		word = " broke"
	}
	body := e.Text
	if e.Cause != "" && e.Cause != e.Text {
		body += ". " + phrase.Capital(e.Cause)
	}
	return Notice{Entry: e, Title: e.Where() + word, Body: body}
}

// Together says several things in one, for a terminal that shows one at a time.
func Together(list []Notice) (title, body string) {
	if len(list) == 0 {
		return "", ""
	}
	if len(list) == 1 {
		return list[0].Title, list[0].Body
	}
	titles := make([]string, len(list))
	for i, n := range list {
		titles[i] = n.Title
	}
	const some = 4
	return phrase.Count(len(list), "change"), phrase.Few(titles, some)
}
