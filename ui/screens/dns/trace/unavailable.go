package trace

import (
	"context"

	"peerdeck/model"
	dnstrace "peerdeck/model/dns/trace"
	"peerdeck/model/safe"
)

// Unavailable stands for the service where there can be none. Every answer says why.
type Unavailable struct{ Reason model.Failure }

// Trace says why not.
func (u Unavailable) Trace(dnstrace.Request) error { return u.Reason }

// ProbeAll says why not.
func (u Unavailable) ProbeAll(dnstrace.ProbeRequest) error { return u.Reason }

// Cancel has nothing to end.
func (u Unavailable) Cancel() {}

// Judge says why not.
func (u Unavailable) Judge(dnstrace.Request, string) error { return u.Reason }

// Script says why not.
func (u Unavailable) Script(dnstrace.Request) (string, error) { return "", u.Reason }

// Last has none.
func (u Unavailable) Last(safe.Text) (dnstrace.Matrix, bool) { return dnstrace.Matrix{}, false }

// History is empty.
func (u Unavailable) History() []dnstrace.Kept { return nil }

// Save says why not.
func (u Unavailable) Save(context.Context, string, string) error { return u.Reason }
