package sandbox

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Lag lets readers learn late of what is written from now on: a write is answered as
// usual and in force at once, so a second one of the same is refused with the service's
// real conflict, and for a while readers are told what was there before. A later Lag of
// the same kinds takes the place of the one before; one without For ends it.
type Lag struct {
	// Of is what shows late: roles, assignments, halves, peerings, private-dns, networks, and
	// services, routes, upstreams, targets of control planes; empty for all of them.
	Of []string `yaml:"of"`
	// For is how long, from each write on.
	For time.Duration `yaml:"for"`
	// Hides is who is told late: lists (also when it is empty), named (a list that asks
	// for one name, of roles, or for one principal, of assignments), reads (a read by the
	// id too).
	Hides string `yaml:"hides"`
	// Flapping: every other look is told what is there, the first one too.
	Flapping bool `yaml:"flapping"`
	// There: so does what is there now, as if it had been written now; networks only where
	// Of names them.
	There bool `yaml:"there"`
}

// The kinds of objects that lists can show late.
const (
	lagRoles       = "roles"
	lagAssignments = "assignments"
	lagHalves      = "halves"
	lagPeerings    = "peerings"
	lagDNS         = "private-dns"
	lagNetworks    = "networks"
	lagServices    = kindServices
	lagRoutes      = kindRoutes
	lagUpstreams   = kindUpstreams
	lagTargets     = kindTargets
)

func lagKinds() []string {
	return []string{lagRoles, lagAssignments, lagHalves, lagPeerings, lagDNS, lagNetworks, lagServices, lagRoutes, lagUpstreams, lagTargets}
}

// The ways of looking, from the one that learns last to the one that learns first.
const (
	hidesNamed = "named"
	hidesLists = "lists"
	hidesReads = "reads"
)

// checkLag says what is wrong with the lag of an event.
func (e Event) checkLag() error {
	if err := e.Lag.check(); err != nil {
		return fmt.Errorf("the event at %s: %w", e.At, err)
	}
	return nil
}

func (l *Lag) check() error {
	if l == nil {
		return nil
	}
	for _, kind := range l.Of {
		if !slices.Contains(lagKinds(), kind) {
			return fmt.Errorf("lag of %q; there are %s", kind, strings.Join(lagKinds(), ", "))
		}
	}
	if ways := []string{"", hidesNamed, hidesLists, hidesReads}; !slices.Contains(ways, l.Hides) {
		return fmt.Errorf("lag hides %q; there are %s", l.Hides, strings.Join(ways[1:], ", "))
	}
	if l.For < 0 {
		return fmt.Errorf("lag for %s", l.For)
	}
	return nil
}

// lateness is how one object shows late.
type lateness struct {
	Lag
	until  time.Time
	looks  int
	before any // what lists show meanwhile; nil: nothing
}

// hides reports whether a look does not learn of the object. It counts as a look.
func (l *lateness) hides(now time.Time, way string) bool {
	if l == nil || !now.Before(l.until) {
		return false
	}
	ways := []string{hidesNamed, hidesLists, hidesReads}
	most := max(slices.Index(ways, l.Hides), 0)
	if l.Hides == "" {
		most = 1
	}
	if slices.Index(ways, way) > most {
		return false
	}
	l.looks++
	return !l.Flapping || l.looks%2 == 0
}

// ghost is an object that is gone, and that lists still show.
type ghost struct {
	kind   string
	owner  any // the tenant, the VNET or the network that it was of
	object any
	until  time.Time
}

// setLag begins or ends a lag.
func (w *World) setLag(l *Lag, now time.Time) {
	if l == nil {
		return
	}
	of := l.Of
	if len(of) == 0 {
		of = lagKinds()
	}
	for _, kind := range of {
		w.lags[kind] = *l
		if l.There && (kind != lagNetworks || len(l.Of) > 0) { // without any network there is nothing to look at
			for _, object := range w.ofKind(kind) {
				w.written(kind, object, nil, now)
			}
		}
	}
}

// ofKind lists all objects of a kind.
func (w *World) ofKind(kind string) []any {
	var out []any
	for _, t := range w.tenants {
		switch kind {
		case lagRoles:
			out = appendAll(out, t.roles)
		case lagAssignments:
			out = appendAll(out, t.assignments)
		}
	}
	if kind == lagNetworks {
		out = appendAll(out, w.networks)
	}
	for _, n := range w.networks {
		switch kind {
		case lagPeerings:
			out = appendAll(out, n.peerings)
		case lagDNS:
			out = appendAll(out, n.dns)
		}
	}
	for _, p := range w.planes {
		out = appendAll(out, p.entities[kind])
	}
	for _, v := range w.vnets {
		if kind == lagHalves {
			out = appendAll(out, v.peerings)
		}
	}
	return out
}

func appendAll[T any](out []any, list []T) []any {
	for _, item := range list {
		out = append(out, item)
	}
	return out
}

// written tells the world that an object was made or changed now. Before is what lists
// show while they lag, nil for nothing.
func (w *World) written(kind string, object, before any, now time.Time) {
	if l := w.lags[kind]; l.For > 0 {
		w.late[object] = &lateness{Lag: l, until: now.Add(l.For), before: before}
	}
}

// removed tells the world that an object is gone.
func (w *World) removed(kind string, owner, object any, now time.Time) {
	delete(w.late, object)
	if l := w.lags[kind]; l.For > 0 {
		w.ghosts = append(w.ghosts, ghost{kind: kind, owner: owner, object: object, until: now.Add(l.For)})
	}
}

// hidden reports whether a look does not learn of an object yet.
func (w *World) hidden(object any, way string) bool {
	return w.late[object].hides(w.clock.Now(), way)
}

// lagging is a list as a look is shown it: without what shows late, and with what is gone
// and shows still. What shows late as it was before is that.
func lagging[T any](w *World, kind string, owner any, list []T, way string) []T {
	out := make([]T, 0, len(list))
	for _, item := range list {
		switch {
		case !w.hidden(item, way):
			out = append(out, item)
		case w.late[item].before != nil:
			if old, ok := w.late[item].before.(T); ok {
				out = append(out, old)
			}
		}
	}
	for _, g := range w.ghosts {
		if item, ok := g.object.(T); ok && g.kind == kind && g.owner == owner && w.clock.Now().Before(g.until) {
			out = append(out, item)
		}
	}
	return out
}

// shown is a VNET with the peerings that a look is shown.
func (w *World) shown(v *vnet) *vnet {
	out := *v
	out.peerings = lagging(w, lagHalves, v, v.peerings, hidesLists)
	return &out
}
