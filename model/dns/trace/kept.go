package trace

import (
	"time"

	"peerdeck/model"
	"peerdeck/model/safe"
)

// Kept is an earlier trace, as much of it as is kept.
type Kept struct {
	At          time.Time
	Network     safe.Text // id
	NetworkName safe.Text
	Name        safe.Text
	Vantage     string
	Severity    model.Severity // of the first finding
	Found       string         // its cause
	Text        string         // the whole trace for a ticket
}

// Kept returns what is kept of the trace.
func (t Trace) Kept() Kept {
	k := Kept{
		At: t.Begun, Network: t.Network, NetworkName: t.NetworkName, Name: t.Query.Asked(), Vantage: t.Vantage,
		Found: "nothing was found", Text: t.Text(),
	}
	if len(t.Findings) > 0 {
		k.Severity, k.Found = t.Findings[0].Severity, t.Findings[0].Cause
	}
	return k
}
