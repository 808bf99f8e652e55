// Package dig reads what DNS tools print on another machine, so that it is judged
// like an answer to this one: the output of dig and kdig, several answers in one paste
// with prompts and other lines between them, JSON after RFC 8427, and the envelope in
// which Azure returns the output of a command run on a virtual machine.
//
// What is no such output is refused with a sentence that says what to do instead.
package dig

import (
	"fmt"
	"slices"
	"strings"

	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
)

const (
	// MaxText is how many bytes are read at once.
	MaxText = 1 << 20
	// maxExchanges bounds what one text can hold; a thousand commands print about that.
	maxExchanges = 4000
	maxNotes     = 20
)

// Result is what was read.
type Result struct {
	// Exchanges are the questions and what came of each, in the order of the text.
	Exchanges []dnsverdict.Exchange
	// Notes tell what was found and not taken, one sentence each.
	Notes []string
}

func (r *Result) notef(format string, args ...any) {
	if s := safe.Clean(fmt.Sprintf(format, args...)); len(r.Notes) < maxNotes && !slices.Contains(r.Notes, s) {
		r.Notes = append(r.Notes, s)
	}
}

// Read reads a text. From is the server that answers come from which name none; it may
// be empty. When nothing can be taken, the problem says why and what to do; it is empty
// otherwise.
func Read(text string, from safe.Text) (r Result, problem string) {
	if len(text) > MaxText {
		return Result{}, fmt.Sprintf("the text has %d bytes, and at most %d are read; paste it in parts", len(text), MaxText)
	}
	if strings.TrimSpace(text) == "" {
		return Result{}, "the text is empty; paste what dig printed"
	}
	p := parser{result: &r}
	for _, part := range split(text) {
		switch {
		case part.json != nil:
			p.end()
			p.document(part.json)
		default:
			p.lines(part.text)
		}
	}
	p.end()
	for i := range r.Exchanges {
		if r.Exchanges[i].Server.IsEmpty() {
			r.Exchanges[i].Server = from
		}
		if r.Exchanges[i].Server.IsEmpty() {
			r.notef("an answer about %s does not say which server gave it: keep the line that begins with ;; SERVER", r.Exchanges[i].Name)
		}
	}
	if len(r.Exchanges) == 0 {
		return r, refusal(text, r.Notes)
	}
	return r, ""
}

// Reports puts exchanges together by server, as reports about a name in a mapped
// domain. Exchanges about other names are left out, and those of no known server.
func (r *Result) Reports(domain, name safe.Text) []dnsverdict.Report {
	if name.IsEmpty() {
		name = domain
	}
	var out []dnsverdict.Report
	at := map[safe.Text]int{}
	for _, e := range r.Exchanges {
		if e.Server.IsEmpty() || !about(e, domain, name) {
			continue
		}
		i, there := at[e.Server]
		if !there {
			i = len(out)
			at[e.Server] = i
			out = append(out, dnsverdict.Report{Server: e.Server, Domain: domain, Name: name})
		}
		out[i].Exchanges = append(out[i].Exchanges, e)
	}
	return out
}

// about reports whether an exchange is one that a report about a name holds: the SOA
// record of the domain, the addresses of the name, or a name that was made up.
func about(e dnsverdict.Exchange, domain, name safe.Text) bool {
	asked := lower(e.Name.Raw())
	switch e.Step {
	case dnsverdict.StepSOA, dnsverdict.StepAuthority:
		if e.Type == "" { // dig says that it could not connect, and not what it would have asked
			return asked == "" || asked == lower(domain.Raw()) || asked == lower(name.Raw())
		}
		return asked == lower(domain.Raw())
	case dnsverdict.StepRandom:
		return strings.HasSuffix(asked, "."+lower(domain.Raw()))
	default:
		return asked == lower(name.Raw())
	}
}

// lower writes a name in small letters and without the dot at its end.
func lower(s string) string { return strings.ToLower(strings.TrimSuffix(s, ".")) }

// step is the reason for which a question is asked, as far as it shows.
func step(name, kind string, recursion bool) dnsverdict.Step {
	switch {
	case strings.HasPrefix(lower(name), RandomLabel):
		return dnsverdict.StepRandom
	case kind == "SOA" && !recursion:
		return dnsverdict.StepAuthority
	case kind == "SOA", kind == "":
		return dnsverdict.StepSOA
	case kind == "A":
		return dnsverdict.StepA
	case kind == "AAAA":
		return dnsverdict.StepAAAA
	default:
		return dnsverdict.Step(strings.ToLower(kind))
	}
}

// RandomLabel begins the names that peerdeck makes up to see what a server says of a
// name that cannot exist.
const RandomLabel = "peerdeck-"
