package app

import (
	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

// fed brings a value of a feed. A nil message is the end of the feed.
type fed struct {
	feed screen.Feed
	msg  tea.Msg
}

// snapshotMsg brings what is known now.
type snapshotMsg struct{ snapshot model.Snapshot }

// feeds are what comes by itself: what the watcher knows, and what the screens want.
func feeds(o Options) []screen.Feed {
	list := []screen.Feed{screen.FeedOf(o.Watcher.Snapshots(), func(s model.Snapshot) tea.Msg { return snapshotMsg{s} })}
	if f := screen.FeedOf(o.Watcher.Changes(), func(v changes.View) tea.Msg { return screen.Changes{View: v} }); f != nil {
		list = append(list, f)
	}
	add := func(feeds []screen.Feed) {
		for _, f := range feeds {
			if f != nil {
				list = append(list, f)
			}
		}
	}
	for _, p := range o.Parts {
		add(p.Feeds)
	}
	for _, p := range o.Pages {
		add(p.Feeds)
	}
	return list
}

// listen waits for one value of a feed. The update that receives it listens again, so
// there is always one that waits, and its end is that of the feed.
func listen(f screen.Feed) tea.Cmd {
	return func() tea.Msg { return fed{f, f()} }
}

// receive hands a value of a feed to whom it is for.
func (a *App) receive(v fed) tea.Cmd {
	var cmds []tea.Cmd
	switch msg := v.msg.(type) {
	case nil:
		return nil
	case snapshotMsg:
		cmds = a.receiveSnapshot(msg.snapshot)
	case screen.Changes:
		cmds = a.receiveChanges(msg)
	default:
		cmds = a.toAll(msg)
	}
	a.fetchEntries()
	return tea.Batch(append(cmds, listen(v.feed))...)
}

// receiveSnapshot hands a snapshot to every screen.
func (a *App) receiveSnapshot(s model.Snapshot) []tea.Cmd {
	a.snapshot, a.title = &s, a.titleOf(&s)
	var cmds []tea.Cmd
	a.everyScreen(func(sc screen.Screen) {
		sc.Receive(&s)
		if asker, ok := sc.(screen.Asker); ok {
			cmds = append(cmds, asker.Ask())
		}
	})
	cmds = append(cmds, a.toDialogs(screen.Known{})...)
	a.noticeFailures()
	return cmds
}

// toAll hands a message to every dialog and every screen.
func (a *App) toAll(msg tea.Msg) []tea.Cmd {
	cmds := a.toDialogs(msg)
	a.everyScreen(func(s screen.Screen) { cmds = append(cmds, s.Update(msg)) })
	return cmds
}
