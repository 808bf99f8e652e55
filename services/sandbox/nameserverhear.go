package sandbox

import (
	"slices"
	"time"

	"github.com/miekg/dns"
)

// saying is what a server does about one question.
type saying struct {
	message []byte // nil for silence
	delay   time.Duration
	pause   time.Duration // between the bytes, over TCP
}

// trickle is the time between the bytes of a server that trickles.
const trickle = time.Second

// hear puts a question to the server at an address. Nobody there, and a server in a
// VNET that is gone, say nothing.
func (w *World) hear(address, over string, packet []byte) saying {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.advance()
	s := w.nameServers[address]
	if s == nil || w.reach(address, over) != reached {
		return saying{}
	}
	s.asked[over]++
	question := new(dns.Msg)
	if question.Unpack(packet) != nil || question.Response {
		return saying{} // what is no question gets no answer
	}
	return s.say(over, question, packet)
}

// reachable is what becomes of a packet to an address.
type reachable int

const (
	vanished   reachable = iota // nobody says anything
	turnedAway                  // the port is closed
	reached
)

// reach reports what becomes of a packet. Callers hold the lock.
func (w *World) reach(address, over string) reachable {
	s := w.nameServers[address]
	if s == nil {
		return vanished
	}
	switch {
	case s.vnet.deletedFromAzure:
		return vanished
	case s.whole(over, asSilent):
		return vanished
	case s.whole(over, asClosed):
		return turnedAway
	}
	return reached
}

func (s *nameServer) say(over string, question *dns.Msg, packet []byte) saying {
	if len(question.Question) != 1 || question.Opcode != dns.OpcodeQuery {
		return s.pack(over, question, new(dns.Msg).SetRcode(question, dns.RcodeNotImplemented), Behaviour{})
	}
	name := dns.CanonicalName(question.Question[0].Name)
	zone := s.zone(name)
	b := s.rule(over, name, zone)
	edns := question.IsEdns0() != nil
	is := func(as string) bool { return b.As == as || s.whole(over, as) }
	switch {
	case is(asStalls), b.As == asSilent, edns && is(asNoEDNS):
		return saying{}
	case edns && is(asBadOPT):
		// Such a server knows no OPT record, and so it sends none.
		return s.pack(over, new(dns.Msg), new(dns.Msg).SetRcode(question, dns.RcodeFormatError), b)
	case b.As == asEcho:
		return saying{message: slices.Clone(packet), delay: b.Delay}
	case b.As == asGarbage:
		return saying{message: []byte("\xde\xad\x1b[2J!"), delay: b.Delay}
	}
	answer := new(dns.Msg).SetReply(question)
	s.reply(answer, b, name, zone)
	switch b.As {
	case asWrongID:
		answer.Id ^= 0x0101
	case asWrongQuestion:
		answer.Question[0].Name = "another.example.com."
	}
	return s.pack(over, question, answer, b)
}

// pack writes an answer as it travels: with EDNS where the question had it, and cut
// where it is too large for UDP.
func (s *nameServer) pack(over string, question, answer *dns.Msg, b Behaviour) saying {
	const ours, least = 1232, 512
	size := least
	if opt := question.IsEdns0(); opt != nil {
		size = max(least, int(opt.UDPSize()))
		answer.SetEdns0(ours, false)
		if b.EDE != 0 || b.Text != "" {
			own := answer.IsEdns0()
			own.Option = append(own.Option, &dns.EDNS0_EDE{InfoCode: b.EDE, ExtraText: b.Text})
		}
	}
	if over == "udp" {
		answer.Truncate(size)
	}
	answer.Compress = true // as every server does
	message, err := answer.Pack()
	if err != nil {
		return saying{}
	}
	out := saying{message: message, delay: b.Delay}
	if b.As == asTrickle && over == "tcp" {
		out.pause = trickle
	}
	return out
}
