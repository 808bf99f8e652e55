package verdict

import (
	"fmt"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
)

// Word is a word with how urgent it is.
type Word struct {
	Text     string
	Severity model.Severity
}

// Nothing stands where there is nothing to say.
const Nothing = "–"

// Word says what became of a question, by whether this vantage has a way to the server,
// and whether it may still be asked.
func (e Exchange) Word(route Known[bool], running bool) Word {
	way, known := route.Get()
	switch e.Outcome {
	case OutcomeAnswered:
		return Word{string(e.Reply.Code) + " " + spaced(e), replyMark(e.Reply)}
	case OutcomeSilent:
		if !known || !way {
			return Word{"n/a here", model.SeverityUnknown}
		}
		return Word{fmt.Sprintf("TIMEOUT %d/%d", e.Lost, e.Sent), model.SeverityBroken}
	case OutcomeClosed:
		return Word{"closed", model.SeverityBroken}
	case OutcomeNoRoute:
		return Word{"no route", model.SeverityUnknown}
	case OutcomeHungUp:
		return Word{"hung up", model.SeverityBroken}
	case OutcomeForeign:
		return Word{"wrong reply", model.SeverityBroken}
	case OutcomeFailed:
		return Word{"cannot ask", model.SeverityUnknown}
	case OutcomeUntestable:
		return Word{"n/a here", model.SeverityUnknown}
	case OutcomeInvalid:
		return Word{"invalid", model.SeverityBroken}
	case OutcomeSkipped:
		return Word{"not asked", model.SeverityUnknown}
	}
	if running {
		return Word{"asking", model.SeverityWorking}
	}
	return Word{Nothing, model.SeverityUnknown}
}

func replyMark(r Reply) model.Severity {
	switch r.Code {
	case NoError:
		if r.Lame() {
			return model.SeverityAttention
		}
		return model.SeverityOK
	default:
		return model.SeverityAttention
	}
}

// spaced writes how long an answer took, with a blank before the unit.
func spaced(e Exchange) string {
	return strings.Replace(Millis(e.Took), "ms", " ms", 1)
}

// Answer is what a server gives for the name, in a word or two.
func (r Report) Answer() string {
	e := r.Deciding()
	if !e.Answered() {
		return Nothing
	}
	chain := r.Chain()
	switch {
	case len(chain.Addresses) > 0:
		return phrase.List(chain.Addresses)
	case chain.Note != "":
		return "alias loop"
	case chain.Dangling():
		return "alias, no address"
	case e.Reply.Code != NoError:
		return string(e.Reply.Code)
	case e.Reply.Lame():
		return "refers elsewhere"
	case r.Best(StepA).Answered():
		return "no address"
	default:
		return "the zone"
	}
}

// Agrees says how a server stands to the others of its row: an outlier differs from
// most of them.
func (r Report) Agrees(row []Report) Word {
	if !r.Deciding().Answered() {
		return Word{Nothing, model.SeverityUnknown}
	}
	others, differs, serial := 0, 0, ""
	for _, other := range row {
		if other.Server == r.Server || !other.Deciding().Answered() {
			continue
		}
		others++
		a := Compare([]Report{r, other})
		if a.Answers > 1 {
			differs++
			continue
		}
		for _, d := range a.Differences {
			if d.Aspect == AspectSerial && d.Lag > 0 {
				serial = fmt.Sprintf("serial -%d", d.Lag) // the other one is newer
			}
		}
	}
	switch {
	case others == 0:
		return Word{Nothing, model.SeverityUnknown}
	case differs > 0:
		return Word{"differs", model.SeverityAttention}
	case serial != "":
		return Word{serial, model.SeverityAttention}
	default:
		return Word{"same", model.SeverityOK}
	}
}
