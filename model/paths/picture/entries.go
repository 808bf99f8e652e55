package picture

import (
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
)

// mostEntries bounds what is drawn of what leads in.
const mostEntries = 6

// entries are what leads in to the data planes: their public address, and what of the VNETs
// points at their private ones, the worst first.
func (m mapping) entries() []Box {
	var out []Box
	public := 0
	for _, r := range m.v.Network.References {
		if r.Public() {
			public++
		}
	}
	if public > 0 {
		out = append(out, Box{Name: "the Internet", Notes: []string{"public address of " + phrase.Count(public, "control plane")}})
	}
	list := m.v.In.Entries
	for i := range list[:min(len(list), mostEntries)] {
		e := &list[i]
		b := Box{Name: e.Title(), Mark: e.Finding().Severity, Word: e.Word}
		if e.Front != "" {
			b.Notes = append(b.Notes, e.Front)
		}
		b.Notes = append(b.Notes, string(e.Kind))
		out = append(out, b)
	}
	if rest := list[min(len(list), mostEntries):]; len(rest) > 0 {
		worst := finding.OK
		for i := range rest {
			worst = max(worst, rest[i].Finding().Severity)
		}
		out = append(out, Box{Name: phrase.Count(len(rest), "more thing") + " that point at data planes", Mark: worst})
	}
	return out
}

// entryFaults are what is wrong with what leads in.
func (m mapping) entryFaults(add func(where string, f finding.Finding)) {
	for i := range m.v.In.Entries {
		e := &m.v.In.Entries[i]
		for _, f := range e.Findings {
			add(e.Title(), f)
		}
	}
}
