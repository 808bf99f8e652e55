package model

import (
	"errors"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model/azurecloud"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// FailureKind is the sort of a failure: it decides what a person can do.
type FailureKind string

// The kinds of failure.
const (
	FailureAuth        FailureKind = "auth"        // not signed in, or no longer
	FailurePermission  FailureKind = "permission"  // signed in, but may not
	FailureNotFound    FailureKind = "not-found"   // the thing is not there
	FailureConflict    FailureKind = "conflict"    // the thing is in another state than thought
	FailureInvalid     FailureKind = "invalid"     // the request was refused as wrong
	FailureThrottled   FailureKind = "throttled"   // too many requests
	FailureUnreachable FailureKind = "unreachable" // no answer from the host
	FailureTimeout     FailureKind = "timeout"     // the answer took too long
	FailureServer      FailureKind = "server"      // the service failed
	FailureContract    FailureKind = "contract"    // the answer makes no sense
	FailureCancelled   FailureKind = "cancelled"   // peerdeck gave up on purpose
	FailureBug         FailureKind = "bug"         // a fault in peerdeck
)

// Failure is one thing that went wrong, in the words that a person needs: what
// was being done, on what, why it failed, and the way out.
type Failure struct {
	Kind       FailureKind
	Operation  string    // what was being done: "list networks"
	Subject    safe.Text // on what: a name or an id
	Cause      safe.Text // one line, in the service's words where it gave some
	Detail     safe.Text // the service's own message, whole, where Cause is in our words
	Cure       string    // what to do now, with the command in it
	Command    string    // that of the cure, as it can be pasted; empty for none
	Retryable  bool      // trying again later may help
	RetryAfter time.Duration
	Status     int       // HTTP status, 0 when there was none
	Code       safe.Text // the service's own code, such as AuthorizationFailed
	// Finding is the code of the catalogue for what is so in the world, where the failure
	// stands for that; empty: the failure's kind says enough.
	Finding   finding.Code
	TraceID   safe.Text // Konnect's trace: support asks for it
	RequestID safe.Text // Azure's request id
	Invalid   []InvalidParameter
	Policies  []safe.Text // names of the Azure policies that refused it
	// Cloud is the cloud of Azure that was asked: commands and links of the cure are for it.
	Cloud azurecloud.Cloud
	// Unsent: the request did not reach the service, so it has changed nothing there.
	Unsent bool
}

// InvalidParameter is a field that Konnect refused.
type InvalidParameter struct {
	Field  safe.Text
	Rule   safe.Text
	Reason safe.Text
}

// Next is the cure as a next step, which has its command beside the text.
func (f Failure) Next(kind finding.NextKind) finding.Next {
	next := finding.Next{Kind: kind, Text: f.Cure, Command: f.Command}
	if f.Command != "" {
		next.Text = strings.Join(strings.Fields(strings.Replace(f.Cure, "Run: "+f.Command, "", 1)), " ")
	}
	return next
}

// In is the failure as it reads in a cloud of Azure.
func (f Failure) In(c azurecloud.Cloud) Failure {
	f.Cloud, f.Cure, f.Command = c, c.Fit(f.Cure), c.Fit(f.Command)
	return f
}

// Error returns one line: what failed, on what, and why.
func (f Failure) Error() string {
	s := f.Operation
	if !f.Subject.IsEmpty() {
		s += " " + f.Subject.String()
	}
	if s == "" {
		return f.Cause.String()
	}
	return s + ": " + f.Cause.String()
}

// Unsure reports whether a request that failed so may have taken effect all the same:
// no answer came that says it was refused.
func (f Failure) Unsure() bool {
	if f.Unsent {
		return false
	}
	switch f.Kind {
	case FailureAuth, FailurePermission, FailureNotFound, FailureConflict, FailureInvalid, FailureThrottled:
		return false
	default:
		return true
	}
}

// FindingCode is the code of the catalogue for the failure: that of what it stands for, or
// of its kind. Code is the service's own.
func (f Failure) FindingCode() finding.Code {
	if f.Finding != "" {
		return f.Finding
	}
	return finding.Code("failure-" + string(f.Kind))
}

// AsFailure finds the failure inside an error. An error that holds none becomes
// one of kind bug, because services describe every failure that they expect.
func AsFailure(err error) (Failure, bool) {
	if err == nil {
		return Failure{}, false
	}
	if f, ok := errors.AsType[Failure](err); ok {
		return f, true
	}
	return Failure{
		Kind: FailureBug, Cause: safe.New(err.Error()),
		Cure: "Please report this: peerdeck did not expect it.",
	}, true
}
