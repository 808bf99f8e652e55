package screen

// Topic names something that goes on by itself, whatever screen is shown.
type Topic string

// The topics of the program.
const (
	TopicRun   Topic = "run"   // a set-up run or a teardown
	TopicApply Topic = "apply" // the writing of a mapping table
)

// Viewer is a screen that can show itself how something stands that goes on.
type Viewer interface{ Shows(topic Topic) bool }

// Announce asks for a notice of something that goes on, unless it is on the screen
// already.
type Announce struct {
	Topic Topic
	Toast Toast
	// Tab is where a person finds it, which the notice says then; empty: it needs nobody.
	Tab string
}

// WorkState is how work in hand stands.
type WorkState int

// The states of work in hand.
const (
	WorkGoing WorkState = iota
	WorkNeedsPerson
	WorkPaused
	WorkFailed
)

// Work is something in hand that goes on when its screen is not shown. The frame has a
// line for it, and the terminal's title and progress bar.
type Work struct {
	Topic     Topic
	Name      string // "set-up"
	Done, All int    // steps
	State     WorkState
}

// Worker is a screen that may have work in hand.
type Worker interface {
	// Work returns it as it stands; false: there is none.
	Work() (Work, bool)
}
