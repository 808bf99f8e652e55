package attempt

import (
	"context"
	"errors"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Ended is how trying ends when its context does. Its text is never the bare "context
// canceled": it says why peerdeck stopped and what stood in the way before. The failure
// of the last answered try stays whole in Last.
// [errors.Is] finds the cause, and [model.AsFailure] the same as a failure.
type Ended struct {
	Cause error          // of the context
	Cut   bool           // a call was under way, so nobody knows its answer
	Doing model.Failure  // of the call that was cut: its operation and subject
	Last  *model.Failure // what the last answered try met; nil: none was answered
}

// Error says what was given up, why, and what stood in the way.
func (e Ended) Error() string { return e.Failure().Error() }

// Unwrap gives the failure and the cause.
func (e Ended) Unwrap() []error { return []error{e.Failure(), e.Cause} }

// Failure describes the end: a timeout where the time was over, else cancelled.
func (e Ended) Failure() model.Failure {
	f := model.Failure{Kind: model.FailureCancelled, Operation: e.Doing.Operation, Subject: e.Doing.Subject}
	if e.Last != nil {
		if f.Operation == "" {
			f.Operation, f.Subject = e.Last.Operation, e.Last.Subject
		}
		f.Cure, f.Detail, f.TraceID, f.RequestID = e.Last.Cure, e.Last.Detail, e.Last.TraceID, e.Last.RequestID
	}
	text := "stopped before the next try"
	if e.Cut {
		text = "stopped before the answer came"
	}
	switch {
	case errors.Is(e.Cause, context.DeadlineExceeded):
		f.Kind, f.Retryable = model.FailureTimeout, true
		text = strings.Replace(text, "stopped", "the time was over", 1)
	case e.Cause != nil && !errors.Is(e.Cause, context.Canceled):
		text += " (" + e.Cause.Error() + ")"
	}
	if e.Last != nil {
		text += "; the try before: " + strings.TrimSuffix(e.Last.Cause.Raw(), ".")
	}
	f.Cause = safe.New(text)
	return f
}
