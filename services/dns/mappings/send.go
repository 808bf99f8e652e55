package mappings

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"peerdeck/model"
	dnstable "peerdeck/model/dns/table"
	"peerdeck/model/safe"
	"peerdeck/model/setup"
)

// sendTime bounds the request. It is not cut short when the order is cancelled: half a
// request is a change that nobody knows of.
const sendTime = 45 * time.Second

const accepted = "accepted"

// send notes what is intended, sends it once, and notes what it was answered.
func (j *job) send(now model.PrivateDNS) (answer model.PrivateDNS, f *model.Failure) {
	w := j.writer.Write(j.order, now)
	j.update(func(a *dnstable.Apply) { a.State, a.Write, a.Wait = dnstable.ApplyWriting, &w, nil })
	if err := j.intend(now, w); err != nil {
		f := j.failure(model.FailureInvalid, "the journal cannot be written: "+err.Error(), "Make room on the disk and apply again; without its journal nothing is written. Your edits are kept.")
		j.sayf(setup.LineTrouble, "%s", f.Error())
		return answer, &f
	}
	if err := j.leave(); err != nil {
		j.answered(safe.New("not sent: " + err.Error()))
		return answer, &model.Failure{Kind: model.FailureConflict, Cause: safe.New(err.Error())}
	}
	sent := w
	sent.Sent = true
	j.update(func(a *dnstable.Apply) { a.Sent, a.Write = true, &sent })
	j.sayf(setup.LineWrite, "%s %s", w.Method, w.URL.Raw())
	ctx, stop := context.WithTimeout(context.WithoutCancel(j.ctx), sendTime)
	defer stop()
	put := j.writer.o.Konnect.PatchResolver
	if j.order.Target.Resolver.IsEmpty() {
		put = j.writer.o.Konnect.CreateResolver
	}
	answer, err := put(ctx, j.order.Target.Network, w)
	if err == nil {
		j.answered(safe.New(accepted))
		j.writer.o.Changed()
		return answer, nil
	}
	failure, _ := model.AsFailure(err)
	j.sayf(setup.LineTrouble, "%s", failure.Error())
	j.answered(safe.New(failure.Error()))
	if unsure(failure) {
		j.writer.o.Changed()
		return answer, &failure
	}
	j.refused()
	unwanted := dnstable.Unwanted(failure, j.order.Rows, now.Unknown)
	j.update(func(a *dnstable.Apply) { a.Sent, a.Unwanted = false, unwanted })
	failure.Subject = j.name()
	switch {
	case failure.Kind != model.FailureInvalid || failure.Cure != "":
	case len(unwanted) > 0:
		failure.Cure = fmt.Sprintf("Konnect refuses what it has sent itself and peerdeck does not know (%s). Without that it may take the table; what it says may be lost. Nothing was changed, your edits are kept.", safe.Clean(strings.Join(unwanted, ", ")))
	default:
		failure.Cure = "Mend the rows that it names and apply again; nothing was changed, your edits are kept."
	}
	return answer, &failure
}

// intend notes the request before it leaves.
func (j *job) intend(now model.PrivateDNS, w model.Write) error {
	at := j.writer.o.Clock.Now()
	if j.id == "" {
		j.id = newID(at, j.order.Target.Network)
	}
	j.mu.Lock()
	restore := j.now.Restore
	j.mu.Unlock()
	j.entry = entry{
		At: at, Target: packTarget(j.order.Target), Version: now.EntityVersion, Base: packRows(rowsOf(now)), Rows: packRows(j.order.Rows), Without: j.order.Without,
		Write: packWrite(w), Restore: string(restore),
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

// settleEntry notes how the order has ended, so that the next start does not ask.
func (j *job) settleEntry(end ending) {
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

// version looks at the versions before the write and in its answer, which tell as much
// as they can of somebody who wrote in between.
func (j *job) version(before, answer model.PrivateDNS) {
	was, is := before.EntityVersion, answer.EntityVersion
	switch {
	case was == 0 || is == 0 || is == was+1:
	case is <= was:
		j.remark(fmt.Sprintf("The version did not rise with the write (%d, it was %d); the content is compared.", is, was))
	default:
		j.remark(fmt.Sprintf("The version rose from %d to %d with one write: somebody else may have written between the look and the write, and what they wrote then may be overwritten.", was, is))
	}
}

// settle looks what became of an order of an earlier session.
func (j *job) settle(u dnstable.Unfinished) ending {
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
	return j.verify(before, u.Order.Target.Resolver, sendable(u.Order.Rows, before), asked)
}

// isDeleted reports whether an error says that the resolver is not there.
func isDeleted(err error) bool {
	f, ok := errors.AsType[model.Failure](err)
	return ok && f.Kind == model.FailureNotFound
}
