package trace

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"peerdeck/ui/kit/screen"
)

// elapsed writes a time that runs as a clock does: "0:08", "12:40".
func elapsed(d time.Duration) string {
	d = max(0, d)
	return fmt.Sprintf("%d:%02d", int(d.Minutes()), int(d.Seconds())%60)
}

// say shows a notice.
func say(text string) tea.Cmd { return screen.Say(screen.Toast{Text: text}) }

// do makes an action of what nothing follows from.
func do(f func()) func() tea.Cmd { return func() tea.Cmd { f(); return nil } }
