package model

import (
	"time"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Way is what stands between this machine and one service, as a request without any token
// found it. What was not reached is zero.
type Way struct {
	Service string
	Host    safe.Text
	Proxy   Proxy     // that was used; zero for none
	Direct  string    // why there is none, as a clause: "no proxy is set"
	Address safe.Text // that was connected to: the proxy's, where there is one
	// TLS is the version that was agreed on; empty over http. Certificates are those that
	// the host showed, its own first. Root is the authority that they end in.
	TLS          string
	Certificates []Certificate
	Root         safe.Text
	// OwnRoot: the authority is one that this program was given with --ca-file.
	OwnRoot  bool
	Protocol string // HTTP/1.1, HTTP/2.0
	Status   int    // any: that the service answers is what counts
	Clock    Clock
	Took     time.Duration
	Failure  *Failure
}

// Findings are what is wrong with the way; none where all is well.
func (w Way) Findings() []finding.Finding {
	var out []finding.Finding
	if w.Failure != nil {
		out = append(out, w.Failure.AsFinding())
	}
	if w.Clock.Wrong() && (w.Failure == nil || w.Failure.Finding != finding.Code(WireClockOff)) {
		out = append(out, ClockOff(w.Service, w.Host, w.Clock).AsFinding())
	}
	return out
}

// ClockOff is the failure that a wrong clock is, or leads to.
func ClockOff(service string, host safe.Text, c Clock) Failure {
	return Wire{Kind: WireClockOff, Service: service, Host: host, Clock: c}.Failure()
}

// AsFinding says of a failure what it means for what was asked for: nothing is known of it.
// A clock that is wrong is known, and needs somebody.
func (f Failure) AsFinding() finding.Finding {
	out := finding.Finding{
		Code: f.FindingCode(), Severity: finding.Unknown, Word: "not known", Cause: f.Cause.String(),
		Next: finding.Next{Kind: finding.NextCommand, Text: f.Cure},
	}
	switch {
	case f.Finding == finding.Code(WireClockOff):
		out.Severity, out.Word = finding.Attention, "clock"
	case f.Kind == FailureAuth:
		out.Next.Kind = finding.NextSignIn
	case f.Kind == FailurePermission:
		out.Next.Kind = finding.NextAdmin
	default:
	}
	if before, command, found := cutLast(f.Cure, "Command: "); found {
		out.Next.Text, out.Next.Command = before, command
	}
	return out
}

// ByClock lays a refused token to this machine's clock, where that is wrong: a token that
// has expired looks valid then, and is sent. Other refusals stay what they are.
func (f Failure) ByClock(service string, host safe.Text, c Clock) Failure {
	switch f.Code.Raw() {
	case "", "ExpiredAuthenticationToken", "InvalidAuthenticationToken":
	default:
		return f
	}
	if f.Kind != FailureAuth || !c.Wrong() {
		return f
	}
	clock := ClockOff(service, host, c)
	f.Cause = safe.New(f.Cause.Raw() + "; " + clock.Cause.Raw())
	f.Cure, f.Finding = clock.Cure, clock.Finding
	return f
}
