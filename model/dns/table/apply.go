package table

import (
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Target names the table that is edited: the map of an outbound resolver.
type Target struct {
	Network      safe.Text // id
	NetworkName  safe.Text
	Resolver     safe.Text // id; empty: the network has none, and one of the name below is made
	ResolverName safe.Text
}

// Order is what a person wants of a table.
type Order struct {
	Target Target
	Base   []Row // what is expected to be there
	Rows   []Row // what is to be there
	// Version is the entity_version of the resolver when Base was read, 0 when that is
	// not known. It is a hint: what is compared is the content.
	Version int
	// Accepted holds the rules of the warnings that the person has seen and accepts.
	Accepted []string
	// Confirmed is the number that was typed where many domains go (rule T04); 0 for none.
	Confirmed int
	// Without names the members that peerdeck does not know and that are not sent back,
	// because Konnect has refused to take them; what they say may be lost.
	Without []string
}

// Changes tells what the order comes to, domain by domain.
func (o Order) Changes() []Change { return Diff(o.Base, o.Rows) }

// ApplyState is how far an order has come.
type ApplyState string

// The states of an order. The last five are its ends.
const (
	ApplyReading   ApplyState = "reading"   // the table is read again
	ApplyKeeping   ApplyState = "keeping"   // what is there is kept as a restore point
	ApplyWriting   ApplyState = "writing"   // the request is on its way
	ApplyWaiting   ApplyState = "waiting"   // the table is looked at until it is as it was sent, and ready
	ApplyDone      ApplyState = "done"      // read back equal, and ready
	ApplyMeanwhile ApplyState = "meanwhile" // somebody else has changed the table; nothing was written
	ApplyDiffers   ApplyState = "differs"   // it was written, and what is there is something else
	ApplyFailed    ApplyState = "failed"    // see the failure; whether something was written stands in Sent
	ApplyCancelled ApplyState = "cancelled" // before anything was written
)

// Over reports whether the state is an end.
func (s ApplyState) Over() bool {
	switch s {
	case ApplyDone, ApplyMeanwhile, ApplyDiffers, ApplyFailed, ApplyCancelled:
		return true
	case ApplyReading, ApplyKeeping, ApplyWriting, ApplyWaiting:
		return false
	default:
		return false
	}
}

// Apply is how the writing of a table stands: the whole of it, each time that something
// changes. The newest value replaces the ones before.
type Apply struct {
	Number    uint64 // of the order in this session, from 1
	Order     Order
	State     ApplyState
	StartedAt time.Time
	EndedAt   time.Time // zero while it goes on
	Write     *model.Write
	Sent      bool             // the request has left; at an end: it has changed something, or may have
	Resolver  model.PrivateDNS // as it was read last
	Wait      *model.Wait      // what is waited for now; nil for nothing
	Log       []model.LogLine  // what was done, the oldest first
	Theirs    []Row            // ApplyMeanwhile and ApplyDiffers: what is there now
	Left      []Change         // ApplyDiffers: from what was sent to what is there
	Restore   RestorePointID   // of what was there before; empty: none was kept
	Note      string           // what a person should know although it went well
	Failure   *model.Failure   // ApplyFailed
	Unwanted  []string         // ApplyFailed: members for Order.Without, with which the order may be taken
}

// Unfinished is an order of an earlier session of which nobody knows the end: the
// program was ended after it had noted the request and before it had seen what came of
// it.
type Unfinished struct {
	ID      string
	At      time.Time // when the request was noted
	Order   Order
	Write   model.Write
	Restore RestorePointID // of what was there before; empty: none was kept
	Problem string         // why it cannot be read; the rest may be empty then
}

// RestorePointID names a restore point; an id sorts by its time.
type RestorePointID string

// RestorePoint is the map of a resolver as it was before a write.
type RestorePoint struct {
	ID      RestorePointID
	At      time.Time
	Target  Target
	Version int // entity_version of the resolver then
	Rows    []Row
	Changes int    // how many domains the write after it changed
	Problem string // why it cannot be read; the rest may be empty then
}

// Saved is a draft as it is kept on disk.
type Saved struct {
	At      time.Time
	Target  Target
	Version int // entity_version of the resolver when Base was read
	Base    []Row
	Rows    []Row
}
