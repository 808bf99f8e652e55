package screen

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// Part is what the program gives the frame for one tab: what makes its screen, and the
// feeds whose values its screens and dialogs want. The frame knows nothing else of it.
type Part struct {
	// Open makes the screen. Its context ends what the screen asks of services.
	Open func(ctx context.Context, env Env, th *theme.Theme) Screen
	// Feeds bring what comes by itself; each value goes to every screen and dialog.
	Feeds []Feed
}

// Page is what the program gives the frame for a page that opens from everywhere, above
// whatever is shown.
type Page struct {
	Name  string // of the action that opens it: "doctor"
	Keys  []string
	Help  string
	Open  func(ctx context.Context, env Env, th *theme.Theme) Screen
	Feeds []Feed
}

// Feed waits for the next value of something that goes on by itself, and makes a
// message of it; nil is the end of it. No feed is a nil one.
type Feed func() tea.Msg

// FeedOf makes a feed of a channel. A nil channel has no feed.
func FeedOf[T any](values <-chan T, message func(T) tea.Msg) Feed {
	if values == nil {
		return nil
	}
	return func() tea.Msg {
		v, open := <-values
		if !open {
			return nil
		}
		return message(v)
	}
}
