package trace

import (
	"fmt"
	"strconv"

	"github.com/peerdeck/peerdeck/model"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// serverRow is what one server said, in words.
type serverRow struct {
	mark     model.Severity
	server   string
	udp, tcp dnsverdict.Word
	answer   string
	serial   string
	agree    dnsverdict.Word
}

const nothing = dnsverdict.Nothing

// wordWidth is the room that a word takes, with its symbol.
func wordWidth(w dnsverdict.Word) int {
	if w.Severity >= model.SeverityAttention {
		return cell.Width(w.Text) + 2
	}
	return cell.Width(w.Text)
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
			mark: s.Mark(running), server: r.Server.String(),
			udp:    r.Find(dnsverdict.StepSOA, dnsverdict.UDP).Word(route, running),
			tcp:    r.Find(dnsverdict.StepSOA, dnsverdict.TCP).Word(route, running),
			answer: r.Answer(), serial: nothing, agree: r.Agrees(reports),
		}
		if soa, there := r.SOA(); there {
			row.serial = strconv.FormatUint(uint64(soa.Serial), 10)
		}
		out[i] = row
	}
	return out
}

// serverColumns are the widths of the table of servers, for a width.
type serverColumns struct{ server, udp, tcp, answer, serial, agree int }

func columnsFor(rows []serverRow, width int) serverColumns {
	c := serverColumns{server: 10, udp: 12, tcp: 8, answer: 12, serial: 8, agree: 7}
	for _, r := range rows {
		c.server = max(c.server, cell.Width(r.server))
		c.udp = max(c.udp, wordWidth(r.udp))
		c.tcp = max(c.tcp, wordWidth(r.tcp))
		c.answer = max(c.answer, cell.Width(r.answer))
		c.serial = max(c.serial, cell.Width(r.serial))
		c.agree = max(c.agree, wordWidth(r.agree))
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
		lines = append(lines, cell.NewLine(th, width).Space(3).Put(theme.Muted, fmt.Sprintf("and %d more; j goes through them", rest)).String())
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
func putWord(l *cell.Line, w dnsverdict.Word, width int) {
	tone := theme.Plain
	if w.Severity >= model.SeverityAttention {
		tone = theme.Of(w.Severity)
		if cell.Width(w.Text)+2 <= width {
			l.Put(tone, theme.Symbol(w.Severity)).Space(1)
			width -= 2
		}
	}
	if w.Text == nothing || w.Severity == model.SeverityUnknown || w.Severity == model.SeverityWorking {
		tone = theme.Muted
	}
	l.Put(tone, cell.Cut(w.Text, width))
}

func quiet(text string) theme.Tone {
	if text == nothing {
		return theme.Muted
	}
	return theme.Plain
}
