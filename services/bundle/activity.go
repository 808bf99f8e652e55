package bundle

import (
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Activity is a [model.Activity] as a bundle holds it.
type Activity struct {
	At      time.Time          `json:"at"`
	Took    Duration           `json:"took,omitzero"`
	Kind    model.ActivityKind `json:"kind"`
	Service string             `json:"service,omitempty"`
	Method  string             `json:"method,omitempty"`
	Target  safe.Text          `json:"target,omitzero"`
	Status  int                `json:"status,omitempty"`
	Trace   safe.Text          `json:"trace,omitzero"`
	Network safe.Text          `json:"network,omitzero"`
	Object  safe.Text          `json:"object,omitzero"`
	Text    string             `json:"text,omitempty"`
	Failure *Failure           `json:"failure,omitempty"`
}

// ActivityOf is an entry of the log for a bundle. Its number is left behind: it counts
// for one run of the program.
func ActivityOf(a model.Activity) Activity {
	out := Activity{
		At: a.At, Took: Duration(a.Took), Kind: a.Kind, Service: a.Service, Method: a.Method, Target: a.Target, Status: a.Status,
		Trace: a.Trace, Network: a.Network, Object: a.Object, Text: a.Text,
	}
	if a.Failure != nil {
		out.Failure = FailureOf(*a.Failure)
	}
	return out
}

// Model is the entry for the program.
func (a Activity) Model() model.Activity {
	out := model.Activity{
		At: a.At, Took: time.Duration(a.Took), Kind: a.Kind, Service: a.Service, Method: a.Method, Target: a.Target, Status: a.Status,
		Trace: a.Trace, Network: a.Network, Object: a.Object, Text: a.Text,
	}
	if a.Failure != nil {
		f := a.Failure.Model()
		out.Failure = &f
	}
	return out
}
