package model

import (
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model/phrase"
)

// Since says when a present state began, as far as that is known: not before Earliest,
// and not after Latest. A zero bound is not known. The two are equal where somebody
// watched it begin.
type Since struct {
	Earliest time.Time
	Latest   time.Time
}

// SinceExactly is the beginning of a state that was seen to begin.
func SinceExactly(at time.Time) Since { return Since{Earliest: at, Latest: at} }

// Sight is what a history knows of a present state: when it was first seen so, and whether
// it was seen to begin then, or may have lasted before.
type Sight struct {
	At    time.Time // zero: it was never seen
	Began bool
}

// SinceOf says when a state began, by what a cloud tells of the object and what a history
// has seen. A state is no older than its object; and it has lasted since the object was
// last written, because the state is a part of it. Times that are not known are zero.
func SinceOf(created, updated time.Time, seen Sight, now time.Time) Since {
	if seen.Began && !seen.At.IsZero() {
		return SinceExactly(seen.At)
	}
	s := Since{Earliest: created, Latest: updated}
	if s.Latest.IsZero() || (!seen.At.IsZero() && seen.At.Before(s.Latest)) {
		s.Latest = seen.At
	}
	// A clock that goes wrong must not make a state begin tomorrow.
	if s.Latest.After(now) {
		s.Latest = now
	}
	if s.Earliest.After(now) || (!s.Latest.IsZero() && s.Earliest.After(s.Latest)) {
		s.Earliest = s.Latest
	}
	return s
}

// With is the beginning of two states together: they are as they are since the later one
// began. What is not known of one says nothing.
func (s Since) With(other Since) Since {
	if other.Earliest.After(s.Earliest) {
		s.Earliest = other.Earliest
	}
	if other.Latest.After(s.Latest) {
		s.Latest = other.Latest
	}
	return s
}

// IsZero reports whether nothing is known.
func (s Since) IsZero() bool { return s.Earliest.IsZero() && s.Latest.IsZero() }

// Exact reports whether the beginning itself is known.
func (s Since) Exact() bool { return !s.IsZero() && s.Earliest.Equal(s.Latest) }

// AtLeast is how long the state has lasted for certain; 0 where nothing is.
func (s Since) AtLeast(now time.Time) time.Duration {
	if s.Latest.IsZero() {
		return 0
	}
	return max(0, now.Sub(s.Latest))
}

// Longer reports whether a state has lasted beyond a limit, for certain. A limit of 0 is
// none.
func (s Since) Longer(now time.Time, limit time.Duration) bool {
	return limit > 0 && s.AtLeast(now) > limit
}

// Text says how long the state has lasted: "3 h", "at least 3 h", "at most 3 h". It is
// empty where nothing is known, or next to nothing.
func (s Since) Text(now time.Time) string {
	least, most := s.AtLeast(now), max(0, now.Sub(s.Earliest))
	switch {
	case s.IsZero():
		return ""
	case s.Exact(), !s.Earliest.IsZero() && !s.Latest.IsZero() && phrase.Span(least) == phrase.Span(most):
		return phrase.Span(least)
	case !s.Latest.IsZero() && least >= time.Minute:
		return "at least " + phrase.Span(least)
	case !s.Earliest.IsZero():
		return "at most " + phrase.Span(most)
	default: // it was first seen a moment ago, and may have begun at any time
		return ""
	}
}

// Short is as Text, for a column, in whole units: "3 h", "3 h+" where it may be longer,
// "<3 h" where it is shorter.
func (s Since) Short(now time.Time) string {
	text := s.Text(now)
	if least, is := strings.CutPrefix(text, "at least "); is {
		return firstUnit(least) + "+"
	}
	if most, is := strings.CutPrefix(text, "at most "); is {
		return "<" + firstUnit(most)
	}
	return firstUnit(text)
}

// firstUnit is the largest unit of a span: "3 h" of "3 h 20 min".
func firstUnit(span string) string {
	parts := strings.Fields(span)
	return strings.Join(parts[:min(len(parts), 2)], " ") //nolint:mnd // the number and its unit
}

// Whole is as Text, with both bounds where both are known: "at least 3 h, at most 2 days".
func (s Since) Whole(now time.Time) string {
	text := s.Text(now)
	if s.Exact() || s.Earliest.IsZero() || s.Latest.IsZero() || text == phrase.Span(s.AtLeast(now)) || s.AtLeast(now) < time.Minute {
		return text
	}
	return text + ", at most " + phrase.Span(now.Sub(s.Earliest))
}
