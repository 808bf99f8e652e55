// Package run runs set-ups: consent, role, role assignment, peering, DNS, and the
// way back. It knows no screen.
//
// Every step is check, plan, apply, verify. A check that finds its goal met makes
// the step "already", so running a set-up twice changes nothing, and going on with
// one that was stopped or killed is running it again. What a step is going to
// change is in the journal and on the disk before it is sent.
//
// One goroutine does a run. It sends the whole run as a value after every change,
// the newest wins, and takes orders of a person through a channel. Retries are made
// here and nowhere below, so that each one can be seen and stopped.
package run
