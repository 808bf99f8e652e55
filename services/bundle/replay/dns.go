package replay

import (
	"bytes"
	"context"
	"encoding/binary"
	"strings"
	"time"

	"github.com/miekg/dns"

	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/services/bundle"
	dnsprobe "github.com/peerdeck/peerdeck/services/dns/probe"
)

// question is what makes two questions to DNS servers the same. The label of a name that
// cannot exist is another one each time, and counts as one.
type question struct {
	via, server, over, name string
	kind                    uint16
	edns, recursion         bool
}

func questionOf(via, server, over string, random bool, m *dns.Msg) question {
	q := question{via: via, server: server, over: strings.ToLower(over), edns: m.IsEdns0() != nil, recursion: m.RecursionDesired}
	if len(m.Question) == 1 {
		q.name, q.kind = strings.ToLower(m.Question[0].Name), m.Question[0].Qtype
		if _, rest, found := strings.Cut(q.name, "."); random && found {
			q.name = "*." + rest
		}
	}
	return q
}

// Label makes the label of a name that cannot exist: the one that was recorded.
func (r *Replay) Label() string {
	if r.label == "" {
		return dnsprobe.Label()
	}
	return r.label
}

// recordedLabel is the label by chance that was recorded, empty where there is none.
func recordedLabel(list []bundle.DNSAnswer) string {
	for _, a := range list {
		if a.Random {
			label, _, _ := strings.Cut(a.Name, ".")
			return label
		}
	}
	return ""
}

func answers(list []bundle.DNSAnswer) *tape[question, *served] {
	t := newTape[question, *served]()
	alone := map[question]*served{} // without the other transport yet
	for _, a := range list {
		m := new(dns.Msg)
		if m.Unpack(a.Query) != nil { // a recording without queries: as they are asked at first
			m = new(dns.Msg).SetQuestion(a.Name, a.Type)
			m.SetEdns0(dns.DefaultMsgSize, false)
		}
		q := questionOf(a.Via, a.Server, a.Over, a.Random, m)
		s := &served{answer: a, over: make(chan struct{})}
		t.add(q, s)
		other := q
		other.over = map[string]string{"udp": "tcp", "tcp": "udp"}[q.over]
		if o := alone[other]; o != nil && a.At.Sub(o.answer.At).Abs() < together {
			o.other, s.other = s, o
			delete(alone, other)
		} else {
			alone[q] = s
		}
	}
	return t
}

// Wire answers what a prober asks through a hop, empty for the machine itself, from the
// recording. Nothing is sent.
func (r *Replay) Wire(via string) func(dnsprobe.Wire) dnsprobe.Wire {
	clock := NewClock(r.bundle.Manifest.Clock, Speed)
	return func(dnsprobe.Wire) dnsprobe.Wire {
		return func(ctx context.Context, q dnsprobe.Question) dnsprobe.Trial {
			random := strings.HasPrefix(q.Message.Question[0].Name, r.label+".") && r.label != ""
			s, found := r.dns.next(questionOf(via, q.Server, string(q.Over), random, q.Message))
			if !found {
				return dnsprobe.Trial{Outcome: dnsverdict.OutcomeSkipped, Reason: "it is not in the recording"}
			}
			if s.wait(ctx, clock) != nil {
				return dnsprobe.Trial{Outcome: dnsverdict.OutcomeSkipped, Reason: "it was stopped"}
			}
			a := s.answer
			return dnsprobe.Trial{
				Outcome: outcomeOf(a), Message: reply(a, q.Message), Reason: a.Text, Took: time.Duration(a.Took), Foreign: a.Foreign, ForeignWhy: a.ForeignWhy,
			}
		}
	}
}

// outcomeOf is what came of a question, as the prober calls it.
func outcomeOf(a bundle.DNSAnswer) dnsverdict.Outcome {
	switch a.Fault {
	case "":
		return dnsverdict.OutcomeAnswered
	case bundle.DNSTimeout:
		return dnsverdict.OutcomeSilent
	case bundle.DNSRefused:
		return dnsverdict.OutcomeClosed
	case bundle.DNSUnreachable:
		return dnsverdict.OutcomeNoRoute
	case bundle.DNSClosed:
		return dnsverdict.OutcomeHungUp
	case bundle.DNSGarbled:
		return dnsverdict.OutcomeForeign
	default:
		return dnsverdict.OutcomeFailed
	}
}

// reply is the recorded message as an answer to a question that is asked now: under its
// id.
func reply(a bundle.DNSAnswer, now *dns.Msg) []byte {
	if len(a.Wire) == 0 {
		return nil
	}
	message := bytes.Clone(a.Wire)
	if len(message) > 1 {
		binary.BigEndian.PutUint16(message, now.Id)
	}
	return message
}
