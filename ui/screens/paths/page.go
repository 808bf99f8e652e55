package paths

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// Page is a page behind the list, which a key opens above it. It lies in a folder below this
// one and knows nothing of the list: it is told what it was opened on, and gets what is read
// later as every screen does, as [screen.Paths]. Its own action leads back, by [screen.Pop].
type Page struct {
	ID     string // of the action: "paths.map"
	Name   string // one or two words, for the footer
	Key    string
	Help   string // one sentence
	Footer int    // its rank in the footer; 0 leaves it out
	// Why says why it cannot be opened now; nil: it can.
	Why func(at At) string
	// Open makes the page. Its context ends what the page asks of services.
	Open func(ctx context.Context, env screen.Env, th *theme.Theme, at At) screen.Screen
}

// At is what a page is opened on.
type At struct {
	Network safe.Text   // its id
	View    paths.View  // what was read of it; one of number 0 says that nothing was
	Host    *paths.Host // the service that is selected, nil for none
}

// at is what is on the screen now.
func (s *Screen) at() At { return At{Network: s.chosen, View: s.view(), Host: s.selectedHost()} }

// pageActions open the pages behind the list.
func (s *Screen) pageActions() []action.Action {
	list := make([]action.Action, 0, len(s.pages))
	for _, p := range s.pages {
		list = append(list, action.Action{
			ID: p.ID, Name: p.Name, Keys: []string{p.Key}, Group: groupPages, Footer: p.Footer, Help: p.Help,
			Why: func() string { return s.noPage(p) },
			Run: func() tea.Cmd { return screen.Say(screen.Push{Screen: p.Open(s.ctx, s.env, s.th, s.at())}) },
		})
	}
	return list
}

// noPage says why a page cannot be opened.
func (s *Screen) noPage(p Page) string {
	if why := s.noNetwork(); why != "" {
		return why
	}
	if p.Why == nil {
		return ""
	}
	return p.Why(s.at())
}
