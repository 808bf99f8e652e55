package sandbox

import (
	"maps"
	"slices"

	"github.com/peerdeck/peerdeck/model/names"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Names lists the networks of the world with what is in them, by their names.
func (w *World) Names() []names.Network {
	w.mu.Lock()
	defer w.mu.Unlock()
	var out []names.Network
	for _, n := range w.networks {
		one := names.Network{Thing: named(n.id, n.name)}
		for _, p := range n.peerings {
			one.Peerings = append(one.Peerings, named(p.id, p.name))
		}
		for _, d := range n.dns {
			one.PrivateDNS = append(one.PrivateDNS, named(d.id, d.name))
			one.Domains = append(one.Domains, safe.Texts(slices.Sorted(maps.Keys(tableOf(d.config)))...)...)
		}
		out = append(out, one)
	}
	return out
}

func named(id, name string) names.Thing {
	return names.Thing{ID: safe.New(id), Name: safe.New(name)}
}
