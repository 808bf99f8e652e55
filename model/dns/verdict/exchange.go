package verdict

import (
	"time"

	"github.com/peerdeck/peerdeck/model/safe"
)

// Transport is how a question travels.
type Transport string

// The transports. Both are always asked, because large answers need TCP and many
// firewalls forget it.
const (
	UDP Transport = "UDP"
	TCP Transport = "TCP"
)

// Outcome is what became of a question. Only OutcomeAnswered says something about what
// the server knows; the others may say as much about the way from here.
type Outcome string

// The outcomes. The empty one is a question that was not thought of.
const (
	OutcomeAnswered   Outcome = "answered"   // an answer to the question, whatever it says
	OutcomeSilent     Outcome = "silent"     // nothing came in time
	OutcomeClosed     Outcome = "closed"     // the host says that nothing listens at the port
	OutcomeNoRoute    Outcome = "no-route"   // there is no way to the host
	OutcomeHungUp     Outcome = "hung-up"    // the connection ended before the answer did
	OutcomeForeign    Outcome = "foreign"    // what came was no answer to the question
	OutcomeFailed     Outcome = "failed"     // this machine could not ask
	OutcomeUntestable Outcome = "untestable" // the way that was chosen does not carry this transport
	OutcomeInvalid    Outcome = "invalid"    // it cannot be asked: no address, or no domain
	OutcomeSkipped    Outcome = "skipped"    // not asked: the server was silent before, or the probe was stopped
)

// Step is the reason for which a question is asked.
type Step string

// The steps, in the order in which they are looked at.
const (
	StepSOA       Step = "soa"       // the SOA record of the domain: small, and it tells most
	StepA         Step = "a"         // the addresses of the name
	StepAAAA      Step = "aaaa"      // its IPv6 addresses
	StepRandom    Step = "random"    // a name that cannot exist
	StepAuthority Step = "authority" // the SOA record, without a wish for recursion
	StepLatency   Step = "latency"   // the addresses again, for the time it takes
)

// EDNS says how the extension of RFC 6891 fared in an exchange.
type EDNS string

// What can become of it.
const (
	EDNSUsed    EDNS = "used"    // the question that decided had it
	EDNSRefused EDNS = "refused" // the server said FORMERR, NOTIMP or BADVERS to it, and answered without
	EDNSDropped EDNS = "dropped" // silence with it, twice, and an answer without
	EDNSLate    EDNS = "late"    // silence with it once; asked again, it was answered: a packet was lost or late
	EDNSOff     EDNS = "off"     // not tried, because it had failed with this server before
)

// Fails reports whether the server, or something on the way, cannot stand EDNS.
func (e EDNS) Fails() bool { return e == EDNSRefused || e == EDNSDropped || e == EDNSOff }

// Exchange is one question to one server over one transport, its retry, and what came
// of it.
type Exchange struct {
	Step      Step
	Server    safe.Text
	Name      safe.Text // that was asked for, without the dot at its end
	Type      string    // such as SOA
	Recursion bool      // the question wished for recursion (RD)
	Transport Transport
	Outcome   Outcome
	Sent      int           // questions that were sent
	Lost      int           // of these, those that brought nothing in time
	Took      time.Duration // of the question that decided
	Waited    time.Duration // altogether, with the lost ones
	EDNS      EDNS
	Reply     Reply // zero unless answered
	// Foreign counts the messages that were waited over because they were no answer to
	// the question, and ForeignWhy says what was wrong with the last of them.
	Foreign    int
	ForeignWhy string
	Reason     safe.Text // why there was no answer, or what else is wrong
}

// Answered reports whether an answer to the question came, whatever it says.
func (e Exchange) Answered() bool { return e.Outcome == OutcomeAnswered }

// Asked reports whether a question left this machine, or was meant to.
func (e Exchange) Asked() bool {
	switch e.Outcome {
	case "", OutcomeUntestable, OutcomeInvalid, OutcomeSkipped:
		return false
	default:
		return true
	}
}

// Heard reports whether something on the server's side said anything at all, which
// proves a way to it. A closed port may be the word of a firewall, so it counts for the
// way and for no more.
func (e Exchange) Heard() bool {
	switch e.Outcome {
	case OutcomeAnswered, OutcomeForeign, OutcomeHungUp, OutcomeClosed:
		return true
	default:
		return false
	}
}

// Unheard reports whether the question was asked and nothing says whether it arrived.
func (e Exchange) Unheard() bool {
	return e.Outcome == OutcomeSilent || e.Outcome == OutcomeNoRoute || e.Outcome == OutcomeFailed
}
