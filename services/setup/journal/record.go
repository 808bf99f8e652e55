package journal

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/local/keep"
)

// Record is a journal as it was read.
type Record struct {
	ID      string
	Entries []Entry
	// Damaged are the numbers of lines that make no sense, from 1. What they said
	// is not known; the clouds are asked anew in any case.
	Damaged []int
	// Aside is the number of such lines that were moved to the file beside the journal
	// when the run was gone on with, and Path is that file.
	Aside int
	Path  string
}

// Read reads the journal of a run. A torn last line is no damage: the program was
// stopped while it wrote, before it did what the line says.
func (s *Store) Read(id string) (Record, error) {
	if s.dir == "" {
		s.mu.Lock()
		defer s.mu.Unlock()
		entries, there := s.memory[id]
		if !there {
			return Record{}, fmt.Errorf("there is no run %s", safe.Clean(id))
		}
		return Record{ID: id, Entries: slices.Clone(entries)}, nil
	}
	path, err := s.path(id)
	if err != nil {
		return Record{}, err
	}
	r := Record{ID: id, Path: path + keep.OddFile}
	reading, err := keep.ReadLines(path, limits(), func(line []byte) error {
		e, err := entryOf(line)
		if err == nil {
			r.Entries = append(r.Entries, e)
		}
		return err
	})
	if err != nil {
		return Record{}, fmt.Errorf("the journal %s cannot be read: %w", path, keep.Reason(err))
	}
	r.Aside = reading.Earlier
	for _, s := range reading.Odd {
		for n := range s.Lines {
			r.Damaged = append(r.Damaged, s.Line+n)
		}
	}
	return r, nil
}

// context is the context in which the run was begun; empty for none.
func (r Record) context() string {
	for _, e := range r.Entries {
		if e.Kind == Begin {
			return e.Context
		}
	}
	return ""
}

// entryOf reads a line.
func entryOf(line []byte) (Entry, error) {
	var e Entry
	if err := json.Unmarshal(line, &e); err != nil {
		return Entry{}, fmt.Errorf("it is no entry: %w", err)
	}
	if e.Kind == "" {
		return Entry{}, errors.New("it is an entry of no kind")
	}
	return e, nil
}

// Problem says what is wrong with the journal, empty for nothing.
func (r Record) Problem() string {
	switch {
	case len(r.Entries) == 0 && len(r.Damaged) == 0 && r.Aside == 0:
		return "it is empty: the program was stopped before anything was done"
	case len(r.Damaged) > 0:
		const most = 10
		numbers := make([]string, len(r.Damaged))
		for i, n := range r.Damaged {
			numbers[i] = strconv.Itoa(n)
		}
		n := len(r.Damaged)
		return fmt.Sprintf("%s %s %s damaged; what %s said is not known, and both clouds are asked anew",
			phrase.Noun(n, "line"), phrase.Few(numbers, most), phrase.Either(n, "is", "are"), phrase.Either(n, "it", "they"))
	case r.Aside > 0:
		return fmt.Sprintf("%s damaged and set aside in %s; what %s said is not known, and both clouds are asked anew",
			phrase.Count(r.Aside, "line")+phrase.Either(r.Aside, " was", " were"), r.Path, phrase.Either(r.Aside, "it", "they"))
	default:
		return ""
	}
}

// Request returns what the run is for. False: the journal does not tell.
func (r Record) Request() (setup.Request, bool) {
	for _, e := range slices.Backward(r.Entries) {
		if e.Kind == Begin && e.Request != nil {
			return e.Request.model(), true
		}
	}
	return setup.Request{}, false
}

// Network returns the id of the network that the run is on, empty when the run did
// not come so far.
func (r Record) Network() safe.Text {
	for _, e := range slices.Backward(r.Entries) {
		if e.Kind == Place && e.Step != setup.StepRoute {
			return e.ID
		}
	}
	return safe.Text{}
}

// StopAt lists the steps that the last session was to pause before that was no teardown.
func (r Record) StopAt() []setup.StepID {
	for _, e := range slices.Backward(r.Entries) {
		if e.Kind == Begin && e.Run != setup.RunTeardown {
			return e.StopAt
		}
	}
	return nil
}

// Writes returns the number of the last write.
func (r Record) Writes() int {
	last := 0
	for _, e := range r.Entries {
		last = max(last, e.Number)
	}
	return last
}

// Accepted lists the findings that a person has accepted.
func (r Record) Accepted() []string {
	var out []string
	for _, e := range r.Entries {
		if e.Kind == Accepted {
			out = append(out, e.Findings...)
		}
	}
	return out
}
