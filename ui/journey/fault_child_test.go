//go:build unix

package journey_test

import (
	"context"
	"fmt"
	"os"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/local/crash"
	"github.com/peerdeck/peerdeck/services/run/activity"
	"github.com/peerdeck/peerdeck/services/run/work"
	"github.com/peerdeck/peerdeck/ui/app"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/screens/networks"
)

// faultOf is the variable that makes this test binary the program with a fault in it.
const faultOf = "PEERDECK_JOURNEY_FAULT"

// faulty is the frame of the program, put together as main does it, with a fault behind a
// key: nothing in the program itself can be asked to fail.
func faulty(where string) int {
	ctx, end := context.WithCancelCause(context.Background())
	defer end(nil)
	faults := crash.NewFaults(os.Getenv("HOME"), "a test", end)
	group := work.NewGroup(ctx, func(p work.Panic) { faults.Record(p.Name, p.Value, p.Stack) })
	defer group.Stop()
	_, _ = app.Run(ctx, app.Options{
		Watcher: asleep{}, Log: activity.New(), Theme: theme.Dark, Mouse: true, Crashed: faults.Record,
		Parts: []screen.Part{{Open: func(ctx context.Context, env screen.Env, th *theme.Theme) screen.Screen {
			return broken{networks.New(ctx, env, th), where, group}
		}}},
	}, os.Stdin, os.Stdout, os.Environ())
	path, met := faults.First()
	if !met {
		return 0
	}
	_, _ = fmt.Fprintln(os.Stderr, "written to "+path)
	return 1
}

// broken is a screen that fails at a key that nothing else has.
type broken struct {
	screen.Screen

	where string
	group *work.Group
}

func (b broken) Update(msg tea.Msg) tea.Cmd {
	if k, is := msg.(tea.KeyPressMsg); !is || k.Text != "ß" {
		return b.Screen.Update(msg)
	}
	switch b.where {
	case "command":
		return func() tea.Msg { panic("kpat_canary in a command") }
	case "worker":
		b.group.Go("working", func(context.Context) { panic("kpat_canary in a worker") })
		return nil
	default:
		panic("kpat_canary in Update")
	}
}

// asleep is a watcher that knows nothing.
type asleep struct{}

func (asleep) Snapshots() <-chan model.Snapshot { return make(chan model.Snapshot) }
func (asleep) Changes() <-chan changes.View     { return nil }
func (asleep) Attend([]safe.Text)               {}
func (asleep) Refresh()                         {}
func (asleep) Focus(bool)                       {}
func (asleep) Look(bool)                        {}
