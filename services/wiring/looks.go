package wiring

import (
	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/local/looks"
	"github.com/peerdeck/peerdeck/services/watch/remembered"
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

// Remember lets the watcher show the networks as they were read last, until the first answer
// comes, and keep them for the next start. It returns what the first frame can show of them.
// It is for the screen: who reads a status wants to know how things are now. The demo and a
// replay have nothing to remember by, and a recording shows no more than its replay will.
func (b *Bundle) Remember() model.Snapshot {
	s := b.settings
	if s.Remembered == "" || s.Record != nil || s.Replay != nil {
		return model.Snapshot{}
	}
	return b.Watcher.Remember(remembered.New(s.Remembered, s.Konnect.Host(), b.Log.Remark))
}
