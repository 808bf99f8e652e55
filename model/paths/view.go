package paths

import (
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// State is how far a reading is.
type State string

// The states. All but the first are ends.
const (
	Reading   State = "reading"
	Done      State = "done"
	Failed    State = "failed"    // it could not be begun
	Cancelled State = "cancelled" // what is there is what was known by then
	Cut       State = "cut"       // its time was over; the same
)

// Over reports whether nothing more comes.
func (s State) Over() bool { return s != Reading }

// View is one reading of a network's paths, as far as it is: a whole value that each later
// one of the same number replaces.
type View struct {
	Facts
	Report

	Number  int       // counts up, in one session
	Of      safe.Text // the network that was asked for, by its id or name
	State   State
	Doing   string      // what goes on, such as "reading 3 of 14 control planes"; empty when it is over
	Wait    *model.Wait // what is waited for meanwhile; nil for nothing
	Failure *model.Failure
	Begun   time.Time
	Ended   time.Time // zero while it goes on
}

// Judged returns the view with everything that follows from its facts.
func (v View) Judged() View {
	v.Report = Judge(v.Facts)
	return v
}

// Now says in a line what goes on.
func (v View) Now(now time.Time) string {
	if v.Wait == nil {
		return v.Doing
	}
	return v.Doing + ": " + v.Wait.Text(now)
}
