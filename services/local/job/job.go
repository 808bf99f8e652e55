// Package job stops and continues the program as a job of the shell that has started it.
package job

import "time"

// Settles is how long what else the program does at that moment gets to come to its end before
// the program stops. Bubble Tea does not wait for the drawing that it has ended (2.1.1, its
// issue 1778): where the process stops first, the old drawing ends the clock of the new one when
// it is continued, and nothing is drawn any more. That met one stop in twenty of tea.Suspend, on
// two processors.
const Settles = 50 * time.Millisecond
