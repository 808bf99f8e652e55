package setup

import (
	"sync"

	"peerdeck/model"
)

// feed carries runs to whoever shows them. The newest snapshot of a run takes the
// place of an older one that nobody has taken yet, so a slow reader never holds the
// run up; a run's last snapshot stays until it is taken.
type feed struct {
	mu  sync.Mutex
	out chan model.Run
}

// feedSlots is one for the run in hand, and some for the ends of runs before it.
const feedSlots = 8

func newFeed() *feed { return &feed{out: make(chan model.Run, feedSlots)} }

func (f *feed) put(r model.Run) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var kept []model.Run
	for {
		select {
		case old := <-f.out:
			if old.ID != r.ID && old.Over() {
				kept = append(kept, old)
			}
			continue
		default:
		}
		break
	}
	kept = append(kept, r)
	for _, k := range kept[max(0, len(kept)-feedSlots):] {
		f.out <- k
	}
}

func (f *feed) close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	close(f.out)
}
