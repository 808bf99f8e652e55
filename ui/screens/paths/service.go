package paths

import (
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Service is all that the list needs. Its methods return at once; what is read comes as
// [screen.Paths]. Its errors are failures with a cure.
type Service interface {
	// Read begins to read the paths of a network, in place of a reading in hand.
	Read(network safe.Text) error
	// Effective takes a reading that has ended, and asks Azure what is really in effect at
	// the network cards that requests to some places lead to. What follows is the same
	// reading, judged by what Azure says.
	Effective(of paths.View, to ...paths.Destination) error
	// Cancel ends the reading in hand. What is known stays.
	Cancel()
}
