package networks

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"peerdeck/model"
	"peerdeck/ui/kit/action"
	"peerdeck/ui/kit/screen"
	"peerdeck/ui/kit/widget"
)

const (
	groupMove = "Move"
	groupList = "Networks"
	groupThis = "Selected"
)

// Actions lists what can be done here.
func (s *Screen) Actions() []action.Action {
	do := func(f func()) func() tea.Cmd { return func() tea.Cmd { f(); return nil } }
	none := func() string {
		if s.table.Selected().IsEmpty() {
			return "no network is selected"
		}
		return ""
	}
	nothing := func() string {
		if len(s.snapshot.Networks) == 0 {
			return "there is no network"
		}
		return ""
	}
	wide := "wide"
	if s.wide {
		wide = "details"
	}
	list := []action.Action{
		{ID: "networks.open", Name: "open", Keys: []string{"enter"}, Group: groupThis, Footer: 1, Help: "Open the page of the selected network.", Why: none, Run: s.open},
		{ID: "networks.filter", Name: "filter", Keys: []string{"/"}, Group: groupList, Footer: 2, Help: "Show networks that match: words, !word, key:value. Keys: " + strings.Join(model.NetworkKeys(), ", ") + ".", Why: nothing, Run: do(s.startFilter)},
		{ID: "networks.problems", Name: "problems", Keys: []string{"f"}, Group: groupList, Footer: 4, Help: "Show only networks that are not fine, or all again.", Why: nothing, Run: do(s.toggleProblems)},
		{ID: "networks.sort", Name: "sort", Keys: []string{"s"}, Group: groupList, Footer: 6, Help: "Sort by the next column.", Why: nothing, Run: do(s.nextSort)},
		{ID: "networks.reverse", Name: "reverse", Keys: []string{"S"}, Group: groupList, Help: "Turn the order round.", Why: nothing, Run: do(func() { s.sortBy(s.sort) })},
		{ID: "networks.wide", Name: wide, Keys: []string{"w"}, Group: groupList, Footer: 7, Help: "Show all columns and no details, or as before.", Why: nothing, Run: do(s.toggleWide)},
		{ID: "networks.left", Name: "columns before", Keys: []string{"left"}, Group: groupList, Help: "Show the columns at the left, in the wide table.", Why: s.notWide, Run: do(func() { s.table.Scroll(-1) })},
		{ID: "networks.right", Name: "more columns", Keys: []string{"right"}, Group: groupList, Footer: 5, Help: "Show the columns at the right, in the wide table.", Why: s.notWide, Run: do(func() { s.table.Scroll(1) })},
		{ID: "networks.unfilter", Name: "show all", Keys: []string{"esc"}, Group: groupList, Footer: 3, Help: "Drop the filter.", Run: do(func() { s.setFilter("") }), Why: func() string {
			if s.filter == "" {
				return "there is no filter"
			}
			return ""
		}},
	}
	list = append(list, s.moves()...)
	return append(list, peeringActions(s.about, none)...)
}

func (s *Screen) moves() []action.Action {
	move := func(to func() int) func() tea.Cmd { return func() tea.Cmd { return s.moved(to()) } }
	at := s.table.Index
	return []action.Action{
		{ID: "move.down", Name: "down", Keys: []string{"j", "down"}, Group: groupMove, Help: "Next row.", Run: move(func() int { return at() + 1 })},
		{ID: "move.up", Name: "up", Keys: []string{"k", "up"}, Group: groupMove, Help: "Row before.", Run: move(func() int { return at() - 1 })},
		{ID: "move.first", Name: "first", Keys: []string{"g", "home"}, Group: groupMove, Help: "First row.", Run: move(func() int { return 0 })},
		{ID: "move.last", Name: "last", Keys: []string{"G", "end"}, Group: groupMove, Help: "Last row.", Run: move(func() int { return s.rows.Len() })},
		{ID: "move.pagedown", Name: "page down", Keys: []string{"ctrl+d", "pgdown"}, Group: groupMove, Help: "A page down.", Run: move(func() int { return at() + s.table.Page() })},
		{ID: "move.pageup", Name: "page up", Keys: []string{"ctrl+u", "pgup"}, Group: groupMove, Help: "A page up.", Run: move(func() int { return at() - s.table.Page() })},
	}
}

func (s *Screen) notWide() string {
	if !s.wide {
		return "it is for the wide table (w)"
	}
	return ""
}

// about tells the other actions what they are about, and how to change the
// peering that is shown.
func (s *Screen) about() subject {
	n, p, i := s.shown()
	// The details may lag behind the selection for a moment; an action never does.
	if selected := s.rows.listed[s.table.Selected()]; selected != nil && selected != n {
		n = selected
		p, i = pickPeering(n, s.detail.peering)
	}
	return subject{th: s.th, network: n, peering: p, number: i, choose: func(by int) {
		s.follow()
		if n != nil {
			s.detail.peering = step(n, i, by)
		}
	}}
}

func (s *Screen) open() tea.Cmd {
	a := s.about()
	if a.network == nil {
		return nil
	}
	s.follow()
	page := NewPage(s.env, s.th, a.network.ID)
	if a.peering != nil {
		page.peering = a.peering.ID
	}
	page.Receive(s.snapshot)
	return screen.Say(screen.Push{Screen: page})
}

func (s *Screen) startFilter() {
	s.before = s.filter
	s.prompt = widget.NewPrompt(s.filter)
}

// typed takes a key or a paste while the filter is typed.
func (s *Screen) typed(msg tea.Msg) tea.Cmd {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "enter":
			if s.problem != "" {
				return nil // it says what is wrong, and what was typed is not lost
			}
			s.prompt = nil
			s.follow()
			return nil
		case "esc":
			s.prompt = nil
			s.setFilter(s.before)
			return nil
		case "up":
			return s.moved(s.table.Index() - 1)
		case "down":
			return s.moved(s.table.Index() + 1)
		}
	}
	if s.prompt.Update(msg) {
		s.setFilter(s.prompt.Value())
	}
	return nil
}

func (s *Screen) setFilter(text string) {
	query, err := model.ParseQuery(text, model.NetworkKeys())
	s.problem = ""
	if err != nil {
		s.problem = err.Error() // the list stays as it was
		return
	}
	selected := s.table.Selected()
	s.filter, s.query = text, query
	s.apply()
	if s.table.Selected() != selected {
		s.table.MoveTo(0) // the filter hides what was selected
		s.follow()
	}
}

const onlyProblems = "!severity:ok"

func (s *Screen) toggleProblems() {
	if s.filter == onlyProblems {
		s.setFilter("")
		return
	}
	s.setFilter(onlyProblems)
}

func (s *Screen) nextSort() {
	all := sorts()
	at := slices.Index(all, s.sort)
	for i := range all {
		// An order that nothing on the screen shows would look like none.
		if next := all[(at+1+i)%len(all)]; next == byUrgency || s.table.Shows(next) {
			s.sort, s.reverse = next, false
			break
		}
	}
	s.apply()
}

func (s *Screen) toggleWide() {
	s.wide = !s.wide
	s.arrange()
}
