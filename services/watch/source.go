package watch

import (
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/services/run/attempt"
)

// source is one service: its jobs, and how it is.
type source struct {
	service  string
	byTenant bool // its sign-ins concern one tenant each
	queue    *queue
	limit    func() int // requests in flight
	running  int
	last     time.Time       // when the last job of the background was started
	paused   time.Time       // nothing is asked before
	since    time.Time       // when the pause began
	failed   int             // times in a row that the service itself failed
	bad      map[jobKey]bool // what was answered with 5xx, or with what makes no sense, since the last good answer
	status   model.SourceStatus
}

func newSource(service string, limit func() int, usual int) *source {
	if limit == nil {
		limit = func() int { return usual }
	}
	return &source{service: service, queue: newQueue(), limit: limit, bad: map[jobKey]bool{}}
}

// free reports whether another request may be sent. A service that failed is
// asked one question at a time until it answers.
func (s *source) free(now time.Time) bool {
	if s.paused.After(now) {
		return false
	}
	if s.failed > 0 {
		return s.running == 0
	}
	return s.running < s.limit()
}

// heard takes note of the answer to a job. It reports whether it was a failure of
// the service as a whole.
func (s *source) heard(j *job, f *model.Failure, now time.Time, c *attempt.Chance) bool {
	if f == nil || !s.isWhole(*f) {
		if s.paused.After(now) && !j.began.After(s.since) {
			return false // asked before the pause began; the service still wants it
		}
		s.failed, s.paused = 0, time.Time{}
		clear(s.bad)
		s.status = model.SourceStatus{State: model.SourceLive, LastOK: now}
		return false
	}
	if f.Kind == model.FailureServer || f.Kind == model.FailureContract {
		s.bad[jobKey{j.kind, j.key}] = true
		if !s.alike(*f) {
			return false // it may be about this one object; another question will tell
		}
	}
	if s.paused.After(now) && f.Kind != model.FailureThrottled {
		return true // asked before the pause began; it says nothing new
	}
	if !s.paused.After(now) && !attempt.Held(*f) {
		s.failed++
	}
	wait := attempt.Watching().Wait(max(1, s.failed), *f, c)
	switch f.Kind {
	case model.FailureThrottled:
		s.status.State = model.SourceThrottled
	case model.FailureAuth:
		s.status.State, wait = model.SourceSignedOut, max(wait, signInEvery)
	default:
		s.status.State = model.SourceDown
	}
	s.status.Failure = f
	if s.paused.After(now.Add(wait)) {
		return true // a longer pause was asked for already
	}
	s.since, s.paused = now, now.Add(wait)
	s.status.NextTry = s.paused
	return true
}

// alike reports whether what was answered badly since the last good answer is so much that
// it is about the service: two objects that it fails on, or two kinds of questions whose
// answers make no sense. One kind alone may have got another form; a web page comes in place
// of every answer.
func (s *source) alike(f model.Failure) bool {
	if f.Kind == model.FailureServer {
		return len(s.bad) >= 2
	}
	kinds := map[jobKind]bool{}
	for k := range s.bad {
		kinds[k.kind] = true
	}
	return len(kinds) >= 2
}

// isWhole reports whether a failure says something about the service and not
// about the one object that was asked for. A sign-in to Azure concerns one
// tenant; one to Konnect concerns everything.
func (s *source) isWhole(f model.Failure) bool {
	switch f.Kind {
	case model.FailureThrottled, model.FailureServer, model.FailureUnreachable, model.FailureTimeout, model.FailureContract:
		return true
	case model.FailureAuth:
		return !s.byTenant
	default:
		return false
	}
}
