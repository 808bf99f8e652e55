package setup

import (
	"github.com/peerdeck/peerdeck/model/setup"

	"github.com/peerdeck/peerdeck/model"
)

// row is one line of the form that can be selected.
type row struct {
	kind  rowKind
	field setup.Field // of a text
	index int         // of a mapping
	label string
	short string // the label in a list, where that is shorter
	about string // what it is for, in a sentence or two
	pick  bool   // it can be picked from a list
}

// rowKind is what can be done with a row.
type rowKind int

const (
	rowText    rowKind = iota // a text to type or to pick
	rowMode                   // one of the DNS modes
	rowMapping                // domains and their servers
	rowAdd                    // a new mapping
	rowMore                   // shows or hides the rest
	rowRoute                  // the service and the route that are made last
)

// mainRows are the fields that every set-up needs.
func mainRows() []row {
	return []row{
		{field: setup.FieldNetwork, label: "Network", pick: true, about: "The Konnect network that is to reach the VNET. It must be on Azure, and ready."},
		{field: setup.FieldPeering, label: "Peering name", about: "How the peering is called in Konnect. It cannot be changed later."},
		{field: setup.FieldTenant, label: "Azure tenant", short: "Tenant", pick: true, about: "The id of the Entra tenant that holds the VNET: a GUID."},
		{field: setup.FieldSubscription, label: "Subscription", pick: true, about: "The id of the subscription that holds the VNET: a GUID."},
		{field: setup.FieldGroup, label: "Resource group", short: "Group", pick: true, about: "The resource group of the VNET. Picking a VNET fills it in."},
		{field: setup.FieldVNet, label: "VNET", pick: true, about: "The virtual network to peer with. Its ranges must not overlap the network's."},
		{kind: rowMode, field: setup.FieldDNSMode, label: "DNS", about: "Where private names are resolved. ← → or enter changes it."},
	}
}

// forHub are the rows where what is to be peered is a virtual hub, which is typed.
func forHub(rows []row) []row {
	for i := range rows {
		switch rows[i].field {
		case setup.FieldVNet:
			rows[i].label, rows[i].pick, rows[i].about = "Virtual hub", false, "The hub of the Virtual WAN to peer with. Its role is the one that Konnect's wizard gives: name it below, under More."
		case setup.FieldGroup:
			rows[i].pick, rows[i].about = false, "The resource group of the virtual hub."
		default:
		}
	}
	return rows
}

// moreRows are the fields that hardly anybody needs.
func moreRows() []row {
	return []row{
		{field: setup.FieldRole, label: "Role name", about: "The custom role that Kong's application gets on the VNET. Empty: " + model.DefaultRoleName + "."},
		{field: setup.FieldApp, label: "Kong's app id", about: "The application that Kong peers with. Empty: " + setup.KongAppID + "."},
	}
}

// modeMeaning is a DNS mode in half a sentence.
func modeMeaning(m setup.DNSMode) string {
	switch m {
	case setup.DNSResolver:
		return "into the network's resolver; can be edited later"
	case setup.DNSPeering:
		return "into the peering itself; fixed once it is made"
	case setup.DNSNone:
		return "no private names are resolved over it"
	default:
		return "not known to peerdeck"
	}
}
