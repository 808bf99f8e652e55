package app_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// plain is a screen of numbered lines, as many as it has room for. The frame gets along
// with it as with any.
type plain struct {
	name    string
	height  int
	got     []string // the messages that a feed brought
	work    *screen.Work
	leaving []string
	shows   bool
}

// word is a message that only plain screens know.
type word string

func (p *plain) Name() string                { return p.name }
func (p *plain) Head() screen.Head           { return screen.Head{Path: []string{p.name}} }
func (p *plain) Resize(_, height int)        { p.height = height }
func (p *plain) Theme(*theme.Theme)          {}
func (p *plain) Receive(*model.Snapshot)     {}
func (p *plain) Actions() []action.Action    { return nil }
func (p *plain) Typing() (bool, *tea.Cursor) { return false, nil }
func (p *plain) Looking() []safe.Text        { return nil }
func (p *plain) Leaving() []string           { return p.leaving }
func (p *plain) Shows(screen.Topic) bool     { return p.shows }

func (p *plain) Update(msg tea.Msg) tea.Cmd {
	if w, ok := msg.(word); ok {
		p.got = append(p.got, string(w))
	}
	return nil
}

func (p *plain) View(time.Time) string {
	lines := make([]string, p.height)
	for i := range lines {
		lines[i] = fmt.Sprintf("line %d of %d", i+1, p.height)
	}
	return strings.Join(lines, "\n")
}

func (p *plain) Work() (screen.Work, bool) {
	if p.work == nil {
		return screen.Work{}, false
	}
	return *p.work, true
}

// over puts plain screens under the frame, and a feed of words.
func over(words *chan string, list ...*plain) func(*setting) {
	return func(o *setting) {
		var feed chan string
		if words != nil {
			*words = make(chan string)
			feed = *words
		}
		o.Parts = nil
		for _, p := range list {
			o.Parts = append(o.Parts, screen.Part{Open: func(context.Context, screen.Env, *theme.Theme) screen.Screen { return p }})
		}
		o.Parts[0].Feeds = []screen.Feed{screen.FeedOf(feed, func(s string) tea.Msg { return word(s) }), screen.FeedOf[int](nil, nil)}
	}
}

// What a feed brings goes to every screen, shown or not, until the feed ends.
func TestFeedsReachEveryScreen(t *testing.T) {
	var words chan string // of the bubble in which it is used
	one, two := &plain{name: "One"}, &plain{name: "Two"}
	play(t, 80, 24, func(s *stage) {
		s.shows("1 One  2 Two")
		for _, w := range []string{"a", "b"} {
			words <- w
			s.drain()
		}
		close(words)
		s.drain()
		for _, p := range []*plain{one, two} {
			if strings.Join(p.got, " ") != "a b" {
				t.Errorf("%s has got %q", p.name, p.got)
			}
		}
	}, over(&words, one, two))
}

// Work in hand stands in the second line of other screens, in the title and in the bar
// of the terminal; a notice of it names the tab where it is.
func TestWorkInHandIsToldWhereItIsNotShown(t *testing.T) {
	one, two := &plain{name: "One"}, &plain{name: "Two", work: &screen.Work{Name: "cleaning", Done: 3, All: 4, State: screen.WorkNeedsPerson}}
	play(t, 80, 24, func(s *stage) {
		s.shows("▲ cleaning 3 of 4 · needs you")
		if v := s.app.View(); !strings.HasSuffix(v.WindowTitle, " · cleaning 3 of 4, needs you") || v.ProgressBar == nil || v.ProgressBar.Value != 75 {
			t.Errorf("%q, %+v", v.WindowTitle, v.ProgressBar)
		}
		s.send(screen.Announce{Toast: screen.Toast{Text: "It needs you."}, Tab: "Two"})
		s.shows("It needs you. It is on Two (2).")
		s.rest(5 * time.Second)
		one.shows = true
		s.send(screen.Announce{Toast: screen.Toast{Text: "It needs you."}, Tab: "Two"})
		s.hides("It needs you", "cleaning")
		two.work = nil
		one.shows = false
		s.send(nil)
		if v := s.app.View(); v.ProgressBar != nil || strings.Contains(v.WindowTitle, "cleaning") {
			t.Errorf("%q, %+v", v.WindowTitle, v.ProgressBar)
		}
	}, over(nil, one, two))
}

// A notice takes its lines from the room of the screen: the last line of the screen is
// on the screen, whatever is told and how much of it, and so are the keys.
func TestNoticesCoverNoLineOfAScreen(t *testing.T) {
	long := strings.Repeat("a long story of what could not be done, and why. ", 9)
	for _, size := range []struct{ w, h int }{{60, 15}, {80, 24}, {160, 48}} {
		p := &plain{name: "One"}
		play(t, size.w, size.h, func(s *stage) {
			whole := p.height
			for _, toast := range []screen.Toast{{Text: "short"}, {Text: "trouble", Trouble: true}, {Text: long}, {Text: long + ".", Trouble: true}} {
				s.send(toast)
				if p.height < whole/2 {
					t.Errorf("%dx%d: the screen keeps %d of %d lines", size.w, size.h, p.height, whole)
				}
				for i := range p.height {
					s.shows(fmt.Sprintf("line %d of %d\n", i+1, p.height))
				}
				s.shows("? help\n")
			}
			s.keys("esc")
			if p.height != whole {
				t.Errorf("%dx%d: %d of %d lines after the notices", size.w, size.h, p.height, whole)
			}
			s.send(screen.Toast{Text: "short"})
			s.shows("─● short ─")
			if p.height != whole {
				t.Errorf("%dx%d: a short notice takes a line", size.w, size.h)
			}
		}, over(nil, p))
	}
}

// The question whether to leave says what would be lost now, not when it was asked.
func TestTheQuestionWhetherToLeaveFollows(t *testing.T) {
	p := &plain{name: "One", leaving: []string{"1 of 3 steps done."}}
	play(t, 80, 24, func(s *stage) {
		s.keys("q")
		s.shows("Leave peerdeck", "1 of 3 steps done.")
		p.leaving = []string{"2 of 3 steps done."}
		s.send(nil)
		s.send(word("the run goes on"))
		s.shows("Leave peerdeck", "2 of 3 steps done.")
		s.hides("1 of 3")
		p.leaving = nil
		s.send(word("the run is over"))
		s.shows("Leave peerdeck", "nothing would be lost")
		s.keys("n")
		s.hides("Leave peerdeck")
	}, over(nil, p))
}
