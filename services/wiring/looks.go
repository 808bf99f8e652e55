package wiring

import (
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/local/looks"
)

// Looks returns how the screens were arranged. What is wrong with the file is a note in
// the activity log; the screens are then as at the start. In a replay nothing is kept.
func (b *Bundle) Looks() *looks.Store {
	dir := b.settings.StateDir
	if b.settings.Replay != nil {
		dir = ""
	}
	store, notes := looks.Open(dir)
	for _, n := range notes {
		b.Log.Remark(safe.Clean(n))
	}
	return store
}
