package model

import (
	"fmt"
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
