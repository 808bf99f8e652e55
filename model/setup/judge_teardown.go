package setup

import (
	"fmt"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
)

// HalfLeft is the finding for a half that stays in the VNET after Konnect's peering is gone:
// a dead one would be in the way of the next peering. One that another network may own is
// not to be deleted, and one of which it cannot be told is not waited for. False: there is
// none, or it lives and goes by itself.
func HalfLeft(h model.AzureHalf, n model.Network, vnet model.VNetRef) (Checked, bool) {
	f := model.PeeringFacts{Network: n, Peering: model.Peering{Kind: model.KindAzureVNet, VNet: vnet}, Azure: h}
	switch {
	case h.Status == model.HalfPresent && h.Peering.State == model.VNetDisconnected:
		return warning("setup-dead-half", h.Peering.Name.String(), fmt.Sprintf("Konnect's half is gone, and Azure's half %s stays in %s, disconnected.", h.Peering.Name, vnet.Name),
			f.DeleteHalf("Delete it: it blocks the next peering.")), true
	case h.Status == model.HalfUnclear:
		if found, is := model.NewJudge().BeforePeering(f); is {
			return Checked{Title: h.Other.Peering.Name.String(), Finding: found, Asks: true}, true
		}
	}
	return Checked{}, false
}

// Stays is the finding for something that a teardown leaves, and why.
func Stays(m Made, why string) Checked {
	c := warning("setup-kept", m.Name.String(), fmt.Sprintf("The %s %s stays: %s.", m.Kind, m.Name, why), finding.Next{})
	c.About = m.Name.String()
	return c
}

// TableChanged is the finding for a mapping table that others changed while the run wrote
// to it; the text says what became of it.
func TableChanged(text string) Checked {
	c := warning("setup-table-changed", "DNS mappings", text, finding.Next{Kind: finding.NextTable, Text: "Look at the table on the DNS screen."})
	c.About = text
	return c
}
