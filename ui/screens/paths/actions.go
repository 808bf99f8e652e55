package paths

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
	"github.com/peerdeck/peerdeck/ui/screens/paths/hops"
)

const (
	groupThis  = "Selected path"
	groupList  = "Paths"
	groupPages = "Behind the paths"
	groupMove  = "Move"
)

// do makes an action of what nothing follows from.
func do(f func()) func() tea.Cmd { return func() tea.Cmd { f(); return nil } }

// Actions lists what can be done here.
func (s *Screen) Actions() []action.Action {
	list := append(s.rowActions(), s.listActions()...)
	list = append(list, s.pageActions()...)
	list = append(list, s.networkActions()...)
	t := s.list().table()
	return append(list, widget.Moves(groupMove, t, widget.RowWords(), func(row int) tea.Cmd { t.MoveTo(row); return nil })...)
}

func (s *Screen) rowActions() []action.Action {
	return []action.Action{
		{ID: "paths.hops", Name: "hops", Keys: []string{"enter"}, Group: groupThis, Footer: 1, Help: "Show the way of the service hop by hop: there, and back.", Why: s.noHost, Run: s.open},
		{ID: "paths.describe", Name: "describe", Keys: []string{"d"}, Group: groupThis, Footer: 9, Help: "Show everything that is known of the row, with all findings.", Why: s.noRow, Run: s.describe},
		{ID: "paths.command", Name: "copy command", Keys: []string{"c"}, Group: groupThis, Footer: 8, Help: "Copy the command of the next step.", Why: s.noCommand, Run: s.copyCommand},
		{ID: "paths.copy", Name: "copy", Keys: []string{"y"}, Group: groupThis, Help: "Copy what the row is of: an address, a subnet, an id.", Why: s.noRow, Run: s.copyRow},
		{ID: "paths.ticket", Name: "ticket", Keys: []string{"Y"}, Group: groupThis, Help: "Copy a ticket in Markdown: conclusion, since when, next step, ids, details.", Why: s.noRow, Run: s.copyTicket},
		{ID: "paths.effective", Name: "ask Azure", Keys: []string{"e"}, Group: groupThis, Help: "Ask Azure which routes and rules are really in effect at the network cards of the service; it takes some seconds.", Why: s.noAsk, Run: func() tea.Cmd { return hops.Ask(s.service, s.view(), s.selectedHost()) }},
		{ID: "paths.mapping", Name: "add a mapping", Keys: []string{"a"}, Group: groupThis, Footer: s.mapRank(), Help: "Add a row for the host to the DNS table, where no rule covers it.", Why: s.noMapping, Run: s.addMapping},
		{ID: "paths.mend", Name: "mend", Keys: []string{"F"}, Group: groupThis, Footer: s.mendRank(), Help: "Mend what the first finding says that a known sequence mends: show the requests, ask once, send them, and look until it is well.", Why: s.noMend, Run: s.mend},
		{ID: "paths.trace", Name: "trace", Keys: []string{"t"}, Group: groupThis, Help: "Look into the name of the host: which rule wins, and what each server answers.", Why: s.noName, Run: s.trace},
		{ID: "paths.table", Name: "DNS table", Keys: []string{"D"}, Group: groupThis, Help: "Show the DNS mappings of the network.", Why: s.noNetwork, Run: s.toTable},
	}
}

func (s *Screen) listActions() []action.Action {
	f := s.list().filter()
	view := "subnets"
	if s.ways {
		view = "services"
	}
	return []action.Action{
		{ID: "paths.problems", Name: "problems", Keys: []string{"f"}, Group: groupList, Footer: 2, Help: "Show only what needs a look, or all again.", Why: s.nothing, Run: do(func() { f.Toggle(); s.refilter() })},
		{ID: "paths.past", Name: "not by peering", Keys: []string{"b"}, Group: groupList, Footer: 8, Help: "Show only the services that bypass the peerings, or all again.", Why: s.noServices, Run: do(func() { s.services.past = !s.services.past; s.refilter() })},
		{ID: "paths.filter", Name: "filter", Keys: []string{"/"}, Group: groupList, Footer: 8, Help: "Show rows that match: words, !word, key:value. Keys: " + strings.Join(f.Keys(), ", ") + ".", Why: s.nothing, Run: do(f.Open)},
		{ID: "paths.unfilter", Name: s.escName(), Keys: []string{"esc"}, Group: groupList, Footer: 2, Help: "Drop the filter, or stop the reading.", Why: s.noEsc, Run: s.escape},
		{ID: "paths.next", Name: "next problem", Keys: []string{"n"}, Group: groupList, Help: "Go to the next row that needs a look.", Why: s.noProblem, Run: do(func() { s.nextProblem(1) })},
		{ID: "paths.previous", Name: "problem before", Keys: []string{"N"}, Group: groupList, Help: "Go to the row before that needs a look.", Why: s.noProblem, Run: do(func() { s.nextProblem(-1) })},
		{ID: "paths.sort", Name: "sort", Keys: []string{"s"}, Group: groupList, Help: "Sort by the next column, or by urgency.", Why: s.nothing, Run: do(s.nextSort)},
		{ID: "paths.reverse", Name: "reverse", Keys: []string{"S"}, Group: groupList, Help: "Turn the order round.", Why: s.nothing, Run: do(s.reverse)},
		{ID: "paths.view", Name: view, Keys: []string{"v"}, Group: groupList, Footer: 7, Help: "List the subnets of the peered VNETs with their way back, or the services again.", Why: s.nothing, Run: do(s.otherList)},
		{ID: "paths.findings", Name: "findings", Keys: []string{"L"}, Group: groupList, Help: "Show all that was found on the paths of the network, the most urgent first.", Why: s.noFindings, Run: s.showFindings},
		{ID: "paths.read", Name: "read again", Keys: []string{"r"}, Group: groupList, Footer: 8, Help: "Read the control planes and what Azure says of the way, once more.", Why: s.noRead, Run: s.read},
		{ID: "paths.stop", Name: "stop", Keys: []string{"x"}, Group: groupList, Footer: s.stopRank(), Help: "Stop the reading. What is known stays.", Why: s.notGoing, Run: s.stop},
	}
}

func (s *Screen) networkActions() []action.Action {
	return []action.Action{
		{ID: "paths.network", Name: "network", Keys: []string{"o"}, Group: groupList, Footer: 7, Help: "Show the paths of another network.", Why: s.noNetworks, Run: s.pickNetwork},
		{ID: "paths.nextnetwork", Name: "next network", Keys: []string{"]"}, Group: groupList, Help: "Show the paths of the next network.", Why: s.noNetworks, Run: func() tea.Cmd { return s.step(1) }},
		{ID: "paths.previousnetwork", Name: "network before", Keys: []string{"["}, Group: groupList, Help: "Show the paths of the network before.", Why: s.noNetworks, Run: func() tea.Cmd { return s.step(-1) }},
	}
}

// reverse turns the order round.
func (s *Screen) reverse() {
	if s.ways {
		s.subnets.reverse = !s.subnets.reverse
	} else {
		s.services.reverse = !s.services.reverse
	}
	s.resort()
}

// otherList shows the other list.
func (s *Screen) otherList() {
	s.ways = !s.ways
	s.arrange()
}

// escape drops the filter, or else stops the reading.
func (s *Screen) escape() tea.Cmd {
	if s.hides() || s.list().filter().Why() == "" {
		s.list().filter().Drop()
		if !s.ways {
			s.services.past = false
		}
		s.refilter()
		return nil
	}
	return s.stop()
}

func (s *Screen) escName() string {
	if !s.hides() && s.going() {
		return "stop"
	}
	return "show all"
}

// mapRank: where nothing covers the name of a service that needs a look, a mapping is what
// one wants.
func (s *Screen) mapRank() int {
	if s.noMapping() == "" && s.selectedHost().Finding().NeedsPerson() {
		return 2
	}
	return 0
}

// mendRank: what can be mended by a key is what one wants.
func (s *Screen) mendRank() int {
	if s.noMend() == "" {
		return 2
	}
	return 0
}

func (s *Screen) stopRank() int {
	if s.going() && s.hides() {
		return 3
	}
	return 0
}
