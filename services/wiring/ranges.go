package wiring

import (
	"github.com/peerdeck/peerdeck/services/bundle"
	"github.com/peerdeck/peerdeck/services/cloud/azure"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	rangesread "github.com/peerdeck/peerdeck/services/paths/ranges"
	"github.com/peerdeck/peerdeck/services/run/work"
)

// Ranges returns what reads who has which address ranges. It sends nothing before it is
// asked.
func (b *Bundle) Ranges(report func(work.Panic)) *rangesread.Reader {
	s := b.settings
	networks := azure.New(azure.Options{Tokens: b.Tokens, Cloud: s.Cloud, Endpoint: s.ARM, Sender: b.sendTo(bundle.ARM), Log: b.requests(), Retry: transport.Once(), Now: s.Time.Clock().Now})
	b.forget = append(b.forget, networks.Forget)
	return rangesread.New(rangesread.Options{
		Konnect: konnect.New(konnect.Options{
			Endpoint: s.Konnect, Token: s.Token, Sender: b.sendTo(bundle.Konnect), Log: b.requests(), Version: b.version, Retry: transport.Once(), Now: s.Time.Clock().Now,
		}),
		Azure: networks, Tenants: tenantsOf(s), Clock: s.Time.Clock(), Report: report,
	})
}
