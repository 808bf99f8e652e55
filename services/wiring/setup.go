package wiring

import (
	"context"
	"path/filepath"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/bundle"
	"github.com/peerdeck/peerdeck/services/cloud/azure"
	"github.com/peerdeck/peerdeck/services/cloud/azure/authorization"
	"github.com/peerdeck/peerdeck/services/cloud/entra"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/dns/mappings"
	"github.com/peerdeck/peerdeck/services/local/browser"
	"github.com/peerdeck/peerdeck/services/run/work"
	"github.com/peerdeck/peerdeck/services/setup/journal"
	setuprun "github.com/peerdeck/peerdeck/services/setup/run"
)

// Setup returns what runs set-ups, until ctx ends. Its clients do not try again by
// themselves: a run does that, in sight of everybody.
func (b *Bundle) Setup(ctx context.Context, report func(work.Panic)) *setuprun.Service {
	s := b.settings
	arm := azure.Options{Tokens: b.Tokens, Cloud: s.Cloud, Endpoint: s.ARM, Sender: b.sendTo(bundle.ARM), Log: b.requests(), Retry: transport.Once(), Now: s.Time.Clock().Now}
	graph := arm
	graph.Endpoint, graph.Sender = s.Graph, b.sendTo(bundle.Graph)
	dir := ""
	if s.StateDir != "" {
		dir = filepath.Join(s.StateDir, "setup")
	}
	gateways := konnect.New(konnect.Options{
		Endpoint: s.Konnect, Token: s.Token, Sender: b.sendTo(bundle.Konnect), Log: b.requests(), Version: b.version, Retry: transport.Once(), Now: s.Time.Clock().Now,
	})
	networks, roles, directory := azure.New(arm), authorization.New(arm), entra.New(graph)
	b.forget = append(b.forget, networks.Forget, roles.Forget, directory.Forget)
	return setuprun.NewService(setuprun.New(ctx, setuprun.Options{
		Clouds: setuprun.Clouds{
			Konnect: gateways,
			Azure:   networks, Roles: roles, Directory: directory,
			DNS:   b.prober(s.DNSVia),
			Login: safe.New(s.ConsentAddress()), Cloud: s.Cloud,
		},
		Store: journal.NewStore(dir).In(s.Context.Name.Raw()), Tables: mappings.NewSender(gateways, b.tables, nil), ReadOnly: s.ReadOnly, Changed: b.Watcher.Refresh, Note: b.Log.Remark, Report: report,
		Problem: b.Log.Problem, Clock: s.Time.Clock(),
	}), browser.New())
}
