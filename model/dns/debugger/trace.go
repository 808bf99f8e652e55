package debugger

import (
	"encoding/json"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"time"

	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Trace is what a saved trace tells of the gateway's DNS and of the peers that it tried.
type Trace struct {
	Lookups []dnsverdict.Lookup // in the order of time
	Peers   []dnsverdict.Peer   // in the order of time
	// Status is the status that the gateway gave the client, Upstream that of the upstream;
	// 0 where the trace does not say, or holds several requests.
	Status, Upstream int
}

// trace puts together what the spans say.
func (w *walker) trace() Trace {
	var t Trace
	requests := 0
	slices.SortStableFunc(w.found, func(a, b span) int { return a.start.Compare(b.start) })
	for _, s := range w.found {
		switch {
		case s.name == "kong":
			requests++
			t.Status, t.Upstream = s.number("http.response.status_code", "http.status_code"), s.number("upstream_status_code", "upstream.status_code")
		case s.name == "kong.dns":
			t.Lookups = append(t.Lookups, lookup(s))
		case triesPeer(s.name):
			if p := peer(s); !p.Address.IsEmpty() || !p.Name.IsEmpty() {
				t.Peers = append(t.Peers, p)
			}
		}
	}
	if requests > 1 {
		t.Status, t.Upstream = 0, 0
	}
	return t
}

// triesPeer reports whether a span is one try to connect to an upstream. Versions of the
// gateway and the Debugger call it differently.
func triesPeer(name string) bool {
	switch name {
	case "kong.find_upstream", "kong.upstream.find_upstream", "kong.upstream.try_select", "kong.balancer":
		return true
	default:
		return strings.HasPrefix(name, "kong.balancer ") // "kong.balancer try #1"
	}
}

func lookup(s span) dnsverdict.Lookup {
	l := dnsverdict.Lookup{
		At: s.start, Took: s.took(), Name: named(s.text("dns.record.domain", "dns.domain", "dns.name")), Port: s.number("dns.record.port"),
		Failed: s.failed, Error: clipped(s.message),
	}
	l.Address = address(s.text("dns.record.ip", "dns.record.address"))
	for _, entry := range entries(s.of("dns.entry", "dns.entries", "dns.tries", "dns.try_list")) {
		if len(l.Tries) == maxTries {
			break
		}
		l.Tries = append(l.Tries, clipped(written(entry)))
		if o, is := entry.(map[string]any); is {
			take(&l, o)
		}
	}
	return l
}

// take takes out of an attempt what it calls by a plain name.
func take(l *dnsverdict.Lookup, o map[string]any) {
	if l.Name.IsEmpty() {
		l.Name = named(text(first(o, "domain", "name", "qname", "host")))
	}
	if a := address(text(first(o, "ip", "address", "addr"))); l.Address.IsEmpty() && !a.IsEmpty() {
		l.Address = a
	}
	if message := text(first(o, "error", "err", "message")); l.Error.IsEmpty() && l.Address.IsEmpty() && message != "" {
		l.Error, l.Failed = clipped(message), true
	}
}

// maxTries is how many tries of one look-up are kept, and maxWords how long one may be.
const (
	maxTries = 32
	maxWords = 300
)

// entries are the attempts of a look-up: a list, or a list that was written as a text.
func entries(value any) []any {
	switch v := value.(type) {
	case []any:
		return v
	case string:
		var list []any
		if json.Unmarshal([]byte(v), &list) == nil {
			return list
		}
		return []any{v}
	case map[string]any:
		return []any{v}
	default:
		return nil
	}
}

// written writes an entry as the gateway would log it.
func written(entry any) string {
	switch v := entry.(type) {
	case []any:
		parts := make([]string, 0, len(v))
		for _, item := range v {
			parts = append(parts, written(item))
		}
		return strings.Join(parts, " ")
	case map[string]any:
		data, err := json.Marshal(v)
		if err != nil {
			return ""
		}
		return string(data)
	case float64:
		return fmt.Sprint(v)
	default:
		return text(entry)
	}
}

func peer(s span) dnsverdict.Peer {
	return dnsverdict.Peer{
		At: s.start, Took: s.took(), Name: named(s.text("network.peer.name", "net.peer.name")),
		Address: address(s.text("network.peer.address", "net.peer.ip", "net.peer.addr")), Port: s.number("network.peer.port", "net.peer.port"),
		Kept: s.text("keepalive") == "true", Failed: s.failed, Error: clipped(s.message),
	}
}

// About takes out what is about a name. Now is the time by which the trace is so old. The
// problem is not empty where it tells nothing of the name.
func (t Trace) About(name safe.Text, now time.Time) (v dnsverdict.GatewayView, problem string) {
	var others []string
	other := func(text safe.Text) {
		if s := text.String(); s != "" && !slices.Contains(others, s) {
			others = append(others, s)
		}
	}
	v.Name, v.Status, v.Upstream = name, t.Status, t.Upstream
	for _, l := range t.Lookups {
		if l.IsAbout(name) {
			v.Lookups = append(v.Lookups, l)
		} else {
			other(l.Name)
		}
	}
	for _, p := range t.Peers {
		if same(p.Name, name) || p.Name.IsEmpty() && v.Gave(p.Address) {
			v.Peers = append(v.Peers, p)
		} else {
			other(p.Name)
		}
	}
	switch {
	case len(v.Lookups)+len(v.Peers) > 0:
		return v.Aged(now), ""
	case len(others) > 0:
		return v, fmt.Sprintf("the trace is about %s, and tells nothing of %s; save the trace of a request to a service with this host", phrase.Few(others, 4), name)
	default:
		return v, fmt.Sprintf("the trace has no look-up of the gateway's DNS and no peer that it tried, so it tells nothing of %s; save the trace of a request that reaches its service", name)
	}
}

// same compares names as DNS does.
func same(a, b safe.Text) bool {
	return !a.IsEmpty() && strings.EqualFold(strings.TrimSuffix(a.Raw(), "."), strings.TrimSuffix(b.Raw(), "."))
}

func named(text string) safe.Text { return clipped(strings.TrimSuffix(text, ".")) }

// address keeps a text that is an address, and nothing else.
func address(text string) safe.Text {
	a, err := netip.ParseAddr(strings.Trim(text, "[]"))
	if err != nil {
		return safe.Text{}
	}
	return safe.New(a.Unmap().String())
}

func clipped(text string) safe.Text {
	if runes := []rune(text); len(runes) > maxWords {
		text = string(runes[:maxWords]) + "…"
	}
	return safe.New(text)
}
