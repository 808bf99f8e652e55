package finding

import (
	"time"

	"github.com/peerdeck/peerdeck/model/safe"
)

// Known is what somebody said of a finding that is known: why it is let be, and until when.
type Known struct {
	Reason safe.Text
	By     safe.Text // who said so; empty where nobody is named
	At     time.Time // when; zero where nobody said
	Until  time.Time // zero: until the finding changes
}

// Acknowledged reports whether somebody knows of the finding and said so. It stays what it
// is, and is counted no more.
func (f Finding) Acknowledged() bool { return f.Known != nil }

// Pressing reports whether somebody should look now: at what needs a person and is not
// known already.
func (f Finding) Pressing() bool { return f.NeedsPerson() && !f.Acknowledged() }

// Rank orders findings by how much they need a person, the most urgent last: what is well,
// what goes on, what is known already, and then what presses, each by its severity.
func (f Finding) Rank() int {
	const above = int(Broken) + 1
	switch {
	case f.Pressing():
		return 2*above + int(f.Severity)
	case f.NeedsPerson():
		return above + int(f.Severity)
	default:
		return int(f.Severity)
	}
}

// Label is its word for a table, which says where somebody knows of it.
func (f Finding) Label() string {
	if f.Acknowledged() {
		return f.Word + ", known"
	}
	return f.Word
}
