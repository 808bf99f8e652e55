package app_test

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// signInThatWaits shows a code and waits for nobody.
func signInThatWaits(ctx context.Context, tenant safe.Text, show func(model.DeviceCode)) error {
	show(model.DeviceCode{Tenant: tenant, Code: safe.New("H7XK2QPD"), URL: safe.New("https://microsoft.com/devicelogin")})
	<-ctx.Done()
	return ctx.Err()
}

func pasted(text string) tea.Msg { return tea.PasteMsg{Content: text} }
