package model

import (
	"fmt"
	"strings"
	"time"

	"peerdeck/model/phrase"
	"peerdeck/model/safe"
)

// ProbeOutcome is what became of a question to a DNS server.
type ProbeOutcome string

// The outcomes. Only the first two say something about the server; the others may
// say as much about the way from this machine, which is not the way that a data
// plane takes.
const (
	ProbeAnswered    ProbeOutcome = "answered"    // an answer to the question, whatever it says
	ProbeRefused     ProbeOutcome = "refused"     // the answer REFUSED
	ProbeSilent      ProbeOutcome = "silent"      // nothing came in time
	ProbeUnreachable ProbeOutcome = "unreachable" // the network or the host said no
	ProbeGarbled     ProbeOutcome = "garbled"     // what came was no answer to the question
	ProbeInvalid     ProbeOutcome = "invalid"     // it cannot be asked: no address, or no domain
	ProbeSkipped     ProbeOutcome = "skipped"     // not asked: the server was silent before, or the probe was stopped
)

// ProbeAnswer is what a DNS server said of a mapped domain.
type ProbeAnswer struct {
	Domain    safe.Text
	Server    safe.Text
	Outcome   ProbeOutcome
	RCode     safe.Text     // such as NOERROR; set for an answer
	Records   int           // in the answer section
	Zone      safe.Text     // that the answer's SOA record is of, without a dot at its end; empty for none
	Referral  bool          // the answer names other servers to ask and no more
	Addresses []safe.Text   // of the domain itself, the first ones; most domains have none
	Transport string        // UDP or TCP
	Took      time.Duration // of the exchange that was answered
	Reason    safe.Text     // why there was no answer, or what else is wrong
}

// Serves reports whether the answer proves that the server answers for the domain.
// It does with a record, with an empty NOERROR (the name exists, and has no such
// record), and with an NXDOMAIN in the name of a zone at or below the domain. It
// does not with a referral to other servers, with an NXDOMAIN of a zone above (a
// server that only knows the zone above knows nothing of the domain), nor with
// REFUSED, SERVFAIL and the like. RFC 2308 gives the meaning of the empty answers
// and of their SOA; that an answer, an able server and a right answer are three
// things follows the notes on probing, part A of dns-and-reliability.
func (a ProbeAnswer) Serves() bool {
	if a.Outcome != ProbeAnswered {
		return false
	}
	switch a.RCode.Raw() {
	case "NOERROR":
		return a.Records > 0 || !a.Referral
	case "NXDOMAIN":
		return inDomain(a.Zone.Raw(), a.Domain.Raw())
	default:
		return false
	}
}

// inDomain reports whether a name is a domain or lies in it.
func inDomain(name, domain string) bool {
	name, domain = strings.ToLower(strings.TrimSuffix(name, ".")), strings.ToLower(strings.TrimSuffix(domain, "."))
	return name != "" && (name == domain || strings.HasSuffix(name, "."+domain))
}

// Heard reports whether the server said anything at all.
func (a ProbeAnswer) Heard() bool {
	return a.Outcome == ProbeAnswered || a.Outcome == ProbeRefused
}

// Words says what was learnt, in one line without the names.
func (a ProbeAnswer) Words() string {
	switch a.Outcome {
	case ProbeAnswered:
		return a.answerWords()
	case ProbeRefused:
		return "refuses to answer for it (REFUSED): the server does not hold it, or may not serve this machine"
	case ProbeSilent:
		return "no answer to this machine; that may be the way from here, not the server"
	case ProbeUnreachable:
		return "not reachable from this machine: " + a.Reason.String()
	case ProbeGarbled:
		return "something answers, but not to the question: " + a.Reason.String()
	case ProbeInvalid, ProbeSkipped:
		return "not asked: " + a.Reason.String()
	default:
		return string(a.Outcome)
	}
}

func (a ProbeAnswer) answerWords() string {
	how := fmt.Sprintf("%s, %d ms over %s", a.RCode, a.Took.Milliseconds(), a.Transport)
	extra := ""
	if !a.Reason.IsEmpty() {
		extra = "; " + a.Reason.String()
	}
	switch {
	case a.Serves() && len(a.Addresses) > 0:
		return "answers for it: " + phrase.List(a.Addresses) + " (" + how + ")" + extra
	case a.Serves():
		return "answers for it (" + how + ")" + extra
	case a.Referral:
		return "names other servers and does not answer itself (" + how + ")" + extra
	case a.RCode.Raw() == "NXDOMAIN":
		return "knows no such domain (" + how + ")" + extra
	default:
		return "cannot answer for it (" + how + ")" + extra
	}
}

// Severity tells how an answer stands: what cannot be tested from here is unknown,
// never broken.
func (a ProbeAnswer) Severity() Severity {
	switch a.Outcome {
	case ProbeAnswered:
		if a.Serves() {
			return SeverityOK
		}
		return SeverityAttention
	case ProbeRefused, ProbeGarbled, ProbeInvalid:
		return SeverityAttention
	case ProbeSilent, ProbeUnreachable, ProbeSkipped:
		return SeverityUnknown
	default:
		return SeverityUnknown
	}
}
