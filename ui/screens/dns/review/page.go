// Package review holds the pages behind the table of DNS mappings: what the edits
// come to and how they are applied, the merge with what somebody else has done, the
// preview of an import, the restore points, and the export. The pages are views of a table
// that somebody else owns; see [Table].
package review

import (
	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

const (
	groupMove = "Move"
	tab       = "DNS"
	// sideFrom is the width from which two tables stand side by side.
	sideFrom = 120
)

// page is what the pages have in common: the table that they are about, the room, and
// a list that can be walked through.
type page struct {
	env    screen.Env
	th     *theme.Theme
	table  Table
	name   string
	width  int
	height int
	list   list
	make   func() []block // makes the list anew
	look   func()         // looks at the table anew; nil for nothing
}

// refresh looks at the table and makes the list anew, after a change of it, of the room,
// of the looks or of a decision.
func (p *page) refresh() {
	if p.look != nil {
		p.look()
	}
	if p.make != nil && p.width > 0 {
		p.list.set(p.make())
	}
}

// Name is the last step of the path.
func (p *page) Name() string { return p.name }

// Theme changes the looks.
func (p *page) Theme(th *theme.Theme) {
	p.th = th
	p.refresh()
}

// Resize gives the room.
func (p *page) Resize(width, height int) {
	p.width, p.height = width, height
	p.refresh()
}

// Receive shows the table as its owner has it after a snapshot.
func (p *page) Receive(*model.Snapshot) { p.refresh() }

// Typing is never so here: what is typed is typed in dialogs.
func (p *page) Typing() (bool, *tea.Cursor) { return false, nil }

// Looking names the network of the table.
func (p *page) Looking() []safe.Text { return []safe.Text{p.table.Target().Network} }

// network is what the network is called.
func (p *page) network() string {
	t := p.table.Target()
	return t.NetworkName.Or(t.Network.String()).String()
}

// path is the way to the page.
func (p *page) path() []string { return []string{tab, p.network(), p.name} }

// moves are the actions that walk through the list.
func (p *page) moves() []action.Action {
	walk := func(f func()) func() tea.Cmd { return func() tea.Cmd { f(); return nil } }
	l := &p.list
	return []action.Action{
		{ID: "review.down", Name: "down", Keys: []string{"j", "down"}, Group: groupMove, Help: "Next one of the list, or a line down.", Run: walk(func() { l.move(1) })},
		{ID: "review.up", Name: "up", Keys: []string{"k", "up"}, Group: groupMove, Help: "The one before, or a line up.", Run: walk(func() { l.move(-1) })},
		{ID: "review.first", Name: "first", Keys: []string{"g", "home"}, Group: groupMove, Help: "To the beginning.", Run: walk(func() { l.first() })},
		{ID: "review.last", Name: "last", Keys: []string{"G", "end"}, Group: groupMove, Help: "To the end.", Run: walk(func() { l.last() })},
		{ID: "review.pagedown", Name: "page down", Keys: []string{"ctrl+d", "pgdown"}, Group: groupMove, Help: "A page down.", Run: walk(func() { l.page(1) })},
		{ID: "review.pageup", Name: "page up", Keys: []string{"ctrl+u", "pgup"}, Group: groupMove, Help: "A page up.", Run: walk(func() { l.page(-1) })},
	}
}

// follow handles what the mouse does to a list that begins at a line of the page. Any
// other message may have changed the table: its owner has got it before.
func (p *page) follow(msg tea.Msg, begins int) {
	switch msg := msg.(type) {
	case tea.MouseWheelMsg:
		p.list.scroll(widget.Wheel(msg.Button))
	case tea.MouseClickMsg:
		p.list.choose(msg.Y - begins)
	case tea.KeyPressMsg, tea.PasteMsg:
	default:
		p.refresh()
	}
}

func say(text string) tea.Cmd { return screen.Say(screen.Toast{Text: text}) }
