package watch

import (
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/safe"
)

// gap is the least time between two snapshots. It grows with the number of
// networks, because each snapshot lists them all.
func (w *Watcher) gap() time.Duration {
	return 50*time.Millisecond + time.Duration(len(w.k.networks))*100*time.Microsecond
}

// publish offers a snapshot, when something is new and the last one is old
// enough. The channel holds the latest only.
func (w *Watcher) publish(now time.Time) {
	if !w.dirty || w.once || now.Sub(w.published) < w.gap() {
		return
	}
	at := w.o.Time.At(now)
	w.update(now, at)
	s := w.snapshot(at)
	select {
	case <-w.out:
	default:
	}
	w.latest.Store(&s)
	w.out <- s // there is room: nobody else sends
	w.dirty, w.published = false, now
	w.memory.learn(&s, now)
}

// update judges anew what has changed, as it stands at a time.
func (w *Watcher) update(now, at time.Time) {
	// Where there are very many networks, all of them wait for each other while they are
	// read, so they are judged anew only now and then.
	if w.k.fresh && (w.once || len(w.k.networks) <= crowd || now.Sub(w.soiled) >= 10*w.gap()) {
		w.k.soilWaiting()
		w.k.fresh, w.soiled = false, now
	}
	w.watching(at)
	for _, n := range w.k.networks {
		if n.dirty || n.status == nil {
			n.status = w.judgeNetwork(n, at)
			n.dirty = false
		}
	}
	if err := w.history.Save(); err != nil {
		w.fail("history", model.Failure{
			Kind: model.FailureInvalid, Operation: "keep the history", Cause: safe.New(err.Error()),
			Cure: model.CureStateFolder,
		}, now)
	} else {
		delete(w.k.failures, "history")
	}
}

func (w *Watcher) judgeNetwork(n *known, now time.Time) *model.NetworkStatus { //nolint:funlen,gocognit // each part of a network in its order
	account := w.k.accounts[n.network.ProviderAccountID]
	s := &model.NetworkStatus{
		Network: n.network, Provider: account.Provider, KongAccount: account.AccountID, References: n.references,
		PeeringsRead: n.peeringsRead, PrivateDNSRead: n.dnsRead, ReferencesRead: n.refsRead,
	}
	for _, p := range n.peerings {
		ps := model.PeeringStatus{Peering: p}
		ps.Azure, ps.Overlaps = w.k.half(n, p)
		s.Peerings = append(s.Peerings, ps)
	}
	for _, d := range n.dns {
		s.PrivateDNS = append(s.PrivateDNS, model.PrivateDNSStatus{PrivateDNS: d})
	}
	for _, r := range n.references {
		plane, named := w.k.planes[r.ControlPlaneID]
		if !named {
			plane = model.ControlPlane{ID: r.ControlPlaneID, Geo: r.Geo}
		}
		s.ControlPlanes = append(s.ControlPlanes, plane)
	}
	w.remember(s, n, now)
	s.Own = w.judge.Network(model.NetworkFacts{Network: s.Network, Since: s.Since, Now: now, Provider: s.Provider, Cloud: w.o.Cloud})
	servers := s.Servers()
	for i := range s.Peerings {
		p := &s.Peerings[i]
		half := w.halfSince(s.ID, p.ID, now)
		p.Finding = w.judge.Peering(model.PeeringFacts{
			Network: s.Network, Peering: p.Peering, Azure: p.Azure, Overlaps: p.Overlaps, Servers: servers, Since: p.Since, NetworkSince: s.Since, HalfSince: half, Now: now, Cloud: w.o.Cloud,
		})
		if model.OfHalf(p.Finding.Code) {
			// What Konnect wrote last says nothing about when Azure's half changed.
			p.Since = half
		}
	}
	for i := range s.PrivateDNS {
		d := &s.PrivateDNS[i]
		d.Finding = w.judge.PrivateDNS(model.PrivateDNSFacts{PrivateDNS: d.PrivateDNS, Network: s.Name, Since: d.Since, Now: now})
	}
	if w.rules == nil {
		w.rules = dnstable.NewRulebook()
	}
	s.Mappings, s.MappingsUnchecked = w.rules.Standing(s)
	if w.o.Probed != nil && s.DNSRules() > 0 { // else there is nothing to have been probed
		if p := w.o.Probed(s.ID); p != nil {
			s.ProbedAt = p.At
			if now.Sub(p.At) <= model.ProbeCounts {
				s.Probed = p
				s.Mappings = append(s.Mappings, dnstable.OfProbe(s)...)
			}
		}
	}
	s.Paths = paths.Standing(s, w.aroundVNets(s))
	if w.o.PathsRead != nil {
		if p := w.o.PathsRead(s.ID); p != nil && now.Sub(p.At) <= model.PathsCount && p.Rests == paths.Rests(s) {
			s.PathsRead = p
			s.Paths = append(s.Paths, paths.OfReading(s)...)
		}
	}
	if w.o.Known != nil {
		w.o.Known.Mark(s, now)
	}
	s.Finding = w.judge.RollUp(*s)
	w.tell(s, n, now)
	return s
}

// remember compares the states with the history, logs what changed, and finds
// out since when each is as it is. Where nobody was watching, what Konnect says of when
// the object was made and last written gives the bounds.
func (w *Watcher) remember(s *model.NetworkStatus, n *known, now time.Time) {
	states := model.States(*s)
	if before := n.status; before != nil {
		w.comeAndGone(states, model.States(*before), before, now)
	} else {
		states[0].New = n.fresh // the first state is that of the network itself
	}
	for _, c := range w.history.Observe(states, now) {
		w.o.Log.Add(model.ChangeActivity(c))
	}
	sight := func(object safe.Text, aspect model.Aspect) model.Sight {
		return w.history.Sight(model.ChangeKey{Network: s.ID, Object: object, Aspect: aspect})
	}
	s.Since = model.SinceOf(s.CreatedAt, s.UpdatedAt, sight(safe.Text{}, model.AspectNetwork), now)
	for i := range s.Peerings {
		p := &s.Peerings[i]
		p.Since = model.SinceOf(p.CreatedAt, p.UpdatedAt, sight(p.ID, model.AspectKonnect), now)
	}
	for i := range s.PrivateDNS {
		d := &s.PrivateDNS[i]
		d.Since = model.SinceOf(d.CreatedAt, d.UpdatedAt, sight(d.ID, model.AspectPrivateDNS), now)
	}
}

// comeAndGone marks the objects that came since the last time and notes those
// that went. What was not read then is neither.
func (w *Watcher) comeAndGone(states, was []model.Change, before *model.NetworkStatus, now time.Time) {
	has := func(list []model.Change, c model.Change) bool {
		return slices.ContainsFunc(list, func(o model.Change) bool { return o.Key() == c.Key() })
	}
	read := map[model.Aspect]bool{
		model.AspectKonnect: before.PeeringsRead.Read(), model.AspectPrivateDNS: before.PrivateDNSRead.Read(),
	}
	for i := range states {
		states[i].New = read[states[i].Aspect] && !has(was, states[i])
	}
	for _, c := range was {
		if read[c.Aspect] && !has(states, c) {
			w.o.Log.Add(model.ChangeActivity(w.history.Gone(c, now)))
		}
	}
}

// halfSince is when Azure's half became as it is: as its state, its sync level and its
// last write are together. Azure gives no times, so only the history knows.
func (w *Watcher) halfSince(network, peering safe.Text, now time.Time) model.Since {
	var since model.Since
	for _, aspect := range []model.Aspect{model.AspectAzure, model.AspectSync, model.AspectProvisioning} {
		sight := w.history.Sight(model.ChangeKey{Network: network, Object: peering, Aspect: aspect})
		since = since.With(model.SinceOf(time.Time{}, time.Time{}, sight, now))
	}
	return since
}

// snapshot puts everything together.
func (w *Watcher) snapshot(now time.Time) model.Snapshot {
	order := w.ordered()
	s := model.Snapshot{
		At: now, Context: w.o.Context, Organization: w.k.organization, User: w.k.user, Networks: make([]*model.NetworkStatus, 0, len(order)),
		Konnect: w.konnect.status, Azure: w.azure.status, Remembered: w.remembered(),
		Progress: model.Progress{Listed: len(order), Total: max(w.k.total, len(order)), ListedAll: w.k.listed, HalfTotal: len(w.k.vnets)},
	}
	for _, id := range order {
		n := w.k.networks[id].status
		s.Networks = append(s.Networks, n)
		if n.PeeringCount != 0 {
			s.Progress.DetailTotal++
			if n.PeeringsRead.Read() || n.PeeringsRead.Failure != nil {
				s.Progress.Details++
			}
		}
	}
	s.SignedIn = w.o.Konnect.SignedIn()
	s.SignedIn.Account = w.k.user.Email
	w.addVNets(&s)
	for _, key := range sortedKeys(w.k.failures) {
		s.Failures = append(s.Failures, w.k.failures[key])
	}
	return s
}

// ordered lists the networks by name; it is made anew when names change.
func (w *Watcher) ordered() []safe.Text {
	if w.order == nil {
		w.order = w.k.sortedIDs()
	}
	return w.order
}

// addVNets tells how much of Azure was read, and who is signed in where.
func (w *Watcher) addVNets(s *model.Snapshot) {
	tenants := map[safe.Text]bool{}
	signedOut, answered := 0, 0
	for _, v := range w.k.vnets {
		tenants[v.ref.TenantID] = true
		if v.read.Read() || v.read.Failure != nil {
			s.Progress.Halves++
		}
		switch {
		case v.read.Failure != nil && v.read.Failure.Kind == model.FailureAuth:
			signedOut++
		case v.read.Read() || v.read.Failure != nil:
			answered++
		}
	}
	// A sign-in is a matter of one tenant: Azure as a whole is signed out only
	// when nothing can be read for want of one.
	if signedOut > 0 && answered == 0 && s.Azure.State != model.SourceThrottled && s.Azure.State != model.SourceDown {
		s.Azure.State = model.SourceSignedOut
	}
	for id := range tenants {
		s.Tenants = append(s.Tenants, model.Tenant{ID: id, Identity: w.o.Azure.Identity(id)})
	}
	slices.SortFunc(s.Tenants, func(a, b model.Tenant) int { return a.ID.Compare(b.ID) })
}

func sortedKeys(m map[string]model.Failure) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
