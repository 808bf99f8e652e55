package wiring

import (
	"github.com/peerdeck/peerdeck/model/names"
	"github.com/peerdeck/peerdeck/services/bundle"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/watch/history"
)

// Names is where the names come from that are known without asking a cloud: the state
// folder, the recording, or the demo. It waits for nobody; what cannot be read has no names.
type Names struct {
	StateDir string
	Replay   string // the file of a recording; empty for none
	Demo     bool
}

// List reads them.
func (n Names) List() []names.Network {
	switch {
	case n.Replay != "":
		b, err := bundle.Open(n.Replay)
		if err != nil {
			return nil
		}
		return history.Of(b.History).Names()
	case n.Demo:
		world, err := sandbox.New(sandbox.Options{Seed: demoSeed})
		if err != nil {
			return nil
		}
		return world.Names()
	default:
		return history.Names(n.StateDir)
	}
}
