package journal

import (
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/setup"

	"github.com/peerdeck/peerdeck/model/safe"
)

// Made lists what the run has made, as far as its journal tells. A write whose
// outcome is missing or unsure counts: it may have taken effect, and whoever tears
// down looks before it deletes.
func (r Record) Made() []setup.Made {
	outcomes := map[int]Entry{}
	for _, e := range r.Entries {
		if e.Kind == Outcome {
			outcomes[e.Number] = e
		}
	}
	var made []setup.Made
	for _, e := range r.Entries {
		switch e.Kind {
		case Intent:
			made = take(made, e, outcomes[e.Number])
		case Found:
			made = put(made, setup.Made{Step: e.Step, Kind: e.Object, ID: e.ID, Name: e.Name, At: e.At, Changed: e.Changed})
		case Gone:
			made = gone(made, e)
		case Begin, Step, Outcome, Accepted, Place, End:
		}
	}
	return made
}

// take adds what an intent brought about.
func take(made []setup.Made, intent, outcome Entry) []setup.Made {
	refused := !outcome.Error.IsEmpty() && !outcome.Unsure
	if intent.Deletes || refused || intent.Object == "" || !intent.Object.Kept() {
		return made
	}
	m := setup.Made{Step: intent.Step, Kind: intent.Object, ID: intent.ID, Name: intent.Name, At: intent.At, Changed: intent.Changed}
	if !outcome.ID.IsEmpty() {
		m.ID = outcome.ID
	}
	return put(made, m)
}

// put keeps one entry for each object. What was made first stays made, also when
// it was changed afterwards.
func put(made []setup.Made, m setup.Made) []setup.Made {
	i := slices.IndexFunc(made, func(o setup.Made) bool { return o.Is(m.Kind, m.ID, m.Name) })
	if i < 0 {
		return append(made, m)
	}
	m.Changed = m.Changed && (made[i].Changed || made[i].Gone)
	if m.ID.IsEmpty() {
		m.ID = made[i].ID
	}
	made[i] = m
	return made
}

func gone(made []setup.Made, e Entry) []setup.Made {
	for i := range made {
		if made[i].Is(e.Object, e.ID, e.Name) {
			made[i].Gone = true
		}
	}
	return made
}

// Open returns the last intent of a step for a kind of object whose outcome is
// missing or unsure.
func (r Record) Open(step setup.StepID, kind model.ObjectKind) (Entry, bool) {
	answered := map[int]bool{}
	for _, e := range r.Entries {
		if e.Kind == Found || (e.Kind == Outcome && !e.Unsure) {
			answered[e.Number] = true
		}
	}
	for _, e := range slices.Backward(r.Entries) {
		if e.Kind == Intent && e.Step == step && e.Object == kind && !answered[e.Number] {
			return e, true
		}
	}
	return Entry{}, false
}

// Domains lists the domains that the run has put into the resolver.
func (r Record) Domains() []safe.Text {
	var out []safe.Text
	for _, e := range r.Entries {
		if e.Kind == Intent && !e.Deletes {
			for _, d := range e.Domains {
				if !slices.Contains(out, d) {
					out = append(out, d)
				}
			}
		}
	}
	return out
}
