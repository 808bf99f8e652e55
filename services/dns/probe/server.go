package probe

import (
	"net/netip"
	"sync/atomic"

	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
)

// maxSilent is how often in a row a server may be silent before the rest of its
// questions is left out: a thousand domains at five seconds each would take an hour to
// say the same.
const maxSilent = 3

// silentBefore is the reason of questions that are left out.
const silentBefore = "server silent"

// server is what one run knows of a server. It is safe for use by many goroutines.
type server struct {
	name    safe.Text
	address netip.Addr
	plain   atomic.Bool  // EDNS has failed with it
	udp     atomic.Int32 // how often in a row it was silent
	tcp     atomic.Int32
}

func newServer(name safe.Text, address netip.Addr) *server {
	return &server{name: name, address: address}
}

// note counts silence. UDP and TCP are counted apart: firewalls that drop one and let
// the other pass are common.
func (s *server) note(over dnsverdict.Transport, o dnsverdict.Outcome) {
	switch o {
	case dnsverdict.OutcomeSilent:
		s.count(over).Add(1)
	case dnsverdict.OutcomeSkipped:
	default:
		s.count(over).Store(0)
	}
}

// mute reports whether the server is not to be asked over a transport any more.
func (s *server) mute(over dnsverdict.Transport) bool { return s.count(over).Load() >= maxSilent }

func (s *server) count(over dnsverdict.Transport) *atomic.Int32 {
	if over == dnsverdict.TCP {
		return &s.tcp
	}
	return &s.udp
}
