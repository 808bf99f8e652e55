package history

import (
	"path/filepath"
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/names"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/local/keep"
)

// Names returns what is known by name from the histories of a folder, of all organizations:
// whose token is in use nobody knows without asking. What cannot be read has no names.
// Nothing is written.
func Names(dir string) []names.Network {
	files, err := filepath.Glob(filepath.Join(dir, "history-*.jsonl"))
	if err != nil {
		return nil
	}
	var out []names.Network
	for _, path := range files {
		s := New()
		if _, err := keep.ReadLines(path, limits(), s.accept); err == nil {
			out = append(out, s.Names()...)
		}
	}
	return out
}

// Names returns the networks that were there when they were last seen, with what is in them,
// in the order of their ids.
func (s *Store) Names() []names.Network {
	byID := map[safe.Text]*names.Network{}
	for _, c := range s.last {
		if c.Network.IsEmpty() {
			continue
		}
		n := byID[c.Network]
		if n == nil {
			n = &names.Network{}
			n.ID = c.Network
			byID[c.Network] = n
		}
		n.Name = n.Name.Or(c.NetworkName.Raw())
		named(n, c)
	}
	out := make([]names.Network, 0, len(byID))
	for _, n := range byID {
		byName(n.Peerings)
		byName(n.PrivateDNS)
		slices.SortFunc(n.Domains, safe.Text.Compare)
		n.Domains = slices.Compact(n.Domains)
		out = append(out, *n)
	}
	slices.SortFunc(out, func(a, b names.Network) int { return a.ID.Compare(b.ID) })
	return out
}

// named adds what a change names to its network.
func named(n *names.Network, c model.Change) {
	thing := names.Thing{ID: c.Object, Name: c.ObjectName}
	switch c.Aspect {
	case model.AspectKonnect:
		n.Peerings = append(n.Peerings, thing)
	case model.AspectPrivateDNS:
		n.PrivateDNS = append(n.PrivateDNS, thing)
	case model.AspectTable:
		for _, m := range model.UnpackTable(c.To) {
			n.Domains = append(n.Domains, m.Domains...)
		}
	default:
	}
}

func byName(list []names.Thing) {
	slices.SortFunc(list, func(a, b names.Thing) int { return a.Name.Compare(b.Name) })
}
