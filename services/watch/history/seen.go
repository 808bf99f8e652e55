package history

import (
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// thing is an object of a network, or the network itself, whatever is asked about it. There
// are very many, so what is known of one is kept in a few bytes.
type thing struct{ network, object safe.Text }

func thingOf(c model.Change) thing { return thing{c.Network, c.Object} }

// seen is what is known of a thing beside its states.
type seen struct {
	checked uint32 // the aspects that were compared since somebody watches, a bit each
	there   bool   // it was there before it was compared
	earlier bool   // it was so before this watching, and did not come in it
}

// bit is that of an aspect.
func bit(a model.Aspect) uint32 {
	return 1 << (1 + slices.Index([]model.Aspect{
		model.AspectNetwork, model.AspectKonnect, model.AspectAzure, model.AspectSync, model.AspectProvisioning, model.AspectPrivateDNS,
		model.AspectFinding, model.AspectMappings, model.AspectProbe, model.AspectWays, model.AspectWaysRead, model.AspectReading, model.AspectTable,
	}, a))
}

// check notes that an aspect of a thing is compared, and reports whether that is for the
// first time since somebody watches.
func (s *Store) check(c model.Change) bool {
	t := thingOf(c)
	was := s.seen[t]
	first := was.checked&bit(c.Aspect) == 0
	if first {
		was.checked |= bit(c.Aspect)
		s.seen[t] = was
	}
	return first
}

// exists notes that a thing is there: since before this watching (earlier), or since it came
// in it.
func (s *Store) exists(t thing, earlier bool) {
	was := s.seen[t]
	was.there, was.earlier = true, earlier
	s.seen[t] = was
}

// look begins a time of watching: what is compared from now on may have changed in a time
// in which nobody watched, and what was there before that is known.
func (s *Store) look() {
	for t, was := range s.seen {
		s.seen[t] = seen{there: was.there || was.checked != 0, earlier: was.earlier || was.checked != 0}
	}
}

// await keeps in mind that an object was there when somebody watched last.
func (s *Store) await(c model.Change) {
	if c.Aspect != model.AspectKonnect && c.Aspect != model.AspectPrivateDNS {
		return
	}
	if s.awaited == nil {
		s.awaited = map[safe.Text][]model.Change{}
	}
	s.awaited[c.Network] = append(s.awaited[c.Network], c)
}

// Missed notes which objects of a network went while nobody watched, when those of an aspect
// are read whole for the first time: there are those that are present.
func (s *Store) Missed(network safe.Text, aspect model.Aspect, present func(object safe.Text) bool, now time.Time) {
	var left []model.Change
	for _, c := range s.awaited[network] {
		switch {
		case c.Aspect != aspect:
			left = append(left, c)
		case !present(c.Object):
			c.Gap, c.New = true, false
			s.Gone(c, now)
		}
	}
	if left == nil {
		delete(s.awaited, network)
		return
	}
	s.awaited[network] = left
}
