package wiring

import (
	"github.com/peerdeck/peerdeck/services/bundle"
	"github.com/peerdeck/peerdeck/services/cloud/azure/authorization"
	"github.com/peerdeck/peerdeck/services/cloud/entra"
	"github.com/peerdeck/peerdeck/services/cloud/rest"
)

// Access returns what reads roles, their assignments, and who is in a directory.
func (b *Bundle) Access() (*authorization.Client, *entra.Client) {
	s := b.settings
	o := rest.Options{Tokens: b.Tokens, Cloud: s.Cloud, Endpoint: s.ARM, Sender: b.sendTo(bundle.ARM), Log: b.requests(), Now: s.Time.Clock().Now}
	graph := o
	graph.Endpoint, graph.Sender = s.Graph, b.sendTo(bundle.Graph)
	roles, directory := authorization.New(o), entra.New(graph)
	b.forget = append(b.forget, roles.Forget, directory.Forget)
	return roles, directory
}
