package dialog

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/sahilm/fuzzy"

	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// Past are the commands that were typed before.
type Past interface {
	// Typed lists them, the newest last.
	Typed() []string
	// Remember adds one; the command that comes of it keeps it.
	Remember(command string) tea.Cmd
}

// Words is the line in which a command is typed: the name of an action, or a word with what
// it is about behind it, such as "dns eu-prod". What fits is listed below while one types.
// What is not possible now is listed with the reason.
type Words struct {
	th      *theme.Theme
	actions []action.Action
	past    Past
	search  search
	found   []action.Action
	lines   widget.Cursor // the line of the chosen action, among headings
	width   int           // of the last drawing
	back    int           // how many commands ago the one is that stands in the line; 0: it was typed
}

// NewWords returns the line for these actions. Past may be nil.
func NewWords(th *theme.Theme, actions []action.Action, past Past) *Words {
	p := &Words{th: th, actions: grouped(actions), past: past, search: newSearch()}
	p.find()
	return p
}

// Title stands in the upper edge.
func (p *Words) Title() string { return "Command" }

// Hint tells the keys.
func (p *Words) Hint() string {
	if before := p.typed(); len(before) > 0 && (p.search.text() == "" || p.back > 0) {
		return "tab complete   ↑ commands before   ↓ choose   enter do it   esc close"
	}
	return "tab complete   ↑ ↓ choose   enter do it   esc close"
}

// Size asks for a room that does not change while one types.
func (p *Words) Size(width, height int) (int, int) {
	return min(width, 84), min(height, max(10, len(p.actions)+groups(p.actions)+6))
}

// Cursor stands in the line.
func (p *Words) Cursor() *tea.Cursor { return p.search.cursor(p.width) }

// typed are the commands before, the newest last.
func (p *Words) typed() []string {
	if p.past == nil {
		return nil
	}
	return p.past.Typed()
}

// Update takes typed text and chooses.
func (p *Words) Update(msg tea.Msg) (bool, tea.Cmd) {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "esc":
			return true, nil
		case "enter":
			return p.do()
		case "tab":
			p.complete()
			return false, nil
		case "up":
			if p.recall(1) {
				return false, nil
			}
		case "down":
			if p.back > 0 && p.recall(-1) {
				return false, nil
			}
		}
	}
	if p.search.receive(msg) {
		p.back = 0
		p.find()
	}
	return false, nil
}

// recall puts an earlier command into the line, or a later one, as a shell does. An arrow
// in a line that was typed chooses among what was found.
func (p *Words) recall(by int) bool {
	before := p.typed()
	if p.search.text() != "" && p.back == 0 || p.search.chosen.At() > 0 {
		return false
	}
	to := p.back + by
	if to < 0 || to > len(before) {
		return len(before) > 0
	}
	p.back = to
	text := ""
	if to > 0 {
		text = before[len(before)-to]
	}
	p.search.complete(text)
	p.find()
	return true
}

// complete puts the chosen name into the line, with a blank behind a word that more goes
// with: what can stand there is listed then.
func (p *Words) complete() {
	a, there := p.chosen()
	if !there {
		return
	}
	name := command(a)
	if a.More != nil {
		name += " "
	}
	p.back = 0
	p.search.complete(name)
	p.find()
}

// command is how an action is called in the line.
func command(a action.Action) string {
	if len(a.Words) > 0 {
		return a.Words[0]
	}
	return strings.ToLower(a.Name)
}

// do carries out the chosen action, unless it is not possible.
func (p *Words) do() (bool, tea.Cmd) {
	a, there := p.chosen()
	if !there || a.Disabled() != "" {
		return false, nil
	}
	if a.Run == nil { // a word that needs another behind it
		p.complete()
		return false, nil
	}
	var keep tea.Cmd
	if p.past != nil {
		keep = p.past.Remember(command(a))
	}
	return true, tea.Batch(keep, a.Run())
}

// chosen is the action of the cursor; false when nothing was found.
func (p *Words) chosen() (action.Action, bool) {
	if i := p.search.chosen.At(); i < len(p.found) {
		return p.found[i], true
	}
	return action.Action{}, false
}

// find orders the actions by how well they match what was typed, and chooses the first.
func (p *Words) find() {
	p.found = p.match(strings.TrimLeft(p.search.text(), " :"))
	p.search.result(len(p.found), len(p.actions))
}

// more lists what an action becomes whose word stands before others in the query. It
// reports whether there is such an action.
func (p *Words) more(query string) ([]action.Action, bool) {
	word, rest, found := strings.Cut(query, " ")
	if !found {
		return nil, false
	}
	rest = strings.TrimSpace(rest)
	for _, a := range p.actions {
		if a.More == nil || !a.Called(word) {
			continue
		}
		list := a.More(rest)
		slices.SortStableFunc(list, func(x, y action.Action) int { return rank(x, query) - rank(y, query) })
		return list, true
	}
	return nil, false
}

// rank is how well the name of an action fits a query: what is called so comes before what
// begins so, and that before what is about it.
func rank(a action.Action, query string) int {
	lower := strings.ToLower(strings.TrimSpace(query))
	switch name := strings.ToLower(a.Name); {
	case a.Called(lower):
		return 0
	case slices.ContainsFunc(a.Words, func(w string) bool { return strings.HasPrefix(w, lower) }):
		return 1
	case strings.HasPrefix(name, lower):
		return 2
	case strings.Contains(name, lower):
		return 3
	default:
		return 4
	}
}

func (p *Words) match(query string) []action.Action {
	if query == "" {
		return p.actions
	}
	if list, is := p.more(query); is {
		return list
	}
	query = strings.TrimSpace(query)
	names := make([]string, len(p.actions))
	for i, a := range p.actions {
		names[i] = strings.Join(append([]string{a.Name, a.Group, a.Help}, a.Words...), " ")
	}
	var found []action.Action
	for _, m := range fuzzy.Find(query, names) {
		found = append(found, p.actions[m.Index])
	}
	slices.SortStableFunc(found, func(a, b action.Action) int { return rank(a, query) - rank(b, query) })
	return found
}

// View draws the line and the actions that fit.
func (p *Words) View(width, height int) string {
	p.width = width
	const around = 6 // the line, the text of the chosen one in three lines, a blank line at each
	room := max(1, height-around)
	p.search.chosen.Room(room)
	rows, at := p.rows(width)
	p.lines.Room(room)
	p.lines.Count(len(rows))
	if p.search.chosen.At() == 0 {
		p.lines.MoveTo(0) // its heading comes with it
	}
	p.lines.MoveTo(at)
	from, to := p.lines.Visible()
	lines := append([]string{p.search.line(p.th, width), ""}, rows[from:to]...)
	lines = widget.Fill(lines, max(len(lines), room+3))
	return strings.Join(append(lines, p.whole(width)...), "\n")
}

// whole is the text of the chosen action, which its row may have to cut.
func (p *Words) whole(width int) []string {
	a, there := p.chosen()
	if !there {
		return nil
	}
	text, tone := a.Help, theme.Plain
	if why := a.Disabled(); why != "" {
		text, tone = text+" Not now: "+why+".", theme.Warn
	}
	var lines []string
	for _, part := range cell.Wrap(text, width-1, 3) {
		lines = append(lines, cell.NewLine(p.th, width).Space(1).Put(tone, part).String())
	}
	return lines
}

// rows draws all actions, with a heading before each group when nothing is
// searched, and tells the line of the chosen one.
func (p *Words) rows(width int) (rows []string, chosen int) {
	if len(p.found) == 0 {
		return []string{nothingFound(p.th, width)}, 0
	}
	group := ""
	for i, a := range p.found {
		if a.Group != group && len(p.found) == len(p.actions) {
			group = a.Group
			rows = append(rows, cell.NewLine(p.th, width).Put(theme.Muted, group).String())
		}
		if i == p.search.chosen.At() {
			chosen = len(rows)
		}
		rows = append(rows, p.row(a, i == p.search.chosen.At(), width))
	}
	return rows, chosen
}

// row draws an action: its name, the key that does the same, and what it does.
func (p *Words) row(a action.Action, chosen bool, width int) string {
	const keys, least, most = 11, 17, 30
	names := least
	for _, other := range p.found {
		names = max(names, min(most, cell.Width(command(other))))
	}
	l := cell.NewLine(p.th, width)
	name, key, help := theme.Strong, theme.Accent, theme.Muted
	why := a.Disabled()
	if why != "" {
		name, key = theme.Muted, theme.Muted
	}
	if chosen {
		l.Select()
	}
	l.To(1).Put(name, cell.Fit(command(a), names)).Space(1).Put(key, cell.Fit(a.AllKeys(), keys)).Space(1)
	if why != "" {
		l.Put(theme.Warn, "not now: "+why)
	} else {
		l.Put(help, a.Help)
	}
	return l.String()
}

// grouped puts the actions of a group together, the groups in the order in which
// they first come.
func grouped(actions []action.Action) []action.Action {
	order := map[string]int{}
	for _, a := range actions {
		if _, known := order[a.Group]; !known {
			order[a.Group] = len(order)
		}
	}
	out := slices.Clone(actions)
	slices.SortStableFunc(out, func(a, b action.Action) int { return order[a.Group] - order[b.Group] })
	return out
}

func groups(actions []action.Action) int {
	n, group := 0, ""
	for _, a := range actions {
		if a.Group != group {
			group = a.Group
			n++
		}
	}
	return n
}
