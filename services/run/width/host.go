package width

import (
	"math"
	"slices"
	"time"
)

// How the width of a host begins and moves. It grows as that of TCP does: soon doubled with
// each round of answers, slower from a point on, and after a refusal by one each round.
const (
	first    = 32   // as many as a browser or a proxy opens streams without a thought
	broad    = 64   // from here on it grows by an eighth each round
	least    = 1    // what is left to a service that refuses or fails
	slowest  = 8    // what is left to one that is slow
	shrunk   = 0.5  // by a refusal
	slowed   = 0.75 // by rising latency
	rising   = 3    // times the least latency, and a bit, are too many
	bit      = 50 * time.Millisecond
	memory   = 30 * time.Second // for which the least latency is remembered at least
	smooth   = 0.1              // the part that a new latency has in the recent one
	recovers = time.Minute      // until a width is tried again that was refused
)

// host is a host, and how many requests it bears.
type host struct {
	queue   []*waiter // what a person waits for, and then the rest
	running int

	width   float64
	slow    float64   // the width from which on it grows by one each round
	refused float64   // the width that was too many; 0: none
	cut     time.Time // when it was made smaller
	well    bool      // something was answered well since

	recent        float64    // seconds, of the latest answers; 0: none came
	fastest       [2]float64 // the least in this and in the last time of memory; 0: none came
	remembered    time.Time
	accounts      map[string]*account
	accountsSwept time.Time
}

func newHost() *host {
	return &host{width: first, slow: math.Inf(1), accounts: map[string]*account{}}
}

// join puts a waiter into the queue.
func (h *host) join(w *waiter) {
	at := len(h.queue)
	if !w.behind {
		if i := slices.IndexFunc(h.queue, func(o *waiter) bool { return o.behind }); i >= 0 {
			at = i
		}
	}
	h.queue = slices.Insert(h.queue, at, w)
}

// allowed is the width in whole requests.
func (h *host) allowed() int { return max(least, int(h.width)) }

// heard takes note of an answer to a request that has just ended.
func (h *host) heard(began, now time.Time, a Answer) {
	switch a.Kind {
	case Good:
		h.measure(now, a.Took)
		h.well = h.well || !began.Before(h.cut)
		if h.tooSlow() {
			h.shrink(began, now, slowed, slowest)
			return
		}
		if 2*(h.running+1) >= h.allowed() { // else a larger one would not have been used
			h.grow(now)
		}
	case Failing:
		h.shrink(began, now, shrunk, least)
	case Refused:
		if h.shrink(began, now, shrunk, least) {
			h.refused = max(least, h.width)
		}
	case Void:
	}
}

// grow makes the width larger for a good answer.
func (h *host) grow(now time.Time) {
	most := float64(Most)
	if h.refused > 0 {
		if now.Sub(h.cut) < recovers {
			most = h.refused
		} else {
			h.refused = 0
		}
	}
	step := 1.0
	switch {
	case h.width >= h.slow:
		step = 1 / h.width
	case h.width >= broad:
		step = 1.0 / 8
	}
	h.width = max(h.width, min(h.width+step, most))
}

// shrink makes it smaller, once for all requests that were in flight together. It reports
// whether that is the first time since the service was well.
func (h *host) shrink(began, now time.Time, by, floor float64) bool {
	if began.Before(h.cut) || h.width <= floor {
		return false
	}
	h.width = max(floor, h.width*by)
	if h.well { // else the service is away, and bears afterwards what it bore before
		h.slow = h.width
	}
	first := h.well || h.cut.IsZero()
	h.cut, h.recent, h.well = now, 0, false
	return first
}

// measure brings a latency in.
func (h *host) measure(now time.Time, took time.Duration) {
	s := max(took.Seconds(), 1e-6)
	if now.Sub(h.remembered) > memory {
		h.fastest[1], h.fastest[0], h.remembered = h.fastest[0], 0, now
	}
	if h.fastest[0] == 0 || s < h.fastest[0] {
		h.fastest[0] = s
	}
	if h.recent == 0 {
		h.recent = s
	}
	h.recent += smooth * (s - h.recent)
}

// tooSlow reports whether answers take much longer than they can.
func (h *host) tooSlow() bool {
	fast := h.fastest[0]
	if last := h.fastest[1]; last > 0 {
		fast = min(fast, last)
	}
	return h.recent > rising*fast+bit.Seconds()
}

// forgotten is how long an account is kept that nobody asks for: a sign-in that was renewed
// is another one.
const forgotten = 10 * time.Minute

// account is what is known of one of those for whom the host counts.
func (h *host) account(name string, now time.Time) *account {
	if now.Sub(h.accountsSwept) > forgotten {
		h.accountsSwept = now
		for key, a := range h.accounts {
			if a.running == 0 && now.Sub(a.used) > forgotten {
				delete(h.accounts, key)
			}
		}
	}
	a := h.accounts[name]
	if a == nil {
		a = newAccount(name, now)
		h.accounts[name] = a
	}
	a.used = now
	return a
}
