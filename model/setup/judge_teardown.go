package setup

import (
	"fmt"

	"peerdeck/model"
	"peerdeck/model/finding"
	"peerdeck/model/safe"
)

// DeadHalf is the finding for a half that stays in the VNET after Kong's is gone: it
// would be in the way of the next peering.
func DeadHalf(p model.VNetPeering, vnet safe.Text) Checked {
	return warning("setup-dead-half", p.Name.String(), fmt.Sprintf("Konnect's half is gone, and Azure's half %s stays in %s, disconnected.", p.Name, vnet),
		finding.Next{
			Kind: finding.NextCommand, Text: "Delete it: it blocks the next peering.",
			Command: "az network vnet peering delete --ids " + model.ShellQuote(p.ID.String()),
		})
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
