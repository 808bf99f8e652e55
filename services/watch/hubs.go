package watch

import (
	"context"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/run/attempt"
)

// endOf is the key of what Azure is asked for because of a peering; empty for nothing.
func (w *Watcher) endOf(p model.Peering) string {
	if p.Kind == model.KindAzureVHub && w.o.Hubs == nil {
		return ""
	}
	return p.EndKey()
}

// seen are the subscriptions that the account sees in the tenant of a hub: Kong's VNETs are
// in none of them.
func (k *knowledge) seen(v *knownVNet) []safe.Text {
	t := k.tenants[v.tenant()]
	if t == nil {
		return nil
	}
	out := make([]safe.Text, 0, len(t.subscriptions))
	for _, s := range t.subscriptions {
		out = append(out, s.ID)
	}
	return out
}

func (w *Watcher) askHub(j *job, ref model.HubRef) func(context.Context) (func(time.Time), error) {
	return func(ctx context.Context) (func(time.Time), error) {
		hub, err := w.o.Hubs.Hub(ctx, ref)
		return func(now time.Time) { w.receiveHub(j.key, hub, j.began, now) }, err
	}
}

// receiveHub brings a hub in. How it routes is asked for after it, and again soon where its
// connections have changed.
func (w *Watcher) receiveHub(key string, hub model.VirtualHub, asked, now time.Time) {
	v := w.k.vnets[key]
	if v == nil {
		return
	}
	same := sameConnections(v.hub, hub)
	v.hub = hub
	w.azure.queue.add(jobHubWays, key, now)
	if !same {
		w.azure.queue.renew(jobHubWays, key, now)
	}
	w.receiveVNet(key, hub.AsVNet(v.ways), nil, asked, now)
}

// sameConnections reports whether two looks at a hub have shown the same state, and the same
// connections, routed alike.
func sameConnections(a, b model.VirtualHub) bool {
	if len(a.Connections) != len(b.Connections) || a.Routing != b.Routing {
		return false
	}
	for i, c := range a.Connections {
		d := b.Connections[i]
		if c.ID != d.ID || c.Provisioning != d.Provisioning || c.RemoteVNetID != d.RemoteVNetID || c.Table != d.Table || !sameTexts(c.Propagates, d.Propagates) || !sameTexts(c.Labels, d.Labels) {
			return false
		}
	}
	return true
}

func sameTexts(a, b []safe.Text) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// waysPatience bounds how long a reading of a hub's routes holds a place among the requests:
// Azure finds out what is in effect first.
const waysPatience = time.Minute

func (w *Watcher) askHubWays(key string, v *knownVNet) func(context.Context) (func(time.Time), error) {
	ref, hub, effective := model.HubRef(v.ref), v.hub, w.wantsEffective(v)
	return func(ctx context.Context) (func(time.Time), error) {
		patient, cancel := context.WithTimeout(ctx, waysPatience)
		defer cancel()
		read := w.o.Hubs.HubWays(patient, ref, hub, effective, attempt.Waiter{Clock: w.o.Time.Clock()})
		for _, p := range []model.Part{read.TablesOf, read.IntentOf} {
			if p.Failure != nil && attempt.Passes(*p.Failure) {
				return nil, *p.Failure
			}
		}
		return func(time.Time) { w.receiveHubWays(key, read) }, nil
	}
}

// wantsEffective reports whether it is worth asking what a hub really routes, for which Azure
// takes its time. Whoever looks once and is told whose the connections are reads the route
// tables alone; what is in effect tells what lies behind a connection, and whether anything
// is behind the hub.
func (w *Watcher) wantsEffective(v *knownVNet) bool {
	if !w.once {
		return true
	}
	for id := range v.users {
		n := w.k.networks[id]
		if n == nil {
			continue
		}
		for _, p := range n.peerings {
			if p.Kind != model.KindAzureVHub || model.VNetRef(p.Hub).Key() != v.ref.Key() {
				continue
			}
			if h, _ := w.k.halfAt(n, p, v); h.Proof < model.ProofBirth || h.Hub == nil || len(h.Hub.Others()) == 0 {
				return true
			}
		}
	}
	return false
}

// receiveHubWays brings in how a hub routes. What was read before stays where a part could
// not be read now.
func (w *Watcher) receiveHubWays(key string, read model.HubWays) {
	v := w.k.vnets[key]
	if v == nil {
		return
	}
	before := v.ways
	if !read.TablesOf.Read() && before.TablesOf.Read() {
		read.Tables, read.TablesOf.At = before.Tables, before.TablesOf.At
	}
	if !read.IntentOf.Read() && before.IntentOf.Read() {
		read.Intent, read.IntentOf.At = before.Intent, before.IntentOf.At
	}
	if !read.EffectiveOf.Read() && before.EffectiveOf.Read() && read.EffectiveOf.Failure != nil && attempt.Passes(*read.EffectiveOf.Failure) {
		read.Effective, read.EffectiveOf.At = before.Effective, before.EffectiveOf.At
	}
	v.ways = read
	v.vnet = v.hub.AsVNet(read)
	w.k.soilUsers(v)
}

// waysUnread is a hub of whose routes nothing could be read.
func waysUnread(f model.Failure) model.HubWays {
	p := model.Part{Failure: &f}
	return model.HubWays{TablesOf: p, IntentOf: p, EffectiveOf: p}
}
