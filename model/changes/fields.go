package changes

import (
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
)

// Keys are the fields of changes that a filter may name.
func Keys() []string {
	return []string{"network", "peering", "kind", "sense", "code", "by", "domain"}
}

// Field returns the values of a field of a change, and for the empty key those that a plain
// word is searched in.
func (e Entry) Field(key string) []string {
	switch key {
	case "network":
		return []string{e.NetworkName.String(), e.Network.String()}
	case "peering":
		return []string{e.Subject.String(), e.Peering.String()}
	case "kind":
		return []string{string(e.Kind)}
	case "sense":
		return []string{e.Sense.String()}
	case "code":
		return []string{string(e.Code)}
	case "by":
		return []string{e.By.Words(), e.By.Who.String(), e.By.From.String()}
	case "domain":
		return []string{e.Domain.String()}
	default:
		return []string{e.Where(), e.Line(e.At), e.Cause, string(e.Code), e.Domain.String(), e.By.Words()}
	}
}

// Matters reports whether somebody should know of the change: it broke, was mended, or is
// not well and not known.
func (e Entry) Matters() bool {
	return e.Sense == Broke || e.Sense == Mended || !e.Plain && e.Severity >= model.SeverityUnknown
}

// Words say who made a change, as far as that is known: "alice@acme.example, from
// 203.0.113.9, says Konnect's audit log".
func (a Actor) Words() string {
	var parts []string
	switch {
	case !a.Who.IsEmpty():
		parts = append(parts, a.Who.String())
	case a.Here:
		parts = append(parts, "peerdeck on this machine")
	}
	if !a.From.IsEmpty() {
		parts = append(parts, "from "+a.From.String())
	}
	if !a.Source.IsEmpty() {
		parts = append(parts, "says "+a.Source.String())
	}
	return strings.Join(parts, ", ")
}

// Plainly is the change in one line of text with its date, for a ticket or a file.
func (e Entry) Plainly() string {
	words := []string{e.At.UTC().Format(time.RFC3339)}
	if where := e.Where(); where != "" {
		words = append(words, where)
	}
	words = append(words, e.Line(e.At))
	if e.Code != "" {
		words = append(words, "("+string(e.Code)+")")
	}
	if who := e.By.Words(); who != "" {
		words = append(words, "by "+who)
	}
	if !e.By.Trace.IsEmpty() {
		words = append(words, "trace id "+e.By.Trace.String())
	}
	return strings.Join(words, "  ")
}
