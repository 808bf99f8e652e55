// Package record keeps what passes between peerdeck and the clouds, and what DNS servers
// answer, for a bundle. It stands between the clients and the wire and changes nothing.
// Sign-in services are not among what it stands before, and of headers it keeps those of
// bundle.Headers alone, so no token can get in.
package record

import (
	"slices"
	"sync"
	"time"

	"github.com/peerdeck/peerdeck/services/bundle"
	dnsprobe "github.com/peerdeck/peerdeck/services/dns/probe"
)

// most bounds the bytes of requests and answers that are kept in memory. A day of a
// dashboard on a hundred networks fits: most answers are the same as the one before.
const most = 48 << 20

// Recorder keeps what passes. It is safe for use by many goroutines.
type Recorder struct {
	now   func() time.Time
	most  int
	began time.Time
	label string

	mu      sync.Mutex
	session bundle.Session
	tape    []bundle.Exchange
	dns     []bundle.DNSAnswer
	size    int
}

// Options of a recorder.
type Options struct {
	Now  func() time.Time // by which exchanges are dated; nil: the machine's
	Most int              // bytes that are kept; 0: enough for a day
}

// New returns a recorder that has kept nothing yet.
func New(o Options) *Recorder {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Most == 0 {
		o.Most = most
	}
	return &Recorder{now: o.Now, most: o.Most, began: o.Now(), label: dnsprobe.Label(), session: bundle.Session{Hosts: map[bundle.Service]string{}}}
}

// Look notes that what was read is judged now, and returns the time.
func (r *Recorder) Look() time.Time {
	now := r.now().Round(0) // a bundle holds no monotonic clock
	r.mu.Lock()
	defer r.mu.Unlock()
	// More than a program that ends has; one that goes on is opened at its end.
	const enough = 64
	if len(r.session.Looks) < enough {
		r.session.Looks = append(r.session.Looks, now)
	}
	return now
}

// In notes the cloud of Azure that is asked, and where people sign in if that was named.
func (r *Recorder) In(cloud, login string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.session.Cloud, r.session.Login = cloud, login
}

// Fill puts what was kept into a bundle, each list in the order of time.
func (r *Recorder) Fill(b *bundle.Bundle) {
	r.mu.Lock()
	defer r.mu.Unlock()
	b.Manifest.Began, b.Manifest.Clock = r.began, r.now()
	if n := len(r.session.Looks); n > 0 {
		b.Manifest.Clock = r.session.Looks[n-1]
	}
	b.Exchanges, b.DNS = slices.Clone(r.tape), slices.Clone(r.dns)
	byTime := func(a, b time.Time) int { return a.Compare(b) }
	slices.SortStableFunc(b.Exchanges, func(x, y bundle.Exchange) int { return byTime(x.At, y.At) })
	slices.SortStableFunc(b.DNS, func(x, y bundle.DNSAnswer) int { return byTime(x.At, y.At) })
	s := r.session
	s.Looks, s.Places = slices.Clone(s.Looks), slices.Clone(s.Places)
	b.Session = &s
}

// keep adds an exchange. Where there is no room any more, older answers to requests that
// were answered again since make some; where that does not help, newer ones go.
func (r *Recorder) keep(e bundle.Exchange) {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := weight(e)
	if r.size+n > r.most {
		r.thin()
	}
	if r.size+n > r.most {
		r.session.LeftOut++
		return
	}
	r.tape = append(r.tape, e)
	r.size += n
}

// thin keeps the last answer to each request alone.
func (r *Recorder) thin() {
	last := map[bundle.Key]int{}
	for i, e := range r.tape {
		last[e.Key()] = i
	}
	kept := r.tape[:0]
	for i, e := range r.tape {
		if last[e.Key()] == i {
			kept = append(kept, e)
		} else {
			r.size -= weight(e)
			r.session.LeftOut++
		}
	}
	clear(r.tape[len(kept):])
	r.tape = kept
}

// weight is about what an exchange takes in memory, in bytes.
func weight(e bundle.Exchange) int {
	const beside = 512 // times, headers, and the value itself
	return beside + len(e.Path) + len(e.Request) + len(e.Body)
}
