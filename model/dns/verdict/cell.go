package verdict

import (
	"fmt"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
)

// Cell is one field of the matrix of domains and servers. The word stands with a symbol
// for the severity, so that no colour is needed.
type Cell struct {
	Word     string // at most 12 characters, such as "OK 12ms"
	Severity model.Severity
	Text     string // the same in a sentence
}

// CellOf says in a word how a domain stands at one server. Row are the reports of all
// servers that are asked for it; route says whether this vantage has a way to them.
func CellOf(r Report, row []Report, route Known[bool]) Cell {
	e := r.Deciding()
	switch {
	case !r.Asked():
		return Cell{r.skippedWord(), model.SeverityUnknown, "not asked: " + r.unasked()}
	case r.Unheard():
		return r.unheardCell(route)
	case !e.Answered():
		return r.brokenCell()
	case e.Reply.TC:
		return Cell{"TRUNC", model.SeverityAttention, "the answer was cut, and TCP brings no whole one: " + r.tcpWords()}
	case e.Reply.Lame():
		return Cell{"LAME", model.SeverityAttention, Willing(r).Why}
	case e.Reply.Referral():
		return Cell{"REFERS", model.SeverityAttention, "only names other servers (" + phrase.List(e.Reply.Elsewhere) + "), although it offers recursion"}
	case e.Reply.Code == NXDomain && e.Step == StepSOA && r.Serves():
		return Cell{"OK " + Millis(e.Took), model.SeverityOK, "answers for the zone below the domain"}
	case e.Reply.Code != NoError:
		return Cell{string(e.Reply.Code), model.SeverityAttention, fmt.Sprintf("says %s in %s%s", e.Reply.Code, Millis(e.Took), e.Reply.because())}
	case r.oddOne(row):
		return Cell{"DIFF", model.SeverityAttention, Right(r, row, Known[bool]{}).Why}
	case r.tcpFails():
		return Cell{"NOTCP", model.SeverityAttention, "UDP answers, TCP does not: " + r.tcpWords()}
	case r.Best(StepA).Answered() && r.rightAddresses(Known[bool]{}).Is == model.No:
		return Cell{r.wrongWord(), model.SeverityAttention, r.rightAddresses(Known[bool]{}).Why}
	case e.Reply.Empty() && !r.apexOnly():
		return Cell{"NODATA", model.SeverityAttention, "the name exists and has no address"}
	default:
		return Cell{"OK " + Millis(e.Took), model.SeverityOK, r.answerWords()}
	}
}

// wrongWord is for addresses that cannot be right, whatever the others say.
func (r Report) wrongWord() string {
	if r.Chain().Note != "" {
		return "BADCHAIN"
	}
	return "PUBLIC"
}

func (r Report) skippedWord() string {
	for _, e := range r.Exchanges {
		if e.Outcome == OutcomeInvalid {
			return "INVALID"
		}
	}
	return "skipped"
}

func (r Report) unheardCell(route Known[bool]) Cell {
	if !is(route, true) {
		return Cell{"n/a here", model.SeverityUnknown, Reachable(r, route).Why}
	}
	e := r.Find(StepSOA, UDP)
	if !e.Asked() {
		e = r.Find(StepSOA, TCP)
	}
	if e.Outcome == OutcomeSilent {
		return Cell{fmt.Sprintf("TIMEOUT %d/%d", e.Lost, e.Sent), model.SeverityAttention, r.silence()}
	}
	return Cell{"UNREACH", model.SeverityAttention, r.silence()}
}

// brokenCell is for servers that were heard and gave no answer.
func (r Report) brokenCell() Cell {
	why := Reachable(r, Know(true)).Why
	for _, e := range r.Exchanges {
		switch e.Outcome {
		case OutcomeForeign:
			return Cell{"WRONG", model.SeverityAttention, why}
		case OutcomeHungUp:
			return Cell{"HUNG UP", model.SeverityAttention, why}
		default:
		}
	}
	return Cell{"UNREACH", model.SeverityAttention, why}
}

// oddOne reports whether the server's answer differs from that of another server of the
// row in what a gateway gets.
func (r Report) oddOne(row []Report) bool {
	for _, other := range row {
		if other.Server == r.Server {
			continue
		}
		for _, d := range differences(r, other) {
			if d.matters() {
				return true
			}
		}
	}
	return false
}

// tcpFails reports whether UDP brought an answer and TCP none.
func (r Report) tcpFails() bool {
	tcp := r.Find(StepSOA, TCP)
	return r.Find(StepSOA, UDP).Answered() && tcp.Asked() && !tcp.Answered()
}

func (r Report) tcpWords() string {
	tcp := r.Find(StepSOA, TCP)
	if a := r.Find(StepA, TCP); a.Asked() {
		tcp = a
	}
	switch {
	case tcp.Outcome == OutcomeSilent:
		return "nothing came in " + seconds(tcp.Waited)
	case tcp.Outcome == OutcomeClosed:
		return "the connection is refused"
	case !tcp.Reason.IsEmpty():
		return tcp.Reason.String()
	default:
		return "it was not asked"
	}
}
