package verdict

import (
	"slices"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model/safe"
)

// Report is everything that one server said about a domain and a name in it.
type Report struct {
	Server    safe.Text
	Domain    safe.Text  // the row of the mapping table
	Name      safe.Text  // that is to be resolved; the domain itself when nobody gave one
	Exchanges []Exchange // in the order in which they ended
	Latency   Latency    // zero unless it was asked for
	// Skipped says why the server was not asked at all, such as "server silent".
	Skipped string
}

// Latency is how long the server takes for the addresses of the name. Questions that
// brought no answer are counted and not averaged in.
type Latency struct {
	First  time.Duration // the first question: caches were cold
	Min    time.Duration // of the questions after it
	Median time.Duration
	Asked  int // questions after the first
	Lost   int // of these, without an answer
	Sets   int // different sets of addresses that were seen: more than one is a rotation
}

// InOrder are the exchanges in the order in which they are looked at, whichever ended
// first: by their steps, UDP before TCP.
func (r Report) InOrder() []Exchange {
	steps := []Step{StepSOA, StepA, StepAAAA, StepRandom, StepAuthority, StepLatency}
	return slices.SortedStableFunc(slices.Values(r.Exchanges), func(a, b Exchange) int {
		if a.Step != b.Step {
			return slices.Index(steps, a.Step) - slices.Index(steps, b.Step)
		}
		return strings.Compare(string(b.Transport), string(a.Transport)) // UDP, TCP
	})
}

// Find returns the exchange of a step over a transport. Of several, it is the last.
func (r Report) Find(step Step, over Transport) Exchange {
	for _, e := range slices.Backward(r.Exchanges) {
		if e.Step == step && e.Transport == over {
			return e
		}
	}
	return Exchange{}
}

// Best returns the exchange of a step that tells most: an answer before none, a whole
// one before one that was cut, UDP before TCP.
func (r Report) Best(step Step) Exchange {
	udp, tcp := r.Find(step, UDP), r.Find(step, TCP)
	switch {
	case udp.Answered() && !udp.Reply.TC:
		return udp
	case tcp.Answered(), udp.Outcome == "", udp.Outcome == OutcomeUntestable && tcp.Outcome != "":
		return tcp
	default:
		return udp
	}
}

// Chain follows the name over the aliases of the answer to its addresses.
func (r Report) Chain() Chain { return Follow(r.Name, "A", r.Best(StepA).Reply.Answers) }

// Heard reports whether the server said anything at all over any transport.
func (r Report) Heard() bool { return slices.ContainsFunc(r.Exchanges, Exchange.Heard) }

// Answered reports whether a question was answered, whatever the answer says.
func (r Report) Answered() bool { return slices.ContainsFunc(r.Exchanges, Exchange.Answered) }

// Asked reports whether any question was asked.
func (r Report) Asked() bool { return slices.ContainsFunc(r.Exchanges, Exchange.Asked) }

// Unheard reports whether questions were asked, and nothing says that one arrived.
func (r Report) Unheard() bool { return r.Asked() && !r.Heard() }

// SOA returns the start of authority that the server tells for the domain.
func (r Report) SOA() (SOA, bool) {
	s := r.Best(StepSOA).Reply.SOA
	return s, !s.IsZero()
}

// Code is the code of the answer that decides: that for the addresses of the name, or
// for the domain where no addresses were asked for.
func (r Report) Code() (RCode, bool) {
	e := r.Deciding()
	return e.Reply.Code, e.Answered()
}

// Deciding is the exchange that tells how the name stands at this server.
func (r Report) Deciding() Exchange {
	if a := r.Best(StepA); a.Answered() {
		return a
	}
	if soa := r.Best(StepSOA); soa.Outcome != "" {
		return soa
	}
	return r.Best(StepA)
}

// Any reports whether an answered exchange is as told.
func (r Report) Any(like func(Exchange) bool) bool {
	return slices.ContainsFunc(r.Exchanges, func(e Exchange) bool { return e.Answered() && like(e) })
}

// Serves reports whether the server proves that it answers for the domain: with a
// record, with an empty answer of its own, or with "no such name" in the name of a zone
// at or below the domain. A referral proves nothing, nor does the zone above.
func (r Report) Serves() bool {
	return slices.ContainsFunc(r.Exchanges, func(e Exchange) bool {
		if !e.Answered() || e.Step == StepRandom {
			return false
		}
		switch e.Reply.Code {
		case NoError:
			return len(e.Reply.Answers) > 0 || !e.Reply.Referral()
		case NXDomain:
			return inside(e.Reply.SOA.Zone, r.Domain) && !e.Reply.SOA.IsZero()
		default:
			return false
		}
	})
}
