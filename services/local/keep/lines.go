package keep

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/peerdeck/peerdeck/model/phrase"
)

// Limits bound a file of lines, in bytes.
type Limits struct {
	Line int   // without its end
	File int64 // of all lines
	// Form is the newest form of a line that the program knows, which is the one that it
	// writes. A file with a newer line is [Newer]. 0: its lines tell none.
	Form int
}

// Endings of the files beside a file of lines.
const (
	// OddFile holds whole lines that were not understood or are too long.
	OddFile = ".odd"
	// TornFile holds beginnings of lines whose writing a crash has ended.
	TornFile = ".torn"
)

// Span is some lines of a file that stand together.
type Span struct {
	Line  int // the number of the first, from 1
	Lines int
	Why   string // the first was not understood

	from, to int64 // bytes
}

// Reading is what became of the lines of a file: each was understood, or is odd. Behind
// them there may be a torn one.
type Reading struct {
	Path string
	Good int
	Odd  []Span
	// Torn is the length of a last line without its end: the program was stopped while it
	// wrote. That is no damage: what is written in one piece is on the disk, or it was not
	// reported as written.
	Torn int64
	// Earlier is the number of odd lines that stand in the file beside it.
	Earlier int
	// Moved: the odd lines stand in the file beside it now.
	Moved bool

	size int64
}

// ReadLines reads a file of lines and gives each to accept, which says why it does not
// understand one and keeps no hold of the bytes. It changes nothing, so it may be used
// while another program writes the file. With no file the error is [fs.ErrNotExist], and with
// a line that a newer program has written [Newer].
func ReadLines(path string, limits Limits, accept func(line []byte) error) (Reading, error) {
	f, err := openRegular(path)
	if err != nil {
		return Reading{}, err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return Reading{}, err
	}
	if info.Size() > limits.File {
		return Reading{}, TooLong{limits.File}
	}
	// What another program adds meanwhile is read the next time.
	r, err := scan(io.LimitReader(f, info.Size()), limits.longest(), limits.reading(accept))
	r.Path = path
	if err == nil {
		r.Earlier, err = countLines(path + OddFile)
	}
	return r, err
}

// longest is how long a line is at most, with its form.
func (l Limits) longest() int {
	if l.Form == 0 {
		return l.Line
	}
	return l.Line + formRoom
}

// reading has lines of a newer form end the reading.
func (l Limits) reading(accept func(line []byte) error) func(line []byte) error {
	return func(line []byte) error {
		if err := known(formOfLine(line), l.Form); err != nil {
			return err
		}
		return accept(line)
	}
}

// scan reads lines of up to a limit.
func scan(in io.Reader, limit int, accept func(line []byte) error) (Reading, error) {
	const piece = 64 << 10
	var (
		r    Reading
		line []byte
		from int64 // where the line begins
		long bool  // nobody holds it in memory
	)
	for source, n := bufio.NewReaderSize(in, piece), 0; ; {
		part, err := source.ReadSlice('\n')
		r.size += int64(len(part))
		if long = long || len(line)+len(part) > limit+1; !long {
			line = append(line, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF):
			r.Torn = r.size - from
			return r, nil
		case err != nil:
			return r, err
		}
		n++
		if long {
			err = TooLong{int64(limit)}
		} else {
			err = accept(line[:len(line)-1])
		}
		switch _, newer := errors.AsType[Newer](err); {
		case newer:
			return r, err
		case err == nil:
			r.Good++
		default:
			r.Odd = addSpan(r.Odd, Span{Line: n, Lines: 1, Why: err.Error(), from: from, to: r.size})
		}
		from, line, long = r.size, line[:0], false
	}
}

// addSpan adds a line; those that stand together are one span.
func addSpan(spans []Span, s Span) []Span {
	if last := len(spans) - 1; last >= 0 && spans[last].to == s.from {
		spans[last].Lines++
		spans[last].to = s.to
		return spans
	}
	return append(spans, s)
}

// OddLines is how many lines were not understood this time.
func (r Reading) OddLines() int {
	n := 0
	for _, s := range r.Odd {
		n += s.Lines
	}
	return n
}

// Word tells a person of lines that were not understood and where they are; empty when
// there are none. What names the file, such as "the history".
func (r Reading) Word(what string) string {
	n := r.OddLines()
	if n == 0 {
		return ""
	}
	are, fate := phrase.Either(n, "is", "are"), "passed over"
	if r.Moved {
		fate = "set aside in " + r.Path + OddFile
	}
	return fmt.Sprintf("%s of %s %s %s not understood (%s) and %s %s", phrase.Count(n, "line"), what, r.Path, are, r.numbers(), are, fate)
}

// numbers names the lines that were not understood, with the reason for the first.
func (r Reading) numbers() string {
	const most = 5
	var list []string
	for _, s := range r.Odd {
		if s.Lines == 1 {
			list = append(list, fmt.Sprintf("line %d", s.Line))
		} else {
			list = append(list, fmt.Sprintf("lines %d to %d", s.Line, s.Line+s.Lines-1))
		}
	}
	list[0] += ": " + r.Odd[0].Why
	return phrase.Few(list, most)
}

// countLines counts the lines of a file; 0 for none.
func countLines(path string) (int, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	defer func() { _ = f.Close() }()
	r, err := scan(f, 0, func([]byte) error { return nil })
	return r.Good + r.OddLines(), err
}
