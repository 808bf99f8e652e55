package dns

import (
	tea "charm.land/bubbletea/v2"

	"peerdeck/ui/screen"
)

// Paste reads a pasted text as a table, and shows what it is read as before anything is
// staged. It is never read as keys.
func (s *Screen) Paste(text string) tea.Cmd {
	if why := s.noAdd(); why != "" {
		return screen.Say(screen.Toast{Text: "The pasted text is not read: " + why + "."})
	}
	b := s.book()
	return func() tea.Msg { return imported{book: b, got: s.service.Parse(text)} }
}
