// Package watch keeps asking the clouds and tells what it knows in whole
// snapshots.
//
// One goroutine owns all that is known. It decides what to ask next, starts the
// requests, takes in their answers, and offers a snapshot on a channel of one
// place where the latest wins: a slow screen loses what is in between and never
// the last. What was read once stays, with its age, when a later read fails.
//
// How often it asks: every 5 s where something is changing, every 30 to 60 s
// elsewhere, less often while nobody looks at the terminal. The networks on the
// screen come first. A service that answers 429 or 5xx, or not at all, is left
// alone for a time that is in the snapshot.
package watch
