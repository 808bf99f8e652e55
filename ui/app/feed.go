package app

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"peerdeck/model"
	"peerdeck/model/safe"
	"peerdeck/ui/kit/dialog"
)

// snapshotMsg brings what is known now.
type snapshotMsg struct{ snapshot model.Snapshot }

// feedEnded tells that there will be no more snapshots.
type feedEnded struct{}

// listen waits for one snapshot. The update that takes it listens again, so
// there is always one that waits, and its end is that of the watcher.
func (a *App) listen() tea.Cmd {
	snapshots := a.o.Watcher.Snapshots()
	return func() tea.Msg {
		s, open := <-snapshots
		if !open {
			return feedEnded{}
		}
		return snapshotMsg{s}
	}
}

// signIn begins a sign-in with a device code and opens its dialog. Two commands
// wait: one for the code, one for the end; the dialog's esc ends both.
func (a *App) signIn(tenant safe.Text) tea.Cmd {
	ctx, cancel := context.WithCancel(a.ctx)
	a.open(dialog.NewSignIn(a.th, tenant, cancel))
	a.o.Log.Note("began a sign-in to Azure tenant " + tenant.String())
	codes := make(chan model.DeviceCode, 1)
	signIn := a.o.SignIn
	return tea.Batch(
		func() tea.Msg {
			select {
			case c := <-codes:
				return dialog.SignInCode{Code: c}
			case <-ctx.Done():
				return nil
			}
		},
		func() tea.Msg {
			defer cancel()
			err := signIn(ctx, tenant, func(c model.DeviceCode) { codes <- c })
			if errors.Is(err, context.Canceled) {
				return nil
			}
			return dialog.SignInDone{Tenant: tenant, Err: err}
		},
	)
}
