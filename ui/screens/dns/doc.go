// Package dns is the screen of the mapping table of a network: which private domain is
// asked of which DNS servers. It shows what the workspace holds, and opens the pages
// behind the table, which are views of the same.
package dns

import "github.com/peerdeck/peerdeck/ui/screens/dns/workspace"

// Service is all that the screen needs of the mapping tables.
type Service = workspace.Service
