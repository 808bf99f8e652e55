package mappings

import (
	"context"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/run/attempt"
)

// Sender is the one way in which the map of a resolver is changed: whoever wants to, a
// [Writer] or a step of a set-up, makes a [Plan] of a look at it and has it sent here.
// So each such request leaves under the lock of this machine, right after the resolver
// was read, only while its map is the one that the plan was made from, and with what was
// there kept as a restore point. It is safe for use by many goroutines.
type Sender struct {
	konnect Konnect
	store   *Store
	clock   attempt.Clock
}

// NewSender returns a sender. The client must not retry by itself. A nil store keeps
// nothing beyond the program, a nil clock is the time of this machine.
func NewSender(k Konnect, s *Store, c attempt.Clock) *Sender {
	if s == nil {
		s = NewStore("")
	}
	if c == nil {
		c = attempt.Machine{}
	}
	return &Sender{konnect: k, store: s, clock: c}
}

// Write makes the request of a plan: a new resolver where the target names none, else
// the whole map, with what peerdeck does not know of it save what the plan leaves out.
func (s *Sender) Write(p Plan) model.Write {
	if p.Delete {
		return s.konnect.DeletePrivateDNSWrite(p.Target.Network, p.Target.Resolver)
	}
	rows := dnstable.ToMappings(dnstable.RowsWithout(p.sent(), p.Without))
	if p.Target.Resolver.IsEmpty() {
		return s.konnect.CreateResolverWrite(p.Target.Network, p.Target.ResolverName, rows)
	}
	return s.konnect.PatchResolverWrite(p.Target.Network, p.Target.Resolver, rows, dnstable.WithoutMembers(p.Now.Unknown, p.Without))
}

// Open keeps every other peerdeck on this machine from writing a table of the network,
// until the returned value is closed. It fails with [ErrBusy] while somebody does.
func (s *Sender) Open(ctx context.Context, network safe.Text) (*Locked, error) {
	release, err := s.store.Lock(ctx, network)
	if err != nil {
		return nil, err
	}
	return &Locked{sender: s, release: release}, nil
}
