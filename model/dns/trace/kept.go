package trace

import (
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Kept is an earlier trace, as much of it as is kept.
type Kept struct {
	At          time.Time
	Network     safe.Text // id
	NetworkName safe.Text
	Name        safe.Text
	Vantage     string
	Severity    model.Severity // of the conclusion
	Found       string         // its cause
	Text        string         // the whole trace for a ticket
}

// Kept returns what is kept of the trace.
func (t Trace) Kept() Kept {
	c := t.Conclusion()
	return Kept{
		At: t.Begun, Network: t.Network, NetworkName: t.NetworkName, Name: t.Query.Asked(), Vantage: t.Vantage,
		Severity: c.Severity, Found: c.Cause, Text: t.Text(),
	}
}
