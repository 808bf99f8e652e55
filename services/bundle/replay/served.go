package replay

import (
	"context"
	"sync"
	"time"

	"github.com/peerdeck/peerdeck/services/bundle"
	dnsprobe "github.com/peerdeck/peerdeck/services/dns/probe"
	"github.com/peerdeck/peerdeck/services/run/attempt"
)

const (
	// together is within which time two questions were asked at the same time, on a machine
	// that is busy.
	together = 5 * time.Second
	// patience is how long, by the recorded time, an answer is held back for the one that
	// came before it and that nobody asks for now.
	patience = 20 * time.Second
)

// served is a recorded answer of a DNS server. A prober asks over UDP and TCP at the same
// time, and which answers first decides how it goes on. So the answer that came second
// comes second again, however busy this machine is.
type served struct {
	answer bundle.DNSAnswer
	other  *served       // over the other transport; nil: it was asked over one
	over   chan struct{} // closed when it was served
	once   sync.Once
}

// wait waits until the answer is to be served.
func (s *served) wait(ctx context.Context, c attempt.Clock) error {
	defer s.once.Do(func() { close(s.over) })
	if s.other == nil || !s.second() {
		return attempt.Pause(ctx, c, time.Duration(s.answer.Took))
	}
	if err := attempt.Until(ctx, c, s.other.over, patience); err != nil {
		return err
	}
	if s.answer.Over == "udp" {
		// The prober waits for it by the machine's clock, and must have given it up.
		const clearly = 2 * dnsprobe.Grace
		return attempt.Pause(ctx, attempt.Machine{}, clearly)
	}
	return attempt.Pause(ctx, c, dnsprobe.Grace)
}

// second reports whether the prober took the other answer for the first one: that over UDP
// is, unless it came much later.
func (s *served) second() bool {
	later := s.ended().Sub(s.other.ended())
	if s.answer.Over == "udp" {
		return later > dnsprobe.Grace
	}
	return later >= -dnsprobe.Grace
}

func (s *served) ended() time.Time { return s.answer.At.Add(time.Duration(s.answer.Took)) }
