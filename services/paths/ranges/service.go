package ranges

import (
	"context"
	"sync"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/paths/ranges"
	"github.com/peerdeck/peerdeck/services/run/feed"
	"github.com/peerdeck/peerdeck/services/run/work"
)

// Service reads for a screen, as often as it is asked, one reading at a time.
type Service struct {
	reader *Reader
	group  *work.Group
	feed   *feed.Feed[ranges.View]

	mu     sync.Mutex
	number int
	stop   context.CancelFunc // of the reading in hand; nil: there is none
}

// NewService returns the service of a reader. It ends with ctx, or with Close.
func NewService(ctx context.Context, r *Reader) *Service {
	return &Service{
		reader: r, group: work.NewGroup(ctx, r.o.Report),
		feed: feed.New(func(a, b ranges.View) bool { return a.Number == b.Number }, ranges.View.Over),
	}
}

// Look begins a reading and returns its number. While one goes on it does nothing.
func (s *Service) Look() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stop != nil {
		return s.number
	}
	s.number++
	number := s.number
	ctx, stop := context.WithCancel(s.group.Context())
	s.stop = stop
	s.feed.Put(ranges.View{Number: number, State: ranges.Reading, Doing: "reading who has which ranges"})
	s.group.Go("looking for free ranges", func(context.Context) {
		read, err := s.reader.Read(ctx, func(doing string) {
			s.feed.Put(ranges.View{Number: number, State: ranges.Reading, Doing: doing})
		})
		cancelled := ctx.Err() != nil
		stop()
		s.mu.Lock()
		s.stop = nil
		s.mu.Unlock()
		v := ranges.View{Number: number, State: ranges.Done, Read: read}
		if err != nil {
			f, _ := model.AsFailure(err)
			v.Failure, v.State = &f, ranges.Failed
		}
		if cancelled {
			v = ranges.View{Number: number, State: ranges.Cancelled}
		}
		s.feed.Put(v)
	})
	return number
}

// Cancel ends the reading in hand.
func (s *Service) Cancel() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stop != nil {
		s.stop()
	}
}

// Views delivers how the reading stands.
func (s *Service) Views() <-chan ranges.View { return s.feed.Out() }

// Close ends the reading in hand.
func (s *Service) Close() {
	s.group.Stop()
	s.feed.Close()
}
