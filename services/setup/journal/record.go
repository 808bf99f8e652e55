package journal

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"peerdeck/model/setup"

	"peerdeck/model/safe"
)

// Record is a journal as it was read.
type Record struct {
	ID      string
	Entries []Entry
	// Damaged are the numbers of lines that make no sense, from 1. What they said
	// is not known; the clouds are asked anew in any case.
	Damaged []int
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
	info, err := os.Stat(path)
	if err != nil {
		return Record{}, fmt.Errorf("the journal cannot be read: %w", err)
	}
	if info.Size() > maxFile {
		return Record{}, fmt.Errorf("the journal %s has %d MB, far more than peerdeck writes; move it away", path, info.Size()>>20)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return Record{}, fmt.Errorf("the journal cannot be read: %w", err)
	}
	return parse(id, data), nil
}

func parse(id string, data []byte) Record {
	r := Record{ID: id}
	whole := data[:bytes.LastIndexByte(data, '\n')+1]
	lines := bufio.NewScanner(bytes.NewReader(whole))
	lines.Buffer(make([]byte, 0, 64<<10), maxFile)
	for n := 1; lines.Scan(); n++ {
		var e Entry
		if json.Unmarshal(lines.Bytes(), &e) != nil || e.Kind == "" {
			r.Damaged = append(r.Damaged, n)
			continue
		}
		r.Entries = append(r.Entries, e)
	}
	return r
}

// Problem says what is wrong with the journal, empty for nothing.
func (r Record) Problem() string {
	switch {
	case len(r.Entries) == 0 && len(r.Damaged) == 0:
		return "it is empty: the program was stopped before anything was done"
	case len(r.Damaged) == 1:
		return fmt.Sprintf("line %d is damaged; what it said is not known, and both clouds are asked anew", r.Damaged[0])
	case len(r.Damaged) > 1:
		numbers := make([]string, len(r.Damaged))
		for i, n := range r.Damaged {
			numbers[i] = strconv.Itoa(n)
		}
		return fmt.Sprintf("lines %s are damaged; what they said is not known, and both clouds are asked anew", strings.Join(numbers, ", "))
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
		if e.Kind == Place {
			return e.ID
		}
	}
	return safe.Text{}
}

// StopAt lists the steps that the last session of a set-up was to pause before.
func (r Record) StopAt() []setup.StepID {
	for _, e := range slices.Backward(r.Entries) {
		if e.Kind == Begin && e.Run == setup.RunSetup {
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
