// Package probetest has DNS servers that follow a script, over real sockets or over
// pipes for tests in virtual time. Nothing but tests imports it.
package probetest

import (
	"encoding/binary"
	"net"
	"strings"
	"testing"

	"github.com/miekg/dns"
)

// Asked is a question that reached a server.
type Asked struct {
	*dns.Msg

	Over string // "udp" or "tcp"
	At   string // the address that was dialled, with the port
	// Send writes bytes as they are. Over TCP nothing is put before them.
	Send func([]byte)
	// Hang ends the connection.
	Hang func()
}

// Name is the name that is asked for, in small letters and without the dot at its end.
func (a *Asked) Name() string {
	return strings.ToLower(strings.TrimSuffix(a.Question[0].Name, "."))
}

// Kind is the type that is asked for, such as SOA.
func (a *Asked) Kind() string { return dns.TypeToString[a.Question[0].Qtype] }

// Script answers questions.
type Script func(a *Asked)

// Write sends a message as the transport wants it.
func (a *Asked) Write(m *dns.Msg) {
	packed, err := m.Pack()
	if err != nil {
		return // who asked waits in vain, and the test says so
	}
	a.SendMessage(packed)
}

// SendMessage sends the bytes of a message as the transport wants them.
func (a *Asked) SendMessage(packed []byte) {
	if a.Over == "tcp" {
		packed = append(binary.BigEndian.AppendUint16(nil, uint16(len(packed))), packed...) //nolint:gosec // at most 64 KiB
	}
	a.Send(packed)
}

// Reply makes a reply to the question, with EDNS if the question had it.
func (a *Asked) Reply() *dns.Msg {
	m := new(dns.Msg).SetReply(a.Msg)
	if opt := a.IsEdns0(); opt != nil {
		m.SetEdns0(1232, false)
	}
	return m
}

// Code answers with a code and nothing else.
func Code(code int) Script {
	return func(a *Asked) {
		m := a.Reply()
		m.Rcode = code
		a.Write(m)
	}
}

// Silent says nothing.
func Silent(*Asked) {}

// Zone answers from records as a server of the zone does that offers recursion: with
// the records of the name and of the aliases it leads over, with an empty answer when
// the name has others, and with NXDOMAIN otherwise; an SOA record stands beside those
// two. The records are as in a zone file.
func Zone(tb testing.TB, records ...string) Script {
	tb.Helper()
	all := Records(tb, records...)
	return func(a *Asked) {
		m := a.Reply()
		m.Authoritative, m.RecursionAvailable = true, true
		Fill(m, all)
		a.Write(m)
	}
}

// Records reads records as in a zone file.
func Records(tb testing.TB, records ...string) []dns.RR {
	tb.Helper()
	all := make([]dns.RR, len(records))
	for i, text := range records {
		rr, err := dns.NewRR(text)
		if err != nil {
			tb.Fatal(err)
		}
		all[i] = rr
	}
	return all
}

// Fill puts into a reply what the records say of its question.
func Fill(m *dns.Msg, all []dns.RR) {
	q := m.Question[0]
	name, exists := q.Name, false
	for range 60 {
		next := ""
		for _, rr := range all {
			if !strings.EqualFold(rr.Header().Name, name) {
				continue
			}
			exists = true
			alias, isAlias := rr.(*dns.CNAME)
			switch {
			case rr.Header().Rrtype == q.Qtype:
				m.Answer = append(m.Answer, rr)
			case isAlias:
				m.Answer = append(m.Answer, rr)
				next = alias.Target
			}
		}
		if next == "" {
			break
		}
		name = next
	}
	if len(m.Answer) > 0 {
		return
	}
	if !exists {
		m.Rcode = dns.RcodeNameError
	}
	for _, rr := range all {
		if rr.Header().Rrtype == dns.TypeSOA {
			m.Ns = append(m.Ns, rr)
		}
	}
}

// By chooses the script by the transport.
func By(udp, tcp Script) Script {
	return func(a *Asked) {
		if a.Over == "tcp" {
			tcp(a)
			return
		}
		udp(a)
	}
}

// ByServer chooses the script by the address without its port; other addresses are
// silent.
func ByServer(scripts map[string]Script) Script {
	return func(a *Asked) {
		host, _, err := net.SplitHostPort(a.At)
		if s := scripts[host]; s != nil && err == nil {
			s(a)
		}
	}
}

// Changed answers as a script does, with the reply changed.
func Changed(s Script, change func(a *Asked, m *dns.Msg)) Script {
	return func(a *Asked) {
		inner := *a
		inner.Send = func(b []byte) {
			if a.Over == "tcp" {
				b = b[2:]
			}
			m := new(dns.Msg)
			if m.Unpack(b) == nil {
				change(a, m)
				a.Write(m)
			}
		}
		s(&inner)
	}
}
