package verdict

import (
	"slices"

	"github.com/peerdeck/peerdeck/model/finding"
)

// Beforehand returns what there is to say of a case before a server has answered: what
// Konnect and Azure say of the network, its peering, its resolver and the servers of the
// row, and what the table says. No answer can take it back.
func Beforehand(c Case) []finding.Finding {
	return c.findings(slices.Concat(tableRules(), []rule{{codeOutside, outside}}))
}
