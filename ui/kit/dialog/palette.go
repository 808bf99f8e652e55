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

// Palette finds an action by some letters of its name, or tells the keys when it
// is opened as the help. What is not possible now is listed with the reason.
type Palette struct {
	th      *theme.Theme
	title   string
	actions []action.Action
	search  search
	found   []action.Action
	lines   widget.Cursor // the line of the chosen action, among headings
	width   int           // of the last drawing
	help    bool          // opened as the help: its keys close it again
}

// NewPalette returns the palette of these actions.
func NewPalette(th *theme.Theme, actions []action.Action) *Palette {
	p := &Palette{th: th, title: "Actions", actions: grouped(actions), search: newSearch()}
	p.find()
	return p
}

// NewHelp returns the help of these actions; typing searches it.
func NewHelp(th *theme.Theme, name string, actions []action.Action) *Palette {
	p := &Palette{th: th, title: "Keys of " + name, actions: grouped(actions), search: newSearch(), help: true}
	p.find()
	return p
}

// Title stands in the upper edge.
func (p *Palette) Title() string { return p.title }

// Hint tells the keys.
func (p *Palette) Hint() string {
	return "type to search   ↑ ↓ choose   tab complete   enter do it   esc close"
}

// Size asks for a room that does not change while one types.
func (p *Palette) Size(width, height int) (int, int) {
	return min(width, 84), min(height, max(10, len(p.actions)+groups(p.actions)+6))
}

// Cursor stands in the search line.
func (p *Palette) Cursor() *tea.Cursor {
	return p.search.cursor(p.width)
}

// Update takes typed text and chooses.
func (p *Palette) Update(msg tea.Msg) (bool, tea.Cmd) {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "esc":
			return true, nil
		case "f1":
			return p.help, nil
		case "?":
			if p.help && p.search.text() == "" {
				return true, nil
			}
		case "enter":
			return p.do()
		case "tab":
			if a, there := p.chosen(); there {
				p.search.complete(a.Name)
				p.find()
			}
			return false, nil
		}
	}
	if p.search.receive(msg) {
		p.find()
	}
	return false, nil
}

// do carries out the chosen action, unless it is not possible.
func (p *Palette) do() (bool, tea.Cmd) {
	a, there := p.chosen()
	if !there || a.Disabled() != "" || a.Run == nil {
		return false, nil
	}
	return true, a.Run()
}

// chosen is the action of the cursor; false when nothing was found.
func (p *Palette) chosen() (action.Action, bool) {
	if i := p.search.chosen.At(); i < len(p.found) {
		return p.found[i], true
	}
	return action.Action{}, false
}

// find orders the actions by how well they match what was typed, and chooses the first.
func (p *Palette) find() {
	p.found = p.match(strings.TrimLeft(p.search.text(), " "))
	p.search.result(len(p.found), len(p.actions))
}

// more lists what an action becomes whose name stands before other words in the query; nil
// when there is no such action, or nothing that it becomes.
func (p *Palette) more(query string) []action.Action {
	name, words, found := strings.Cut(query, " ")
	if !found {
		return nil
	}
	for _, a := range p.actions {
		if a.More != nil && strings.EqualFold(a.Name, name) {
			return a.More(strings.TrimSpace(words))
		}
	}
	return nil
}

func (p *Palette) match(query string) []action.Action {
	if query == "" {
		return p.actions
	}
	if more := p.more(query); more != nil {
		return more
	}
	query = strings.TrimSpace(query)
	names := make([]string, len(p.actions))
	for i, a := range p.actions {
		names[i] = a.Name + " " + a.Group + " " + a.Help
	}
	var found []action.Action
	for _, m := range fuzzy.Find(query, names) {
		found = append(found, p.actions[m.Index])
	}
	// What is called so comes before what is about it.
	lower := strings.ToLower(query)
	rank := func(a action.Action) int {
		switch name := strings.ToLower(a.Name); {
		case name == lower:
			return 0
		case strings.HasPrefix(name, lower):
			return 1
		case strings.Contains(name, lower):
			return 2
		default:
			return 3
		}
	}
	slices.SortStableFunc(found, func(a, b action.Action) int { return rank(a) - rank(b) })
	return found
}

// View draws the search line and the actions that fit.
func (p *Palette) View(width, height int) string {
	p.width = width
	const around = 6 // the search, the text of the chosen one in three lines, a blank line at each
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
func (p *Palette) whole(width int) []string {
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
func (p *Palette) rows(width int) (rows []string, chosen int) {
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

func (p *Palette) row(a action.Action, chosen bool, width int) string {
	const keys, least, most = 13, 17, 26
	names := least
	for _, other := range p.actions {
		names = max(names, min(most, cell.Width(other.Name)))
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
	l.To(1).Put(key, cell.Fit(a.AllKeys(), keys)).Space(1).Put(name, cell.Fit(a.Name, names)).Space(1)
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
