package picture

import (
	"peerdeck/model/phrase"
)

// entries are what leads in to the data planes.
func (m mapping) entries() []Box {
	public := 0
	for _, r := range m.v.Network.References {
		if r.Public() {
			public++
		}
	}
	if public == 0 {
		return nil
	}
	return []Box{{Name: "the Internet", Notes: []string{"public address of " + phrase.Count(public, "control plane")}}}
}
