package mappings

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"peerdeck/model"
	dnstable "peerdeck/model/dns/table"
	"peerdeck/model/safe"
	"peerdeck/model/setup"
)

const (
	readyTime   = 10 * time.Minute // for a resolver to get ready after a write
	visibleTime = time.Minute      // for a write to show at a resolver at rest
	steadyLooks = 3                // at a table that is neither the old nor the new one
)

// watch is what is looked at after a write.
type watch struct {
	before   model.PrivateDNS
	old      []dnstable.Row
	sent     []dnstable.Row
	wrote    bool           // this order has sent it
	doubt    *model.Failure // why it is not known whether the write took effect; nil: it was accepted
	began    time.Time
	restedAt time.Time // since when the resolver is at rest and the table another one
	last     []dnstable.Row
	steady   int // looks at the same table
}

// verify looks until the resolver is ready and its table is the one that was sent, or
// until it is plain that it will not be.
func (j *job) verify(before model.PrivateDNS, id safe.Text, sent []dnstable.Row, doubt *model.Failure) ending {
	j.state(dnstable.ApplyWaiting)
	w := watch{before: before, old: j.rows(before), sent: dnstable.RowsWithout(sent, j.order.Without), wrote: j.gone(), doubt: doubt, began: j.writer.o.Clock.Now()}
	wait := time.Second
	for {
		now, there, err := j.look(id)
		if err != nil && (!isDeleted(err) || !j.order.Target.Resolver.IsEmpty()) { // a new one may show late
			return j.blind(err, doubt)
		}
		if there {
			j.update(func(a *dnstable.Apply) { a.Resolver = now })
		}
		if end, over := j.judge(&w, now, there); over {
			return end
		}
		why := fmt.Sprintf("the resolver is %s", now.State)
		if !w.restedAt.IsZero() {
			why = "the table does not show the change yet"
		}
		if err := j.hold(why, wait, 0, 0); err != nil {
			return j.interrupted()
		}
		wait = min(2*wait, lookEvery)
	}
}

// blind is the ending of an order whose table cannot be read back.
func (j *job) blind(err error, doubt *model.Failure) ending {
	if j.ctx.Err() != nil {
		return j.interrupted()
	}
	f, _ := model.AsFailure(err)
	end := ending{state: dnstable.ApplyFailed, failure: &f, written: true, open: !isDeleted(err)}
	if !isDeleted(err) {
		said := "The request was accepted"
		if doubt != nil {
			said = "The request has left, and nobody knows what became of it"
		}
		f.Cure = said + "; the table cannot be read back. " + f.Cure
	}
	j.sayf(setup.LineTrouble, "%s", f.Error())
	return end
}

// judge says whether the look at a table ends the order, and how.
func (j *job) judge(w *watch, now model.PrivateDNS, there bool) (end ending, over bool) {
	equal := there && reached(j.rows(now), w.old, w.sent)
	ill := now.State == model.PrivateDNSError
	switch {
	case there && (now.State == model.PrivateDNSTerminating || now.State == model.PrivateDNSTerminated):
		f := j.deleted()
		return ending{state: dnstable.ApplyFailed, failure: &f, written: w.wrote}, true
	case equal && now.State == model.PrivateDNSReady:
		return j.done(w, now), true
	case ill && (equal || w.before.State != model.PrivateDNSError):
		return j.ill(w, now), true
	case !there || now.State == model.PrivateDNSReady || ill:
		return j.atRest(w, now)
	case j.writer.o.Clock.Now().Sub(w.began) >= readyTime:
		f := j.failure(model.FailureTimeout, fmt.Sprintf("the resolver is still %s after %s", now.State, readyTime), "The table was sent. Look at the resolver in Konnect; its state is shown here, too.")
		return ending{state: dnstable.ApplyFailed, failure: &f, written: w.wrote, open: true}, true
	default:
		w.restedAt, w.steady = time.Time{}, 0
		return ending{}, false
	}
}

// atRest judges a resolver at rest whose table is not the one that was sent. A write may
// show late, so the old table is looked at for longer than one that is neither.
func (j *job) atRest(w *watch, now model.PrivateDNS) (end ending, over bool) {
	clock, rows := j.writer.o.Clock.Now(), j.rows(now)
	if w.restedAt.IsZero() {
		w.restedAt = clock
	}
	if w.steady++; !dnstable.Same(rows, w.last) {
		w.steady = 1
	}
	w.last = rows
	switch {
	case dnstable.Same(rows, w.old):
		if clock.Sub(w.restedAt) < visibleTime {
			return ending{}, false
		}
		return j.unchanged(w, now), true
	case w.steady < steadyLooks, !shows(rows, w.old, w.sent) && clock.Sub(w.restedAt) < visibleTime:
		return ending{}, false
	default:
		return j.other(w, rows), true
	}
}

func (j *job) done(w *watch, now model.PrivateDNS) ending {
	if w.doubt != nil {
		j.remark("The request had no good answer (" + w.doubt.Cause.String() + "), but it took effect.")
	}
	for _, m := range w.before.Unknown {
		switch {
		case slices.Contains(now.Unknown, m):
		case slices.Contains(j.order.Without, m.Name.Raw()):
			j.remark("The member " + m.Name.String() + " of the resolver was not sent back, because Konnect refuses it, and is gone.")
		default:
			j.remark("Konnect has not kept the member " + m.Name.String() + " of the resolver, which peerdeck does not know and sent back.")
		}
	}
	j.sayf(setup.LineGood, "read back: the table is as it was sent, and the resolver is ready")
	return ending{state: dnstable.ApplyDone, written: w.wrote}
}

// ill is the ending at a resolver that got into error; Konnect's reason is told as it is.
func (j *job) ill(w *watch, now model.PrivateDNS) ending {
	cure := "Check the mappings; a server must be reachable over the peering."
	if w.wrote {
		cure = "The table was sent. Check the mappings, or bring the table back from the restore point."
	}
	f := j.failure(model.FailureInvalid, now.Reason.Or("Konnect reports an error without a reason").Raw(), cure)
	j.sayf(setup.LineTrouble, "the resolver is in error: %s", f.Cause)
	return ending{state: dnstable.ApplyFailed, failure: &f, written: w.wrote}
}

// unchanged is the ending at a table that stays as it was.
func (j *job) unchanged(w *watch, now model.PrivateDNS) ending {
	if w.doubt != nil {
		f := *w.doubt
		f.Operation, f.Subject, f.Retryable = "apply the mapping table of", j.name(), true
		f.Cause = safe.New(f.Cause.Raw() + "; the request did not take effect")
		f.Cure = "Nothing was changed. Apply again; your edits are kept."
		j.sayf(setup.LineTrouble, "the table is as it was: the request did not take effect")
		return ending{state: dnstable.ApplyFailed, failure: &f}
	}
	rows := j.rows(now)
	left := dnstable.Diff(w.sent, rows)
	added, changed, _ := dnstable.Count(dnstable.Diff(w.old, w.sent))
	if added+changed == 0 && now.EntityVersion > w.before.EntityVersion {
		j.remark(fmt.Sprintf("Konnect accepted the request, and what was to go is still there (%s). It may keep what is not sent, or show it late: load the table again in some minutes. %s", names(left), removeByHand))
	} else {
		j.remark("Accepted, not visible yet: Konnect took the request and does not show it. Load the table again in some minutes, before you apply anything else.")
	}
	return ending{state: dnstable.ApplyDiffers, written: true, open: true, theirs: rows, left: left}
}

const removeByHand = "What stays can be removed in Konnect's web interface."

// other is the ending at a table that is neither the old nor the new one.
func (j *job) other(w *watch, rows []dnstable.Row) ending {
	left := dnstable.Diff(w.sent, rows)
	onlyMembers := !slices.ContainsFunc(left, func(c dnstable.Change) bool {
		return c.Kind != dnstable.Changed || len(c.Servers) > 0 || c.Spelled
	})
	switch {
	case len(keptByMerge(rows, w.old, w.sent)) > 0:
		j.remark(fmt.Sprintf("Konnect has kept what was not sent (%s): it merges a table with the one that is there. The rest is as it was sent. %s", names(left), removeByHand))
	case onlyMembers:
		j.remark(fmt.Sprintf("Konnect has not kept members that peerdeck does not know and sent back (%s). Domains and servers are as they were sent.", names(left)))
	default:
		j.remark(fmt.Sprintf("The table is not as it was sent (%s): somebody else has changed it at the same time. What was there before is in the restore point.", names(left)))
	}
	return ending{state: dnstable.ApplyDiffers, written: w.wrote, theirs: rows, left: left}
}

// names lists the domains of changes, the first ones of many.
func names(changes []dnstable.Change) string {
	const most = 4
	var words []string
	for _, c := range changes[:min(most, len(changes))] {
		words = append(words, safe.Clean(c.Domain))
	}
	if more := len(changes) - most; more > 0 {
		words = append(words, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(words, ", ")
}
