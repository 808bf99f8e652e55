package ranges

import (
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Read is what was read of both clouds, whatever is asked of it afterwards.
type Read struct {
	At           time.Time
	Availability model.Availability
	Unavailable  *model.Failure // why Availability was not read
	Taken        []Taken
	Gaps         []Gap
	Seen         Seen
}

// In is what was read as the facts for a region of Azure, for all of them where none is
// named. The error names a region that Konnect does not have.
func (r Read) In(region safe.Text) (Facts, error) {
	l, err := LimitsIn(r.Availability, r.Unavailable, region)
	return Facts{Limits: l, Taken: r.Taken, Gaps: r.Gaps, Seen: r.Seen}, err
}

// Seen counts what was read.
type Seen struct{ Tenants, Subscriptions, VNets, Hubs, Networks int }

// String says what was read.
func (s Seen) String() string {
	return phrase.And([]string{
		phrase.Count(s.Networks, "Konnect network"), phrase.Count(s.VNets, "VNET"), phrase.Count(s.Hubs, "virtual hub"),
	}) + " in " + phrase.Count(s.Subscriptions, "subscription") + " of " + phrase.Count(s.Tenants, "tenant")
}

// Beyond is what no reading shows, however much may be read.
const Beyond = "Ranges behind VPN and ExpressRoute gateways, in other clouds and in subscriptions that the account does not see are not known here: ask who runs those networks."

// State is how a reading stands.
type State string

// The states of a reading.
const (
	Reading   State = "reading"
	Done      State = "done"
	Failed    State = "failed" // nothing at all could be read; Failure says why
	Cancelled State = "cancelled"
)

// View is a reading at one moment, whole.
type View struct {
	Number  int // of the reading; a later one has a higher one
	State   State
	Doing   string // what goes on, while it goes on
	Read    Read
	Failure *model.Failure
}

// Over reports whether the reading has come to its end.
func (v View) Over() bool { return v.State != Reading }
