package command

import (
	"fmt"
	"strings"

	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/services/bundle"
	"github.com/peerdeck/peerdeck/services/bundle/redact"
)

// contents says what is inside a bundle that is about to be written.
func contents(m bundle.Manifest, size int, r redact.Result) []string {
	out := append([]string{"inside are:"}, entryLines(m)...)
	out = append(out, fmt.Sprintf("%s in all, packed %s", phrase.Count(len(m.Entries), "entry"), bytesOf(int64(size))))
	switch {
	case m.Names:
		out = append(out, "names, ids, domains and addresses are yours, as they are: whoever has the file reads them")
	default:
		out = append(out,
			phrase.Count(r.Replaced, "stand-in")+" in the place of names, ids, domains and addresses; what they stand for stays on this machine: peerdeck bundle names FILE",
			"readable stay: states, kinds, regions, findings, times, numbers, public suffixes and zones of Azure's services, the last number of each address, and words that peerdeck and the clouds use",
		)
	}
	if r.Masked > 0 {
		out = append(out, "secrets were taken out of "+phrase.Count(r.Masked, "place"))
	}
	for _, name := range r.Dropped {
		out = append(out, name+" is left out: this peerdeck does not know what it holds")
	}
	return out
}

// entryLines lists entries with their sizes and what they are.
func entryLines(m bundle.Manifest) []string {
	wide := 0
	for _, e := range m.Entries {
		wide = max(wide, len(e.Name))
	}
	var out []string
	for _, e := range m.Entries {
		out = append(out, strings.TrimRight(fmt.Sprintf("  %-*s  %9s  %s", wide, e.Name, bytesOf(e.Size), bundle.About(e.Name)), " "))
	}
	return out
}

func bytesOf(n int64) string {
	const k = 1 << 10
	switch {
	case n < k:
		return fmt.Sprintf("%d B", n)
	case n < k*k:
		return fmt.Sprintf("%.1f KiB", float64(n)/k)
	default:
		return fmt.Sprintf("%.1f MiB", float64(n)/k/k)
	}
}
