//go:build unix

package journey_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// tape is what is typed to make pictures of the program, a line a step:
//
//	size 120 34           columns and rows; comes first
//	film peerdeck         the whole of it is an animated picture and a cast of this name
//	run --demo            starts the program
//	until TEXT            waits for a text; gone TEXT waits until it is not there
//	keys j k enter        sends keys
//	type TEXT             sends a text, in the film letter by letter
//	paste TEXT            sends a text as a paste, \n is a new line
//	hold 1.5              the film stands still, in seconds
//	still NAME            a picture of the screen as it is
type tape struct {
	path          string
	width, height int
	film          string
	stills        []string
	steps         []step
}

type step struct {
	line       int
	word, rest string
}

// readTape reads a tape, and says with its line what is wrong with it.
func readTape(path string) (*tape, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	tp := &tape{path: path}
	for i, line := range strings.Split(string(data), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		word, rest, _ := strings.Cut(line, " ")
		if err := tp.take(step{i + 1, word, strings.TrimSpace(rest)}); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", filepath.Base(path), i+1, err)
		}
	}
	if tp.width == 0 || len(tp.steps) == 0 || tp.steps[0].word != "run" {
		return nil, fmt.Errorf("%s: a tape begins with size and run", filepath.Base(path))
	}
	return tp, nil
}

func (tp *tape) take(s step) error {
	switch s.word {
	case "size":
		_, err := fmt.Sscanf(s.rest, "%d %d", &tp.width, &tp.height)
		return err
	case "film":
		tp.film = s.rest
		return nil
	case "still":
		tp.stills = append(tp.stills, s.rest)
	case "hold":
		if _, err := strconv.ParseFloat(s.rest, 64); err != nil {
			return err
		}
	case "run", "until", "gone", "keys", "type", "paste":
	default:
		return fmt.Errorf("there is no step %q", s.word)
	}
	tp.steps = append(tp.steps, s)
	return nil
}

// pictures are the files that a tape makes, below docs/images.
func (tp *tape) pictures() []string {
	var out []string
	for _, s := range tp.stills {
		out = append(out, s+".png")
	}
	if tp.film != "" {
		out = append(out, tp.film+".gif", tp.film+".cast")
	}
	return out
}

// play runs a tape and hands on what it shows.
func (tp *tape) play(t *testing.T, f *film) {
	t.Helper()
	var s *terminal
	for _, st := range tp.steps {
		switch st.word {
		case "run":
			s = start(t, tp.width, tp.height, nil, strings.Fields(st.rest)...)
		case "until":
			s.until(st.rest)
			f.take(s, 0)
		case "gone":
			s.gone(st.rest)
			f.take(s, 0)
		case "keys":
			for k := range strings.FieldsSeq(st.rest) {
				s.keys(k)
				s.settle()
				f.take(s, 400*time.Millisecond)
			}
		case "type":
			for _, r := range st.rest {
				s.keys(string(r))
				s.settle()
				f.take(s, 70*time.Millisecond)
			}
		case "paste":
			s.paste(strings.ReplaceAll(st.rest, `\n`, "\n"))
			s.settle()
			f.take(s, 600*time.Millisecond)
		case "hold":
			seconds, _ := strconv.ParseFloat(st.rest, 64) // it was read before
			s.settle()
			f.take(s, time.Duration(seconds*float64(time.Second)))
		case "still":
			s.settle()
			f.still(t, s, st.rest)
		}
	}
	if s != nil {
		_ = s.cmd.Process.Kill()
		<-s.ended
	}
}

// settle waits until nothing is drawn for a moment. Pictures are no tests: a tape that
// needs a certain text waits for it.
func (s *terminal) settle() {
	for {
		select {
		case <-s.news:
		case <-s.ended:
			return
		case <-time.After(120 * time.Millisecond):
			return
		}
	}
}
