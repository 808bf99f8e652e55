package trace

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// sideFrom is the width from which the ladder stands beside.
const sideFrom = 120

// lowHeight is the height of a screen below which what matters less is left out.
const lowHeight = 16

// narrow draws what matters first at the top, then the rule and the checks, the servers
// below them, and what else there is at the end.
func (p *Trace) narrow() []string {
	lines := p.above(p.width)
	return append(lines, p.lower(p.width, p.height-len(lines))...)
}

// above is what stands above the servers.
func (p *Trace) above(width int) []string {
	wide := p.width >= sideFrom
	lines := p.conclusionLines(width, p.roomToConclude())
	if len(lines) > 0 {
		lines = append(lines, widget.Rule(p.th, width))
	}
	rule := p.ruleLines(width)
	if p.low() && p.trace.Query.OK() {
		rule = rule[:1] // the servers stand in the table
	}
	lines = append(lines, rule...)
	switch {
	case !p.trace.Query.OK():
	case wide:
		lines = append(lines, p.evidenceLines(width, 4)...)
	case p.low():
		lines = append(lines, p.evidenceLines(width, 1)...)
	default:
		for _, g := range []string{groupKonnect, groupAzure, groupAnswers} {
			lines = append(lines, p.chipLines(g, width)...)
		}
		lines = append(lines, p.evidenceLines(width, 2)...)
	}
	return lines
}

// roomToConclude is how many lines the conclusion may take: the evidence keeps some.
func (p *Trace) roomToConclude() int {
	if p.low() {
		return 4
	}
	return max(6, p.height*2/5)
}

// low reports whether there is room for what is wrong and what to do, and for no more.
func (p *Trace) low() bool { return p.height < lowHeight }

// wide puts the whole ladder at the right of the rest.
func (p *Trace) wide() []string {
	if !p.trace.Query.OK() {
		return p.narrow()
	}
	w := p.width * 56 / 100
	left := p.above(w)
	left = append(left, p.lower(w, p.height-len(left))...)
	left = append(left, p.saidLines(w, p.height-len(left))...)
	left = append(left, p.pastLines(w, p.height-len(left))...)
	right := p.ladderLines(p.width-w-1, p.height)
	bar := p.th.Paint(theme.Faint, "│")
	out := make([]string, p.height)
	for i := range out {
		l := ""
		if i < len(left) {
			l = left[i]
		}
		out[i] = l + cell.Blank(w-cell.Width(l)) + bar
		if i < len(right) {
			out[i] += right[i]
		}
	}
	return out
}

// saidLines tell what the chosen server said, or the first one, a line for each question.
func (p *Trace) saidLines(width, room int) []string {
	const past = 10 // lines that are left for the last traces
	at := 0
	if i := p.at(); i >= 0 && i < len(p.list) && p.list[i].isServer() {
		at = p.list[i].server
	}
	if at >= len(p.trace.Servers) || room < past {
		return nil
	}
	r := p.trace.Servers[at].Report
	var said []string
	for _, e := range r.InOrder() {
		for k, part := range cell.Wrap(safe.Clean(dnstrace.ExchangeText(e)), width-6, 2) {
			said = append(said, cell.NewLine(p.th, width).Space(3+2*min(k, 1)).Put(theme.Muted, part).String())
		}
	}
	if len(said) == 0 || len(said)+2 > room-past {
		return nil
	}
	return append([]string{widget.Rule(p.th, width), cell.NewLine(p.th, width).Space(1).Put(theme.Muted, "WHAT "+r.Server.String()+" SAID, ").Put(theme.Accent, "j").Put(theme.Muted, " goes on to the next server").String()}, said...)
}

// ruleLines tell the name, the rule that wins and those that it wins over.
func (p *Trace) ruleLines(width int) []string {
	t := p.trace
	name := t.Query.Name.Shown()
	if !t.Query.OK() {
		name = t.Query.Typed.String()
	}
	l := headLine(p.th, "Name", width).Put(theme.Strong, cell.Cut(safe.Clean(name), width-labelWidth-1))
	if t.Pasted {
		l.Space(2).Put(theme.Warn, "▲ answers from a pasted output")
	}
	lines := []string{l.String()}
	if t.Pasted {
		for _, n := range t.Query.Notes[:min(len(t.Query.Notes), 2)] {
			lines = append(lines, headLine(p.th, "", width).Put(theme.Muted, cell.Cut(safe.Clean(n), width-labelWidth-1)).String())
		}
	}
	if !t.Query.OK() {
		return append(lines, p.problemLines(t.Query, width)...)
	}
	w, found := t.Winner()
	if !found {
		for _, e := range p.list {
			if e.group == groupTable {
				lines = append(lines, p.ruleText(e, width)...)
			}
		}
		return lines
	}
	servers := "no server"
	if len(w.Servers) > 0 {
		servers = phrase.List(w.Servers)
	}
	rule := headLine(p.th, groupTable, width)
	text := w.Domain.String() + " → " + servers
	over := overText(t.Rules)
	if cell.Width(text)+cell.Width(over)+labelWidth+3 <= width {
		rule.Put(theme.Plain, text)
		if over != "" {
			rule.To(width-cell.Width(over)-1).Put(theme.Muted, over)
		}
		return append(lines, rule.String())
	}
	for i, part := range cell.Wrap(text, width-labelWidth-1, 2) {
		if i > 0 {
			rule = headLine(p.th, "", width)
		}
		lines = append(lines, rule.Put(theme.Plain, part).String())
	}
	if over != "" {
		lines = append(lines, headLine(p.th, "", width).Put(theme.Muted, cell.Cut(over, width-labelWidth-1)).String())
	}
	return lines
}

// ruleText says that no rule matches, or why that is not known.
func (p *Trace) ruleText(e evidence, width int) []string {
	mark := e.mark(p.running())
	if mark == model.SeverityOK {
		mark = model.SeverityAttention
	}
	text := e.text(p.running())
	if e.rung.State == dnsverdict.RungFailed && len(p.trace.Findings) > 0 {
		text = "no row matches" // the finding tells the rest
	}
	var lines []string
	for i, part := range cell.Wrap(text, width-labelWidth-3, 2) {
		l := headLine(p.th, "", width)
		if i == 0 {
			l = headLine(p.th, groupTable, width).Put(theme.Of(mark), theme.Symbol(mark))
		}
		lines = append(lines, l.To(labelWidth+2).Put(theme.Plain, part).String())
	}
	return lines
}

// overText names the rules that the winner wins over.
func overText(rules []dnstrace.Rule) string {
	if len(rules) < 2 {
		return ""
	}
	if rules[1].Tie {
		return "▲ also in " + rules[1].From.String()
	}
	names := make([]string, 0, len(rules)-1)
	for _, r := range rules[1:] {
		names = append(names, r.Domain.String())
	}
	return "wins over " + strings.Join(names, ", ")
}

// problemLines say why a text is no name, and what may be meant.
func (p *Trace) problemLines(q dnstrace.Query, width int) []string {
	lines := append([]string{""}, widget.Marked(p.th, model.SeverityAttention, theme.Plain, safe.Clean(q.Problem), width, 3)...)
	if q.Offer != "" {
		lines = append(lines, widget.Arrow(p.th, "/ asks for another name; tab there takes "+safe.Clean(q.Offer), width)...)
	}
	return lines
}

// lower draws the servers and what there is to do in what is left of the room.
func (p *Trace) lower(width, room int) []string {
	var lines []string
	t := p.trace
	if len(t.Servers) > 0 {
		most := 5
		switch {
		case p.low():
			most = 3
		case p.height > 30:
			most = 14
		}
		chosen := -1
		if at := p.at(); at >= 0 && at < len(p.list) && p.list[at].isServer() {
			chosen = p.list[at].server
		}
		lines = append(lines, widget.Rule(p.th, width))
		lines = append(lines, serverTable(p.th, p.serverRows(), chosen, width, most)...)
	}
	return append(lines, p.restLines(width, room-len(lines))...)
}

// click chooses the server on a line.
func (p *Trace) click(msg tea.MouseClickMsg) {
	if p.prompt != nil || p.failure != nil || len(p.trace.Servers) == 0 {
		return
	}
	w := p.width
	if w >= sideFrom {
		w = w * 56 / 100
	}
	above := len(p.above(w))
	const heading = 2
	server := msg.Y - above - heading
	for i, e := range p.list {
		if e.isServer() && e.server == server {
			p.chosen, p.byHand = i, true
		}
	}
}
