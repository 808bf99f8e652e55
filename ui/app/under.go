package app

import (
	"time"

	"github.com/peerdeck/peerdeck/ui/kit/changepane"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// A screen of one network leaves the lower part of a tall window to the changes of that
// network: since when it is as it is, and what else happened, is asked on each of them.
const (
	tallWindow = 40 // lines of the window
	leastUnder = 8  // lines, the rule included
	underPart  = 4  // of the room, one in so many
)

// underHeight is the lines of the changes under the screen, the rule included; 0 for none.
func (a *App) underHeight() int {
	roomy, is := a.screen().(screen.Roomy)
	if !is || a.height < tallWindow || a.tooSmall() || roomy.ChangesOf().IsEmpty() {
		return 0
	}
	return max(leastUnder, a.roomHeight()/underPart)
}

// arrangeUnder gives the changes under the screen their room and their network.
func (a *App) arrangeUnder() {
	height := a.underHeight()
	if height == 0 {
		return
	}
	if a.under == nil {
		a.under = changepane.New(a.th)
	}
	a.under.Theme(a.th)
	a.under.Resize(a.width, height-1)
	a.under.Receive(a.looks.view)
	if roomy, is := a.screen().(screen.Roomy); is {
		a.under.Only(roomy.ChangesOf())
	}
}

// underLines draws the changes under the screen.
func (a *App) underLines(now time.Time) []string {
	height := a.underHeight()
	if height == 0 || a.under == nil {
		return nil
	}
	return widget.Fill(append([]string{widget.Rule(a.th, a.width)}, a.under.Lines(now)...), height)
}
