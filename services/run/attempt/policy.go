package attempt

import (
	"time"

	"github.com/peerdeck/peerdeck/model"
)

// The back-off doubles from the first to the longest wait; up to half of each is left
// to chance. A service that asks for fewer requests and does not say for how long gets
// the least.
const (
	firstWait = 2 * time.Second
	longWait  = time.Minute
	leastRest = 5 * time.Second
)

// Policy says what is tried again, how often and for how long. The zero value tries
// for ever what may pass. Policies of the program are the functions of this package.
type Policy struct {
	Tries int           // at most, the first one counted; 0: no limit by number
	Limit time.Duration // from the beginning of the first try to that of the last; 0: none
	First time.Duration // the wait before the second try; 0: two seconds
	Most  time.Duration // the longest wait that nobody has asked for; 0: a minute
	// Steady leaves nothing of the back-off to chance.
	Steady bool
	// Passes reports whether what was met may pass; nil for [Passes].
	Passes func(f model.Failure) bool
}

// Passes reports whether a failure may pass when the same is asked again later. Whoever
// describes a failure says so, since only the service's own code tells; what a person
// ended, and what nobody expected, never does.
func Passes(f model.Failure) bool {
	return f.Retryable && f.Kind != model.FailureCancelled && f.Kind != model.FailureBug
}

// Refused reports whether a request that changes something was refused for now: it had
// no effect, and may be sent once what is there has been looked at again.
func Refused(f model.Failure) bool {
	return Passes(f) && (f.Kind == model.FailureThrottled || f.Kind == model.FailureConflict)
}

// Reading is for a question that a person waits for. Six tries bear a minute of
// trouble; ten minutes is what six tries take of a service that asks for the longest
// wait each time, two minutes.
func Reading() Policy { return Policy{Tries: 6, Limit: 10 * time.Minute} }

// Writing is for a request that changes something and was refused for now. Whoever
// sends it looks at what is there before each try.
func Writing() Policy { return Policy{Tries: 5, Limit: 10 * time.Minute, Passes: Refused} }

// Comparing is for a change that is made of a fresh look at each try. So it may be sent
// again whatever became of the one before, and because somebody else was quicker.
func Comparing() Policy {
	p := Writing()
	p.Passes = func(f model.Failure) bool { return Passes(f) || Refused(f) || f.Unsure() }
	return p
}

// Looking is for looks at what becomes of a change: soon at first, then every five
// seconds. One program looks at what it has changed itself, so there is nothing to
// spread.
func Looking() Policy { return Policy{First: time.Second, Most: 5 * time.Second, Steady: true} }

// Spreading is for a write that may be sent again as it is, and that Azure refuses until
// it has spread what the write needs. Ten minutes is what Azure says that may take.
func Spreading() Policy { return Policy{Limit: 10 * time.Minute} }

// Watching is for a question that is asked again and again anyway: it never ends.
func Watching() Policy { return Policy{} }

// Once is for a look at everything that ends by itself, in a script: it rather says
// what it could not read than waits for long. Five minutes is what three tries take of a
// service that asks for the longest wait each time, and some.
func Once() Policy { return Policy{Tries: 3, Limit: 5 * time.Minute} }

// Blink is for a single request of a read whose trouble nobody needs to see, because
// it is over before anybody could read of it. A service that asks for fewer requests
// must not get another one at once.
func Blink() Policy {
	return Policy{Tries: 2, Limit: 2 * time.Second, First: 300 * time.Millisecond, Most: time.Second, Passes: func(f model.Failure) bool {
		return Passes(f) && f.Kind != model.FailureThrottled
	}}
}

// Next says whether there is another try after the nth one has failed, and how long to
// wait before it. Spent is the time since the first try began. The wait never ends
// later than the limit of the policy, and never before the service wants to be asked
// again; where both cannot be, there is no other try.
func (p Policy) Next(n int, spent time.Duration, f model.Failure, c *Chance) (wait time.Duration, again bool) {
	passes := p.Passes
	if passes == nil {
		passes = Passes
	}
	if !passes(f) || (p.Tries > 0 && n >= p.Tries) {
		return 0, false
	}
	wait = p.Wait(n, f, c)
	if p.Limit == 0 {
		return wait, true
	}
	// The last try comes at the limit, unless the one before was just now.
	left := p.Limit - spent
	if left < max(f.RetryAfter, p.first()/2) {
		return 0, false
	}
	return min(wait, left), true
}

// Wait is how long to leave a service alone after the nth failure in a row: as long as
// it asks for or, where it does not, by the back-off. A service that is broken and asks
// for less than the back-off gets the back-off.
func (p Policy) Wait(n int, f model.Failure, c *Chance) time.Duration {
	if f.Kind == model.FailureThrottled && f.RetryAfter > 0 {
		return f.RetryAfter
	}
	least := f.RetryAfter
	if f.Kind == model.FailureThrottled {
		least = leastRest
	}
	wait := p.backoff(n)
	if !p.Steady {
		wait = c.upTo(wait)
	}
	return max(wait, least)
}

// backoff is the longest wait after the nth failure: doubled with each, from the first
// to the longest.
func (p Policy) backoff(n int) time.Duration {
	most := p.Most
	if most == 0 {
		most = longWait
	}
	wait := p.first()
	for ; n > 1 && wait < most; n-- {
		wait *= 2
	}
	return min(wait, most)
}

func (p Policy) first() time.Duration {
	if p.First == 0 {
		return firstWait
	}
	return p.First
}
