package model

import (
	"time"

	"github.com/peerdeck/peerdeck/model/safe"
)

// LogLine is one line of the log of something that goes on: a set-up, the writing of a
// table.
type LogLine struct {
	Number uint64 // from 1, without gaps; 0 where lines are not numbered
	At     time.Time
	Step   string // the step of a set-up that it belongs to; empty for none
	Tone   LineTone
	Text   safe.Text
}

// LineTone says how a log line is meant.
type LineTone int

// The tones.
const (
	LinePlain LineTone = iota
	LineGood
	LineWait
	LineTrouble
	LineWrite // a request that changes something
)
