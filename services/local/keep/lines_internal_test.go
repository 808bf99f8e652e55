package keep

import (
	"bytes"
	"errors"
	"slices"
	"testing"
)

// Every byte is in a line that was accepted, in one that is odd, or in the torn one,
// whatever stands in a file and wherever the reader's pieces end.
func FuzzLines(f *testing.F) {
	f.Add([]byte("one\n\nthree is long\nodd\nand odd\ntorn"), 5)
	f.Add([]byte("\r\n\n\n\x00\x00"), 0)
	f.Add(append(bytes.Repeat([]byte("y"), 65<<10), "\nx\nz"...), 1)
	f.Fuzz(func(t *testing.T, data []byte, limit int) {
		limit = max(0, min(limit, 1<<20))
		var good [][]byte
		r, err := scan(bytes.NewReader(data), limit, func(line []byte) error {
			if len(line) > limit {
				t.Errorf("a line of %d bytes where %d are the most", len(line), limit)
			}
			if bytes.HasPrefix(line, []byte("o")) {
				return errors.New("it is odd")
			}
			good = append(good, slices.Clone(line))
			return nil
		})
		if err != nil || r.size != int64(len(data)) || r.Good != len(good) {
			t.Fatalf("%+v, %v", r, err)
		}
		var again []byte
		upTo := func(to int64) {
			for int64(len(again)) < to && len(good) > 0 {
				again = append(append(again, good[0]...), '\n')
				good = good[1:]
			}
		}
		lines := bytes.Count(data, []byte{'\n'})
		for _, s := range r.Odd {
			upTo(s.from)
			if int64(len(again)) != s.from || bytes.Count(again, []byte{'\n'}) != s.Line-1 || bytes.Count(data[s.from:s.to], []byte{'\n'}) != s.Lines || s.Why == "" {
				t.Fatalf("%+v behind %d bytes", s, len(again))
			}
			for line := range bytes.Lines(data[s.from:s.to]) {
				if len(line)-1 <= limit && !bytes.HasPrefix(line, []byte("o")) {
					t.Errorf("%q is not odd", line)
				}
			}
			again = append(again, data[s.from:s.to]...)
		}
		upTo(r.size - r.Torn)
		again = append(again, data[r.size-r.Torn:]...)
		if !bytes.Equal(again, data) || r.Good+r.OddLines() != lines {
			t.Errorf("%q became %q", data, again)
		}
	})
}
