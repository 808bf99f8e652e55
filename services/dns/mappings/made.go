package mappings

import (
	"context"
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

// madeWire is a resolver that was made from this machine. Lists of Konnect may show it late,
// and a second one must not be made because of that.
type madeWire struct {
	ID text      `json:"id"`
	At time.Time `json:"at"`
}

const (
	madeKind = "resolvers made of a network"
	maxMade  = 20 // of a network
)

func madeName(network safe.Text) string { return "made/" + hash(network) + ".json" }

// madeHere lists the resolvers of a network that were made from this machine, the newest first.
// What cannot be read is as if nothing had been made: then the list of Konnect decides.
func (s *Store) madeHere(network safe.Text) []madeWire {
	var list []madeWire
	data, err := s.disk.Get(madeName(network))
	if err != nil || unseal(madeKind, data, &list) != nil {
		return nil
	}
	return list
}

// noteMade remembers a resolver that was made, noteGone forgets one that was deleted. It is a
// help against late lists only, so an order does not fail over it.
func (s *Store) noteMade(network, id safe.Text, at time.Time) {
	if id.IsEmpty() {
		return
	}
	s.putMade(network, append([]madeWire{{text{id}, at}}, s.madeHere(network)...))
}

func (s *Store) noteGone(network, id safe.Text) {
	list := s.madeHere(network)
	if rest := slices.DeleteFunc(slices.Clone(list), func(m madeWire) bool { return m.ID.Text == id }); len(rest) < len(list) {
		s.putMade(network, rest)
	}
}

func (s *Store) putMade(network safe.Text, list []madeWire) {
	if data, err := seal(madeKind, list[:min(len(list), maxMade)]); err == nil {
		_ = s.disk.Put(madeName(network), data)
	}
}

// unlisted reads the resolvers by their ids that were made from this machine, when the list
// shows none. One that was made a moment ago is not gone because a look does not show it.
func (l *Locked) unlisted(ctx context.Context, t dnstable.Target) (now model.PrivateDNS, there bool, err error) {
	for _, m := range l.sender.store.madeHere(t.Network) {
		now, err := l.sender.konnect.PrivateDNSByID(ctx, t.Network, m.ID.Text)
		switch {
		case err == nil && stays(now):
			return now, true, nil
		case err != nil && !isDeleted(err):
			return now, false, err
		case err != nil && l.sender.clock.Now().Sub(m.At) < shownTime:
			return now, false, model.Failure{
				Kind: model.FailureConflict, Operation: "look for the resolver of network", Subject: t.NetworkName.Or(t.Network.Raw()), Retryable: true,
				Cause: safe.New("this machine made a resolver there a moment ago (" + m.ID.Raw() + "), and Konnect does not show it yet; another one would be a second"),
				Cure:  model.CureApplyWhenShown,
			}
		}
	}
	return model.PrivateDNS{}, false, nil
}

// stays reports whether a private DNS is an outbound resolver that is not on its way out.
func stays(p model.PrivateDNS) bool {
	return p.Kind == model.KindAzureResolver && p.State != model.PrivateDNSTerminated && p.State != model.PrivateDNSTerminating
}
