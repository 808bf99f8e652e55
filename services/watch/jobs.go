package watch

import (
	"context"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/run/attempt"
)

// crowd is the number of jobs above which those of the background keep a
// distance from each other.
const crowd = 200

// launch starts what is due, what is on the screen first.
func (w *Watcher) launch(s *source, now time.Time) {
	for s.free(now) {
		j := w.urgent(s, now)
		if j == nil {
			j = s.queue.next(now)
			if j == nil || now.Sub(s.last) < w.distance(s, j) {
				return
			}
			s.last = now
		}
		s.queue.start(j, now)
		s.running++
		w.run(s, j)
	}
}

// distance is the least time between a job of the background and the one before.
// What was never read may be read faster; what is asked once only is left to the
// number of requests in flight, and to the service's own word.
func (w *Watcher) distance(s *source, j *job) time.Duration {
	switch {
	case w.once || len(s.queue.jobs) <= crowd:
		return 0
	case !j.asked:
		return w.o.Pace.Crowd / 3
	default:
		return w.o.Pace.Crowd
	}
}

// urgent returns a due job of a network on the screen, or nil.
func (w *Watcher) urgent(s *source, now time.Time) *job {
	due := func(kind jobKind, key string) *job {
		if j := s.queue.jobs[jobKey{kind, key}]; j != nil && !j.running && !j.due.After(now) {
			return j
		}
		return nil
	}
	for _, id := range w.attention {
		if s == w.konnect {
			for _, kind := range []jobKind{jobPeerings, jobDNS, jobReferences} {
				if j := due(kind, id.Raw()); j != nil {
					return j
				}
			}
			continue
		}
		for _, key := range w.vnetsOf(id) {
			if j := due(jobVNet, key); j != nil {
				return j
			}
		}
	}
	return nil
}

// run asks in a goroutine and hands the answer to the loop. Whatever the request
// needs is copied here: the goroutine must not touch what the loop owns.
func (w *Watcher) run(s *source, j *job) {
	ask := w.question(j)
	w.group.Go("asking "+s.service+" for "+j.kind.String(), func(ctx context.Context) {
		o := outcome{job: j, source: s}
		o.apply, o.err = ask(ctx)
		w.send(ctx, o)
	})
}

func (w *Watcher) send(ctx context.Context, o outcome) {
	select {
	case w.results <- o:
	case <-ctx.Done():
	}
}

// question returns what to ask for a job. The function that it gives back on
// success takes the answer in, on the loop's goroutine.
func (w *Watcher) question(j *job) func(context.Context) (func(time.Time), error) { //nolint:funlen // a table of the kinds of jobs
	id := safe.New(j.key)
	switch j.kind {
	case jobIdentity:
		return w.askIdentity
	case jobAccounts:
		return func(ctx context.Context) (func(time.Time), error) {
			list, err := w.o.Konnect.ProviderAccounts(ctx)
			return func(time.Time) { w.receiveAccounts(list) }, err
		}
	case jobNetworks:
		return w.askNetworks
	case jobPeerings:
		return func(ctx context.Context) (func(time.Time), error) {
			list, err := w.o.Konnect.Peerings(ctx, id)
			return func(now time.Time) { w.receivePeerings(id, list, now) }, err
		}
	case jobDNS:
		return func(ctx context.Context) (func(time.Time), error) {
			list, err := w.o.Konnect.PrivateDNS(ctx, id)
			return func(now time.Time) { w.receiveDNS(id, list, now) }, err
		}
	case jobReferences:
		return func(ctx context.Context) (func(time.Time), error) {
			list, err := w.o.Konnect.References(ctx, id)
			return func(now time.Time) { w.receiveReferences(id, list, now) }, err
		}
	case jobPlanes:
		ids := w.planesOf(id)
		return func(ctx context.Context) (func(time.Time), error) {
			planes, err := w.o.Konnect.ControlPlanes(ctx, id, ids)
			return func(time.Time) { w.receivePlanes(planes) }, err
		}
	case jobSubscriptions:
		return func(ctx context.Context) (func(time.Time), error) {
			list, err := w.o.Azure.Subscriptions(ctx, id)
			return func(time.Time) { w.receiveSubscriptions(id, list) }, err
		}
	case jobSearch:
		return func(ctx context.Context) (func(time.Time), error) {
			found, err := w.o.Azure.Search(ctx, id)
			return func(time.Time) { w.receiveSearch(id, found) }, err
		}
	case jobAudit, jobChanged:
		return w.askRecords(j.kind, j.key)
	case jobSubnets:
		if v := w.k.vnets[j.key]; v != nil {
			return w.askSubnets(j.key, v.ref, v.vnet)
		}
	case jobHubWays:
		if v := w.k.vnets[j.key]; v != nil {
			return w.askHubWays(j.key, v)
		}
	case jobVNet:
		v := w.k.vnets[j.key]
		if v == nil {
			break // nobody is peered with it any more
		}
		if v.isHub {
			return w.askHub(j, model.HubRef(v.ref))
		}
		ref := v.ref
		return func(ctx context.Context) (func(time.Time), error) {
			v, err := w.o.Azure.VNet(ctx, ref)
			return func(now time.Time) { w.receiveVNet(j.key, v, nil, j.began, now) }, err
		}
	}
	return func(context.Context) (func(time.Time), error) { return func(time.Time) {}, nil }
}

func (w *Watcher) askIdentity(ctx context.Context) (func(time.Time), error) {
	o, err := w.o.Konnect.Organization(ctx)
	if err != nil {
		return nil, err
	}
	u, err := w.o.Konnect.User(ctx)
	return func(time.Time) { w.receiveIdentity(o, u) }, err
}

// askNetworks hands on each page as it comes, so that the first one is on the
// screen after its own round trip.
func (w *Watcher) askNetworks(ctx context.Context) (func(time.Time), error) {
	list, err := w.o.Konnect.Networks(ctx, func(page []model.Network, total int) {
		w.send(ctx, outcome{source: w.konnect, apply: func(now time.Time) { w.receivePage(page, total, now) }})
	})
	return func(now time.Time) { w.receiveNetworks(list, now) }, err
}

// receive brings an answer in and decides when to ask again.
func (w *Watcher) receive(o outcome) {
	now := w.now()
	w.dirty = true
	if o.job == nil {
		o.apply(now)
		return
	}
	o.source.running--
	f, failed := model.AsFailure(o.err)
	if failed && f.Kind == model.FailureCancelled {
		o.source.queue.done(o.job, now.Add(w.o.Pace.Resting))
		return
	}
	whole := false
	if failed {
		if !attempt.Held(f) {
			o.job.failed++
		}
		whole = o.source.heard(o.job, &f, now, w.chance)
		w.receiveFailure(o.job, f, now)
		if w.once && o.source.hopeless(f) {
			o.source.queue.abandon()
		}
	} else {
		o.job.failed = 0
		o.source.heard(o.job, nil, now, w.chance)
		delete(w.k.failures, o.job.kind.String()+o.job.key)
		o.apply(now)
	}
	switch {
	case w.once:
		o.source.queue.done(o.job, w.againOnce(o, f, failed, now))
		if w.konnect.queue.unasked[jobReferences] == 0 {
			w.namePlanes(now) // all at once: none will be named by another network
		}
	case whole:
		o.source.queue.done(o.job, o.source.paused)
	default:
		o.source.queue.done(o.job, now.Add(w.wait(o.job, f, failed, now)))
	}
}

// hopeless reports whether a service is given up where everything is asked once: it
// refuses the sign-in, or has failed as often in a row as one job may.
func (s *source) hopeless(f model.Failure) bool {
	return s.isWhole(f) && (f.Kind == model.FailureAuth || s.failed >= attempt.Once().Tries)
}

// againOnce returns when a job is asked again where everything is asked once;
// the zero time means never.
func (w *Watcher) againOnce(o outcome, f model.Failure, failed bool, now time.Time) time.Time {
	if !failed || o.source.hopeless(f) {
		return time.Time{}
	}
	if wait, again := attempt.Once().Next(max(1, o.job.failed), now.Sub(o.job.first), f, w.chance); again {
		return now.Add(wait)
	}
	return time.Time{}
}

// wait returns how long a job rests after an answer.
func (w *Watcher) wait(j *job, f model.Failure, failed bool, now time.Time) time.Duration {
	p := w.o.Pace
	wait := jitter(p.Resting, w.chance)
	switch {
	case failed && j.kind.aside():
		wait = jitter(p.Rare, w.chance)
	case failed && f.Kind == model.FailureServer:
		wait = attempt.Watching().Wait(j.failed, f, w.chance)
	case failed && f.Kind == model.FailurePermission:
		wait = jitter(p.Slow, w.chance)
	case failed:
	default:
		wait = w.interval(j, now)
	}
	if w.away {
		wait = time.Duration(float64(wait) * p.Away)
	}
	return wait
}

// interval is the time between two good answers.
func (w *Watcher) interval(j *job, now time.Time) time.Duration {
	p := w.o.Pace
	fast := w.chance.Around(p.Changing, 0.1)
	switch j.kind {
	case jobIdentity, jobAccounts, jobPlanes, jobSubscriptions, jobSearch:
		return jitter(p.Rare, w.chance)
	case jobReferences, jobSubnets, jobHubWays:
		return jitter(2*p.Slow, w.chance)
	case jobAudit, jobChanged:
		return jitter(p.Slow, w.chance)
	case jobNetworks:
		// A list of many pages costs as many requests.
		pages := 1 + len(w.k.networks)/100
		if w.anyLively(now) {
			return min(time.Duration(pages)*fast, p.Resting)
		}
		return jitter(p.Resting, w.chance)
	case jobDNS:
		if n := w.k.networks[safe.New(j.key)]; n != nil && n.dnsChanging() && n.lively(now) {
			return fast
		}
		return jitter(p.Slow, w.chance)
	case jobPeerings:
		if n := w.k.networks[safe.New(j.key)]; n != nil && n.lively(now) {
			return fast
		}
	case jobVNet:
		if v := w.k.vnets[j.key]; v != nil {
			for id := range v.users {
				if n := w.k.networks[id]; n != nil && n.lively(now) {
					return fast
				}
			}
		}
	}
	return jitter(p.Resting, w.chance)
}

func (w *Watcher) anyLively(now time.Time) bool {
	for _, n := range w.k.networks {
		if n.lively(now) {
			return true
		}
	}
	return false
}

// problems makes notes of objects that could not be read.
func (w *Watcher) problems(key string, list []model.Failure, now time.Time) {
	if len(list) == 0 {
		delete(w.k.failures, key)
		return
	}
	w.fail(key, list[0], now)
}
