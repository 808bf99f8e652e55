package trace

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// ask opens the line for a name.
func (p *Trace) ask(value string) {
	p.prompt, p.past, p.typed = widget.NewFilled(value), len(p.results.typed), value
}

// Typing reports whether a name is typed now.
func (p *Trace) Typing() (bool, *tea.Cursor) {
	if p.prompt == nil {
		return false, nil
	}
	return true, &p.cursor
}

// TypingKeys are those that mean something while a name is typed.
func (p *Trace) TypingKeys() []action.Action {
	m := p.meant()
	q := m.query
	var list []action.Action
	switch {
	case m.open != nil:
		list = append(list, action.Action{Name: "open", Keys: []string{"enter"}})
	case q.OK():
		list = append(list, action.Action{Name: "trace", Keys: []string{"enter"}})
	}
	if len(m.mapped) > 1 {
		list = append(list, action.Action{Name: "other network", Keys: []string{"ctrl+n"}})
	}
	if p.offer(q) != "" {
		list = append(list, action.Action{Name: "take it", Keys: []string{"tab"}})
	}
	if len(p.results.typed) > 0 {
		list = append(list, action.Action{Name: "names before", Keys: []string{"up"}})
	}
	back := "back"
	if p.number > 0 {
		back = "keep the trace"
	}
	return append(list, action.Action{Name: back, Keys: []string{"esc"}})
}

// offer is the name that may be meant: for a text that is none, or for one that no row
// matches and that differs from one by a slip.
func (p *Trace) offer(q dnstrace.Query) string {
	n, rules := p.aim()
	if !q.OK() || n == nil || len(rules) > 0 {
		return q.Offer
	}
	for _, in := range [][]*model.NetworkStatus{{n}, p.snapshot.Networks} {
		if meant := dnstrace.NearestIn(in, q); len(meant) > 0 {
			return meant[0].Name
		}
	}
	return ""
}

// typedKey takes a key or a paste while a name is typed.
func (p *Trace) typedKey(msg tea.Msg) tea.Cmd {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		q := dnstrace.Read(p.prompt.Value())
		switch key.String() {
		case "enter":
			return p.accept()
		case "ctrl+n":
			p.nextNetwork()
			return nil
		case "esc":
			p.prompt = nil
			if p.number == 0 && !p.pending {
				return screen.Say(screen.Pop{})
			}
			return nil
		case "tab":
			if offer := p.offer(q); offer != "" {
				p.prompt = widget.NewPrompt(offer)
			}
			return nil
		case "up":
			p.recall(-1)
			return nil
		case "down":
			p.recall(1)
			return nil
		}
	}
	if p.prompt.Update(msg) {
		p.past, p.typed = len(p.results.typed), p.prompt.Value()
	}
	return nil
}

// recall goes through the names that were typed before; past the newest stands what was
// being typed.
func (p *Trace) recall(by int) {
	n := len(p.results.typed)
	p.past = max(0, min(p.past+by, n))
	if n == 0 {
		return
	}
	text := p.typed
	if p.past < n {
		text = p.results.typed[p.past]
	}
	p.prompt = widget.NewFilled(text)
}

// typingView draws the line, what is made of it, and the last traces.
func (p *Trace) typingView(now time.Time) []string {
	lines := []string{
		cell.NewLine(p.th, p.width).Space(1).Put(theme.Strong, p.question()).String(),
	}
	const mark = " › "
	text, at := p.prompt.Window(p.width - cell.Width(mark) - 1)
	p.cursor = *tea.NewCursor(cell.Width(mark)+at, len(lines))
	lines = append(lines, cell.NewLine(p.th, p.width).Put(theme.Accent, mark).Put(p.prompt.Tone(), text).String(), "")
	lines = append(lines, p.readLines()...)
	past := p.results.entries(p.network)
	if len(past) == 0 {
		return lines
	}
	for len(lines) < 9 {
		lines = append(lines, "")
	}
	lines = append(lines, widget.Rule(p.th, p.width), widget.Section(p.th, "LAST TRACES", p.width))
	for _, e := range past[:max(0, min(len(past), p.height-len(lines)))] {
		lines = append(lines, p.pastLine(e, p.width, now))
	}
	return lines
}

// question is what is asked for.
func (p *Trace) question() string {
	if p.anywhere {
		return "Which name does not resolve?"
	}
	return "Which name does not resolve from " + p.networkName() + "?"
}

// readLines say what was made of the text: the name, and the rule that it falls under.
func (p *Trace) readLines() []string {
	value := p.prompt.Value()
	if strings.TrimSpace(value) == "" {
		return widget.Paragraph(p.th, theme.Muted, "Type or paste a name, a URL or a host with its port, such as www.corp.example.com, https://orders.corp.example.com/api or db.corp.example.com:5432. An address, the id of an object or of a request opens what it belongs to.", p.width, 3)
	}
	m := p.meant()
	q := m.query
	if m.open != nil {
		lines := widget.Arrow(p.th, "enter opens "+safe.Clean(m.opens), p.width)
		if q.Offer != "" {
			lines = append(lines, widget.Arrow(p.th, "tab takes "+safe.Clean(q.Offer)+", the name that asks for the name of the address", p.width)...)
		}
		return lines
	}
	if !q.OK() {
		lines := widget.Marked(p.th, model.SeverityAttention, theme.Plain, orElse(safe.Clean(q.Problem), "This is no name."), p.width, 3)
		if q.Offer != "" {
			lines = append(lines, widget.Arrow(p.th, "tab takes "+safe.Clean(q.Offer), p.width)...)
		}
		return lines
	}
	lines := []string{headLine(p.th, "Asked as", p.width).Put(theme.Plain, cell.Cut(q.Name.Shown(), p.width-labelWidth-1)).String()}
	for _, n := range q.Notes {
		for _, part := range cell.Wrap(safe.Clean(n), p.width-labelWidth-1, 2) {
			lines = append(lines, headLine(p.th, "", p.width).Put(theme.Muted, part).String())
		}
	}
	return append(append(lines, p.aimLines()...), p.ruleOf(q)...)
}

// ruleOf tells the rule that a typed name falls under, by what is known already.
func (p *Trace) ruleOf(q dnstrace.Query) []string {
	n, rules := p.aim()
	if n == nil {
		return nil
	}
	if len(rules) == 0 {
		lines := []string{headLine(p.th, groupTable, p.width).Put(theme.Warn, "▲").Put(theme.Plain, " none of "+cell.Cut(nameOfNetwork(n), 30)+" as it is applied now").String()}
		if offer := p.offer(q); offer != "" {
			lines = append(lines, widget.Arrow(p.th, "Is "+safe.Clean(offer)+" meant? tab takes it", p.width)...)
		}
		return lines
	}
	text := rules[0].Domain.String() + " → " + phrase.List(rules[0].Servers)
	l := headLine(p.th, groupTable, p.width)
	l.Put(theme.Plain, cell.Cut(text, p.width-labelWidth-1))
	lines := []string{l.String()}
	if over := overText(rules); over != "" {
		lines = append(lines, headLine(p.th, "", p.width).Put(theme.Muted, cell.Cut(over, p.width-labelWidth-1)).String())
	}
	return lines
}
