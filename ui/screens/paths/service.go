package paths

import "peerdeck/model/safe"

// Service is all that the list needs. Its methods return at once; what is read comes as
// [screen.Paths]. Its errors are failures with a cure.
type Service interface {
	// Read begins to read the paths of a network, in place of a reading in hand.
	Read(network safe.Text) error
	// Cancel ends the reading in hand. What is known stays.
	Cancel()
}
