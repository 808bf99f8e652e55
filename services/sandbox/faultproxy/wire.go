package faultproxy

import (
	"bytes"
	"io"
	"net"
	"os"
	"sync"
	"time"
)

// room is how much a connection takes that nobody has read yet, as sockets do.
const room = 256 << 10

// wire is one end of a connection in memory. Like a socket, and unlike net.Pipe, it takes
// what is written although nobody reads yet.
type wire struct {
	from, to *line
	limit    deadline
}

func pair() (near, far *wire) {
	there, back := newLine(), newLine()
	return &wire{from: back, to: there}, &wire{from: there, to: back}
}

// Read waits for what the other end writes.
func (w *wire) Read(p []byte) (int, error) { return w.from.read(p, w.limit.passed()) }

// Write waits for room.
func (w *wire) Write(p []byte) (int, error) { return w.to.write(p) }

// Close ends the connection for both ends, in order: what was written can still be read.
func (w *wire) Close() error {
	w.to.end(io.EOF)
	w.from.end(net.ErrClosed)
	return nil
}

// end breaks the connection off, for both ends.
func (w *wire) end(err error) {
	for _, l := range []*line{w.to, w.from} {
		l.end(&net.OpError{Op: "read", Net: "tcp", Err: err})
	}
}

// LocalAddr is the same for all.
func (w *wire) LocalAddr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)} }

// RemoteAddr is the same for all.
func (w *wire) RemoteAddr() net.Addr { return w.LocalAddr() }

// SetDeadline ends a read that waits then.
func (w *wire) SetDeadline(t time.Time) error { return w.SetReadDeadline(t) }

// SetReadDeadline ends a read that waits then.
func (w *wire) SetReadDeadline(t time.Time) error {
	w.limit.set(t)
	return nil
}

// SetWriteDeadline is not kept: who writes is ended by the end of the connection.
func (w *wire) SetWriteDeadline(time.Time) error { return nil }

// line is one direction.
type line struct {
	mu   sync.Mutex
	data bytes.Buffer
	err  error         // at its end
	news chan struct{} // closed when there is something new
}

func newLine() *line { return &line{news: make(chan struct{})} }

func (l *line) read(p []byte, passed <-chan struct{}) (int, error) {
	for {
		l.mu.Lock()
		n, _ := l.data.Read(p)
		if n > 0 {
			l.tell() // there is room
		}
		err, news := l.err, l.news
		l.mu.Unlock()
		if n > 0 || len(p) == 0 {
			return n, nil
		}
		if err != nil {
			return 0, err
		}
		select {
		case <-news:
		case <-passed:
			return 0, os.ErrDeadlineExceeded
		}
	}
}

func (l *line) write(p []byte) (int, error) {
	l.mu.Lock()
	for l.err == nil && l.data.Len() >= room {
		news := l.news
		l.mu.Unlock()
		<-news
		l.mu.Lock()
	}
	defer l.mu.Unlock()
	if l.err != nil {
		return 0, io.ErrClosedPipe
	}
	l.tell()
	return l.data.Write(p)
}

// end ends the line, once.
func (l *line) end(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.err == nil {
		l.err = err
		l.tell()
	}
}

func (l *line) tell() {
	close(l.news)
	l.news = make(chan struct{})
}

// deadline is a time that can be moved.
type deadline struct {
	mu    sync.Mutex
	timer *time.Timer
	over  chan struct{}
}

func (d *deadline) passed() <-chan struct{} {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.channel()
}

// channel is the one that closes at the time, for those who wait already too.
func (d *deadline) channel() chan struct{} {
	if d.over == nil {
		d.over = make(chan struct{})
	}
	return d.over
}

func (d *deadline) set(t time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.timer != nil && !d.timer.Stop() {
		<-d.channel() // it closes just now
	}
	d.timer = nil
	select {
	case <-d.channel():
		d.over = make(chan struct{})
	default:
	}
	if t.IsZero() {
		return
	}
	over := d.channel()
	if left := time.Until(t); left > 0 {
		d.timer = time.AfterFunc(left, func() { close(over) })
	} else {
		close(over)
	}
}
