package watch

import (
	"context"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Records tells who changed what, by the clouds' own records. The earliest moment of which
// everything was read comes with them.
type Records interface {
	AuditLog(ctx context.Context, since time.Time) ([]changes.Record, time.Time, error)
	Changed(ctx context.Context, tenant safe.Text, subscriptions []safe.Text, now time.Time) ([]changes.Record, time.Time, error)
}

// joinRecords has a source of records read.
func (w *Watcher) joinRecords(kind jobKind, key string, now time.Time) {
	if w.o.Records == nil || w.once {
		return
	}
	at := jobKey{kind, key}
	if w.tellers[at] == nil {
		t := &changes.Teller{Name: changes.AuditLog, Keeps: changes.AuditKeeps}
		if kind == jobChanged {
			t = &changes.Teller{Name: changes.ResourceGraph, Of: key, Keeps: changes.GraphKeeps}
		}
		w.tellers[at] = t
	}
	w.recordQueue(kind).add(kind, key, now.Add(w.o.Pace.Records))
}

func (w *Watcher) recordQueue(kind jobKind) *queue {
	if kind == jobChanged {
		return w.azure.queue
	}
	return w.konnect.queue
}

// askRecords reads a source of records.
func (w *Watcher) askRecords(kind jobKind, key string) func(context.Context) (func(time.Time), error) {
	now := w.o.Time.At(w.now())
	var subscriptions []safe.Text
	seen := map[string]bool{}
	for _, v := range w.k.vnets {
		if id := strings.ToLower(v.ref.SubscriptionID.Raw()); v.tenant() == key && id != "" && !seen[id] {
			seen[id] = true
			subscriptions = append(subscriptions, v.ref.SubscriptionID)
		}
	}
	return func(ctx context.Context) (func(time.Time), error) {
		var list []changes.Record
		var from time.Time
		var err error
		if kind == jobChanged {
			list, from, err = w.o.Records.Changed(ctx, safe.New(key), subscriptions, now)
		} else {
			list, from, err = w.o.Records.AuditLog(ctx, now.Add(-changes.AuditKeeps))
		}
		return func(time.Time) {
			if t := w.tellers[jobKey{kind, key}]; t != nil {
				t.List, t.From, t.Read, t.Failure = list, from, now, nil
				w.viewed = 0 // somebody may be known now
			}
		}, err
	}
}

// recordsFailed notes why a source of records tells nothing. What it told before stays.
func (w *Watcher) recordsFailed(j *job, f model.Failure) {
	if t := w.tellers[jobKey{j.kind, j.key}]; t != nil {
		t.Failure = &f
		w.viewed = 0
	}
}

// attribute has the time line say who made its changes, and the records read soon where that
// is not known of a new one.
func (w *Watcher) attribute(v changes.View) changes.View {
	if len(w.tellers) == 0 {
		return v
	}
	tellers := make([]changes.Teller, 0, len(w.tellers))
	for _, kind := range []jobKind{jobAudit, jobChanged} {
		for at, t := range w.tellers {
			if at.kind == kind {
				tellers = append(tellers, *t)
			}
		}
	}
	v = v.Attribute(tellers, w.thingOf)
	now := w.now()
	for _, e := range v.Entries {
		if e.Unknown == "" {
			continue
		}
		for at, t := range w.tellers {
			if seen := w.o.Time.At(now); e.At.After(t.Read) && t.Failure == nil && seen.Sub(t.Read) >= 5*w.o.Pace.Records {
				w.recordQueue(at.kind).hurry(at.kind, at.key, now.Add(w.o.Pace.Records))
			}
		}
		break // the newest
	}
	return v
}

// thingOf is what an entry of the time line is of, by the ids of both clouds.
func (w *Watcher) thingOf(e changes.Entry) changes.Thing {
	id := e.Peering
	if id.IsEmpty() {
		id = e.Network
	}
	out := changes.Thing{Konnect: []string{strings.ToLower(id.Raw())}}
	n := w.k.networks[e.Network]
	if n == nil || n.status == nil {
		return out
	}
	for i := range n.status.Peerings {
		p := &n.status.Peerings[i]
		if p.ID != e.Peering || p.VNet.IsZero() {
			continue
		}
		out.Tenant = strings.ToLower(p.VNet.TenantID.Raw())
		out.Azure = append(out.Azure, strings.ToLower(p.VNet.ID().Raw()))
		if half := p.Azure.Peering.ID; !half.IsEmpty() {
			out.Azure = append(out.Azure, strings.ToLower(half.Raw()))
		}
	}
	return out
}
