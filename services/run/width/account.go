package width

import "time"

const (
	// unsaid is how long a service is left alone that refuses and does not say for how long:
	// as long as whoever tries again waits.
	unsaid = 5 * time.Second
	// longest is the longest time for which a service is left alone at its own word.
	longest = 2 * time.Minute
	// counted is for how long requests are counted before a service has refused one.
	counted = time.Minute
	// believed is how long an allowance holds that was found out and is not met any more.
	believed = 5 * time.Minute
)

// account is one of those for whom a host counts: its pauses, and how many requests it is
// allowed, told by the service or found out by its refusals.
type account struct {
	none    bool // nobody is counted
	running int
	used    time.Time
	paused  time.Time // nothing is sent before
	cut     time.Time // when it was refused the last time
	asking  bool      // it was refused, and nothing was answered since: one request asks for all

	// told is what the service says: how many more may be sent.
	told   int // Unknown where it does not say
	resets time.Time

	// What follows is found out: in each window of a length so many requests were answered
	// before the service refused more.
	began  time.Time // of the window
	sent   int
	passed int
	length time.Duration // 0: nothing was refused yet
	most   int
	tried  bool // the allowance was refused before, so it is tried out with care
	met    time.Time
}

func newAccount(name string, now time.Time) *account {
	return &account{none: name == "", told: Unknown, began: now, used: now}
}

// start counts a request that is sent.
func (a *account) start() {
	a.running++
	a.sent++
	if a.told > 0 {
		a.told--
	}
}

// free reports whether a request may be sent now. Until is when that may have changed; the
// zero time is when another request ends. Said is that the service has said so, and that it
// was not found out by trying.
func (a *account) free(now time.Time) (free bool, until time.Time, said bool) {
	if a.none {
		return true, time.Time{}, false
	}
	if now.Before(a.paused) {
		return false, a.paused, true
	}
	if a.asking && a.running > 0 {
		return false, time.Time{}, false
	}
	if a.told == 0 {
		switch {
		case now.Before(a.resets):
			return false, a.resets, true
		case a.running > 0:
			return false, time.Time{}, false // its answer tells how many are left
		default: // one, to find out
		}
	}
	a.renew(now)
	if a.length > 0 && a.sent >= a.most {
		return false, a.began.Add(a.length), false
	}
	return true, time.Time{}, false
}

// renew begins another window when one is over. An allowance that was used up without a
// refusal grows.
func (a *account) renew(now time.Time) {
	if a.length == 0 {
		if now.Sub(a.began) > counted {
			a.began, a.sent, a.passed = now, 0, 0
		}
		return
	}
	if now.Sub(a.met) > believed {
		a.length, a.tried = 0, false
	} else if now.Before(a.began.Add(a.length)) {
		return
	}
	if a.sent >= a.most {
		a.met = now
		if a.tried {
			a.most += max(1, a.most/8)
		} else {
			a.most *= 2
		}
	}
	a.began, a.sent, a.passed = now, 0, 0
}

// heard takes note of the answer to a request that has just ended.
func (a *account) heard(began, now time.Time, answer Answer) {
	a.running--
	switch answer.Kind {
	case Good:
		if !began.Before(a.cut) {
			a.passed++
			a.asking = false
		}
		a.tell(now, answer)
	case Failing:
		if answer.After > 0 {
			a.pause(now, answer.After)
		}
	case Refused:
		a.refuse(began, now, answer)
	case Void:
	}
}

// tell takes the service's own word for how many are left. Those in flight may not be
// counted in it yet.
func (a *account) tell(now time.Time, answer Answer) {
	if answer.Left == Unknown {
		return
	}
	a.told = max(0, answer.Left-a.running)
	a.resets = time.Time{}
	if answer.Left == 0 && answer.Reset > 0 {
		a.resets = now.Add(min(answer.Reset, longest))
	}
}

func (a *account) pause(now time.Time, d time.Duration) {
	if until := now.Add(min(d, longest)); until.After(a.paused) {
		a.paused = until
	}
}

// refuse takes note of a refusal. The first one of those in flight together tells how many
// are allowed, where the service also says when it takes more.
func (a *account) refuse(began, now time.Time, answer Answer) {
	wait := answer.After
	if wait == 0 {
		wait = unsaid
	}
	a.pause(now, wait)
	if began.Before(a.cut) {
		a.began = a.paused
		return
	}
	a.cut, a.asking = now, true
	if answer.After > 0 && a.passed > 0 { // else it is closed, and allows nothing to nobody
		a.tried = a.length > 0
		a.length, a.most, a.met = now.Sub(a.began)+min(answer.After, longest), a.passed, now
	}
	a.began, a.sent, a.passed = a.paused, 0, 0
}
