package verdict

import (
	"fmt"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// RCode is the code of a reply, as dig writes it.
type RCode string

// The codes that decide something; others are kept as they came.
const (
	NoError  RCode = "NOERROR"
	FormErr  RCode = "FORMERR"
	ServFail RCode = "SERVFAIL"
	NXDomain RCode = "NXDOMAIN"
	NotImp   RCode = "NOTIMP"
	Refused  RCode = "REFUSED"
)

// Reply is what an answer says.
type Reply struct {
	Code RCode
	// AA, RA and TC are the flags: the server is an authority for the name, it offers
	// recursion, the answer was cut.
	AA, RA, TC bool
	Size       int // of the message, in bytes
	Answers    []Record
	More       int    // answers that are not kept
	Sum        uint64 // of all answers, whatever their order and their TTL
	// Cover are the ranges of all IPv4 addresses of the answers, those that are not kept too;
	// none where nothing was left out, or they lie too far apart.
	Cover model.Space
	SOA   SOA // zero for none
	// Elsewhere are the servers that the reply names instead of an answer, the first
	// ones; empty unless it is a referral.
	Elsewhere []safe.Text
	// UDPSize is what the server takes over UDP by its own word, 0 without EDNS.
	UDPSize int
	NSID    safe.Text
	Errors  []ExtendedError
}

// Record is one record of an answer.
type Record struct {
	Name  safe.Text // in small letters, without the dot at its end
	Type  string
	Value safe.Text // as dig writes it; names in small letters without the dot
	TTL   time.Duration
}

// SOA is what a start-of-authority record tells. It stands in the answer, or beside an
// empty one.
type SOA struct {
	Zone    safe.Text
	Primary safe.Text     // the server that the zone comes from
	Serial  uint32        // to be compared with [SerialDiff] only
	Minimum time.Duration // how long "there is no such name" may be kept: the smaller of MINIMUM and TTL (RFC 2308)
	Beside  bool          // it stands in the authority section
}

// IsZero reports whether there is none.
func (s SOA) IsZero() bool { return s.Zone.IsEmpty() }

// Words returns the record in a few words.
func (s SOA) Words() string { return fmt.Sprintf("%s serial %d from %s", s.Zone, s.Serial, s.Primary) }

// ExtendedError is the server's own explanation (RFC 8914).
type ExtendedError struct {
	Code int
	Name string    // from the registry, empty for an unknown code
	Text safe.Text // as the server wrote it
}

// Words returns the error in one line.
func (e ExtendedError) Words() string {
	name := e.Name
	if name == "" {
		name = "an error peerdeck does not know"
	}
	s := fmt.Sprintf("%s (EDE %d)", name, e.Code)
	if !e.Text.IsEmpty() {
		s += ": " + e.Text.String()
	}
	return s
}

// Empty reports whether the reply is a NOERROR without an answer.
func (r Reply) Empty() bool { return r.Code == NoError && len(r.Answers) == 0 && !r.TC }

// Referral reports whether the reply only names other servers: it has no answer and no
// SOA record, and its sender is no authority.
func (r Reply) Referral() bool {
	return r.Code == NoError && len(r.Answers) == 0 && r.SOA.IsZero() && !r.AA && len(r.Elsewhere) > 0
}

// Lame reports whether the server is none that a forwarder can use: a referral without
// recursion. A forwarder does not go to the servers that it names.
func (r Reply) Lame() bool { return r.Referral() && !r.RA }

// Explained returns the server's own explanations in one line, empty for none.
func (r Reply) Explained() string {
	words := make([]string, len(r.Errors))
	for i, e := range r.Errors {
		words[i] = e.Words()
	}
	return strings.Join(words, "; ")
}
