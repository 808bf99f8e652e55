package watch

import (
	"context"
	"time"

	"github.com/peerdeck/peerdeck/model"
)

// Memory keeps the list of networks from one program to the next.
type Memory interface {
	// Short reports whether that takes no time that a person notices.
	Short() bool
	// Recall returns what was kept last, nil for nothing.
	Recall() *model.Remembered
	// Keep keeps the list in the place of the one before.
	Keep(list model.Remembered)
}

// rememberEvery is how often the list is kept while somebody watches: a program that is
// killed loses no more than that.
const rememberEvery = 5 * time.Minute

// memory is the watcher's use of a Memory.
type memory struct {
	of     Memory            // nil for none
	list   *model.Remembered // of an earlier program, until there is an answer
	kept   time.Time         // when the list was last kept
	unkept *model.Snapshot   // whole, and newer than what is kept

	recalled bool // before Run
}

// Remember lets the watcher show what an earlier program read until the first answer comes,
// and keep what it reads itself. It is called before Run, which alone remembers: who looks
// once wants to know how things are now. It returns what a first frame can show; where there
// is too much to be read before that, nothing, and the first snapshot has it.
func (w *Watcher) Remember(m Memory) model.Snapshot {
	w.memory.of = m
	if w.memory.recalled = m.Short(); w.memory.recalled {
		w.memory.list = m.Recall()
	}
	return model.Snapshot{Context: w.o.Context, Konnect: model.SourceStatus{State: model.SourceConnecting}, Remembered: w.memory.list}
}

// recall reads what was kept, beside the first requests, which do not wait for it.
func (w *Watcher) recall() {
	m := w.memory.of
	if m == nil || w.memory.recalled {
		return
	}
	w.group.Go("reading which networks there were", func(ctx context.Context) {
		if list := m.Recall(); list != nil {
			w.send(ctx, outcome{source: w.konnect, apply: func(time.Time) { w.memory.list = list }})
		}
	})
}

// remembered is what stands in for an answer that has not come. It goes when the first part
// of the list is there, and when the networks turn out to be those of somebody else.
func (w *Watcher) remembered() *model.Remembered {
	list := w.memory.list
	if list == nil {
		return nil
	}
	if len(w.k.networks) > 0 || w.k.listed || !w.k.organization.ID.IsEmpty() && !list.Of(w.k.organization) {
		w.memory.list = nil
	}
	return w.memory.list
}

// learn keeps a snapshot that was read whole, now and then: a list that is still being read
// would forget the rest.
func (m *memory) learn(s *model.Snapshot, now time.Time) {
	if m.of == nil || !s.Progress.Complete() {
		return
	}
	if m.unkept = s; m.kept.IsZero() || now.Sub(m.kept) >= rememberEvery {
		m.kept = now
		m.last()
	}
}

// last keeps what is not kept yet.
func (m *memory) last() {
	if m.unkept == nil {
		return
	}
	m.of.Keep(m.unkept.Remember())
	m.unkept = nil
}
