package watch

import (
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Changes gives the time line, the latest only. It is closed when Run ends.
func (w *Watcher) Changes() <-chan changes.View { return w.views }

// Look tells that the person looks at the time line now, or looks away from it.
func (w *Watcher) Look(here bool) { w.wish(func(a *wishes) { a.looks = append(a.looks, here) }) }

// Note puts something into the time line that no cloud has a state of.
func (w *Watcher) Note(c model.Change) {
	w.wish(func(a *wishes) { a.notes = append(a.notes, c) })
}

func (w *Watcher) grantNotes(asked wishes) {
	if len(asked.notes)+len(asked.looks) == 0 {
		return
	}
	at := w.o.Time.At(w.now())
	for _, c := range asked.notes {
		w.history.Note(w.ofNetwork(c), at)
		w.dirty = true // it is written with the next snapshot
	}
	for _, here := range asked.looks {
		if w.opened() {
			w.history.Look(here, at)
		}
	}
}

// ofNetwork gives a change the id of its network, which it has the name or the id of.
func (w *Watcher) ofNetwork(c model.Change) model.Change {
	if !c.Network.IsEmpty() || c.NetworkName.IsEmpty() {
		return c
	}
	for id, n := range w.k.networks {
		if id == c.NetworkName || n.network.Name == c.NetworkName {
			c.Network, c.NetworkName = id, n.network.Name
			return c
		}
	}
	return c
}

// opened reports whether the history is the organization's, and not one that stands in for
// it until it is known whose it is.
func (w *Watcher) opened() bool {
	return w.o.History == nil || !w.k.organization.ID.IsEmpty()
}

// publishChanges offers the time line when it is another one.
func (w *Watcher) publishChanges() {
	edition := w.history.Edition() + 1
	if w.once || w.viewed == edition || !w.opened() {
		return
	}
	w.viewed = edition
	v := w.attribute(w.history.View())
	select {
	case <-w.views:
	default:
	}
	w.views <- v // there is room: nobody else sends
}

// watching notes that somebody watches, and how the reading of each service goes.
func (w *Watcher) watching(now time.Time) {
	if w.once || !w.opened() {
		return
	}
	w.history.Watched(now)
	for _, s := range []*source{w.konnect, w.azure} {
		c := model.Change{Object: safe.New(s.service), ObjectName: safe.New(s.service), Aspect: model.AspectReading}
		switch s.status.State {
		case model.SourceLive:
			w.history.Read(c, now)
		case model.SourceDown, model.SourceSignedOut:
			w.history.Read(unread(c, s.status.State.String(), s.status.Failure), now)
		case model.SourceIdle, model.SourceConnecting, model.SourceThrottled: // nothing is known anew
		}
	}
	w.watchingTenants(now)
}

// watchingTenants notes which tenants refuse the sign-in: all that is in one cannot be read
// for the same reason, and that is one change.
func (w *Watcher) watchingTenants(now time.Time) {
	refused, read := map[safe.Text]*model.Failure{}, map[safe.Text]bool{}
	for _, v := range w.k.vnets {
		switch f := v.read.Failure; {
		case f != nil && f.Kind == model.FailureAuth:
			refused[v.ref.TenantID] = f
		case f == nil && v.read.Read():
			read[v.ref.TenantID] = true
		}
	}
	of := func(id safe.Text) model.Change {
		return model.Change{Object: id, ObjectName: safe.New("Azure tenant " + id.Raw()), Aspect: model.AspectReading}
	}
	for id, f := range refused {
		w.history.Read(unread(of(id), model.SourceSignedOut.String(), f), now)
	}
	for id := range read {
		if refused[id] == nil {
			w.history.Read(of(id), now)
		}
	}
}

// unread is a reading that failed. The word decides whether it is the same as before.
func unread(c model.Change, word string, f *model.Failure) model.Change {
	c.To = safe.New(word)
	if f != nil {
		c.Code, c.Reason = f.FindingCode(), f.Cause
	}
	return c
}

// tell puts into the time line what became other in a network beside its states.
func (w *Watcher) tell(s *model.NetworkStatus, n *known, now time.Time) {
	if !w.once {
		w.tellMissed(s, now)
	}
	for _, j := range model.Findings(*s, w.waysRead(n)) {
		w.history.Judge(j, now)
	}
	if n.dnsRead.Read() && !n.tabled && w.opened() {
		n.tabled = true
		w.tellTables(s, now)
	}
	if !w.once {
		w.tellReadings(s, now)
	}
}

// tellMissed puts into the time line what went while nobody watched.
func (w *Watcher) tellMissed(s *model.NetworkStatus, now time.Time) {
	if p := s.PeeringsRead; p.Read() && p.Failure == nil {
		w.history.Missed(s.ID, model.AspectKonnect, func(id safe.Text) bool {
			return slices.ContainsFunc(s.Peerings, func(p model.PeeringStatus) bool { return p.ID == id })
		}, now)
	}
	if p := s.PrivateDNSRead; p.Read() && p.Failure == nil {
		w.history.Missed(s.ID, model.AspectPrivateDNS, func(id safe.Text) bool {
			return slices.ContainsFunc(s.PrivateDNS, func(d model.PrivateDNSStatus) bool { return d.ID == id })
		}, now)
	}
}

// waysRead reports whether routes and rules of all VNETs of a network were read.
func (w *Watcher) waysRead(n *known) bool {
	for _, key := range n.vnets {
		if v := w.k.vnets[key]; v == nil || !v.rulesRead {
			return false
		}
	}
	return n.peeringsRead.Read()
}

// tellTables compares the tables of the resolvers with those that are known. That of a
// peering cannot change.
func (w *Watcher) tellTables(s *model.NetworkStatus, now time.Time) {
	for i := range s.PrivateDNS {
		d := &s.PrivateDNS[i]
		if d.Kind.Zone() {
			continue
		}
		of := model.Change{Network: s.ID, NetworkName: s.Name, Object: d.ID, ObjectName: d.Name}
		w.history.Table(of, d.DNS, func(before []model.DNSMapping, since time.Time) bool {
			return w.o.Wrote != nil && w.o.Wrote(s.ID, d.ID, before, d.DNS, since)
		}, now)
	}
}

// tellReadings notes which parts of a network cannot be read for a reason of their own.
func (w *Watcher) tellReadings(s *model.NetworkStatus, now time.Time) {
	part := func(name string, p model.Part) {
		w.tellReading(model.Change{Network: s.ID, NetworkName: s.Name, Object: safe.New(name), ObjectName: safe.New(name)}, p.Read() && p.Failure == nil, p.Failure, now)
	}
	part("peerings", s.PeeringsRead)
	part("private DNS", s.PrivateDNSRead)
	for i := range s.Peerings {
		p := &s.Peerings[i]
		of := model.Change{Network: s.ID, NetworkName: s.Name, Object: p.ID, ObjectName: safe.New(p.Name.Or(p.ID.Raw()).Raw() + ", Azure's half")}
		w.tellReading(of, p.Azure.Status == model.HalfPresent || p.Azure.Status == model.HalfAbsent || p.Azure.Status == model.HalfNoVNet, p.Azure.Failure, now)
	}
}

func (w *Watcher) tellReading(of model.Change, read bool, f *model.Failure, now time.Time) {
	of.Aspect = model.AspectReading
	switch {
	case read:
		w.history.Read(of, now)
	case f != nil && ofOne(*f):
		w.history.Read(unread(of, string(f.Kind), f), now)
	}
}

// ofOne reports whether a failure is about the one thing that was asked for, and not about
// the service or the sign-in, which are told once for all.
func ofOne(f model.Failure) bool {
	switch f.Kind {
	case model.FailurePermission, model.FailureConflict, model.FailureInvalid, model.FailureContract:
		return true
	default:
		return false
	}
}
