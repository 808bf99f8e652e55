package vantage

import (
	"net/netip"
	"slices"

	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
)

// Heard returns facts that know of the servers that said something too. Reports of
// earlier probes from the same place may be given. An answer over UDP is doubtful
// where TCP was tried and brought nothing.
func (f Facts) Heard(reports ...dnsverdict.Report) Facts {
	answered, doubtful := slices.Clone(f.Answered), slices.Clone(f.Doubtful)
	for _, r := range reports {
		a, err := netip.ParseAddr(r.Server.Raw())
		switch {
		case err != nil || !r.Answered():
		case udpAlone(r):
			doubtful = append(doubtful, a.Unmap())
		default:
			answered = append(answered, a.Unmap())
		}
	}
	f.Answered, f.Doubtful = answered, doubtful
	return f
}

// udpAlone reports whether a server answered over UDP, and over TCP nothing of it came:
// neither an answer nor the word that the port is closed.
func udpAlone(r dnsverdict.Report) bool {
	tried := false
	for _, e := range r.Exchanges {
		if e.Transport != dnsverdict.TCP {
			continue
		}
		if e.Heard() {
			return false
		}
		tried = tried || e.Asked()
	}
	return tried
}

// doubt is for a server that answered over UDP and never over TCP. Where a way of its
// own leads there, its TCP port is closed; where only the way for everything else does,
// a box on the way may have answered in its stead.
func (f Facts) doubt(server netip.Addr, d Decision) Decision {
	if !slices.Contains(f.Doubtful, server) {
		return d
	}
	switch d.Standing {
	case Proven, Likely:
		return Decision{Proven, "it has answered"}
	default:
		return Decision{Doubtful, "it answers over UDP and not over TCP, so something on the way may answer in its stead; " + d.Why}
	}
}
