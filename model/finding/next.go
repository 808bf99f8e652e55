package finding

import "strings"

// NextKind is the sort of a next step: screens bind a key to some of them.
type NextKind int

// The kinds of next step.
const (
	NextNone    NextKind = iota // nothing to do
	NextWait                    // it goes on by itself
	NextSetUp                   // continue the set-up of the peering
	NextSignIn                  // sign in to Azure
	NextCommand                 // run the command
	NextKonnect                 // act in Konnect
	NextAdmin                   // ask the person who administers the VNET
	NextSupport                 // ask Kong
	NextTable                   // change the mapping table
)

// Next is what to do now.
type Next struct {
	Kind    NextKind
	Text    string // whole sentences, with the real names
	Command string // a command line that runs as it stands, empty when none helps
	// Mend is the known sequence of requests that carries the step out; empty for none. It
	// is offered only where it is proved whose the things are that it changes.
	Mend Sequence
	// Change is what the sequence changes, where that is not the peering itself.
	Change Change
}

// Same reports whether two steps are the same.
func (n Next) Same(o Next) bool {
	return n.Kind == o.Kind && n.Text == o.Text && n.Command == o.Command && n.Mend == o.Mend && n.Change.Same(o.Change)
}

// Line is the step with its command, for a place that has one line.
func (n Next) Line() string {
	if n.Command == "" {
		return n.Text
	}
	return strings.TrimSpace(n.Text + " Command: " + n.Command)
}
