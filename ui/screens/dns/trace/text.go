package trace

import (
	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

// say shows a notice.
func say(text string) tea.Cmd { return screen.Say(screen.Toast{Text: text}) }

// do makes an action of what nothing follows from.
func do(f func()) func() tea.Cmd { return func() tea.Cmd { f(); return nil } }
