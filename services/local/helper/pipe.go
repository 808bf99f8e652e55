package helper

import (
	"os"
	"time"
)

// pipe takes what a program prints, up to a number of bytes.
type pipe struct {
	most         int
	ours, theirs *os.File
	got          []byte
	over         bool // there was more than that
}

func newPipe(most int) (*pipe, error) {
	ours, theirs, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	return &pipe{most: most, ours: ours, theirs: theirs}, nil
}

// handedOver is called when the program has its end, or never gets it.
func (p *pipe) handedOver() { _ = p.theirs.Close() }

func (p *pipe) close() { _, _ = p.ours.Close(), p.theirs.Close() }

// read reads to the end, or until there is too much, and reports that. Whoever prints more
// waits at the full pipe for its end.
func (p *pipe) read() bool {
	block := make([]byte, 32<<10)
	for {
		n, err := p.ours.Read(block)
		if room := p.most - len(p.got); n > room {
			p.got = append(p.got, block[:room]...)
			p.over = true
			return true
		}
		p.got = append(p.got, block[:n]...)
		if err != nil {
			return false
		}
	}
}

// finish ends the reading. What the program has printed is in the pipe when it has ended;
// a process that has put itself apart may hold the pipe for ever.
func (p *pipe) finish(grace time.Duration) {
	if p.ours.SetReadDeadline(time.Now().Add(grace)) != nil {
		return // the pipes of this system cannot be given up; its groups are ended whole
	}
}

// text is what was printed. It is called when the reading is over.
func (p *pipe) text() []byte {
	_ = p.ours.Close()
	return p.got
}
