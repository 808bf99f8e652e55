package mappings

import (
	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/run/attempt"
)

// verify looks until the resolver is ready and its table is the one that was sent, or
// until it is plain that it will not be.
func (j *job) verify(p Plan, id safe.Text, doubt *model.Failure) ending {
	j.state(dnstable.ApplyWaiting)
	r := p.ReadBack(j.writer.o.Clock.Now(), j.gone(), doubt)
	for n := 1; ; n++ {
		now, there, err := j.look(id)
		if err != nil && (!isDeleted(err) || !j.order.Target.Resolver.IsEmpty()) { // a new one may show late
			return j.blind(err, doubt)
		}
		if there {
			j.update(func(a *dnstable.Apply) { a.Resolver = now })
		}
		if v, over := r.Look(now, there, j.writer.o.Clock.Now()); over {
			return j.judged(v)
		}
		if err := j.hold(r.Why(now), attempt.Looking().Wait(n, model.Failure{}, nil)); err != nil {
			return j.interrupted()
		}
	}
}

// judged is the ending of an order that was read back.
func (j *job) judged(v Verdict) ending {
	for _, note := range v.Notes {
		j.remark(note)
	}
	if !v.Line.Text.IsEmpty() {
		j.sayf(v.Line.Tone, "%s", v.Line.Text)
	}
	return ending{state: v.State, failure: v.Failure, theirs: v.Theirs, left: v.Left, written: v.Written, open: v.Open}
}

// blind is the ending of an order whose table cannot be read back.
func (j *job) blind(err error, doubt *model.Failure) ending {
	if j.ctx.Err() != nil {
		return j.interrupted()
	}
	f, _ := model.AsFailure(err)
	end := ending{state: dnstable.ApplyFailed, failure: &f, written: true, open: !isDeleted(err)}
	if !isDeleted(err) {
		f.Cure = model.CureNotReadBack(doubt == nil, f.Cure)
	}
	j.sayf(model.LineTrouble, "%s", f.Error())
	return end
}
