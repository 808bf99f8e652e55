package networks

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

const (
	groupMove = "Move"
	groupList = "Networks"
	groupThis = "Selected"
)

// Actions lists what can be done here.
func (s *Screen) Actions() []action.Action { return s.actions.List(s.wide, s.allActions) }

func (s *Screen) allActions() []action.Action {
	do := func(f func()) func() tea.Cmd { return func() tea.Cmd { f(); return nil } }
	none := func() string {
		if s.recalls() || s.table.Selected().IsEmpty() {
			return nobody(subject{remembered: s.recalls()})
		}
		return ""
	}
	nothing := func() string {
		switch {
		case s.recalls(): // they have other columns, so an order that is chosen there would be another one here
			return notRead
		case s.table.Len() == 0 && len(s.snapshot.Networks) == 0:
			return "there is no network"
		default:
			return ""
		}
	}
	wide := "wide"
	if s.wide {
		wide = "details"
	}
	list := []action.Action{
		{ID: "networks.open", Name: "open", Keys: []string{"enter"}, Group: groupThis, Footer: 1, Help: "Open the page of the selected network.", Why: none, Run: s.open},
		{ID: "networks.filter", Name: "filter", Keys: []string{"/"}, Group: groupList, Footer: 2, Help: "Show networks that match: words, !word, key:value. Keys: " + strings.Join(model.NetworkKeys(), ", ") + ".", Why: nothing, Run: do(s.filter.Open)},
		{ID: "networks.problems", Name: "problems", Keys: []string{"f"}, Group: groupList, Footer: 4, Help: "Show only networks that are not fine, or all again.", Why: nothing, Run: do(func() { s.filter.Toggle(); s.refilter() })},
		{ID: "networks.sort", Name: "sort", Keys: []string{"s"}, Group: groupList, Footer: 6, Help: "Sort by the next column.", Why: nothing, Run: s.nextSort},
		{ID: "networks.reverse", Name: "reverse", Keys: []string{"S"}, Group: groupList, Help: "Turn the order round.", Why: nothing, Run: func() tea.Cmd { return s.sortBy(s.sort) }},
		{ID: "networks.wide", Name: wide, Keys: []string{"w"}, Group: groupList, Footer: 7, Help: "Show all columns and no details, or as before.", Why: nothing, Run: do(s.toggleWide)},
		{ID: "networks.more", Name: "more room", Keys: []string{"+", "="}, Group: groupList, Help: "Give the list more of the room; it is remembered.", Why: s.whyNoRoom, Run: func() tea.Cmd { return s.room(1) }},
		{ID: "networks.less", Name: "less room", Keys: []string{"-"}, Group: groupList, Help: "Give the list less of the room; it is remembered.", Why: s.whyNoRoom, Run: func() tea.Cmd { return s.room(-1) }},
		{ID: "networks.left", Name: "columns before", Keys: []string{"left"}, Group: groupList, Help: "Show the columns at the left, in the wide table.", Why: s.notWide, Run: do(func() { s.table.Scroll(-1) })},
		{ID: "networks.right", Name: "more columns", Keys: []string{"right"}, Group: groupList, Footer: 3, Help: "Show the columns at the right, in the wide table.", Why: s.notWide, Run: do(func() { s.table.Scroll(1) })},
		{ID: "networks.unfilter", Name: "show all", Keys: []string{"esc"}, Group: groupList, Footer: 3, Help: "Drop the filter.", Run: do(func() { s.filter.Drop(); s.refilter() }), Why: s.filter.Why},
	}
	list = append(list, widget.Moves(groupMove, s.table, widget.RowWords(), s.moved)...)
	return append(list, peeringActions(s.about, none)...)
}

func (s *Screen) whyNoRoom() string {
	if s.wide {
		return "the wide table has all the room (w)"
	}
	return ""
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
	return subject{th: s.th, remembered: s.recalls(), readOnly: s.env.ReadOnly, at: s.snapshot.At, snapshot: s.snapshot, known: s.env.Known, view: s.view, network: n, peering: p, number: i, choose: s.choose}
}

// chooseBy shows another peering of the selected network.
func (s *Screen) chooseBy(by int) {
	a := s.about()
	s.follow()
	if a.network != nil {
		s.detail.peering = step(a.network, a.number, by)
	}
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

// typed takes a key or a paste while the filter is typed.
func (s *Screen) typed(msg tea.Msg) tea.Cmd {
	switch s.filter.Type(msg) {
	case widget.TypedQuery:
		s.refilter()
	case widget.TypedEnd:
		s.refilter()
		s.follow()
	case widget.TypedUp:
		return s.moved(s.table.Index() - 1)
	case widget.TypedDown:
		return s.moved(s.table.Index() + 1)
	case widget.TypedNothing:
	}
	return nil
}

// refilter shows what passes now.
func (s *Screen) refilter() {
	selected := s.table.Selected()
	s.apply()
	if s.table.Selected() != selected {
		s.first() // the filter hides what was selected
	}
}

func (s *Screen) nextSort() tea.Cmd {
	all := sorts()
	at := slices.Index(all, s.sort)
	for i := range all {
		// An order that nothing on the screen shows would look like none.
		if next := all[(at+1+i)%len(all)]; next == byUrgency || s.table.Shows(next) {
			s.sort, s.reverse = next, false
			break
		}
	}
	return s.ordered()
}

func (s *Screen) toggleWide() {
	s.wide = !s.wide
	s.arrange()
}
