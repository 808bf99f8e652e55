package probe

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"syscall"
	"time"

	"github.com/miekg/dns"

	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/phrase"
)

// maxForeign bounds what a flood of wrong messages can make us read for one question.
const maxForeign = 100_000

// trial is one question over one connection.
type trial struct {
	outcome    dnsverdict.Outcome
	reply      *dns.Msg // nil unless answered
	size       int
	message    []byte // the reply as it came, where somebody wants it
	reason     string
	took       time.Duration
	foreign    int
	foreignWhy string
}

// direct sends a question over a connection of its own and waits for the answer, at most
// for the patience given. What is no answer to it is waited over: the true one may
// still be on its way.
func (p *Prober) direct(ctx context.Context, over dnsverdict.Transport, server string, question *dns.Msg, patience time.Duration) trial {
	began := time.Now()
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var t trial
	err := p.talk(limited, over, server, question, &t)
	t.took = time.Since(began)
	switch {
	case err == nil:
		t.outcome = dnsverdict.OutcomeAnswered
	case ctx.Err() != nil:
		t.outcome, t.reason = dnsverdict.OutcomeSkipped, stopped
	case t.foreign > 0:
		t.outcome, t.reason = dnsverdict.OutcomeForeign, t.foreignWhy
	default:
		t.outcome, t.reason = classify(limited, err)
		if t.outcome == dnsverdict.OutcomeSilent && t.reason == "" {
			t.reason = "nothing came within " + phrase.Exact(patience)
		}
	}
	return t
}

// stopped is the reason of what was not asked because somebody gave up.
const stopped = "the probe was stopped"

func (p *Prober) talk(ctx context.Context, over dnsverdict.Transport, server string, question *dns.Msg, t *trial) error {
	packed, err := question.Pack()
	if err != nil {
		return err
	}
	network := "udp"
	if over == dnsverdict.TCP {
		network = "tcp"
		packed = append(binary.BigEndian.AppendUint16(nil, uint16(len(packed))), packed...) //nolint:gosec // a packed question has some hundred bytes
	}
	conn, err := p.dial(ctx, network, server)
	if err != nil {
		return err
	}
	// The end of ctx, in time or before, ends reading and writing: a closed connection
	// does that on every kind of connection, a deadline only on some.
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() })
	defer func() {
		stop()
		_ = conn.Close()
	}()
	if _, err := conn.Write(packed); err != nil {
		return err
	}
	buffer, _ := p.buffers.Get().(*[dns.MaxMsgSize]byte)
	defer p.buffers.Put(buffer)
	for t.foreign < maxForeign {
		n, err := read(conn, over, buffer[:])
		if err != nil {
			return err
		}
		reply, why := judge(buffer[:n], question)
		if reply != nil {
			t.reply, t.size = reply, n
			if p.wire != nil {
				t.message = bytes.Clone(buffer[:n])
			}
			return nil
		}
		t.foreign++
		t.foreignWhy = why
	}
	return errors.New("nothing but messages that are no answer")
}

// read reads one message.
func read(conn net.Conn, over dnsverdict.Transport, buffer []byte) (int, error) {
	if over == dnsverdict.UDP {
		return conn.Read(buffer)
	}
	var size [2]byte
	if n, err := io.ReadFull(conn, size[:]); err != nil {
		return 0, partError{n, 2, err}
	}
	whole := int(binary.BigEndian.Uint16(size[:]))
	if n, err := io.ReadFull(conn, buffer[:whole]); err != nil {
		return 0, partError{n + 2, whole + 2, err}
	}
	return whole, nil
}

// partError is a message of which only a part came.
type partError struct {
	got, whole int
	err        error
}

func (e partError) Error() string { return e.words() }
func (e partError) Unwrap() error { return e.err }

func (e partError) words() string {
	switch {
	case e.got == 0:
		return "connected, and no answer came"
	case e.whole == 2:
		return "one byte came, and no answer"
	default:
		return fmt.Sprintf("%d of %d bytes of an answer came", e.got, e.whole)
	}
}

// classify says what an error means, and gives the reason in a few words.
func classify(ctx context.Context, err error) (dnsverdict.Outcome, string) {
	part, cut := errors.AsType[partError](err)
	var timeout interface{ Timeout() bool }
	var said interface {
		error
		Outcome() dnsverdict.Outcome
	}
	switch {
	case errors.As(err, &said): // a hop knows better what its errors say of the server
		return said.Outcome(), said.Error()
	case ctx.Err() != nil, errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, context.DeadlineExceeded),
		errors.As(err, &timeout) && timeout.Timeout():
		if cut {
			return dnsverdict.OutcomeSilent, part.words()
		}
		return dnsverdict.OutcomeSilent, ""
	case oneOf(err, refusals()):
		return dnsverdict.OutcomeClosed, inner(err)
	case oneOf(err, noRoutes()):
		return dnsverdict.OutcomeNoRoute, inner(err)
	case cut:
		return dnsverdict.OutcomeHungUp, "the connection was ended: " + part.words()
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrClosedPipe), errors.Is(err, net.ErrClosed), errors.Is(err, syscall.EPIPE), oneOf(err, resets()):
		return dnsverdict.OutcomeHungUp, "the connection was ended"
	default:
		return dnsverdict.OutcomeFailed, inner(err)
	}
}

func oneOf(err error, list []error) bool {
	for _, e := range list {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}

// inner drops the layers that repeat the addresses.
func inner(err error) string {
	var op *net.OpError
	for errors.As(err, &op) && op.Err != nil {
		err = op.Err
	}
	if call, ok := errors.AsType[*os.SyscallError](err); ok {
		err = call.Err
	}
	return err.Error()
}
