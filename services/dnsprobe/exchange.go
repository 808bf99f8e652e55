package dnsprobe

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"time"

	"github.com/miekg/dns"

	"peerdeck/model"
)

// exchange is one question and what came of it.
type exchange struct {
	outcome   model.ProbeOutcome
	reply     *dns.Msg // nil unless the question was answered
	reason    string
	transport string
	took      time.Duration
}

// garbledError is a message that is no answer to the question.
type garbledError string

func (e garbledError) Error() string { return string(e) }

// ask asks one question: over UDP, again without EDNS when nothing came, and over
// TCP when the answer was cut.
func (p *Prober) ask(ctx context.Context, server, name string, kind uint16) exchange {
	question := new(dns.Msg).SetQuestion(name, kind)
	question.SetEdns0(payload, false)
	e := p.once(ctx, "udp", server, question, firstTry)
	again := e.outcome == model.ProbeSilent || e.outcome == model.ProbeGarbled
	again = again || (e.reply != nil && (e.reply.Rcode == dns.RcodeFormatError || e.reply.Rcode == dns.RcodeNotImplemented))
	if again && ctx.Err() == nil {
		question = new(dns.Msg).SetQuestion(name, kind)
		e = p.once(ctx, "udp", server, question, secondTry)
	}
	if e.reply == nil || !e.reply.Truncated {
		return e
	}
	whole := p.once(ctx, "tcp", server, question, secondTry)
	if whole.reply == nil {
		e.reason = "the answer was cut, and TCP brings no whole one: " + whole.reason
		return e
	}
	return whole
}

// once sends a question over one connection and waits for its answer.
func (p *Prober) once(ctx context.Context, network, server string, question *dns.Msg, patience time.Duration) exchange {
	began := time.Now()
	trial, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	reply, err := p.exchange(trial, network, server, question)
	e := exchange{reply: reply, transport: strings.ToUpper(network), took: time.Since(began)}
	switch {
	case err == nil && reply.Rcode == dns.RcodeRefused:
		e.outcome = model.ProbeRefused
	case err == nil:
		e.outcome = model.ProbeAnswered
	case ctx.Err() != nil:
		e.outcome, e.reason = model.ProbeSkipped, "the probe was stopped"
	case isGarbled(err):
		e.outcome, e.reason = model.ProbeGarbled, err.Error()
	case isTimeout(err):
		e.outcome, e.reason = model.ProbeSilent, fmt.Sprintf("nothing came within %s", patience)
	default:
		e.outcome, e.reason = model.ProbeUnreachable, inner(err)
	}
	return e
}

func (p *Prober) exchange(ctx context.Context, network, server string, question *dns.Msg) (*dns.Msg, error) {
	packed, err := question.Pack()
	if err != nil {
		return nil, err
	}
	conn, err := p.dial(ctx, network, server)
	if err != nil {
		return nil, err
	}
	defer func() { _ = conn.Close() }()
	// The end of ctx, in time or before, ends reading and writing.
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	if network == "tcp" {
		packed = append(binary.BigEndian.AppendUint16(nil, uint16(len(packed))), packed...) //nolint:gosec // a packed question has some hundred bytes
	}
	if _, err := conn.Write(packed); err != nil {
		return nil, err
	}
	if network == "tcp" {
		return readStream(conn, question)
	}
	return readPackets(conn, question)
}

// readPackets waits for the answer among the packets. A packet with another id is
// somebody's guess or late; what makes no sense is noted and waited over, because
// the true answer may still be on its way.
func readPackets(conn net.Conn, question *dns.Msg) (*dns.Msg, error) {
	buffer := make([]byte, dns.MaxMsgSize)
	var seen error
	for range maxPackets {
		n, err := conn.Read(buffer)
		if err != nil {
			if seen != nil && isTimeout(err) {
				return nil, seen
			}
			return nil, err
		}
		reply, err := check(buffer[:n], question)
		if err == nil {
			return reply, nil
		}
		seen = err
	}
	return nil, seen
}

// maxPackets bounds what a flood can make us read for one question.
const maxPackets = 100

func readStream(conn net.Conn, question *dns.Msg) (*dns.Msg, error) {
	var size [2]byte
	if _, err := io.ReadFull(conn, size[:]); err != nil {
		return nil, err
	}
	message := make([]byte, binary.BigEndian.Uint16(size[:]))
	if _, err := io.ReadFull(conn, message); err != nil {
		return nil, err
	}
	return check(message, question)
}

// check reads a message and holds it against the question: it must be a reply, to
// this id, to this name, type and class.
func check(message []byte, question *dns.Msg) (*dns.Msg, error) {
	var reply dns.Msg
	if err := reply.Unpack(message); err != nil {
		return nil, garbledError("the message cannot be read")
	}
	asked := question.Question[0]
	switch {
	case !reply.Response || reply.Opcode != dns.OpcodeQuery:
		return nil, garbledError("the message is no reply")
	case reply.Id != question.Id:
		return nil, garbledError("the reply has another id")
	case len(reply.Question) == 0 && len(reply.Answer) == 0 && reply.Rcode != dns.RcodeSuccess && reply.Rcode != dns.RcodeNameError:
		return &reply, nil // a server that cannot read a question may not repeat it
	case len(reply.Question) != 1 || reply.Question[0].Qtype != asked.Qtype || reply.Question[0].Qclass != asked.Qclass ||
		!strings.EqualFold(reply.Question[0].Name, asked.Name):
		return nil, garbledError("the reply is to another question")
	default:
		return &reply, nil
	}
}

func isGarbled(err error) bool {
	_, ok := errors.AsType[garbledError](err)
	return ok
}

func isTimeout(err error) bool {
	var timeout interface{ Timeout() bool }
	return errors.Is(err, os.ErrDeadlineExceeded) || errors.Is(err, context.DeadlineExceeded) || (errors.As(err, &timeout) && timeout.Timeout())
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
