package networks

import (
	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/setup"
)

// noSetUp says why a set-up cannot begin with this network.
func noSetUp(a subject) string {
	switch {
	case a.network == nil:
		return nobody(a)
	case a.network.Provider != model.ProviderAzure:
		return "the network is on " + a.network.Provider.Label() + "; peerdeck sets up peerings with Azure VNETs"
	case a.peering != nil && a.peering.EndKey() == "":
		return "this is a peering of the kind " + a.peering.Kind.Label() + "; peerdeck sets up peerings with Azure VNETs and virtual hubs"
	default:
		return ""
	}
}

// setupRequest is what the screen knows of a set-up: all of it for a peering that
// is there, the network alone for a new one.
func setupRequest(a subject) setup.Request {
	r := setup.Request{Network: a.network.Name, DNS: setup.DNSResolver}
	if r.Network.IsEmpty() {
		r.Network = a.network.ID
	}
	if a.peering == nil {
		return r
	}
	r.Peering, r.VNet, r.Hub, r.Mappings = a.peering.Name, a.peering.Place(), a.peering.Kind == model.KindAzureVHub, a.peering.DNS
	switch {
	case len(r.Mappings) > 0:
		r.DNS = setup.DNSPeering // its own table, fixed since it was made
	default:
		r.DNS = setup.DNSNone
	}
	return r
}

// setupReason tells how the peering stands from which a set-up begins, and which step
// is likely to be the missing one. It is empty for a new peering.
func setupReason(a subject) string {
	if a.peering == nil {
		return ""
	}
	v := a.peering.Finding
	name := a.network.Name.Or(a.network.ID.String()).String() + " › " + a.peering.Name.Or(a.peering.ID.String()).String()
	text := name + ", " + v.Word + ": " + v.Cause
	switch {
	case v.Code == "waiting-not-written":
		text += " Likely missing: " + setup.StepAssignment.Title() + "."
	case v.Next.Kind == finding.NextSetUp:
		text += " Likely missing: " + setup.StepConsent.Title() + ", " + setup.StepRole.Title() + " or " + setup.StepAssignment.Title() + "."
	}
	return text + " A run checks every step and goes on at the first that is missing."
}
