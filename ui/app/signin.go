package app

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
)

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
