package probe

import (
	"encoding/binary"
	"fmt"
	"strings"

	"github.com/miekg/dns"
)

const (
	headerSize = 12
	// maxRecords bounds what a reply may hold: a message of 64 KiB has room for that many
	// addresses, which take 16 bytes each.
	maxRecords = 4096
)

// judge holds a message against the question: it must be a reply, to this id, with
// this operation, name, type and class, and it must hold what its header says. It
// returns the reply, or why the message is none to this question. That it came from
// the server's address is for the connection to see to.
//
// The cheap checks come first, so that a flood costs little.
func judge(message []byte, asked *dns.Msg) (reply *dns.Msg, why string) {
	if len(message) < headerSize {
		return nil, fmt.Sprintf("a message of %d bytes", len(message))
	}
	flags := binary.BigEndian.Uint16(message[2:])
	counts := [4]int{}
	for i := range counts {
		counts[i] = int(binary.BigEndian.Uint16(message[4+2*i:]))
	}
	switch {
	case flags>>15 == 0:
		return nil, "the message is no reply"
	case binary.BigEndian.Uint16(message) != asked.Id:
		return nil, "the reply has another id"
	case int(flags>>11&0xf) != asked.Opcode:
		return nil, "the reply is to another operation"
	case counts[0] == 0:
		return bare(message, counts)
	case counts[0] != 1 || !repeats(message, asked.Question[0]):
		return nil, "the reply is to another question"
	case counts[1]+counts[2]+counts[3] > maxRecords:
		return nil, fmt.Sprintf("the reply says that it holds %d records", counts[1]+counts[2]+counts[3])
	}
	reply = new(dns.Msg)
	if reply.Unpack(message) == nil && counts == held(reply) {
		return reply, ""
	}
	if flags>>9&1 == 0 {
		return nil, "the message cannot be read"
	}
	// What was cut may have been cut anywhere. Nothing in it is believed.
	reply = new(dns.Msg)
	reply.Id, reply.Response, reply.Truncated = asked.Id, true, true
	reply.Authoritative, reply.RecursionAvailable = flags>>10&1 == 1, flags>>7&1 == 1
	reply.Rcode, reply.Question = int(flags&0xf), asked.Question
	return reply, ""
}

// bare judges a reply that repeats no question: a server that cannot read a question,
// or will not, need not repeat it. Any other such reply may be to anything.
func bare(message []byte, counts [4]int) (*dns.Msg, string) {
	reply := new(dns.Msg)
	switch {
	case counts[1]+counts[2] > 0 || counts[3] > 1:
		return nil, "the reply is to no question"
	case reply.Unpack(message) != nil || counts != held(reply):
		return nil, "the message cannot be read"
	}
	switch reply.Rcode {
	case dns.RcodeFormatError, dns.RcodeServerFailure, dns.RcodeNotImplemented, dns.RcodeRefused:
		return reply, ""
	default:
		return nil, "the reply is to no question"
	}
}

// repeats reports whether the question of a message is the one that was asked. Servers
// may change the case of a name.
func repeats(message []byte, asked dns.Question) bool {
	name, at, err := dns.UnpackDomainName(message, headerSize)
	return err == nil && len(message) >= at+4 && strings.EqualFold(name, asked.Name) &&
		binary.BigEndian.Uint16(message[at:]) == asked.Qtype && binary.BigEndian.Uint16(message[at+2:]) == asked.Qclass
}

// held counts what was read. The library takes a message that ends early for a whole
// one.
func held(m *dns.Msg) [4]int {
	return [4]int{len(m.Question), len(m.Answer), len(m.Ns), len(m.Extra)}
}
