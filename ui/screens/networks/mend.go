package networks

import (
	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

// mendable is the request that mends the selected peering, or what lies on the ways of its
// network; false where no known sequence does.
func mendable(a subject) (setup.Request, bool) {
	if a.network == nil {
		return setup.Request{}, false
	}
	if a.peering != nil {
		if r, can := setup.MendOf(a.network.Network, *a.peering); can {
			return r, true
		}
	}
	if list := setup.Mendable(a.network); len(list) > 0 {
		return list[0], true
	}
	return setup.Request{}, false
}

// noMend says why the key that mends has nothing to do.
func noMend(a subject) string {
	_, can := mendable(a)
	switch {
	case a.network == nil:
		return nobody(a)
	case can && a.readOnly:
		return "this is the read-only mode"
	case can || table(a):
		return ""
	default:
		return "no known sequence of requests mends this"
	}
}

// table reports whether what is to be mended is the mapping table of the network.
func table(a subject) bool {
	_, can := mendable(a)
	return !can && (next(a).Kind == finding.NextTable || a.network.Finding.Next.Kind == finding.NextTable)
}

// mend begins what the finding says, or shows the row that it is about.
func mend(a subject) tea.Cmd {
	r, can := mendable(a)
	switch {
	case can:
		return screen.Say(screen.Mend{Request: r})
	case table(a):
		return screen.Say(screen.Open{Network: a.network.ID, Code: safe.New(string(a.network.Finding.Code))})
	default:
		return nil
	}
}
