package telling

import (
	"fmt"
	"strings"
	"time"
)

// Hours are a part of each day, in the time of the machine. They may go over midnight.
// The zero value holds never.
type Hours struct{ From, To time.Duration } // since midnight

// ParseHours reads hours such as "22:00-07:00".
func ParseHours(text string) (Hours, error) {
	from, to, found := strings.Cut(strings.TrimSpace(text), "-")
	if !found {
		return Hours{}, fmt.Errorf("%q are no hours; write them as 22:00-07:00", text)
	}
	var h Hours
	for _, part := range []struct {
		text string
		at   *time.Duration
	}{{from, &h.From}, {to, &h.To}} {
		at, err := time.Parse("15:04", strings.TrimSpace(part.text))
		if err != nil {
			return Hours{}, fmt.Errorf("%q is no time of a day; write hours as 22:00-07:00", strings.TrimSpace(part.text))
		}
		*part.at = time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute
	}
	if h.From == h.To {
		return Hours{}, fmt.Errorf("%q begin where they end; leave them out to be told at any time", text)
	}
	return h, nil
}

// Holds reports whether a moment is in the hours, by its own zone.
func (h Hours) Holds(at time.Time) bool {
	of := time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute
	switch {
	case h.From == h.To:
		return false
	case h.From < h.To:
		return of >= h.From && of < h.To
	default:
		return of >= h.From || of < h.To
	}
}

// String writes the hours; empty for none.
func (h Hours) String() string {
	if h.From == h.To {
		return ""
	}
	at := func(d time.Duration) string { return fmt.Sprintf("%02d:%02d", int(d.Hours()), int(d.Minutes())%60) }
	return at(h.From) + "-" + at(h.To)
}
