package mappings

import (
	"fmt"
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

const (
	readyTime   = 10 * time.Minute // for a resolver to get ready after a write
	visibleTime = time.Minute      // for a write to show at a resolver at rest
	steadyLooks = 3                // at a table that is neither the old nor the new one
	shownTime   = 5 * time.Minute  // for a resolver that looks do not show
)

// ReadBack judges the looks at a resolver after a plan was sent, until it is ready and
// its table is the one that was sent, or until it is plain that it will not be. Whoever
// looks waits in between. It is for one goroutine.
type ReadBack struct {
	plan     Plan
	old      []dnstable.Row
	sent     []dnstable.Row
	wrote    bool           // the plan was sent; else it is looked whether it is fulfilled
	doubt    *model.Failure // why it is not known whether the write took effect; nil: it was accepted
	began    time.Time
	restedAt time.Time // since when the resolver is at rest and the table another one
	hiddenAt time.Time // since when looks do not show the resolver
	last     []dnstable.Row
	steady   int // looks at the same table
}

// Verdict is what the looks at a resolver after a write come to.
type Verdict struct {
	State   dnstable.ApplyState // done, differs or failed
	Failure *model.Failure      // of a failed one
	Theirs  []dnstable.Row      // differs: what is there
	Left    []dnstable.Change   // differs: from what was sent to what is there
	Written bool                // something was changed, or may have been
	Open    bool                // nobody knows yet what becomes of the request
	Notes   []string            // what a person should know, also where it went well
	Line    model.LogLine       // what to log; without a text nothing
}

// ReadBack begins to look whether the plan, which was sent or found fulfilled, has taken
// effect. Doubt is why that is not known; nil: it was accepted.
func (p Plan) ReadBack(began time.Time, wrote bool, doubt *model.Failure) *ReadBack {
	return &ReadBack{
		plan: p, old: dnstable.RowsWithout(rowsOf(p.Now), p.Without), sent: dnstable.RowsWithout(p.sent(), p.Without),
		wrote: wrote, doubt: doubt, began: began,
	}
}

// Why says what is waited for after a look that was no end.
func (r *ReadBack) Why(now model.PrivateDNS) string {
	if !r.hiddenAt.IsZero() {
		return "Konnect does not show the resolver at this look"
	}
	if !r.restedAt.IsZero() {
		return "the table does not show the change yet"
	}
	return fmt.Sprintf("the resolver is %s", now.State)
}

func (r *ReadBack) rows(p model.PrivateDNS) []dnstable.Row {
	return dnstable.RowsWithout(rowsOf(p), r.plan.Without)
}

func (v Verdict) line(tone model.LineTone, format string, args ...any) Verdict {
	v.Line = model.LogLine{Tone: tone, Text: safe.New(fmt.Sprintf(format, args...))}
	return v
}

// Look takes a look at the resolver and says whether it is the last one that is needed,
// and what they come to.
func (r *ReadBack) Look(now model.PrivateDNS, there bool, at time.Time) (v Verdict, over bool) {
	if !there {
		return r.hidden(now, at)
	}
	r.hiddenAt = time.Time{}
	equal := reached(r.rows(now), r.old, r.sent)
	ill := now.State == model.PrivateDNSError
	switch {
	case now.State == model.PrivateDNSTerminating || now.State == model.PrivateDNSTerminated:
		return r.failed(r.plan.deleted()), true
	case equal && now.State == model.PrivateDNSReady:
		return r.done(now), true
	case ill && (equal || r.plan.Now.State != model.PrivateDNSError):
		return r.ill(now), true
	case now.State == model.PrivateDNSReady || ill:
		return r.atRest(now, at)
	case at.Sub(r.began) >= readyTime:
		v := r.failed(r.plan.failure(model.FailureTimeout, fmt.Sprintf("the resolver is still %s after %s", now.State, phrase.Exact(readyTime)), "The table was sent. Look at the resolver in Konnect; its state is shown here, too."))
		v.Open = true
		return v, true
	default:
		r.restedAt, r.steady = time.Time{}, 0
		return Verdict{}, false
	}
}

func (r *ReadBack) failed(f model.Failure) Verdict {
	return Verdict{State: dnstable.ApplyFailed, Failure: &f, Written: r.wrote}
}

// hidden judges a resolver that a look does not show: a new one shows late, and one that
// was there is gone only when looks have not shown it for some minutes.
func (r *ReadBack) hidden(now model.PrivateDNS, at time.Time) (v Verdict, over bool) {
	if r.hiddenAt.IsZero() {
		r.hiddenAt = at
	}
	switch {
	case at.Sub(r.hiddenAt) < shownTime:
		return Verdict{}, false
	case r.plan.Target.Resolver.IsEmpty():
		return r.unchanged(now), true
	default:
		return r.failed(r.plan.deleted()), true
	}
}

// atRest judges a resolver at rest whose table is not the one that was sent. A write may
// show late, so the old table is looked at for longer than one that is neither.
func (r *ReadBack) atRest(now model.PrivateDNS, at time.Time) (v Verdict, over bool) {
	rows := r.rows(now)
	if r.restedAt.IsZero() {
		r.restedAt = at
	}
	if r.steady++; !dnstable.Same(rows, r.last) {
		r.steady = 1
	}
	r.last = rows
	switch {
	case dnstable.Same(rows, r.old):
		if at.Sub(r.restedAt) < visibleTime {
			return Verdict{}, false
		}
		return r.unchanged(now), true
	case r.steady < steadyLooks, !shows(rows, r.old, r.sent) && at.Sub(r.restedAt) < visibleTime:
		return Verdict{}, false
	default:
		return r.other(rows), true
	}
}

func (r *ReadBack) done(now model.PrivateDNS) Verdict {
	v := Verdict{State: dnstable.ApplyDone, Written: r.wrote}
	if r.doubt != nil {
		v.Notes = append(v.Notes, "The request had no good answer ("+r.doubt.Cause.String()+"), but it took effect.")
	}
	for _, m := range r.plan.Now.Unknown {
		switch {
		case slices.Contains(now.Unknown, m):
		case slices.Contains(r.plan.Without, m.Name.Raw()):
			v.Notes = append(v.Notes, "The member "+m.Name.String()+" of the resolver was not sent back, because Konnect refuses it, and is gone.")
		default:
			v.Notes = append(v.Notes, "Konnect has not kept the member "+m.Name.String()+" of the resolver, which peerdeck does not know and sent back.")
		}
	}
	return v.line(model.LineGood, "read back: the table is as it was sent, and the resolver is ready")
}

// ill is the verdict on a resolver that got into error; Konnect's reason is told as it is.
func (r *ReadBack) ill(now model.PrivateDNS) Verdict {
	cure := "Check the mappings; a server must be reachable over the peering."
	if r.wrote {
		cure = "The table was sent. Check the mappings, or bring the table back from the restore point."
	}
	f := r.plan.failure(model.FailureInvalid, now.Reason.Or("Konnect reports an error without a reason").Raw(), cure)
	return r.failed(f).line(model.LineTrouble, "the resolver is in error: %s", f.Cause)
}

// unchanged is the verdict on a table that stays as it was.
func (r *ReadBack) unchanged(now model.PrivateDNS) Verdict {
	if r.doubt != nil {
		f := *r.doubt
		f.Operation, f.Subject, f.Retryable = "apply the mapping table of", r.plan.name(), true
		f.Cause = safe.New(f.Cause.Raw() + "; the request did not take effect")
		f.Cure = model.CureApplyAgain
		v := Verdict{State: dnstable.ApplyFailed, Failure: &f}
		return v.line(model.LineTrouble, "the table is as it was: the request did not take effect")
	}
	rows := r.rows(now)
	left := dnstable.Diff(r.sent, rows)
	note := "Accepted, not visible yet: Konnect took the request and does not show it. Load the table again in some minutes, before you apply anything else."
	if added, changed, _ := dnstable.Count(dnstable.Diff(r.old, r.sent)); added+changed == 0 && now.EntityVersion > r.plan.Now.EntityVersion {
		note = fmt.Sprintf("Konnect accepted the request, and what was to go is still there (%s). It may keep what is not sent, or show it late: load the table again in some minutes. %s", names(left), removeByHand)
	}
	return Verdict{State: dnstable.ApplyDiffers, Written: true, Open: true, Theirs: rows, Left: left, Notes: []string{note}}
}

const removeByHand = "What stays can be removed in Konnect's web interface."

// other is the verdict on a table that is neither the old nor the new one.
func (r *ReadBack) other(rows []dnstable.Row) Verdict {
	left := dnstable.Diff(r.sent, rows)
	onlyMembers := !slices.ContainsFunc(left, func(c dnstable.Change) bool {
		return c.Kind != dnstable.Changed || len(c.Servers) > 0 || c.Spelled
	})
	var note string
	switch {
	case len(keptByMerge(rows, r.old, r.sent)) > 0:
		note = fmt.Sprintf("Konnect has kept what was not sent (%s): it merges a table with the one that is there. The rest is as it was sent. %s", names(left), removeByHand)
	case onlyMembers:
		note = fmt.Sprintf("Konnect has not kept members that peerdeck does not know and sent back (%s). Domains and servers are as they were sent.", names(left))
	default:
		note = fmt.Sprintf("The table is not as it was sent (%s): somebody else has changed it at the same time. What was there before is in the restore point.", names(left))
	}
	return Verdict{State: dnstable.ApplyDiffers, Written: r.wrote, Theirs: rows, Left: left, Notes: []string{note}}
}

// names lists the domains of changes, the first ones of many.
func names(changes []dnstable.Change) string {
	const most = 4
	list := make([]string, len(changes))
	for i, c := range changes {
		list[i] = safe.Clean(c.Domain)
	}
	return phrase.Few(list, most)
}
