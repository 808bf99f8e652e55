package bundle

import "time"

// The format that this peerdeck writes. A reader refuses another Format, and takes a
// newer Minor: that only adds entries and members.
const (
	Format = 1
	Minor  = 0
)

// Manifest says what a bundle is.
type Manifest struct {
	Format  int    `json:"format"`
	Minor   int    `json:"minor"`
	Program string `json:"program"` // the version of the peerdeck that wrote it
	// MadeAt is when it was written. Began and Clock are the times between which it was
	// recorded; a replay shows the world at Clock.
	MadeAt  time.Time `json:"made_at"`
	Began   time.Time `json:"began"`
	Clock   time.Time `json:"clock"`
	Command []string  `json:"command"` // that was recorded, without the program's name and without values of secret flags
	Context string    `json:"context"` // name of the context, empty for none
	// Names says whether names, ids and addresses are those of the sender. False: they
	// are stand-ins.
	Names   bool    `json:"names"`
	Entries []Entry `json:"entries"` // all but the manifest itself, in the order of the file
}

// Entry is one entry of the file.
type Entry struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`   // bytes, not compressed
	SHA256 string `json:"sha256"` // hexadecimal
}
