package trace

import (
	"time"

	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
)

// GatewayEntry is what the gateway itself saw of the name, by a trace of Konnect's Debugger.
type GatewayEntry struct {
	At        *time.Time    `json:"at"`          // null where the trace does not say
	Age       *float64      `json:"age_seconds"` // null where it is not known
	Text      string        `json:"text"`
	Addresses []safe.Text   `json:"addresses"` // the newest first
	Lookups   []LookupEntry `json:"lookups"`
	Peers     []PeerEntry   `json:"peers"`
	Status    int           `json:"status"`          // that the client was told; 0 where it is not known
	Upstream  int           `json:"upstream_status"` // that the upstream gave; 0 where it is not known
}

// LookupEntry is one look-up of the gateway's DNS.
type LookupEntry struct {
	Failed  bool        `json:"failed"`
	Address safe.Text   `json:"address"`
	Error   safe.Text   `json:"error"`
	Tries   []safe.Text `json:"tries"`
	Took    float64     `json:"took_ms"`
}

// PeerEntry is one try of the gateway to connect.
type PeerEntry struct {
	Name    safe.Text `json:"name"`
	Address safe.Text `json:"address"`
	Port    int       `json:"port"`
	Kept    bool      `json:"keepalive"`
	Failed  bool      `json:"failed"`
	Error   safe.Text `json:"error"`
	Took    float64   `json:"took_ms"`
}

func gatewayEntry(known dnsverdict.Known[dnsverdict.GatewayView]) *GatewayEntry {
	v, is := known.Get()
	if !is {
		return nil
	}
	e := &GatewayEntry{
		Text: safe.Clean(v.Words()), Addresses: list(v.Addresses()), Lookups: []LookupEntry{}, Peers: []PeerEntry{}, Status: v.Status, Upstream: v.Upstream,
	}
	if !v.At.IsZero() {
		e.At = &v.At
	}
	if age, known := v.Age.Get(); known {
		seconds := age.Seconds()
		e.Age = &seconds
	}
	for _, l := range v.Lookups {
		e.Lookups = append(e.Lookups, LookupEntry{l.Failed, l.Address, l.Error, list(l.Tries), millis(l.Took)})
	}
	for _, p := range v.Peers {
		e.Peers = append(e.Peers, PeerEntry{p.Name, p.Address, p.Port, p.Kept, p.Failed, p.Error, millis(p.Took)})
	}
	return e
}
