package wiring

import (
	"context"
	"path/filepath"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/bundle"
	"github.com/peerdeck/peerdeck/services/cloud/azure"
	"github.com/peerdeck/peerdeck/services/cloud/azure/authorization"
	"github.com/peerdeck/peerdeck/services/cloud/azure/netfacts"
	"github.com/peerdeck/peerdeck/services/cloud/entra"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/dns/mappings"
	"github.com/peerdeck/peerdeck/services/local/browser"
	"github.com/peerdeck/peerdeck/services/run/work"
	"github.com/peerdeck/peerdeck/services/setup/journal"
	setuprun "github.com/peerdeck/peerdeck/services/setup/run"
)

// turned puts into the time line how a run stands.
func (b *Bundle) turned(r setup.Run) {
	if c, worth := r.Change(); worth {
		b.Watcher.Note(c)
	}
}

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
	facts := netfacts.New(arm, networks)
	b.forget = append(b.forget, networks.Forget, roles.Forget, directory.Forget, facts.Forget)
	return setuprun.NewService(setuprun.New(ctx, setuprun.Options{
		Clouds: setuprun.Clouds{
			Konnect: gateways,
			Azure:   networks, Ways: facts, Hubs: hubs{Client: networks, facts: facts}, Roles: roles, Directory: directory,
			DNS:   b.prober(s.DNSVia),
			Login: safe.New(s.ConsentAddress()), Cloud: s.Cloud,
		},
		Store: journal.NewStore(dir).In(s.Context.Name.Raw()), Tables: mappings.NewSender(gateways, b.tables, s.Time.Clock()), ReadOnly: s.ReadOnly, Changed: b.Watcher.Refresh, Note: b.Log.Remark, Report: report,
		Problem: b.Log.Problem, Turned: b.turned, Clock: s.Time.Clock(),
	}), browser.New())
}
