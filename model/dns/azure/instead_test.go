package azure_test

import (
	"testing"

	"github.com/peerdeck/peerdeck/model/azurenet"
	azuredns "github.com/peerdeck/peerdeck/model/dns/azure"
)

// The inbound endpoint takes the place of a server that nothing has, where it is the only one
// of the VNET, is made, and a private zone that is linked there holds the name.
func TestWhatStandsInForAServer(t *testing.T) {
	const held = "acct.privatelink.blob.core.windows.net"
	for about, c := range map[string]struct {
		edit func(*azuredns.Facts)
		name string
		want string
	}{
		"the only endpoint":    {func(*azuredns.Facts) {}, held, "10.20.0.4"},
		"the name is not held": {func(*azuredns.Facts) {}, "other.privatelink.blob.core.windows.net", ""},
		"no zone":              {func(*azuredns.Facts) {}, "a.corp.example.org", ""},
		"not linked":           {func(f *azuredns.Facts) { f.Zones[0].Links = nil }, held, ""},
		"still being made":     {func(f *azuredns.Facts) { f.Resolvers[1].Endpoints[0].State = "Updating" }, held, ""},
		"resolvers not read":   {func(f *azuredns.Facts) { f.Gaps = append(f.Gaps, azurenet.Gap{Part: azuredns.PartResolvers}) }, held, ""},
		"two endpoints": {func(f *azuredns.Facts) {
			e := &f.Resolvers[1].Endpoints[0]
			e.Addresses = append(e.Addresses, azuredns.EndpointAddress{Address: text("10.20.0.44")})
		}, held, ""},
		"it is the server itself": {func(f *azuredns.Facts) { f.Resolvers[1].Endpoints[0].Addresses[0].Address = text("10.20.0.9") }, held, ""},
	} {
		f := facts(t)
		f.Zones[0].Records = []azuredns.Record{{Name: text("acct"), Held: true}}
		c.edit(&f)
		q := question(c.name)
		q.Server = text("10.20.0.9")
		if got := f.ServerFacts(q).Instead; got.Raw() != c.want {
			t.Errorf("%s: %q", about, got)
		}
	}
}
