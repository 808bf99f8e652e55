package watch

import (
	"context"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// hopeless reports whether nothing more can come before ctx ends: no request is on its
// way, and the next one is due only after that. Who looks once need not wait for it.
func (w *Watcher) hopeless(ctx context.Context, now time.Time) bool {
	end, limited := ctx.Deadline()
	return limited && w.konnect.running == 0 && w.azure.running == 0 && w.nextWake(now).Sub(now) >= time.Until(end)
}

// cut notes at everything that was to be read and was not why that is so: a look that
// ends must not leave it as if it were still being read.
func (w *Watcher) cut(now time.Time) {
	for _, s := range []*source{w.konnect, w.azure} {
		for _, j := range s.queue.jobs {
			if w.unread(j) {
				w.receiveFailure(j, s.unasked(j), now)
			}
		}
	}
}

// unread reports whether a job brought neither an answer nor a failure.
func (w *Watcher) unread(j *job) bool {
	missing := func(p model.Part) bool { return !p.Read() && p.Failure == nil }
	n := w.k.networks[safe.New(j.key)]
	switch {
	case j.kind.aside():
		return false
	case j.kind == jobVNet:
		v := w.k.vnets[j.key]
		return v != nil && missing(v.read)
	case n != nil && j.kind == jobPeerings:
		return missing(n.peeringsRead)
	case n != nil && j.kind == jobDNS:
		return missing(n.dnsRead)
	case n != nil && j.kind == jobReferences:
		return missing(n.refsRead)
	default:
		_, failed := w.k.failures[j.kind.String()+j.key]
		return !j.asked && !failed
	}
}

// unasked is why a job brought nothing: what the service has said to others, or that no
// answer came in the time that there was.
func (s *source) unasked(j *job) model.Failure {
	f := model.Failure{Kind: model.FailureTimeout, Retryable: true, Cause: safe.New("no answer from " + s.service + " in the time that there was")}
	if met := s.status.Failure; met != nil {
		f = *met
		f.Cause = safe.New(strings.TrimRight(met.Cause.Raw(), ". ") + "; it was not asked again in the time that there was")
	}
	f.Operation = j.kind.operation()
	if f.Cure == "" || f.Kind == model.FailureTimeout {
		f.Cure = model.CureLookOrLonger
	}
	return f
}

// operation names what a job does, as the clients call it.
func (k jobKind) operation() string {
	return [...]string{
		"read the organization", "list provider accounts", "list networks", "list peerings of network", "list private DNS of network",
		"list configurations of network", "list control planes of region", "read VNET", "list subscriptions of tenant", "read security groups and route tables of VNET", "list VNETs of tenant",
		"read routes of virtual hub", "read Konnect's record of changes", "read Azure's record of changes of tenant",
	}[k]
}
