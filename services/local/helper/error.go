package helper

import (
	"errors"
	"fmt"
	"os/exec"
	"time"

	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Kind is the sort of an error of a program.
type Kind string

// The kinds.
const (
	NotFound   Kind = "not found"   // there is no such program
	NotAllowed Kind = "not allowed" // it is there, and may not be run
	Broken     Kind = "broken"      // it is there, and what it needs to run is not
	TimedOut   Kind = "timed out"
	TooMuch    Kind = "too much" // it printed more than anybody reads
	Exited     Kind = "exited"   // with a code that says that it failed
	Killed     Kind = "killed"   // by a signal of somebody else
	NoJSON     Kind = "no JSON"
	OtherJSON  Kind = "other JSON" // JSON that is not the answer
	Cancelled  Kind = "cancelled"  // never in an [Error]: that is the context's
)

// Error says which door is shut.
type Error struct {
	Kind    Kind
	Program string        // its name
	Path    string        // empty where there is none
	Limit   time.Duration // that it was given, of TimedOut
	Most    int           // bytes that it may print, of TooMuch
	Code    int           // of Exited, and of Broken where the program itself said so
	Reason  string        // in our words, of NotFound, NotAllowed, Broken and Killed
	Members string        // those that JSON of another shape has
	Said    safe.Text     // the first telling line that it printed, without secrets
	Err     error         // what lies below
}

// Unwrap is what lies below.
func (e Error) Unwrap() error { return e.Err }

// Error is a sentence for a person, without a full stop.
func (e Error) Error() string {
	name := safe.Clean(e.Program)
	switch e.Kind {
	case NotFound, NotAllowed:
		return e.Reason
	case Broken:
		return e.Reason + e.quoted(": ")
	case TimedOut:
		return name + " did not answer within " + phrase.Exact(e.Limit) + e.quoted("; it said: ")
	case TooMuch:
		return fmt.Sprintf("%s printed more than %s and was ended", name, size(e.Most)) + e.quoted("; it began with: ")
	case Exited:
		return fmt.Sprintf("%s failed with exit code %d", name, e.Code) + e.quoted(": ")
	case Killed:
		return name + " was " + e.Reason + e.quoted("; it said: ")
	case NoJSON:
		if e.Said.IsEmpty() {
			return name + " printed nothing"
		}
		return name + " printed no JSON" + e.quoted("; it said: ")
	case OtherJSON:
		return name + " printed JSON of another form: " + e.Members + e.quoted("; it said: ")
	case Cancelled:
		return name + " was stopped"
	default:
		return name + " failed" + e.quoted(": ")
	}
}

func (e Error) quoted(before string) string {
	if e.Said.IsEmpty() {
		return ""
	}
	return before + e.Said.String()
}

func size(n int) string {
	if n >= 1<<20 && n%(1<<20) == 0 {
		return fmt.Sprintf("%d MiB", n>>20)
	}
	return fmt.Sprintf("%d bytes", n)
}

// Codes with which a shell, or env, says that a program that it was to start cannot be.
const (
	codeNotAllowed = 126
	codeNotThere   = 127
)

// exited describes the end of a program that says itself that it failed.
func (e Error) exited(err error) Error {
	exit, ok := errors.AsType[*exec.ExitError](err)
	if !ok {
		e.Kind, e.Reason, e.Err = Broken, safe.Clean(e.Program)+" cannot be waited for: "+safe.Clean(err.Error()), err
		return e
	}
	e.Kind, e.Code, e.Err = Exited, exit.ExitCode(), err
	switch {
	case e.Code == codeNotThere || e.Code == codeNotAllowed:
		e.Kind = Broken
		e.Reason = fmt.Sprintf("%s cannot start a program that it needs (exit code %d)", safe.Clean(e.Program), e.Code)
	case e.Code < 0:
		e.Kind, e.Reason = Killed, "ended from outside ("+exit.String()+")"
	}
	return e
}
