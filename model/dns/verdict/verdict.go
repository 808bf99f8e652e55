package verdict

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Verdict is one answer to one question about a server. The three verdicts are never
// made into one light: a server that is reachable may be unwilling, and a willing one
// wrong.
type Verdict struct {
	Is  model.Ternary // yes, no, or not known
	Why string        // one clause without the server's name
}

func yes(format string, args ...any) Verdict {
	return Verdict{model.Yes, fmt.Sprintf(format, args...)}
}

func no(format string, args ...any) Verdict { return Verdict{model.No, fmt.Sprintf(format, args...)} }

func unknown(format string, args ...any) Verdict {
	return Verdict{model.Unstated, fmt.Sprintf(format, args...)}
}

// Reachable tells whether a valid DNS message came back, with any code. Route says
// whether this vantage has a way into the server's network: without proof of one,
// silence says nothing about the server.
func Reachable(r Report, route Known[bool]) Verdict {
	for _, over := range []Transport{UDP, TCP} {
		if e := r.Find(StepSOA, over); e.Answered() {
			return yes("answers over %s in %s", over, Millis(e.Took))
		}
	}
	if r.Answered() {
		return yes("answers")
	}
	if !r.Asked() {
		return unknown("not asked: %s", r.unasked())
	}
	way, known := route.Get()
	for _, e := range r.Exchanges {
		switch e.Outcome {
		case OutcomeForeign:
			return no("something answers, but not our question: %s", e.ForeignWhy)
		case OutcomeClosed:
			return no("the host says that nothing listens at port 53 (%s)", e.Transport)
		case OutcomeHungUp:
			return no("the connection ends before the answer does: %s", e.Reason)
		default:
		}
	}
	what := r.silence()
	switch {
	case known && way:
		return no("%s", what)
	case known:
		return unknown("not testable from here: %s, and this vantage has no way to the server's network", what)
	default:
		return unknown("not testable from here: %s, and nothing proves a way to the server's network (%s)", what, route.Why())
	}
}

// silence says how the server was silent.
func (r Report) silence() string {
	var parts []string
	for _, over := range []Transport{UDP, TCP} {
		switch e := r.Find(StepSOA, over); e.Outcome {
		case OutcomeSilent:
			parts = append(parts, fmt.Sprintf("nothing came over %s in %s", over, seconds(e.Waited)))
		case OutcomeNoRoute:
			parts = append(parts, fmt.Sprintf("there is no route for %s", over))
		case OutcomeFailed:
			parts = append(parts, fmt.Sprintf("this machine cannot ask over %s: %s", over, e.Reason))
		default:
		}
	}
	if len(parts) == 0 {
		return "nothing came"
	}
	return strings.Join(parts, ", ")
}

// unasked says why nothing was asked.
func (r Report) unasked() string {
	if r.Skipped != "" {
		return r.Skipped
	}
	for _, e := range r.Exchanges {
		if !e.Reason.IsEmpty() {
			return e.Reason.String()
		}
	}
	return "no reason is given"
}

// Willing tells whether the server is ready to answer for this domain: it does not turn
// the question away, and offers recursion or is an authority.
func Willing(r Report) Verdict {
	var seen Reply
	for _, step := range []Step{StepSOA, StepA} {
		e := r.Best(step)
		if !e.Answered() {
			continue
		}
		seen = e.Reply
		if v, bad := unwilling(e); bad {
			return v
		}
	}
	switch {
	case !r.Answered():
		return unknown("it was not heard")
	case seen.AA && seen.RA:
		return yes("an authority that offers recursion")
	case seen.AA:
		return yes("an authority; it offers no recursion")
	case seen.RA:
		return yes("offers recursion")
	default:
		return no("neither an authority for this domain nor ready for recursion (AA=0, RA=0)")
	}
}

func unwilling(e Exchange) (Verdict, bool) {
	switch code := e.Reply.Code; {
	case code == Refused || code == NotImp || code == FormErr:
		return no("says %s%s", code, e.Reply.because()), true
	case e.Reply.Lame():
		return no("only names other servers (%s), and offers no recursion", phrase.List(e.Reply.Elsewhere)), true
	default:
		return Verdict{}, false
	}
}

// because is the server's explanation behind its code, empty for none.
func (r Reply) because() string {
	if words := r.Explained(); words != "" {
		return ", " + words
	}
	return ""
}

// Right tells whether the server's answer can be trusted: the same as that of the other
// servers of its row, not empty where an address is expected, and a private address
// where a private one is expected.
func Right(r Report, row []Report, private Known[bool]) Verdict {
	e := r.Deciding()
	if !e.Answered() {
		return unknown("there is no answer to judge")
	}
	if e.Reply.Code != NoError {
		return no("says %s%s", e.Reply.Code, e.Reply.because())
	}
	if r.Best(StepA).Answered() {
		if v := r.rightAddresses(private); v.Is == model.No {
			return v
		}
	}
	for _, other := range row {
		if other.Server == r.Server {
			continue
		}
		if d := differences(r, other); slices.ContainsFunc(d, Difference.matters) {
			return no("differs from %s: %s", other.Server, d[slices.IndexFunc(d, Difference.matters)].Text)
		}
	}
	if e.Reply.Empty() && !r.apexOnly() {
		return no("NOERROR without an address")
	}
	return yes("%s", r.answerWords())
}

func (r Report) rightAddresses(private Known[bool]) Verdict {
	chain := r.Chain()
	if chain.Note != "" {
		return no("%s", chain.Note)
	}
	_, endpoint := r.privateEndpoint()
	if at := slices.IndexFunc(chain.Addresses, public); at >= 0 && (endpoint || is(private, true)) {
		return no("%s is a public address, and a private one is expected", chain.Addresses[at])
	}
	return Verdict{}
}

// apexOnly: nobody asked for a name in the domain, and most domains have no address of
// their own.
func (r Report) apexOnly() bool { return key(r.Name) == key(r.Domain) }

func (r Report) answerWords() string {
	if chain := r.Chain(); len(chain.Addresses) > 0 {
		return few(chain.Addresses)
	}
	if soa, there := r.SOA(); there {
		return soa.Words()
	}
	return "NOERROR"
}

// Millis writes a duration as the cells do.
func Millis(d time.Duration) string {
	if d > 0 && d < time.Millisecond {
		return "<1ms"
	}
	return fmt.Sprintf("%dms", d.Round(time.Millisecond).Milliseconds())
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }

// some chooses the words for one report or for several.
func some(list []Report, one, many string) string {
	return phrase.Either(len(list), one, many)
}

// named joins the servers of reports.
func named(reports []Report) string {
	list := make([]safe.Text, len(reports))
	for i, r := range reports {
		list[i] = r.Server
	}
	return phrase.List(list)
}
