package pathmap

import "github.com/peerdeck/peerdeck/model/paths/picture"

// group is a list of services that are not behind a peering.
type group struct {
	title string
	list  []picture.Box
}

// groups are those that have something in them.
func groups(p picture.Picture) []group {
	var out []group
	for _, g := range []group{{"Over the Internet, past the peerings", p.Outside}, {"No way leads there", p.Nowhere}, {"Cannot tell", p.Unknown}} {
		if len(g.list) > 0 {
			out = append(out, g)
		}
	}
	return out
}
