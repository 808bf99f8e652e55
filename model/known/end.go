package known

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
)

// End is how long a finding is let be.
type End string

// The ends that are offered.
const (
	UntilChange End = "until it changes"
	ForTwoHours End = "2 h"
	Tomorrow    End = "tomorrow"
)

// Ends lists the ends that are offered, that which asks the least of a person first.
func Ends() []End { return []End{UntilChange, ForTwoHours, Tomorrow} }

// morning is the hour of the day at which tomorrow begins: when people are back.
const morning = 9

// At is the time of an end, where the person is; zero: none, but when the finding changes.
func (e End) At(now time.Time) time.Time {
	switch e {
	case ForTwoHours:
		return now.Add(2 * time.Hour).Truncate(time.Second)
	case Tomorrow:
		y, m, d := now.Date()
		return time.Date(y, m, d+1, morning, 0, 0, 0, now.Location())
	case UntilChange:
	}
	return time.Time{}
}

// EndText says when something ends that is known: "until it changes", "for 2 h, until
// 16:02", "until 2026-11-29 09:00, in 12 h".
func EndText(until, now time.Time) string {
	switch {
	case until.IsZero():
		return string(UntilChange)
	case !now.Before(until):
		return "over since " + Moment(until, now)
	default:
		return "until " + Moment(until, now) + ", in " + phrase.Span(until.Sub(now))
	}
}

// Moment is a time as short as it can be told apart: that of today without its date.
func Moment(at, now time.Time) string {
	at = at.In(now.Location())
	if at.Format(time.DateOnly) == now.Format(time.DateOnly) {
		return at.Format("15:04")
	}
	return at.Format("2006-01-02 15:04")
}

// Sentence says what somebody knows of a finding: why, until when, and who said so.
func Sentence(k finding.Known, now time.Time) string {
	aside := EndText(k.Until, now)
	if !k.By.IsEmpty() {
		aside = k.By.String() + ", " + aside
	}
	return "Known: " + k.Reason.Or("no reason is given").String() + " (" + aside + ")"
}

// ParseEnd reads an end as people write it: "change", a span such as "2h" or "3d",
// "tomorrow", or a time.
func ParseEnd(text string, now time.Time) (time.Time, error) {
	word := strings.ToLower(strings.TrimSpace(text))
	switch word {
	case "", "change", string(UntilChange):
		return time.Time{}, nil
	case string(Tomorrow):
		return Tomorrow.At(now), nil
	}
	if days, isDays := strings.CutSuffix(word, "d"); isDays {
		if n, err := strconv.Atoi(days); err == nil && n > 0 && n <= 3650 {
			return now.AddDate(0, 0, n).Truncate(time.Second), nil
		}
	}
	if d, err := time.ParseDuration(strings.ReplaceAll(word, " ", "")); err == nil {
		if d <= 0 {
			return time.Time{}, fmt.Errorf("%q is over already; give a span such as 2h", text)
		}
		return now.Add(d).Truncate(time.Second), nil
	}
	t, err := ParseMoment(strings.TrimSpace(text), now.Location())
	switch {
	case err != nil:
		return time.Time{}, fmt.Errorf("%q is no end; write change, a span such as 2h or 3d, tomorrow, or a time such as 2026-11-29 09:00", text)
	case !t.After(now):
		return time.Time{}, fmt.Errorf("%q is over already", text)
	default:
		return t, nil
	}
}

// ParseMoment reads a time: with its zone, or a day or a time of day in one.
func ParseMoment(text string, zone *time.Location) (time.Time, error) {
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t, nil
	}
	for _, form := range []string{"2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02T15:04:05", "2006-01-02T15:04"} {
		if t, err := time.ParseInLocation(form, text, zone); err == nil {
			return t, nil
		}
	}
	return time.ParseInLocation(time.DateOnly, text, zone)
}
