package model

import (
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// MappingFinding is what the rules of the mapping tables say of a table as it is in
// Konnect, where that keeps names from resolving.
type MappingFinding struct {
	Table   safe.Text // name of the resolver, or of the peering with its own table
	TableID safe.Text
	Finding finding.Finding
}
