package dialog

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// search is the line in which a list is searched, and the row that is chosen of what was
// found. Letters go to the line; only what no text can be moves the choice.
type search struct {
	prompt *widget.Prompt
	chosen widget.Cursor
	found  int
	all    int
}

const searchMark = "› "

func newSearch() search { return search{prompt: widget.NewPrompt("")} }

// text is what is searched.
func (s *search) text() string { return s.prompt.Value() }

// complete puts a name into the line, as if it had been typed.
func (s *search) complete(name string) { s.prompt = widget.NewPrompt(name) }

// result says how many there are and how many were found. The first one is chosen.
func (s *search) result(found, all int) {
	s.found, s.all = found, all
	s.chosen = widget.Cursor{}
	s.chosen.Room(s.chosen.Page())
	s.chosen.Count(found)
}

// receive moves the choice or edits the line. It reports whether something else is
// searched now.
func (s *search) receive(msg tea.Msg) (changed bool) {
	switch msg := msg.(type) {
	case tea.MouseWheelMsg:
		s.chosen.Move(widget.Wheel(msg.Button))
		return false
	case tea.KeyPressMsg:
		switch msg.String() {
		case "up", "ctrl+p":
			s.chosen.Move(-1)
			return false
		case "down", "ctrl+n":
			s.chosen.Move(1)
			return false
		case "pgdown", "ctrl+d":
			s.chosen.Move(s.chosen.Page())
			return false
		case "pgup":
			s.chosen.Move(-s.chosen.Page())
			return false
		case "ctrl+u":
			changed = s.text() != ""
			s.prompt = widget.NewPrompt("")
			return changed
		}
	}
	return s.prompt.Update(msg)
}

// line draws what is searched, and how many of how many were found.
func (s *search) line(th *theme.Theme, width int) string {
	count := ""
	if s.text() != "" {
		count = strconv.Itoa(s.found) + " of " + strconv.Itoa(s.all)
	}
	text, _ := s.prompt.Window(s.room(width))
	l := cell.NewLine(th, width).Put(theme.Accent, searchMark).Put(theme.Plain, text)
	if text == "" {
		l.Put(theme.Muted, "search")
	}
	return l.To(width-cell.Width(count)).Put(theme.Muted, count).String()
}

const countRoom = 16 // beside a long text, for the count

func (*search) room(width int) int { return max(1, width-cell.Width(searchMark)-countRoom) }

// cursor stands in the line, which is the first one of a dialog of a width.
func (s *search) cursor(width int) *tea.Cursor {
	_, at := s.prompt.Window(s.room(width))
	return tea.NewCursor(cell.Width(searchMark)+at, 0)
}

// nothingFound is the row of a list in which nothing was found.
func nothingFound(th *theme.Theme, width int) string {
	return cell.NewLine(th, width).Space(2).Put(theme.Muted, "Nothing is called that. ctrl+u clears the search.").String()
}
