package paths

import (
	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Way is what leads between the network and one subnet of a peered VNET, there and back.
type Way struct {
	Peering  safe.Text // id
	VNet     model.VNetRef
	Subnet   safe.Text
	Prefixes []model.Prefix
	Word     string            // how replies come home, in one or two words: "direct"
	Why      string            // one sentence
	Findings []finding.Finding // the most urgent first; none where all is known and well
}
