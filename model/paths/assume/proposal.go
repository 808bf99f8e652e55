package assume

import "github.com/peerdeck/peerdeck/model/safe"

// Proposal is what a file or a form assumes of a network, in the order in which it would be
// done.
type Proposal struct {
	Network safe.Text // name or id; empty: whichever is asked about
	Changes []Change
}
