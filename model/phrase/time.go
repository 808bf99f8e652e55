package phrase

import (
	"fmt"
	"strings"
	"time"
)

// Span writes a duration as people say it: "40 s", "12 min", "3 h 20 min",
// "2 days". A negative duration, which a wrong clock can cause, counts as none.
func Span(d time.Duration) string {
	switch {
	case d < time.Second:
		return "0 s"
	case d < time.Minute:
		return fmt.Sprintf("%d s", int(d.Seconds()))
	case d < time.Hour:
		return fmt.Sprintf("%d min", int(d.Minutes()))
	case d < 24*time.Hour:
		if m := int(d.Minutes()) % 60; m != 0 {
			return fmt.Sprintf("%d h %d min", int(d.Hours()), m)
		}
		return fmt.Sprintf("%d h", int(d.Hours()))
	case d < 48*time.Hour:
		return "1 day"
	default:
		return fmt.Sprintf("%d days", int(d.Hours())/24)
	}
}

// Exact writes a duration with nothing left out, for a limit or what a server states:
// "1 min 30 s", "5 min", "1 h", "800 ms". What is shorter than a millisecond does not
// count.
func Exact(d time.Duration) string {
	d = max(0, d).Truncate(time.Millisecond)
	var parts []string
	for _, unit := range []struct {
		is   time.Duration
		name string
	}{{time.Hour, "h"}, {time.Minute, "min"}, {time.Second, "s"}, {time.Millisecond, "ms"}} {
		if n := d / unit.is; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, unit.name))
			d %= unit.is
		}
	}
	if len(parts) == 0 {
		return "0 s"
	}
	return strings.Join(parts, " ")
}

// Age writes how long ago a moment was, to the minute, so that a screen at rest
// does not change every second: "just now", "5 min ago". The zero time is "never".
func Age(then, now time.Time) string {
	if then.IsZero() {
		return "never"
	}
	if d := now.Sub(then); d >= time.Minute {
		return Span(d) + " ago"
	}
	return "just now"
}

// Elapsed writes a time that runs as a clock does: "0:08", "12:40", "1:02:03". A
// negative one counts as none.
func Elapsed(d time.Duration) string {
	d = max(0, d)
	h, m, s := int(d.Hours()), int(d.Minutes())%60, int(d.Seconds())%60
	if h > 0 {
		return fmt.Sprintf("%d:%02d:%02d", h, m, s)
	}
	return fmt.Sprintf("%d:%02d", m, s)
}
