// Package known holds the problems that somebody knows of: a finding that is let be for a
// reason and until an end. Such a finding stays what it is and is counted no more; it comes
// back when its time is over, or when it is another one than it was.
package known
