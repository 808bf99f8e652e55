package table

import (
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Fixed is the draft in which a problem of a row is mended; a row that is not there leaves
// it as it is.
func (d Draft) Fixed(id RowID, f Fix) Draft {
	r, there := d.Row(id)
	switch {
	case !there:
		return d
	case f.Remove:
		return d.Remove([]RowID{id})
	case f.Domain == "":
		return d.SetServers([]RowID{id}, safe.Texts(f.Servers...))
	default:
		words := f.Servers
		if words == nil {
			words = Words(phrase.List(r.Servers))
		}
		return d.Set(id, f.Domain, words)
	}
}
