package gateway

import (
	"time"

	"github.com/peerdeck/peerdeck/model"
)

// MakingState is how the carrying out of an order stands.
type MakingState string

// The states.
const (
	MakingLooking   MakingState = "looking"      // whether it is there already
	MakingSending   MakingState = "sending"      // the service, then the route
	MakingReading   MakingState = "reading back" // until what is there is what was sent
	MakingUndoing   MakingState = "undoing"
	MakingDone      MakingState = "done"
	MakingDiffers   MakingState = "differs" // made, and read back as something else
	MakingFailed    MakingState = "failed"
	MakingCancelled MakingState = "cancelled" // before anything was sent
	MakingUndone    MakingState = "undone"
)

// Over reports whether nothing more happens by itself.
func (s MakingState) Over() bool {
	switch s {
	case MakingLooking, MakingSending, MakingReading, MakingUndoing:
		return false
	default:
		return true
	}
}

// Severity gives the symbol and the colour of a state.
func (s MakingState) Severity() model.Severity {
	switch s {
	case MakingDone:
		return model.SeverityOK
	case MakingDiffers, MakingCancelled:
		return model.SeverityAttention
	case MakingFailed:
		return model.SeverityBroken
	case MakingUndone:
		return model.SeverityUnknown
	default:
		return model.SeverityWorking
	}
}

// Making is the carrying out of an order at one moment, whole.
type Making struct {
	Number uint64 // counts up in one session; 0 for one of an earlier session
	ID     string // in the journal
	Order  Order
	State  MakingState
	Plan   []model.Write // what is sent, what of it was
	// Service and Route are what was read back last; without an id nothing was.
	Service Service
	Route   Route
	// MadeService and MadeRoute: this order has made it, and nothing has removed it since.
	// What was there before is not this order's to undo.
	MadeService, MadeRoute bool
	// Unsure: a request has left and nobody knows what became of it.
	Unsure    bool
	Wait      *model.Wait
	Log       []model.LogLine
	Note      string // what a person should know although it went well
	Failure   *model.Failure
	StartedAt time.Time
	EndedAt   time.Time // zero while it goes on
}

// NoUndo says why the order cannot be undone now; empty when it can.
func (m Making) NoUndo() string {
	switch {
	case !m.State.Over():
		return "it is being worked on"
	case m.State == MakingUndone:
		return "it is undone"
	case !m.MadeService && !m.MadeRoute && !m.Unsure:
		return "this order has made nothing"
	default:
		return ""
	}
}

// NoGoOn says why the order cannot be gone on with now; empty when it can.
func (m Making) NoGoOn() string {
	switch {
	case !m.State.Over():
		return "it is being worked on"
	case m.State == MakingDone:
		return "it is done"
	case m.State == MakingUndone:
		return "it is undone; make it anew"
	default:
		return ""
	}
}
