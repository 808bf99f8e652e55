package app_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
)

// listBeside is a list in Bubble Tea alone, without anything of peerdeck: rows that scroll,
// and, where there is one, a pane beside them that stands still.
type listBeside struct {
	pane bool
	top  int
}

func (l listBeside) Init() tea.Cmd { return nil }

func (l listBeside) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, is := msg.(tea.KeyPressMsg); is {
		l.top++
	}
	return l, nil
}

func (l listBeside) View() tea.View {
	var lines []string
	for i := range 60 {
		line := fmt.Sprintf("network-%04d  10.%d.0.0/16  the reason of network %d, in some words", l.top+i, (l.top+i)%256, (l.top+i)*7919)
		if l.pane {
			line += strings.Repeat(" ", 100-len(line)) + "│ " + fmt.Sprintf("line %d of what is said of the selected one", i)
		}
		lines = append(lines, line)
	}
	v := tea.NewView(strings.Join(lines, "\n"))
	v.AltScreen = true
	return v
}

// TestAPaneBesideAListCostsItsScroll shows why the details make room while the list scrolls:
// the renderer of Bubble Tea scrolls whole lines, and knows a line again by all of its cells.
// When this fails because the pane costs little, they need not make room any more.
func TestAPaneBesideAListCostsItsScroll(t *testing.T) {
	awaitSignals(t)
	scroll := func(pane bool) int {
		sent := 0
		synctest.Test(t, func(t *testing.T) {
			var out wire
			p := tea.NewProgram(listBeside{pane: pane}, tea.WithContext(t.Context()), tea.WithInput(nil), tea.WithOutput(&out), tea.WithoutSignals(), tea.WithFPS(30),
				tea.WithWindowSize(200, 60), tea.WithColorProfile(colorprofile.TrueColor), tea.WithEnvironment([]string{"TERM=xterm-256color"}))
			ended := make(chan error, 1)
			go func() { _, err := p.Run(); ended <- err }()
			time.Sleep(time.Second)
			out.drain()
			p.Send(press("j"))
			time.Sleep(time.Second)
			sent = len(out.drain())
			p.Quit()
			if err := <-ended; err != nil {
				t.Error(err)
			}
		})
		return sent
	}
	alone, beside := scroll(false), scroll(true)
	t.Logf("%-28s %5d bytes", "a bare list, one row", alone)
	t.Logf("%-28s %5d bytes", "with a pane beside it", beside)
	if beside < 5*alone {
		t.Errorf("one row costs %d bytes alone and %d beside a pane", alone, beside)
	}
}
