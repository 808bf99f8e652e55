package model

import (
	"fmt"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Wait says what is waited for before something is tried, or looked at, again. It is
// what a person sees meanwhile, wherever peerdeck waits.
type Wait struct {
	For   string    // what is tried again: "list networks"; empty: it is only looked at again
	Why   string    // without it a wait looks like a hang: "Konnect asks for patience"
	Until time.Time // of the next try or look; zero when it is not a matter of time
	Try   int       // the number of that one, from 1; 0: they are not counted
	Of    int       // how many there will be at most; 0: no limit by number
}

// Text says why there is a wait, when it ends, and which try comes then. It ends
// without a full stop.
func (w Wait) Text(now time.Time) string {
	text := strings.TrimSuffix(safe.Clean(w.Why), ".")
	if w.Until.IsZero() {
		return text + w.count()
	}
	next, doing := "look", "looking"
	if w.For != "" {
		next, doing = "try", "trying"
	}
	if left := w.Until.Sub(now); left > 0 {
		return text + "; next " + next + " in " + phrase.Span(left+time.Second-1) + w.count()
	}
	return text + "; " + doing + " now" + w.count()
}

// count names the try or the look. The first of an unknown number goes without saying.
func (w Wait) count() string {
	look := "look "
	if w.For != "" {
		look = ""
	}
	switch {
	case w.Try > 0 && w.Of > 0:
		return fmt.Sprintf(" (%s%d of %d)", look, w.Try, w.Of)
	case w.Try > 1 && w.For != "":
		return fmt.Sprintf(" (try %d)", w.Try)
	case w.Try > 1:
		return fmt.Sprintf(" (look %d)", w.Try)
	default:
		return ""
	}
}
