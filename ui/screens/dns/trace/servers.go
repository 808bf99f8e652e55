package trace

import (
	"fmt"
	"strconv"
	"strings"

	"peerdeck/model"
	dnsverdict "peerdeck/model/dns/verdict"
	"peerdeck/model/phrase"
	"peerdeck/ui/kit/cell"
	"peerdeck/ui/kit/theme"
)

// serverRow is what one server said, in words.
type serverRow struct {
	mark     model.Severity
	server   string
	udp, tcp word
	answer   string
	serial   string
	agree    word
}

// word is a word with what it means.
type word struct {
	text string
	mark model.Severity
}

const nothing = "–"

// width is the room that a word takes, with its symbol.
func (w word) width() int {
	if w.mark >= model.SeverityAttention {
		return cell.Width(w.text) + 2
	}
	return cell.Width(w.text)
}

// serverRows puts what the servers of a row said side by side. Of one that is still
// asked, what has come stands there already.
func (p *Trace) serverRows() []serverRow {
	running, reports := p.running(), p.trace.Reports()
	out := make([]serverRow, len(p.trace.Servers))
	for i, s := range p.trace.Servers {
		r := s.Report
		route := s.Route
		if r.Heard() {
			route = dnsverdict.Know(true)
		}
		row := serverRow{
			mark: s.Cell.Mark(), server: r.Server.String(),
			udp:    exchangeWord(r.Find(dnsverdict.StepSOA, dnsverdict.UDP), route, running),
			tcp:    exchangeWord(r.Find(dnsverdict.StepSOA, dnsverdict.TCP), route, running),
			answer: answerOf(r), serial: nothing, agree: agreeWord(r, reports),
		}
		switch {
		case s.Right.Is == model.No && row.mark == model.SeverityOK:
			row.mark = model.SeverityAttention
		case !s.Heard() && running:
			row.mark = model.SeverityWorking
		case !s.Heard():
			row.mark = model.SeverityUnknown
		}
		if soa, there := r.SOA(); there {
			row.serial = strconv.FormatUint(uint64(soa.Serial), 10)
		}
		out[i] = row
	}
	return out
}

// exchangeWord says what became of a question.
func exchangeWord(e dnsverdict.Exchange, route dnsverdict.Known[bool], running bool) word {
	way, known := route.Get()
	switch e.Outcome {
	case dnsverdict.OutcomeAnswered:
		return word{string(e.Reply.Code) + " " + millis(e), replyMark(e.Reply)}
	case dnsverdict.OutcomeSilent:
		if !known || !way {
			return word{"n/a here", model.SeverityUnknown}
		}
		return word{fmt.Sprintf("TIMEOUT %d/%d", e.Lost, e.Sent), model.SeverityBroken}
	case dnsverdict.OutcomeClosed:
		return word{"closed", model.SeverityBroken}
	case dnsverdict.OutcomeNoRoute:
		return word{"no route", model.SeverityUnknown}
	case dnsverdict.OutcomeHungUp:
		return word{"hung up", model.SeverityBroken}
	case dnsverdict.OutcomeForeign:
		return word{"wrong reply", model.SeverityBroken}
	case dnsverdict.OutcomeFailed:
		return word{"cannot ask", model.SeverityUnknown}
	case dnsverdict.OutcomeUntestable:
		return word{"n/a here", model.SeverityUnknown}
	case dnsverdict.OutcomeInvalid:
		return word{"invalid", model.SeverityBroken}
	case dnsverdict.OutcomeSkipped:
		return word{"not asked", model.SeverityUnknown}
	}
	if running {
		return word{"asking", model.SeverityWorking}
	}
	return word{nothing, model.SeverityUnknown}
}

func replyMark(r dnsverdict.Reply) model.Severity {
	switch r.Code {
	case dnsverdict.NoError:
		if r.Lame() {
			return model.SeverityAttention
		}
		return model.SeverityOK
	default:
		return model.SeverityAttention
	}
}

// millis writes how long an answer took, with a blank before the unit.
func millis(e dnsverdict.Exchange) string {
	return strings.Replace(dnsverdict.Millis(e.Took), "ms", " ms", 1)
}

// answerOf is what a server gives for the name.
func answerOf(r dnsverdict.Report) string {
	e := r.Deciding()
	if !e.Answered() {
		return nothing
	}
	chain := r.Chain()
	switch {
	case len(chain.Addresses) > 0:
		return phrase.List(chain.Addresses)
	case chain.Note != "":
		return "alias loop"
	case chain.Dangling():
		return "alias, no address"
	case e.Reply.Code != dnsverdict.NoError:
		return string(e.Reply.Code)
	case e.Reply.Lame():
		return "refers elsewhere"
	case r.Best(dnsverdict.StepA).Answered():
		return "no address"
	default:
		return "the zone"
	}
}

// agreeWord says how a server stands to the others of its row: an outlier differs from
// most of them.
func agreeWord(r dnsverdict.Report, row []dnsverdict.Report) word {
	if !r.Deciding().Answered() {
		return word{nothing, model.SeverityUnknown}
	}
	others, differs, serial := 0, 0, ""
	for _, other := range row {
		if other.Server == r.Server || !other.Deciding().Answered() {
			continue
		}
		others++
		a := dnsverdict.Compare([]dnsverdict.Report{r, other})
		if a.Answers > 1 {
			differs++
			continue
		}
		for _, d := range a.Differences {
			if d.Aspect == dnsverdict.AspectSerial && d.Lag > 0 {
				serial = fmt.Sprintf("serial -%d", d.Lag) // the other one is newer
			}
		}
	}
	switch {
	case others == 0:
		return word{nothing, model.SeverityUnknown}
	case differs > 0:
		return word{"differs", model.SeverityAttention}
	case serial != "":
		return word{serial, model.SeverityAttention}
	default:
		return word{"same", model.SeverityOK}
	}
}

// serverColumns are the widths of the table of servers, for a width.
type serverColumns struct{ server, udp, tcp, answer, serial, agree int }

func columnsFor(rows []serverRow, width int) serverColumns {
	c := serverColumns{server: 10, udp: 12, tcp: 8, answer: 12, serial: 8, agree: 7}
	for _, r := range rows {
		c.server = max(c.server, cell.Width(r.server))
		c.udp = max(c.udp, r.udp.width())
		c.tcp = max(c.tcp, r.tcp.width())
		c.answer = max(c.answer, cell.Width(r.answer))
		c.serial = max(c.serial, cell.Width(r.serial))
		c.agree = max(c.agree, r.agree.width())
	}
	c.server = min(c.server, max(15, width/4))
	room := func() int { return width - 3 - 5*2 - c.server - c.udp - c.tcp - c.serial - c.agree - 1 }
	if least := min(c.answer, 12); room() < least {
		c.serial = 0 // the agreement tells what matters of it
	}
	c.answer = min(c.answer, max(8, room()))
	return c
}

// serverTable draws the table: a heading and a line for each server, those that fit.
func serverTable(th *theme.Theme, rows []serverRow, chosen, width, room int) []string {
	c := columnsFor(rows, width)
	at := []int{3, c.server, c.udp, c.tcp, c.answer, c.serial}
	for i := 1; i < len(at); i++ {
		if at[i] > 0 {
			at[i] += 2
		}
		at[i] += at[i-1]
	}
	l := cell.NewLine(th, width)
	for i, title := range []string{"SERVER", "UDP", "TCP", "ANSWER", "SERIAL", "AGREE"} {
		if title != "SERIAL" || c.serial > 0 {
			l.To(at[i]).Put(theme.Muted, title)
		}
	}
	lines := []string{l.String()}
	from, n := 0, len(rows)
	if n > room-1 {
		n = max(1, room-2)
		from = max(0, min(chosen-n+1, len(rows)-n))
	}
	for i := from; i < min(from+n, len(rows)); i++ {
		lines = append(lines, serverLine(th, rows[i], c, at, i == chosen, width))
	}
	if rest := len(rows) - n; rest > 0 {
		lines = append(lines, cell.NewLine(th, width).Space(3).Put(theme.Muted, fmt.Sprintf("and %d more; e goes through them", rest)).String())
	}
	return lines
}

func serverLine(th *theme.Theme, r serverRow, c serverColumns, at []int, chosen bool, width int) string {
	l := cell.NewLine(th, width)
	name := theme.Plain
	if chosen {
		l.Select()
		name = theme.Accent
	} else {
		l.Space(1)
	}
	l.Put(theme.Of(r.mark), theme.Symbol(r.mark)).To(at[0]).Put(name, cell.Cut(r.server, c.server))
	putWord(l.To(at[1]), r.udp, c.udp)
	putWord(l.To(at[2]), r.tcp, c.tcp)
	l.To(at[3]).Put(quiet(r.answer), cell.Cut(r.answer, c.answer))
	if c.serial > 0 {
		l.To(at[4]).Put(quiet(r.serial), cell.Cut(r.serial, c.serial))
	}
	putWord(l.To(at[5]), r.agree, c.agree)
	return l.String()
}

// putWord writes a word; what is wrong with it has a symbol before it too.
func putWord(l *cell.Line, w word, width int) {
	tone := theme.Plain
	if w.mark >= model.SeverityAttention {
		tone = theme.Of(w.mark)
		if cell.Width(w.text)+2 <= width {
			l.Put(tone, theme.Symbol(w.mark)).Space(1)
			width -= 2
		}
	}
	if w.text == nothing || w.mark == model.SeverityUnknown || w.mark == model.SeverityWorking {
		tone = theme.Muted
	}
	l.Put(tone, cell.Cut(w.text, width))
}

func quiet(text string) theme.Tone {
	if text == nothing {
		return theme.Muted
	}
	return theme.Plain
}
