package watch

import (
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Known is where it is kept which findings somebody knows of.
type Known interface {
	// Look reads again what has changed, and reports whether it has. The error says what of
	// it cannot be used.
	Look(now time.Time) (changed bool, err error)
	// Next is when the time of the next of them is over; zero for none that has an end.
	Next(now time.Time) time.Time
	// Mark has the findings of a network say what somebody knows of them.
	Mark(n *model.NetworkStatus, now time.Time)
}

// lookKnown judges everything anew when somebody knows of other findings than before, or the
// time of one is over.
// At is when that is judged.
func (w *Watcher) lookKnown(now, at time.Time) {
	if w.o.Known == nil {
		return
	}
	changed, err := w.o.Known.Look(at)
	if over := !w.knownNext.IsZero() && !now.Before(w.knownNext); changed || over {
		w.soilAll()
	}
	w.knownNext = time.Time{}
	if next := w.o.Known.Next(at); !next.IsZero() {
		w.knownNext = now.Add(next.Sub(at))
	}
	const key = "known problems"
	if err == nil {
		if _, was := w.k.failures[key]; was {
			delete(w.k.failures, key)
			w.dirty = true
		}
		return
	}
	if f, was := w.k.failures[key]; !was || f.Cause.String() != err.Error() {
		w.fail(key, model.Failure{
			Kind: model.FailureInvalid, Operation: "read the known problems", Cause: safe.New(err.Error()), Cure: model.CureKnownFile,
		}, now)
		w.dirty = true
	}
}

// soilAll has every network judged anew by what is known.
func (w *Watcher) soilAll() {
	for _, n := range w.k.networks {
		n.dirty = true
	}
	w.dirty = true
}
