package keep

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Log is a file of JSON lines that this program alone adds to: whoever opens one holds
// a lock on it. It belongs to one goroutine at a time and holds nothing open.
type Log struct {
	disk   Disk
	path   string
	limits Limits
	size   int64 // of its whole lines
	failed bool  // the last addition may have left a part of itself
}

// OpenLog reads a file of lines as [ReadLines] does and makes it ready for more: lines
// that are not understood move to the file beside it ([OddFile]), a torn one to another
// ([TornFile]). What moves is on the disk there before it leaves here, so a crash in
// between leaves it twice, never not at all. With no file there the log is empty, and
// the file is made with its first line.
func (d Disk) OpenLog(path string, limits Limits, accept func(line []byte) error) (*Log, Reading, error) {
	l := &Log{disk: d, path: path, limits: limits}
	r, err := l.read(accept)
	return l, r, err
}

func (l *Log) read(accept func(line []byte) error) (Reading, error) {
	r, err := ReadLines(l.path, l.limits, accept)
	if errors.Is(err, fs.ErrNotExist) {
		l.size, l.failed = 0, false
		return Reading{Path: l.path}, nil
	}
	if err == nil {
		err = l.disk.setAside(&r)
	}
	if err != nil {
		return r, err
	}
	l.size, l.failed = r.size, false
	return r, nil
}

// setAside moves what is odd or torn. The reading is then that of the new file.
func (d Disk) setAside(r *Reading) error {
	if len(r.Odd) == 0 && r.Torn == 0 {
		return nil
	}
	f, err := os.Open(r.Path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // where it is not closed yet
	end := r.size - r.Torn
	if r.Torn > 0 {
		if err := d.addBeside(r.Path+TornFile, io.NewSectionReader(f, end, r.Torn), bytes.NewReader([]byte{'\n'})); err != nil {
			return err
		}
	}
	if len(r.Odd) == 0 {
		r.size, r.Torn = end, 0
		return d.cut(r.Path, end)
	}
	var odd, good []io.Reader
	at := int64(0)
	for _, s := range append(r.Odd, Span{from: end, to: end}) {
		good = append(good, io.NewSectionReader(f, at, s.from-at))
		odd = append(odd, io.NewSectionReader(f, s.from, s.to-s.from))
		at = s.to
	}
	if err := d.addBeside(r.Path+OddFile, odd...); err != nil {
		return err
	}
	size := int64(0)
	err = d.replace(r.Path, Private, func(w io.Writer) error {
		size, err = io.Copy(w, io.MultiReader(good...))
		return errors.Join(err, f.Close()) // Windows does not replace a file that is open
	})
	if err == nil {
		r.size, r.Torn, r.Moved = size, 0, true
	}
	return err
}

// addBeside adds to a file of what was set aside. It begins on a line of its own also
// where an earlier addition came to no end.
func (d Disk) addBeside(path string, parts ...io.Reader) error {
	f, err := d.open(path, os.O_CREATE|os.O_RDWR|os.O_APPEND, Private)
	if err != nil {
		return err
	}
	if info, serr := f.Stat(); serr == nil && info.Size() > 0 {
		var last [1]byte
		if _, rerr := f.ReadAt(last[:], info.Size()-1); rerr == nil && last[0] != '\n' {
			parts = append([]io.Reader{bytes.NewReader([]byte{'\n'})}, parts...)
		}
	}
	_, err = io.Copy(writer{d, f}, io.MultiReader(parts...))
	if err == nil {
		err = d.sync(f)
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return d.syncNames(filepath.Dir(path))
}

// cut ends a file after so many bytes.
func (d Disk) cut(path string, size int64) error {
	f, err := d.open(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	err = d.truncate(f, size)
	if err == nil {
		err = d.sync(f)
	}
	return errors.Join(err, f.Close())
}

// Append adds values, one line each, and returns when they are on the disk. After a
// failure none of them counts: the next call first removes what there is of them.
// [TooLong] is the error of a value that could not be read back; nothing is written then.
func (l *Log) Append(values ...any) error {
	data, err := encode(l.limits, values)
	if err != nil || len(data) == 0 {
		return err
	}
	if err := l.repair(); err != nil {
		return err
	}
	if l.size+int64(len(data)) > l.limits.File {
		return TooLong{l.limits.File}
	}
	f, err := l.disk.open(l.path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, Private)
	if err != nil {
		return err
	}
	l.failed = true
	_, err = writer{l.disk, f}.Write(data)
	if err == nil {
		err = l.disk.sync(f)
	}
	err = errors.Join(err, f.Close())
	if err == nil && l.size == 0 { // it may be new
		err = l.disk.syncNames(filepath.Dir(l.path))
	}
	if err == nil {
		l.size, l.failed = l.size+int64(len(data)), false
	}
	return err
}

// repair brings the file to the end of its last whole line. What an addition that failed
// has left goes; where something else has written to the file, nothing goes.
func (l *Log) repair() error {
	info, err := os.Stat(l.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		l.size, l.failed = 0, false // somebody has moved it away
		return nil
	case err != nil:
		return err
	case info.Size() == l.size:
		l.failed = false
		return nil
	case l.failed && info.Size() > l.size:
		if err := l.disk.cut(l.path, l.size); err != nil {
			return err
		}
		l.failed = false
		return nil
	}
	_, err = l.read(func([]byte) error { return nil })
	return err
}

// Replace puts values in the place of all lines.
func (l *Log) Replace(values ...any) error {
	data, err := encode(l.limits, values)
	if err != nil {
		return err
	}
	if err := l.disk.Replace(l.path, data, Private); err != nil {
		return err
	}
	l.size, l.failed = int64(len(data)), false
	return nil
}

// Aside puts a value that is too long for a line into the file of odd ones.
func (l *Log) Aside(value any) error {
	data, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return l.disk.addBeside(l.path+OddFile, bytes.NewReader(append(data, '\n')))
}

func encode(limits Limits, values []any) ([]byte, error) {
	var b bytes.Buffer
	for _, v := range values {
		line, err := json.Marshal(v)
		if err != nil {
			return nil, fmt.Errorf("it cannot be written: %w", err)
		}
		if len(line) > limits.Line {
			return nil, TooLong{int64(limits.Line)}
		}
		b.Write(tellForm(line, limits.Form))
		b.WriteByte('\n')
	}
	return b.Bytes(), nil
}
