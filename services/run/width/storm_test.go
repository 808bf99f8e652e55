package width_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/peerdeck/peerdeck/services/run/width"
)

// server is a service in virtual time that bears so much, and counts what it is sent.
type server struct {
	mu      sync.Mutex
	latency time.Duration
	began   time.Time
	judge   func(s *server, now time.Time) width.Answer // of a request that arrives

	running, most  int
	sent, answered int
	tokens         float64
	filled, window time.Time
	inWindow       int
}

func (s *server) ask() width.Answer {
	s.mu.Lock()
	s.sent++
	s.running++
	s.most = max(s.most, s.running)
	took := s.latency
	a := s.judge(s, time.Now())
	s.mu.Unlock()
	if a.Took > 0 {
		took = a.Took
	}
	time.Sleep(took)
	a.Took = took
	s.mu.Lock()
	defer s.mu.Unlock()
	s.running--
	if a.Kind == width.Good {
		s.answered++
	}
	return a
}

func good() width.Answer { return width.Answer{Kind: width.Good, Left: width.Unknown} }

func refused(after time.Duration) width.Answer {
	return width.Answer{Kind: width.Refused, After: after, Left: width.Unknown}
}

// windows allows n requests in each window, and says when the next one begins.
func windows(n int, length time.Duration) func(*server, time.Time) width.Answer {
	return func(s *server, now time.Time) width.Answer {
		if now.Sub(s.window) >= length {
			s.window, s.inWindow = now, 0
		}
		if s.inWindow == n {
			return refused(max(time.Second, s.window.Add(length).Sub(now).Round(time.Second)))
		}
		s.inWindow++
		return good()
	}
}

// bucket holds n requests and is filled at a rate.
func bucket(n, perSecond float64, tells bool) func(*server, time.Time) width.Answer {
	return func(s *server, now time.Time) width.Answer {
		if s.filled.IsZero() {
			s.tokens, s.filled = n, now
		}
		s.tokens, s.filled = min(n, s.tokens+now.Sub(s.filled).Seconds()*perSecond), now
		if s.tokens < 1 {
			return refused(time.Second)
		}
		s.tokens--
		a := good()
		if tells {
			a.Left = int(s.tokens)
		}
		return a
	}
}

// atOnce bears so many at the same time.
func atOnce(n int, after time.Duration) func(*server, time.Time) width.Answer {
	return func(s *server, _ time.Time) width.Answer {
		if s.running > n {
			return refused(after)
		}
		return good()
	}
}

// closed refuses everything for a time that begins after a while.
func closed(from, until, after time.Duration) func(*server, time.Time) width.Answer {
	return func(s *server, now time.Time) width.Answer {
		if d := now.Sub(s.began); d >= from && d < until {
			return refused(after)
		}
		return good()
	}
}

// all asks a server for n things, each again until it is answered, as its owner does: after
// what the service, or the gate, wants.
func all(t *testing.T, s *server, n int) time.Duration {
	t.Helper()
	g := width.New(nil)
	s.began = time.Now()
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() {
			for {
				p, err := g.Enter(context.Background(), width.Place{Host: "cloud", Account: "us"}, false)
				if held, ok := errors.AsType[width.Held](err); ok {
					time.Sleep(held.Left)
					continue
				}
				a := s.ask()
				p.End(a)
				if a.Kind == width.Good {
					return
				}
				time.Sleep(max(a.After, 5*time.Second))
			}
		})
	}
	wg.Wait()
	return time.Since(s.began)
}

// A storm of refusals costs at most a fifth more requests than there are things to ask for,
// whatever it is that the service counts. What is refused while everything is refused, once
// for each time that the service asks for, is not counted: nobody can know of its end before.
func TestAStormCostsLittle(t *testing.T) {
	for name, c := range map[string]struct {
		judge func(*server, time.Time) width.Answer
		asks  int // that must be refused whoever asks
	}{
		"100 a minute":                     {judge: windows(100, time.Minute)},
		"200 in ten seconds":               {judge: windows(200, 10*time.Second)},
		"20 in two seconds":                {judge: windows(20, 2*time.Second)},
		"a bucket of 250, 25 a second":     {judge: bucket(250, 25, false)},
		"a bucket of 20, 10 a second":      {judge: bucket(20, 10, false)},
		"a bucket of 50, 25, told":         {judge: bucket(50, 25, true)},
		"8 at once":                        {judge: atOnce(8, 0)},
		"8 at once, a second":              {judge: atOnce(8, time.Second)},
		"2 at once":                        {judge: atOnce(2, 0)},
		"closed for five minutes":          {judge: closed(0, 5*time.Minute, 30*time.Second), asks: 10},
		"closed in between":                {judge: closed(100*time.Millisecond, 5*time.Minute, 10*time.Second), asks: 30},
		"closed, and does not say for how": {judge: closed(0, 5*time.Minute, 0), asks: 60},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				const things = 600 // what 200 networks take
				s := &server{latency: 50 * time.Millisecond, judge: c.judge}
				took := all(t, s, things)
				t.Logf("%d sent for %d, %d at once, in %s", s.sent, things, s.most, took.Round(time.Second/100))
				t.Logf("requests beside the ideal %.3f x-ideal", float64(s.sent)/float64(things+c.asks))
				if s.answered != things {
					t.Errorf("%d answered", s.answered)
				}
				if 5*s.sent > 6*(things+c.asks) {
					t.Errorf("%d requests for %d things", s.sent, things+c.asks)
				}
			})
		})
	}
}
