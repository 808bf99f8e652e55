package mappings

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

// sendTime bounds the request. It is not cut short when the order is cancelled: half a
// request is a change that nobody knows of.
const sendTime = 45 * time.Second

const accepted = "accepted"

// send notes what is intended, sends it once, and notes what it was answered. An error
// is of what comes before the request: nothing has left then. A failure is of the
// request.
func (j *job) send(p Plan) (answer model.PrivateDNS, f *model.Failure, err error) {
	err = j.table.Send(j.ctx, p, func(r Ready) error {
		answer, f = j.carry(p, r)
		return nil
	})
	return answer, f, err
}

// carry is the journal around the request.
func (j *job) carry(p Plan, r Ready) (answer model.PrivateDNS, f *model.Failure) {
	w := r.Write
	j.update(func(a *dnstable.Apply) {
		a.State, a.Write, a.Wait, a.Restore = dnstable.ApplyWriting, &w, nil, r.Restore
	})
	if err := j.intend(p.Now, r); err != nil {
		f := j.failure(model.FailureInvalid, "the journal cannot be written: "+err.Error(), "Make room on the disk and apply again; without its journal nothing is written. Your edits are kept.")
		j.sayf(model.LineTrouble, "%s", f.Error())
		return answer, &f
	}
	if err := j.leave(); err != nil {
		j.answered(safe.New("not sent: " + err.Error()))
		return answer, &model.Failure{Kind: model.FailureConflict, Cause: safe.New(err.Error())}
	}
	sent := w
	sent.Sent = true
	j.update(func(a *dnstable.Apply) { a.Sent, a.Write = true, &sent })
	j.sayf(model.LineWrite, "%s %s", w.Method, w.URL.Raw())
	ctx, stop := context.WithTimeout(context.WithoutCancel(j.ctx), sendTime)
	defer stop()
	answer, err := r.Do(ctx)
	if err == nil {
		j.answered(safe.New(accepted))
		j.writer.o.Changed()
		return answer, nil
	}
	failure, _ := model.AsFailure(err)
	j.sayf(model.LineTrouble, "%s", failure.Error())
	j.answered(safe.New(failure.Error()))
	if failure.Unsure() {
		j.writer.o.Changed()
		return answer, &failure
	}
	return answer, j.refusal(p, failure)
}

// refusal is the failure of a request that has changed nothing, with what a person can
// do about it.
func (j *job) refusal(p Plan, failure model.Failure) *model.Failure {
	j.refused()
	unwanted := dnstable.Unwanted(failure, j.order.Rows, p.Now.Unknown)
	j.update(func(a *dnstable.Apply) { a.Sent, a.Unwanted = false, unwanted })
	failure.Subject = j.name()
	switch {
	case failure.Kind != model.FailureInvalid:
	case len(unwanted) > 0:
		failure.Cure = safe.Clean(model.CureUnwanted(unwanted))
	default:
		failure.Cure = model.CureMendRefusedRows
	}
	return &failure
}

// intend notes the request before it leaves.
func (j *job) intend(now model.PrivateDNS, r Ready) error {
	at := j.writer.o.Clock.Now()
	if j.id == "" {
		j.id = newID(at, j.order.Target.Network)
	}
	j.entry = entry{
		At: at, Target: packTarget(j.order.Target), Version: now.EntityVersion, Base: packRows(rowsOf(now)), Rows: packRows(j.order.Rows), Without: j.order.Without,
		Write: packWrite(r.Write), Restore: string(r.Restore),
	}
	if err := j.writer.Store.begin(j.id, j.entry); err != nil {
		j.entry = entry{}
		return err
	}
	return nil
}

// answered notes what the request was answered.
func (j *job) answered(answer safe.Text) {
	j.entry.Answer = text{answer}
	j.noteEntry()
}

// endEntry notes how the order has ended, so that the next start does not ask.
func (j *job) endEntry(end ending) {
	if j.entry.At.IsZero() || end.open {
		return
	}
	j.entry.End, j.entry.Ended = string(end.state), j.writer.o.Clock.Now()
	j.noteEntry()
	if end.state == dnstable.ApplyDone {
		j.writer.dropApplied(context.WithoutCancel(j.ctx), j.order)
	}
}

func (j *job) noteEntry() {
	if err := j.writer.Store.note(j.id, j.entry); err != nil {
		text := "The journal cannot be written (" + err.Error() + "): at the next start the order is looked at again."
		if !slices.Contains(j.notes, text) {
			j.remark(text)
		}
	}
}

// recheck looks what became of an order of an earlier session.
func (j *job) recheck(u dnstable.Unfinished) ending {
	e, err := j.writer.Store.entry(entryName(u.ID))
	if err != nil {
		return j.broken(keepFailure("look what became of the order for", u.Order.Target, err))
	}
	j.entry, j.left = e, true
	before := model.PrivateDNS{ID: u.Order.Target.Resolver, EntityVersion: u.Order.Version, DNS: dnstable.ToMappings(u.Order.Base)}
	j.update(func(a *dnstable.Apply) {
		w := u.Write
		a.Sent, a.Write, a.Restore, a.StartedAt = true, &w, u.Restore, u.At
	})
	f := j.failure(model.FailureCancelled, "peerdeck was ended before it was seen what became of the request", "")
	var asked *model.Failure
	if e.Answer.Raw() != accepted {
		asked = &f
	}
	p := j.writer.plan(u.Order, before)
	return j.beside(p, j.verify(p, u.Order.Target.Resolver, asked))
}

// isDeleted reports whether an error says that the resolver is not there.
func isDeleted(err error) bool {
	f, ok := errors.AsType[model.Failure](err)
	return ok && f.Kind == model.FailureNotFound
}
