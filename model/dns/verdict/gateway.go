package verdict

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// GatewayView is what a data plane saw of a name: a trace that somebody saved from Konnect's
// Debugger. It comes from the place that the name has to be known at.
type GatewayView struct {
	Name    safe.Text
	At      time.Time            // of the newest look-up or try; zero where the trace does not say
	Age     Known[time.Duration] // since then
	Lookups []Lookup             // of the gateway's DNS for the name, in the order of time
	Peers   []Peer               // that it tried for the name, in the order of time
	// Status is what the gateway told its client, Upstream what the upstream said; 0 where
	// the trace does not say.
	Status, Upstream int
}

// Lookup is one look-up of the gateway's DNS.
type Lookup struct {
	At      time.Time
	Took    time.Duration
	Name    safe.Text // empty where the trace does not say
	Address safe.Text // that it gave; empty where there is none, or none is told
	Port    int       // 0 where none is told
	Failed  bool
	Error   safe.Text   // the gateway's own words
	Tries   []safe.Text // what it tried, in the gateway's own words
}

// Peer is one try of the gateway to connect to an upstream.
type Peer struct {
	At      time.Time
	Took    time.Duration
	Name    safe.Text
	Address safe.Text
	Port    int
	Kept    bool // over a connection that was open already
	Failed  bool
	Error   safe.Text
}

// Freshness of what the gateway saw. Up to the first it stands for how it is, and takes the
// place of a server that cannot be asked from here; up to the second a record that was kept
// may still be in use.
const (
	gatewayFresh = 24 * time.Hour
	gatewayNow   = 10 * time.Minute
	// clocksApart is how far two clocks may be apart.
	clocksApart = 10 * time.Minute
)

// IsAbout reports whether a look-up is one of a name. Where it does not say of which name it
// is, the words of its tries may.
func (l Lookup) IsAbout(name safe.Text) bool {
	if !l.Name.IsEmpty() {
		return key(l.Name) == key(name)
	}
	return slices.ContainsFunc(l.Tries, func(t safe.Text) bool {
		words := strings.FieldsFunc(strings.ToLower(t.Raw()), func(r rune) bool {
			return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz0123456789.-_", r)
		})
		return slices.ContainsFunc(words, func(w string) bool { return strings.TrimSuffix(w, ".") == key(name) })
	})
}

// Gave reports whether a look-up gave an address.
func (v GatewayView) Gave(address safe.Text) bool {
	return !address.IsEmpty() && slices.ContainsFunc(v.Lookups, func(l Lookup) bool { return l.Address == address })
}

// Aged is the view with its age at a time.
func (v GatewayView) Aged(now time.Time) GatewayView {
	for _, l := range v.Lookups {
		v.At = later(v.At, l.At)
	}
	for _, p := range v.Peers {
		v.At = later(v.At, p.At)
	}
	switch age := now.Sub(v.At); {
	case v.At.IsZero():
		v.Age = NotKnown[time.Duration]("the trace does not say when it was")
	case age < -clocksApart:
		v.Age = NotKnown[time.Duration]("the trace's time lies in the future")
	default:
		v.Age = Know(max(age, 0))
	}
	return v
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// within reports whether the view is known to be younger than that.
func (v GatewayView) within(most time.Duration) bool {
	age, known := v.Age.Get()
	return known && age <= most
}

// Addresses are those that the gateway used for the name, each once, the newest first.
func (v GatewayView) Addresses() []safe.Text {
	var out []safe.Text
	add := func(a safe.Text) {
		if !a.IsEmpty() && !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	for _, l := range slices.Backward(v.Lookups) {
		if !l.Failed {
			add(l.Address)
		}
	}
	for _, p := range slices.Backward(v.Peers) {
		add(p.Address)
	}
	return out
}

// unresolved are the look-ups that failed; last is whether the newest did.
func (v GatewayView) unresolved() (failed []Lookup, last bool) {
	for _, l := range v.Lookups {
		if l.Failed {
			failed = append(failed, l)
		}
	}
	return failed, len(v.Lookups) > 0 && v.Lookups[len(v.Lookups)-1].Failed
}

// unconnected is the last try to connect where it failed.
func (v GatewayView) unconnected() (Peer, bool) {
	if len(v.Peers) == 0 {
		return Peer{}, false
	}
	p := v.Peers[len(v.Peers)-1]
	return p, p.Failed
}

// connected reports whether the last try to connect was good.
func (v GatewayView) connected() bool {
	p, failed := v.unconnected()
	return !failed && !p.Address.IsEmpty()
}

// Seeing is what is known, with what the gateway saw of the name.
func (f Facts) Seeing(v GatewayView) Facts {
	f.Gateway = Know(v)
	_, failed := v.unresolved()
	if failed && v.within(gatewayFresh) {
		f.GatewayFails = Know(true)
	}
	switch {
	case !v.within(gatewayNow):
	case v.resolved():
		f.GatewaySees = Know(v.Addresses())
	case failed && meaning(v.Lookups[len(v.Lookups)-1]) == meaning(Lookup{Error: safe.New("name error")}):
		f.GatewaySees = Know([]safe.Text{}) // it keeps that there is no such name
	}
	return f
}

// resolved reports whether the gateway is seen to have an address for the name, by the
// newest that is told.
func (v GatewayView) resolved() bool {
	_, last := v.unresolved()
	return !last && len(v.Addresses()) > 0
}

// when says how old it is, as a clause.
func (v GatewayView) when() string {
	age, known := v.Age.Get()
	if !known {
		return "at an unknown time: " + v.Age.Why()
	}
	return phrase.Span(age) + " ago"
}

// Words tell what the gateway saw, in one line.
func (v GatewayView) Words() string {
	var parts []string
	for _, l := range v.Lookups {
		parts = append(parts, l.words())
	}
	for _, p := range v.Peers {
		parts = append(parts, p.words())
	}
	if len(parts) > mostOfView {
		parts = append(parts[:mostOfView:mostOfView], fmt.Sprintf("and %d more", len(parts)-mostOfView))
	}
	if v.Status != 0 {
		parts = append(parts, fmt.Sprintf("the client was told %d", v.Status))
	}
	return strings.Join(parts, "; ") + " (" + v.when() + ")"
}

// mostOfView is how many look-ups and tries stand in a line.
const mostOfView = 6

func (l Lookup) words() string {
	took := ""
	if l.Took > 0 {
		took = " in " + Millis(l.Took)
	}
	switch {
	case l.Failed:
		return "the look-up failed" + took + orNothing(": ", l.said())
	case !l.Address.IsEmpty():
		return "looked up " + l.Address.String() + took
	default:
		return "looked up, with a result that the trace does not tell"
	}
}

// said is why a look-up failed, in the gateway's own words.
func (l Lookup) said() string {
	if !l.Error.IsEmpty() {
		return l.Error.String()
	}
	if len(l.Tries) > 0 {
		return l.Tries[len(l.Tries)-1].String()
	}
	return ""
}

func (p Peer) words() string {
	at := p.Place()
	switch {
	case p.Failed:
		return at + " could not be connected to" + orNothing(": ", p.Error.String())
	case p.Kept:
		return at + " over a connection that was open"
	default:
		return "connected to " + at
	}
}

// Place is the address of a peer with its port.
func (p Peer) Place() string {
	at := p.Address.Or(p.Name.Raw()).String()
	if p.Port > 0 {
		if strings.Contains(at, ":") {
			at = "[" + at + "]"
		}
		return fmt.Sprintf("%s:%d", at, p.Port)
	}
	return at
}

// orNothing puts a text behind a sign, where there is one.
func orNothing(sign, text string) string {
	if text == "" {
		return ""
	}
	return sign + text
}
