package doctor

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model/doctor"
)

// answered takes the checks of a question and tells how the report stands.
func (l *look) answered(q question, checks []doctor.Check) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if i := slices.Index(l.open, q); i >= 0 {
		l.open = slices.Delete(l.open, i, i+1)
	}
	for i, c := range checks {
		l.ranked = append(l.ranked, ranked{rank: q.rank, order: q.order + i, check: c})
	}
	if l.tell != nil {
		l.tell(l.now())
	}
}

// now is the report as it stands, in the order of the way.
func (l *look) now() doctor.Report {
	r := l.report
	list := slices.Clone(l.ranked)
	areas := doctor.Areas()
	slices.SortStableFunc(list, func(a, b ranked) int {
		return cmp.Or(
			slices.Index(areas, a.check.Area)-slices.Index(areas, b.check.Area),
			a.rank-b.rank,
			strings.Compare(a.check.Subject.Raw(), b.check.Subject.Raw()),
			a.order-b.order,
			strings.Compare(a.check.Topic, b.check.Topic),
		)
	})
	r.Checks = make([]doctor.Check, 0, len(list))
	for _, c := range list {
		if slices.ContainsFunc(r.Checks, func(o doctor.Check) bool { return doctor.SameSignIn(o, c.check) }) {
			continue // one door, said once
		}
		r.Checks = append(r.Checks, c.check)
	}
	r.Open = nil
	for _, q := range l.open {
		if !slices.Contains(r.Open, q.topic) {
			r.Open = append(r.Open, q.topic)
		}
	}
	slices.Sort(r.Open)
	return r
}

// end closes the report: what has not answered is said to have not.
func (l *look) end(ctx context.Context) doctor.Report {
	l.mu.Lock()
	defer l.mu.Unlock()
	if ctx.Err() != nil {
		l.report.Cut = true
		for _, q := range l.open {
			l.ranked = append(l.ranked, ranked{rank: q.rank, check: doctor.CutShort(q.area, q.topic, l.o.Now().Sub(l.begun))})
		}
	}
	l.open = nil
	l.report.Over = true
	r := l.now()
	if l.tell != nil {
		l.tell(r)
	}
	return r
}
