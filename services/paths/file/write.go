package file

import (
	"strings"

	"github.com/peerdeck/peerdeck/model/paths/assume"
	strictyaml "github.com/peerdeck/peerdeck/services/local/yaml"
)

const head = `# A what-if file of peerdeck: changes that are judged before anybody makes them.
#
#   peerdeck paths --network NAME --assume FILE    says what would change; nothing is written

`

// Format writes a proposal as a what-if file, which [Parse] reads.
func Format(p assume.Proposal) []byte {
	var b strings.Builder
	b.WriteString(head)
	if !p.Network.IsEmpty() {
		b.WriteString("network: " + strictyaml.Scalar(p.Network) + "\n")
	}
	if len(p.Changes) > 0 {
		b.WriteString("changes:\n")
	}
	for _, c := range p.Changes {
		b.WriteString("  - " + string(c.Verb) + ": " + string(c.Kind) + "\n")
		for _, f := range assume.Fields(c.Verb, c.Kind) {
			values := c.Values[f.Key]
			switch {
			case len(values) == 0:
			case f.Many:
				b.WriteString("    " + string(f.Key) + ": " + strictyaml.List(values) + "\n")
			default:
				b.WriteString("    " + string(f.Key) + ": " + strictyaml.Scalar(values[0]) + "\n")
			}
		}
	}
	return []byte(b.String())
}
