package app

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// footer holds the health of the connections at the left and, at the right, the
// keys that work now, as many as there is room for.
func (a *App) footer() string {
	l := cell.NewLine(a.th, a.width)
	l.Space(1)
	a.health(l)
	beside := max(l.Used()+4, patience)
	if l.Used()+2 <= patience { // a service that asks to wait stands nearer
		beside = patience
	}
	keys := a.footerKeys(a.width - beside)
	switch typing, _ := a.screen().Typing(); {
	case a.dialog() != nil:
		return l.String() // its keys stand in its own edge
	case typing:
		keys = []*action.Action{{Name: "keep", Keys: []string{"enter"}}, {Name: "cancel", Keys: []string{"esc"}}}
		if typist, ok := a.screen().(screen.Typist); ok {
			keys = nil
			for _, k := range typist.TypingKeys() {
				keys = append(keys, &k)
			}
		}
	}
	width := 0
	for _, k := range keys {
		width += keyWidth(k) + 2
	}
	l.To(a.width - max(0, width-2) - 1)
	for i, k := range keys {
		if i > 0 {
			l.Space(2)
		}
		l.Put(theme.Accent, k.Key()).Put(theme.Muted, " ").Put(theme.Muted, k.Name)
	}
	return l.String()
}

// patience is what a service that asks to wait takes at the left, with two blanks behind
// it. The keys leave it free at any time, so that they are the same then.
const patience = len(" x 429 | 59 s") + 2

func keyWidth(a *action.Action) int { return cell.Width(a.Key()) + 1 + cell.Width(a.Name) }

// footerKeys chooses the keys for a room, the most useful first. The help is
// always among them, because everything else is in it.
func (a *App) footerKeys(room int) []*action.Action {
	const usual = 24
	list, all := make([]*action.Action, 0, usual), a.present()
	help := &action.Action{}
	for i := range all {
		switch act := &all[i]; {
		case act.ID == "app.help":
			help = act
		case act.Footer > 0 && len(act.Keys) > 0 && act.Disabled() == "":
			list = append(list, act)
		}
	}
	down := a.snapshot.Konnect.State == model.SourceDown
	rank := func(act *action.Action) int {
		if down && act.ID == "app.refresh" {
			return 1 // what one wants then
		}
		return act.Footer
	}
	slices.SortStableFunc(list, func(x, y *action.Action) int { return rank(x) - rank(y) })
	used := keyWidth(help)
	n := 0
	for n < len(list) && used+2+keyWidth(list[n]) <= room {
		used += 2 + keyWidth(list[n])
		n++
	}
	return append(list[:n:n], help)
}

// health says how the connections are and how old the data is. When all is well
// it is short; trouble is spelled out.
func (a *App) health(l *cell.Line) {
	k, z := a.snapshot.Konnect, a.snapshot.Azure
	if k.State == model.SourceLive && (z.State == model.SourceLive || z.State == model.SourceIdle) {
		l.Put(theme.Fine, "●").Put(theme.Muted, " live")
		if age := a.age(); age != "" {
			l.Put(theme.Muted, " "+age)
		}
		a.progress(l)
		return
	}
	if k.State == model.SourceThrottled && (z.State == model.SourceLive || z.State == model.SourceIdle || z.State == model.SourceThrottled) {
		a.throttled(l, k)
		return
	}
	if z.State == model.SourceThrottled && k.State == model.SourceLive {
		a.throttled(l, z)
		return
	}
	if k.State == model.SourceDown && z.State == model.SourceDown {
		// In one phrase, so that there is room for the keys: one of them tries again.
		next := k.NextTry
		if z.NextTry.Before(next) {
			next = z.NextTry
		}
		l.Put(theme.Bad, "✖ no answer"+a.countdown(next)).Put(theme.Muted, " "+a.exactAge())
		return
	}
	a.source(l, "Konnect", k)
	if age := a.exactAge(); age != "" && k.State != model.SourceLive {
		l.Put(theme.Muted, " "+age)
	}
	if z.State != model.SourceIdle && z.State != model.SourceLive {
		l.Space(2)
		a.source(l, "Azure", z)
	}
}

// progress tells how much is still to be read for the first time.
func (a *App) progress(l *cell.Line) {
	p := a.snapshot.Progress
	if p.Complete() || p.DetailTotal == 0 {
		return
	}
	done, total := p.Details+p.Halves, p.DetailTotal+p.HalfTotal
	l.Put(theme.Busy, "  ◐ reading "+count(done)+" of "+count(total))
}

// throttled says in a few cells that a service asks to wait, and for how long: it passes
// by itself. Which service it is stands in Activity.
func (a *App) throttled(l *cell.Line, s model.SourceStatus) {
	l.Put(theme.Warn, "▲ 429"+a.until(s.NextTry))
}

// until is how long something is waited for: " · 6 s".
func (a *App) until(at time.Time) string {
	if wait := at.Sub(a.now); wait > 0 {
		return " · " + phrase.Span(wait+time.Second-1)
	}
	return ""
}

// source draws one connection.
func (a *App) source(l *cell.Line, name string, s model.SourceStatus) {
	switch s.State {
	case model.SourceLive:
		l.Put(theme.Fine, "●").Put(theme.Muted, " "+name)
	case model.SourceIdle, model.SourceConnecting:
		l.Put(theme.Busy, "◐ "+name+" connecting")
	case model.SourceThrottled:
		l.Put(theme.Warn, "▲ "+name+" 429"+a.until(s.NextTry))
	case model.SourceDown:
		l.Put(theme.Bad, "✖ "+name+" no answer"+a.countdown(s.NextTry))
	case model.SourceSignedOut:
		l.Put(theme.Warn, "▲ "+name+" not signed in")
	}
}

func (a *App) countdown(at time.Time) string {
	if left, waits := strings.CutPrefix(a.until(at), " · "); waits {
		return ", again in " + left
	}
	return ""
}

// age is the age of the data, when it is worth a word: to the minute, so that a
// screen at rest does not change.
func (a *App) age() string {
	if a.snapshot.Konnect.LastOK.IsZero() {
		return ""
	}
	if d := a.now.Sub(a.snapshot.Konnect.LastOK); d >= time.Minute {
		return "· " + phrase.Span(d.Truncate(time.Minute)) + " old"
	}
	return ""
}

// exactAge is the age of the data while it grows: the countdown beside it moves
// each second anyway.
func (a *App) exactAge() string {
	k := a.snapshot.Konnect
	if k.LastOK.IsZero() || len(a.snapshot.Networks) == 0 || a.now.Sub(k.LastOK) < 5*time.Second {
		return ""
	}
	return "· " + phrase.Span(a.now.Sub(k.LastOK)) + " old"
}

// stale reports whether what is on the screen is older than it should be.
func (a *App) stale() bool {
	k := a.snapshot.Konnect
	const late = 2 * time.Minute
	return len(a.snapshot.Networks) > 0 && k.State != model.SourceLive && k.State != model.SourceConnecting &&
		a.now.Sub(a.lastGood()) > late
}

// lastGood is when Konnect last answered well, as far as snapshots told.
func (a *App) lastGood() time.Time { return a.snapshot.Konnect.LastOK }

// count writes a number with a mark at the thousands.
func count(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	rest := strconv.Itoa(n % 1000)
	return count(n/1000) + "," + "000"[len(rest):] + rest
}
