package model

import (
	"fmt"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model/safe"
)

// ActivityKind is the sort of an entry in the activity log.
type ActivityKind string

// The sorts of entry.
const (
	ActivityRequest ActivityKind = "request" // sent to a service
	ActivityChange  ActivityKind = "change"  // a state that changed
	ActivityProblem ActivityKind = "problem" // a failure
	ActivityNote    ActivityKind = "note"    // something the person did
)

// Activity is one entry of the activity log. Numbers rise by one and are never
// used twice, so a reader can ask for what came after the last one it has.
type Activity struct {
	Number  uint64
	At      time.Time
	Took    time.Duration
	Kind    ActivityKind
	Service string    // "Konnect", "Azure", "Sign-in", "peerdeck"
	Method  string    // of a request
	Target  safe.Text // of a request: path and query
	Status  int       // of a request: 0 when no answer came
	Trace   safe.Text // Konnect's trace or Azure's request id
	Network safe.Text // the name of the network that it is about, if one
	Object  safe.Text // the name of the peering or DNS attachment
	Text    string    // what happened, in a sentence
	Failure *Failure
}

// Summary returns what happened, in one line.
func (a Activity) Summary() string { return a.summary(a.Target.String()) }

// Brief is the summary for a list: of a request only the part of the path that
// tells one from another.
func (a Activity) Brief() string { return a.summary(briefPath(a.Target.String())) }

func (a Activity) summary(target string) string {
	if a.Kind != ActivityRequest {
		return a.Text
	}
	if a.Status == 0 {
		return fmt.Sprintf("no answer  %s %s", a.Method, target)
	}
	return fmt.Sprintf("%d  %s %s", a.Status, a.Method, target)
}

// briefPath shortens the path of a request: without what every path of its service
// begins with, without the query, and with the beginnings of ids.
func briefPath(target string) string {
	path, _, _ := strings.Cut(target, "?")
	path = strings.TrimPrefix(strings.TrimPrefix(path, "/v2/cloud-gateways"), "/")
	// A role assignment's path holds that of the resource that it is on.
	if i := strings.LastIndex(path, "/providers/"); i >= 0 {
		_, path, _ = strings.Cut(path[i+len("/providers/"):], "/")
	}
	parts := strings.Split(path, "/")
	for i, p := range parts {
		const uuid, some = 36, 8
		if len(p) == uuid && strings.Count(p, "-") == 4 {
			parts[i] = p[:some] + "…"
		}
	}
	return strings.Join(parts, "/")
}

// ChangeActivity makes an entry of a state change.
func ChangeActivity(c Change) Activity {
	from, to := c.Words()
	text := fmt.Sprintf("%s: %s → %s", c.Aspect.Label(), from, to)
	if !c.Reason.IsEmpty() {
		text += " (" + c.Reason.String() + ")"
	}
	if c.Gap {
		text += ", while nobody watched"
	}
	return Activity{
		At: c.At, Kind: ActivityChange, Service: "peerdeck",
		Network: c.NetworkName.Or(c.Network.Raw()), Object: c.ObjectName, Text: text,
	}
}

// ProblemActivity makes an entry of a failure.
func ProblemActivity(f Failure, at time.Time) Activity {
	return Activity{At: at, Kind: ActivityProblem, Service: "peerdeck", Network: f.Subject, Status: f.Status, Trace: f.TraceID.Or(f.RequestID.Raw()), Text: f.Error(), Failure: &f}
}

// Line returns the whole entry as one line of text, for a file or a ticket.
func (a Activity) Line() string {
	words := []string{a.At.UTC().Format("2006-01-02T15:04:05.000Z"), string(a.Kind), a.Service}
	if !a.Network.IsEmpty() {
		words = append(words, strings.Trim(a.Network.String()+" › "+a.Object.String(), "› "))
	}
	words = append(words, a.Summary())
	if a.Took > 0 {
		words = append(words, fmt.Sprintf("%d ms", a.Took.Milliseconds()))
	}
	if !a.Trace.IsEmpty() {
		words = append(words, "id "+a.Trace.String())
	}
	if a.Failure != nil && a.Failure.Cure != "" {
		words = append(words, "cure: "+a.Failure.Cure)
	}
	return strings.Join(words, "  ")
}
