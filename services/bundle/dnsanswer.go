package bundle

import "time"

// DNSAnswer is one question to a DNS server and what came of it.
type DNSAnswer struct {
	At     time.Time `json:"at"`            // when it was asked
	Took   Duration  `json:"took"`          //
	Via    string    `json:"via,omitempty"` // the hop through which was asked, empty for this machine
	Server string    `json:"server"`        // address with port
	Over   string    `json:"over"`          // udp or tcp
	Name   string    `json:"name"`          // that was asked for, with the dot at its end
	Type   uint16    `json:"type"`          // of the question, such as 1 for A
	// Query and Wire are the messages as they were on the wire, in base64 and without the
	// two bytes of length of TCP. Wire is empty where no answer came.
	Query []byte   `json:"query,omitempty"`
	Wire  []byte   `json:"wire,omitempty"`
	Fault DNSFault `json:"fault,omitempty"` // how it failed, empty where an answer came
	Text  string   `json:"text,omitempty"`  // the fault in the system's words
	// Random: the first label of the name is one that was made by chance, so that the name
	// cannot exist.
	Random bool `json:"random,omitempty"`
	// Foreign counts the messages that came beside and were no answer to the question, and
	// ForeignWhy says why the last one was none.
	Foreign    int    `json:"foreign,omitempty"`
	ForeignWhy string `json:"foreign_why,omitempty"`
}

// DNSFault is the way in which a question to a DNS server failed.
type DNSFault string

// The ways.
const (
	DNSTimeout     DNSFault = "timeout"     // silence
	DNSRefused     DNSFault = "refused"     // the machine refuses the connection, or says the port is closed
	DNSUnreachable DNSFault = "unreachable" // there is no way to the machine
	DNSClosed      DNSFault = "closed"      // the connection was closed before an answer
	DNSGarbled     DNSFault = "garbled"     // what came is no answer to the question
	DNSOther       DNSFault = "other"       // see the text
)
