package watch

import (
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
)

// The functions below take answers in. They run on the loop's goroutine.

func (w *Watcher) receiveIdentity(o model.Organization, u model.User) {
	first := w.k.organization.ID.IsEmpty()
	w.k.organization, w.k.user = o, u
	if !first || w.o.History == nil {
		return
	}
	w.history = w.o.History(o.ID)
	for _, n := range w.k.networks {
		n.dirty, n.tabled = true, false // compared with the past now
	}
	w.dirty = true
}

func (w *Watcher) receiveAccounts(list konnect.List[model.ProviderAccount]) {
	for _, a := range list.Items {
		w.k.accounts[a.ID] = a
	}
	w.k.ranges, w.k.unread = nil, nil
	for _, n := range w.k.networks {
		n.dirty = true
	}
}

// receivePage brings in a page of a list that is still being read.
func (w *Watcher) receivePage(page []model.Network, total int, now time.Time) {
	w.k.total = total
	for _, n := range page {
		w.receiveNetwork(n, now)
	}
}

func (w *Watcher) receiveNetwork(n model.Network, now time.Time) {
	k := w.k.networks[n.ID]
	if k == nil {
		k = &known{fresh: w.k.listed}
		w.k.networks[n.ID] = k
		w.order = nil
	}
	if k.network.Name != n.Name {
		w.order = nil
	}
	before := k.network
	if before.State != n.State {
		k.moved = now
	}
	k.network, k.missing, k.dirty = n, 0, true
	if before.CIDR != n.CIDR || before.VPCID != n.VPCID || before.State != n.State || before.ProviderAccountID != n.ProviderAccountID {
		w.k.rearrange(n.CIDR)
	}
	if w.others(n) {
		return
	}
	q, key := w.konnect.queue, n.ID.Raw()
	// The count is Konnect's and may lag behind its list. Only where there are very many
	// networks is a list that should be empty not asked for.
	if n.PeeringCount != 0 || w.once || w.k.total <= crowd {
		q.add(jobPeerings, key, now)
		if before.PeeringCount != n.PeeringCount || before.EntityVersion != n.EntityVersion {
			q.hurry(jobPeerings, key, now)
		}
	} else {
		q.remove(jobPeerings, key)
		if !k.listed() {
			w.k.unread, w.k.fresh = nil, true
		}
		k.peerings, k.peeringsRead = nil, model.Part{At: now}
		w.linkVNets(n.ID, nil, now)
	}
	// A network without data planes and peerings can have private DNS all the same.
	// Where there are very many networks, their peerings come first.
	later := 10 * time.Millisecond
	if w.once {
		later = time.Nanosecond // only in order
	}
	if w.k.total > crowd && !w.once {
		later = time.Minute
	}
	q.add(jobDNS, key, now.Add(later))
	if n.ConfigurationCount != 0 {
		q.add(jobReferences, key, now.Add(2*later))
	} else {
		q.remove(jobReferences, key)
		k.references, k.refsRead = nil, model.Part{At: now}
	}
}

// receiveNetworks brings in the end of a list. A network that two whole lists in a row
// do not hold is gone; one alone can have been read while it changed.
func (w *Watcher) receiveNetworks(list konnect.List[model.Network], now time.Time) {
	w.k.listed, w.k.total = true, list.Total
	if list.Complete && !w.k.whole {
		w.k.whole, w.k.fresh = true, true
	}
	w.readNeighbours(now)
	w.problems("networks items", list.Problems, now)
	if !list.Complete || list.Nameless > 0 {
		return
	}
	in := make(map[safe.Text]bool, len(list.Items))
	for _, n := range list.Items {
		in[n.ID] = true
	}
	for _, id := range list.Unread {
		in[id] = true
	}
	for id, n := range w.k.networks {
		if in[id] {
			continue
		}
		if n.missing++; n.missing >= 2 || w.once {
			w.forget(id, now)
		} else {
			w.konnect.queue.renew(jobNetworks, "", now)
		}
	}
}

// others reports whether only another network is asked about.
func (w *Watcher) others(n model.Network) bool {
	return !w.only.IsEmpty() && n.Name != w.only && n.ID != w.only
}

// readNeighbours lets the peerings of those networks be read that share addresses with
// the one that is asked about: whose a half is cannot be told without them.
func (w *Watcher) readNeighbours(now time.Time) {
	if w.only.IsEmpty() {
		return
	}
	for _, n := range w.k.networks {
		if w.others(n.network) {
			continue
		}
		w.k.unreadByRange().meeting(n.network.CIDR, func(o *known) bool {
			if w.others(o.network) {
				w.konnect.queue.add(jobPeerings, o.network.ID.Raw(), now)
			}
			return true
		})
	}
}

// forget drops a network that is gone.
func (w *Watcher) forget(id safe.Text, now time.Time) {
	n := w.k.networks[id]
	w.linkVNets(id, nil, now)
	delete(w.k.networks, id)
	w.k.rearrange(n.network.CIDR)
	w.order = nil
	for _, kind := range []jobKind{jobPeerings, jobDNS, jobReferences} {
		w.konnect.queue.remove(kind, id.Raw())
	}
	w.history.Forget(id)
	w.o.Log.Add(model.ChangeActivity(w.history.Gone(model.Change{
		Network: id, NetworkName: n.network.Name, Aspect: model.AspectNetwork, To: safe.New(string(n.network.State)),
	}, w.o.Time.At(now))))
}

func (w *Watcher) receivePeerings(id safe.Text, list konnect.List[model.Peering], now time.Time) {
	n := w.k.networks[id]
	if n == nil {
		return
	}
	w.problems("peerings items "+id.Raw(), list.Problems, now)
	items := whole(list, n.peerings, func(p model.Peering) safe.Text { return p.ID })
	turned := n.turn(items, now)
	n.follow(items, n.peeringsRead.At, now)
	if !n.listed() {
		w.k.unread, w.k.fresh = nil, true
	}
	n.peerings, n.peeringsRead, n.dirty = items, partRead(list, now), true
	w.linkVNets(id, items, now)
	for _, p := range items {
		w.k.soil(p.EndKey())
	}
	// What one cloud has just changed, the other shows in its own half: an answer
	// from before would tell of a half that is missing.
	for _, key := range turned {
		w.azure.queue.renew(jobVNet, key, now)
	}
}

// whole is a list as it is now. What was known before and did not come is kept
// where it may be there all the same: it came and could not be read, or the list
// did not come whole.
func whole[T any](list konnect.List[T], before []T, id func(T) safe.Text) []T {
	if list.Complete && len(list.Problems) == 0 {
		return list.Items
	}
	came := make(map[safe.Text]bool, len(list.Items))
	for _, item := range list.Items {
		came[id(item)] = true
	}
	maybe := !list.Complete || list.Nameless > 0
	items := slices.Clone(list.Items)
	for _, item := range before {
		if !came[id(item)] && (maybe || slices.Contains(list.Unread, id(item))) {
			items = append(items, item)
		}
	}
	return items
}

// partRead says when a list was read, and what is missing in it.
func partRead[T any](list konnect.List[T], now time.Time) model.Part {
	part := model.Part{At: now, Partly: len(list.Problems) > 0 || !list.Complete}
	switch {
	case len(list.Problems) > 0:
		part.Failure = &list.Problems[0]
	case !list.Complete:
		part.Failure = &model.Failure{
			Kind: model.FailureContract, Operation: "read a list", Retryable: true, Cause: safe.New("the list changed while it was read"), Cure: model.CureLookAgain,
		}
	}
	return part
}

// linkVNets keeps the VNETs that a network is peered with on the list, and drops
// those that nobody uses any more.
func (w *Watcher) linkVNets(id safe.Text, peerings []model.Peering, now time.Time) {
	n := w.k.networks[id]
	before := n.vnets
	n.vnets = nil
	for _, p := range peerings {
		if key := w.endOf(p); key != "" {
			n.vnets = append(n.vnets, key)
		}
	}
	w.k.peer(id, before, n.vnets)
	if w.others(n.network) {
		return
	}
	w.k.ours = nil
	for _, p := range peerings {
		key := w.endOf(p)
		if key == "" {
			continue
		}
		v := w.k.vnets[key]
		if v == nil {
			v = &knownVNet{ref: p.Place(), isHub: p.Kind == model.KindAzureVHub, users: map[safe.Text]bool{}}
			w.k.vnets[key] = v
			if w.azure.status.State == model.SourceIdle {
				w.azure.status.State = model.SourceConnecting
			}
		}
		v.users[id] = true
		w.azure.queue.add(jobVNet, key, now)
		w.joinTenant(v, now)
	}
	for _, key := range before {
		if v := w.k.vnets[key]; v != nil && !slices.Contains(n.vnets, key) {
			delete(v.users, id)
			if len(v.users) == 0 {
				delete(w.k.vnets, key)
				w.azure.queue.remove(jobVNet, key)
				w.azure.queue.remove(jobSubnets, key)
				w.azure.queue.remove(jobHubWays, key)
				w.leaveTenant(v.tenant())
			}
		}
	}
}

func (w *Watcher) receiveDNS(id safe.Text, list konnect.List[model.PrivateDNS], now time.Time) {
	if n := w.k.networks[id]; n != nil {
		w.problems("dns items "+id.Raw(), list.Problems, now)
		for _, d := range list.Items {
			if d.State.Changing() && !slices.ContainsFunc(n.dns, func(old model.PrivateDNS) bool { return old.ID == d.ID && old.State == d.State }) {
				n.moved = now
			}
		}
		n.dns, n.dnsRead, n.dirty = whole(list, n.dns, func(d model.PrivateDNS) safe.Text { return d.ID }), partRead(list, now), true
		n.tabled = false
	}
}

func (w *Watcher) receiveReferences(id safe.Text, list konnect.List[model.ConfigurationReference], now time.Time) {
	n := w.k.networks[id]
	if n == nil {
		return
	}
	w.problems("references items "+id.Raw(), list.Problems, now)
	n.references = whole(list, n.references, func(r model.ConfigurationReference) safe.Text { return r.ID })
	n.refsRead, n.dirty = partRead(list, now), true
	for _, r := range list.Items {
		if _, named := w.k.planes[r.ControlPlaneID]; !named && !r.Geo.IsEmpty() {
			w.k.nameless[r.Geo] = true
		}
	}
	if !w.once {
		w.namePlanes(now.Add(50 * time.Millisecond)) // those of other networks are of this region too
	}
}

// namePlanes has those control planes named that networks refer to.
func (w *Watcher) namePlanes(at time.Time) {
	for geo := range w.k.nameless {
		w.konnect.queue.add(jobPlanes, geo.Raw(), at)
		w.konnect.queue.renew(jobPlanes, geo.Raw(), at)
	}
	clear(w.k.nameless)
}

// planesOf lists the control planes of a region that networks refer to.
func (w *Watcher) planesOf(geo safe.Text) []safe.Text {
	seen := map[safe.Text]bool{}
	for _, n := range w.k.networks {
		for _, r := range n.references {
			if r.Geo == geo {
				seen[r.ControlPlaneID] = true
			}
		}
	}
	ids := make([]safe.Text, 0, len(seen))
	for id := range seen {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, safe.Text.Compare)
	return ids
}

func (w *Watcher) receivePlanes(planes []model.ControlPlane) {
	for _, p := range planes {
		w.k.planes[p.ID] = p
	}
	for _, n := range w.k.networks {
		if len(n.references) > 0 {
			n.dirty = true
		}
	}
}

func (w *Watcher) receiveVNet(key string, vnet model.VNet, f *model.Failure, asked, now time.Time) {
	v := w.k.vnets[key]
	if v == nil {
		return
	}
	before := v.vnet
	v.receive(vnet, f, asked, now)
	w.searchFor(v, now)
	w.wantSubnets(key, v, before, now)
	for id := range v.users {
		if n := w.k.networks[id]; n != nil {
			n.dirty = true
		}
	}
}

// receiveFailure keeps a failure where it belongs. It is logged when it is new.
func (w *Watcher) receiveFailure(j *job, f model.Failure, now time.Time) {
	if j.kind.ofRecords() {
		w.recordsFailed(j, f)
	}
	if j.kind.aside() {
		return // what it would tell stays unknown, and the rest does not depend on it
	}
	switch j.kind {
	case jobSubnets:
		w.receiveSubnets(j.key, gapOf(f))
		return
	case jobHubWays:
		w.receiveHubWays(j.key, waysUnread(f))
		return
	default:
	}
	if j.kind == jobVNet {
		if v := w.k.vnets[j.key]; v != nil {
			w.note(v.read.Failure, f, now)
			w.receiveVNet(j.key, model.VNet{}, &f, j.began, now)
		}
		return
	}
	n := w.k.networks[safe.New(j.key)]
	part := (*model.Part)(nil)
	if n != nil {
		n.dirty = true
		f.Subject = n.network.Name.Or(j.key)
		switch j.kind {
		case jobPeerings:
			part = &n.peeringsRead
		case jobDNS:
			part = &n.dnsRead
		case jobReferences:
			part = &n.refsRead
		default:
		}
	}
	if part == nil {
		w.fail(j.kind.String()+j.key, f, now)
		return
	}
	w.note(part.Failure, f, now)
	part.Failure = &f
	if f.Kind == model.FailureNotFound {
		w.konnect.queue.hurry(jobNetworks, "", now) // it may have been deleted
	}
}

// fail keeps a failure that concerns more than one network.
func (w *Watcher) fail(key string, f model.Failure, now time.Time) {
	if was, ok := w.k.failures[key]; ok {
		w.note(&was, f, now)
	} else {
		w.note(nil, f, now)
	}
	w.k.failures[key] = f
}

// note logs a failure unless it is the same as before.
func (w *Watcher) note(was *model.Failure, f model.Failure, now time.Time) {
	if was == nil || was.Kind != f.Kind || was.Code != f.Code || was.Status != f.Status {
		w.o.Log.Add(model.ProblemActivity(f, now))
	}
}
