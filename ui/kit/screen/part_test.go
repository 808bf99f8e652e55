package screen_test

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

func TestFeedOf(t *testing.T) {
	values := make(chan int, 2)
	values <- 1
	values <- 2
	close(values)
	double := func(n int) tea.Msg { return 2 * n }
	feed := screen.FeedOf(values, double)
	for _, want := range []tea.Msg{2, 4, nil, nil} { // its end stays its end
		if got := feed(); got != want {
			t.Errorf("got %v, want %v", got, want)
		}
	}
	if screen.FeedOf(nil, double) != nil {
		t.Error("a feed on which nothing can come")
	}
}
