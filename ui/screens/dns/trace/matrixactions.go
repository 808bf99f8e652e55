package trace

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// Actions lists what can be done with the matrix.
func (p *Matrix) Actions() []action.Action {
	back := "back"
	if p.hides() {
		back = "show all"
	}
	actions := []action.Action{
		{ID: "probe.trace", Name: "ladder", Keys: []string{"enter", "t"}, Group: groupMatrix, Footer: 1, Help: "Trace the domain: the ladder of the cell.", Why: p.noLine, Run: p.trace},
		{ID: "probe.again", Name: "again", Keys: []string{"r"}, Group: groupMatrix, Footer: 2, Help: "Ask all servers again.", Why: p.busy, Run: p.run},
		{ID: "probe.failures", Name: "failures", Keys: []string{"f"}, Group: groupMatrix, Footer: 3, Help: "Show only domains that fail somewhere, or all again.", Why: p.noMatrix, Run: do(func() { p.filter.Toggle(); p.refilter() })},
		{ID: "probe.filter", Name: "filter", Keys: []string{"/"}, Group: groupMatrix, Footer: 4, Help: "Show domains that match: words, !word, key:value.", Why: p.noMatrix, Run: do(p.filter.Open)},
		{ID: "probe.sort", Name: "sort", Keys: []string{"s"}, Group: groupMatrix, Footer: 8, Help: "Sort by servers, domain, the worst, the slowest, or the agreement.", Why: p.noMatrix, Run: do(p.nextSort)},
		{ID: "probe.reverse", Name: "reverse", Keys: []string{"S"}, Group: groupMatrix, Help: "Turn the order round.", Why: p.noMatrix, Run: do(func() { p.reverse = !p.reverse; p.resort() })},
		{ID: "probe.describe", Name: p.describeName(), Keys: []string{"d"}, Group: groupMatrix, Footer: 5, Help: "Show all that is known of the cell, or hold it against the marked one.", Why: p.noCell, Run: p.describe},
		{ID: "probe.mark", Name: "mark", Keys: []string{"space"}, Group: groupMatrix, Help: "Mark the cell, to hold another one against it; again takes the mark away.", Why: p.noCell, Run: do(p.mark)},
		{ID: "probe.repeat", Name: "repeat", Keys: []string{"R"}, Group: groupMatrix, Footer: 6, Help: "Ask again every 5, 30 or 60 seconds as long as the page is open, or no more.", Run: p.nextRepeat},
		{ID: "probe.export", Name: "export", Keys: []string{"ctrl+s"}, Group: groupMatrix, Footer: 7, Help: "Copy the matrix or save it, as a table, CSV or JSON.", Why: p.noMatrix, Run: p.export},
		{ID: "probe.copy", Name: "copy", Keys: []string{"y"}, Group: groupMatrix, Help: "Copy the cell in a line.", Why: p.noCell, Run: p.copyCell},
		{ID: "probe.ticket", Name: "ticket", Keys: []string{"Y"}, Group: groupMatrix, Help: "Copy a ticket in Markdown, with the whole matrix.", Why: p.noMatrix, Run: p.copyTicket},
		{ID: "probe.cancel", Name: "cancel", Keys: []string{"x"}, Group: groupMatrix, Help: "Stop asking. What is known stays.", Why: p.notRunning, Run: p.cancel},
		{ID: "probe.left", Name: "server before", Keys: []string{"left", "h"}, Group: groupMove, Help: "To the server at the left.", Run: do(func() { p.moved = true; p.toColumn(-1) })},
		{ID: "probe.right", Name: "next server", Keys: []string{"right", "l"}, Group: groupMove, Help: "To the server at the right.", Run: do(func() { p.moved = true; p.toColumn(1) })},
		{ID: "probe.wide", Name: "names", Keys: []string{"w"}, Group: groupMove, Help: "Give the names more room, or the servers.", Run: do(func() { p.bare = !p.bare; p.rebuild(); p.toColumn(0) })},
	}
	actions = append(actions, widget.Moves(groupMove, p.table, widget.RowWords(), func(row int) tea.Cmd { p.moved = true; p.table.MoveTo(row); return nil })...)
	return append(actions,
		action.Action{ID: "probe.back", Name: back, Keys: []string{"esc", "q"}, Group: groupMove, Footer: 7, Help: "Drop the mark and the filter, or else go back. What goes on goes on; the repetition ends.", Run: p.back},
	)
}

func (p *Matrix) hides() bool { return p.marked != (place{}) || p.filter.Why() == "" }

func (p *Matrix) back() tea.Cmd {
	if p.hides() {
		p.drop()
		return nil
	}
	return screen.Say(screen.Pop{})
}

// trace opens the ladder of the cell.
func (p *Matrix) trace() tea.Cmd {
	l, server := p.selected(), ""
	if _, asked := p.cell(); asked {
		server = p.matrix.Columns[p.column].Server.String()
	}
	return screen.Say(screen.Push{Screen: NewTraceOf(p.env, p.th, p.results, p.network, l.Domain.String(), server)})
}

func (p *Matrix) nextSort() {
	all := dnstrace.LineOrders()
	p.sort, p.reverse = all[(slices.Index(all, p.sort)+1)%len(all)], false
	p.resort()
}

// resort shows another order from its beginning: who asks for the worst wants to see it.
func (p *Matrix) resort() {
	p.rebuild()
	p.toWorst()
}

// toWorst chooses the first row, and in it the server that fails, so that its column is in
// sight.
func (p *Matrix) toWorst() {
	p.table.MoveTo(0)
	l := p.selected()
	if l == nil || len(l.Cells) == 0 {
		return
	}
	p.column = max(0, l.WorstCell())
	p.toColumn(0)
}

func (p *Matrix) cancel() tea.Cmd {
	service := p.results.service
	return func() tea.Msg {
		service.Cancel()
		return nil
	}
}

// intervals are how often is asked again; the first is not at all.
func intervals() []time.Duration {
	return []time.Duration{0, 5 * time.Second, 30 * time.Second, time.Minute}
}

// repeatDue tells that it is time to ask again.
type repeatDue struct {
	page  *Matrix
	token int
}

// nextRepeat walks through the intervals.
func (p *Matrix) nextRepeat() tea.Cmd {
	p.repeat = (p.repeat + 1) % len(intervals())
	p.repeating++ // what waits counts no more
	p.due = time.Time{}
	return p.wait()
}

// wait lets the time run from the end of the matrix on.
func (p *Matrix) wait() tea.Cmd {
	every := intervals()[p.repeat]
	if every == 0 || p.running() || !p.due.IsZero() {
		return nil
	}
	p.repeating++
	token := p.repeating
	p.due = p.env.Now().Add(every)
	return tea.Tick(every, func(time.Time) tea.Msg { return repeatDue{p, token} })
}

// again asks again, if nobody has changed the interval meanwhile.
func (p *Matrix) again(msg repeatDue) tea.Cmd {
	if msg.page != p || msg.token != p.repeating {
		return nil
	}
	p.due = time.Time{}
	if p.running() {
		return nil // its end lets the time run again
	}
	return p.run()
}

func (p *Matrix) noMatrix() string {
	if len(p.matrix.Lines) == 0 {
		return "there is no row"
	}
	return ""
}

func (p *Matrix) noLine() string {
	if p.selected() == nil {
		return "no row is selected"
	}
	return ""
}

func (p *Matrix) noCell() string {
	if _, asked := p.cell(); !asked {
		return "the row does not name this server"
	}
	return ""
}

func (p *Matrix) busy() string {
	if p.running() {
		return "it is being asked already"
	}
	return ""
}

func (p *Matrix) notRunning() string {
	if !p.running() {
		return "nothing is being asked"
	}
	return ""
}
