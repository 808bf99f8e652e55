package doctor

import (
	"context"
	"time"

	"github.com/peerdeck/peerdeck/model/doctor"
	"github.com/peerdeck/peerdeck/services/run/feed"
	"github.com/peerdeck/peerdeck/services/run/work"
)

// patience is how long a look may take where nobody says otherwise.
const patience = 30 * time.Second

// Service looks for a screen, as often as it is asked, one look at a time.
type Service struct {
	fresh func() *Doctor
	group *work.Group
	feed  *feed.Feed[doctor.Report]
	busy  chan struct{} // holds one item while a look goes on
}

// NewService returns a service that makes a doctor for each look, so that it knows what
// the program has learned by then. It ends with ctx, or with Close.
func NewService(ctx context.Context, fresh func() *Doctor, report func(work.Panic)) *Service {
	return &Service{
		fresh: fresh, group: work.NewGroup(ctx, report), busy: make(chan struct{}, 1),
		feed: feed.New(func(a, b doctor.Report) bool { return a.At.Equal(b.At) }, func(r doctor.Report) bool { return r.Over }),
	}
}

// Look begins a look. While one goes on it does nothing.
func (s *Service) Look() {
	select {
	case s.busy <- struct{}{}:
	default:
		return
	}
	s.group.Go("looking at every way in", func(ctx context.Context) {
		defer func() { <-s.busy }()
		within, cancel := context.WithTimeout(ctx, patience)
		defer cancel()
		s.fresh().Look(within, s.feed.Put)
	})
}

// Reports delivers how a look stands.
func (s *Service) Reports() <-chan doctor.Report { return s.feed.Out() }

// Close ends the look in hand.
func (s *Service) Close() {
	s.group.Stop()
	s.feed.Close()
}
