package verdict

import (
	"fmt"
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Aspect is what two answers can differ in.
type Aspect string

// The aspects. The first four decide what a gateway gets; the rest is worth a note.
const (
	AspectCode    Aspect = "code"
	AspectAnswer  Aspect = "answer"
	AspectChain   Aspect = "aliases"
	AspectSerial  Aspect = "serial"
	AspectFlags   Aspect = "flags"
	AspectLatency Aspect = "latency"
)

// Difference is one thing in which the answers of two servers of a row differ.
type Difference struct {
	A, B   safe.Text // the servers
	Aspect Aspect
	Text   string
	Lag    int64 // for serials: by how much B is newer than A
}

// matters: it decides what a gateway gets.
func (d Difference) matters() bool {
	return d.Aspect == AspectCode || d.Aspect == AspectAnswer || d.Aspect == AspectChain
}

// Agreement is how the servers of a row stand to each other. They are replicas, and
// which of them a gateway asks is not ours to say: only equal answers are good.
type Agreement struct {
	Word        string // for the column: "same", "differs: 2 answers", "serial -3"
	Severity    model.Severity
	Differences []Difference
	Answers     int // different answers
}

// Compare holds the servers of a row against each other.
func Compare(row []Report) Agreement {
	var heard []Report
	for _, r := range row {
		if r.Deciding().Answered() {
			heard = append(heard, r)
		}
	}
	if len(row) < 2 {
		return Agreement{Word: "one server", Answers: len(heard)}
	}
	if len(heard) < 2 {
		return Agreement{Word: fmt.Sprintf("%d of %d heard", len(heard), len(row)), Severity: model.SeverityUnknown, Answers: len(heard)}
	}
	a := Agreement{Answers: countAnswers(heard)}
	lag, ordered := int64(0), true
	for i, first := range heard {
		for _, second := range heard[i+1:] {
			for _, d := range differences(first, second) {
				a.Differences = append(a.Differences, d)
				if d.Aspect == AspectSerial {
					lag, ordered = max(lag, d.Lag, -d.Lag), ordered && d.Lag != 0
				}
			}
		}
	}
	a.Word, a.Severity = a.judge(lag, ordered)
	if a.Severity == model.SeverityOK && len(heard) < len(row) {
		a.Word, a.Severity = fmt.Sprintf("same, %d of %d heard", len(heard), len(row)), model.SeverityUnknown
	}
	return a
}

func (a Agreement) judge(lag int64, ordered bool) (string, model.Severity) {
	has := func(x Aspect) bool {
		return slices.ContainsFunc(a.Differences, func(d Difference) bool { return d.Aspect == x })
	}
	switch {
	case slices.ContainsFunc(a.Differences, Difference.matters):
		return fmt.Sprintf("differs: %d answers", a.Answers), model.SeverityAttention
	case has(AspectSerial) && !ordered:
		return "serials differ", model.SeverityAttention
	case has(AspectSerial):
		return fmt.Sprintf("serial -%d", lag), model.SeverityAttention
	default:
		return "same", model.SeverityOK
	}
}

// countAnswers counts the reports that differ in what a gateway gets.
func countAnswers(reports []Report) int {
	var kinds []Report
	for _, r := range reports {
		known := slices.ContainsFunc(kinds, func(k Report) bool {
			return !slices.ContainsFunc(differences(k, r), Difference.matters)
		})
		if !known {
			kinds = append(kinds, r)
		}
	}
	return len(kinds)
}

// differences lists what two servers say differently. Order and TTL of records do not
// count.
func differences(a, b Report) []Difference {
	var out []Difference
	add := func(x Aspect, lag int64, format string, args ...any) {
		out = append(out, Difference{a.Server, b.Server, x, fmt.Sprintf(format, args...), lag})
	}
	x, y := a.Deciding(), b.Deciding()
	if !x.Answered() || !y.Answered() {
		return nil
	}
	if x.Step == y.Step {
		compareReplies(a, b, add)
	}
	if s, t := a.Best(StepSOA).Reply.SOA, b.Best(StepSOA).Reply.SOA; !s.IsZero() && !t.IsZero() && key(s.Zone) == key(t.Zone) && s.Serial != t.Serial {
		lag, ordered := SerialDiff(t.Serial, s.Serial)
		if ordered {
			add(AspectSerial, lag, "serial %d and %d", s.Serial, t.Serial)
		} else {
			add(AspectSerial, 0, "serial %d and %d, which no rule puts in order", s.Serial, t.Serial)
		}
	}
	if x.Reply.AA != y.Reply.AA || x.Reply.RA != y.Reply.RA {
		add(AspectFlags, 0, "%s and %s", x.Reply.flags(), y.Reply.flags())
	}
	if slow, quick := max(x.Took, y.Took), min(x.Took, y.Took); slow > 100*time.Millisecond && slow > 10*quick {
		add(AspectLatency, 0, "%s and %s", Millis(x.Took), Millis(y.Took))
	}
	return out
}

func compareReplies(a, b Report, add func(x Aspect, lag int64, format string, args ...any)) {
	x, y := a.Deciding().Reply, b.Deciding().Reply
	if x.Code != y.Code {
		add(AspectCode, 0, "%s and %s", x.Code, y.Code)
		return
	}
	if a.Deciding().Step != StepA {
		return // an SOA record is compared by its serial
	}
	c, d := a.Chain(), b.Chain()
	if !sameNames(c.Aliases, d.Aliases) {
		add(AspectChain, 0, "over %s and over %s", orNone(c.Aliases), orNone(d.Aliases))
	}
	switch {
	case x.More > 0 || y.More > 0:
		if x.Sum != y.Sum {
			add(AspectAnswer, 0, "%d and %d records that are not the same", len(x.Answers)+x.More, len(y.Answers)+y.More)
		}
	case !slices.Equal(c.Addresses, d.Addresses):
		add(AspectAnswer, 0, "%s and %s", orNone(c.Addresses), orNone(d.Addresses))
	}
}

func sameNames(a, b []safe.Text) bool {
	return slices.EqualFunc(a, b, func(x, y safe.Text) bool { return key(x) == key(y) })
}

func orNone(list []safe.Text) string {
	if len(list) == 0 {
		return "none"
	}
	return phrase.List(list)
}

func (r Reply) flags() string {
	flag := map[bool]int{true: 1}
	return fmt.Sprintf("AA=%d RA=%d", flag[r.AA], flag[r.RA])
}
