package azure

import (
	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/safe"
)

// instead is the address that may take the place of a server that nothing answers at: the one
// address of the one inbound endpoint of the VNET, where a private zone that is linked to the
// VNET holds the name, so that the endpoint answers it. It is empty where anything of that is
// not known or is otherwise: then only a person knows the right server.
func (f Facts) instead(q Question) safe.Text {
	if f.VNet.ID.IsEmpty() || f.resolverGap() != nil {
		return safe.Text{}
	}
	var found []safe.Text
	for _, r := range f.Resolvers {
		if !r.VNet.EqualFold(f.VNet.ID) {
			continue
		}
		for _, e := range r.Endpoints {
			for _, a := range e.Addresses {
				if !ready(r.State) || !ready(e.State) {
					return safe.Text{}
				}
				found = append(found, a.Address)
			}
		}
	}
	zone, known := f.ZoneFacts(q.Domain).Get()
	held, read := zone.Held.Get()
	_, loops := f.loopAt(q.Domain, f.VNet.ID)
	if len(found) != 1 || azurenet.SameAddress(found[0], q.Server) || !known || !zone.Linked || !read || !held || loops {
		return safe.Text{}
	}
	return found[0]
}

func ready(s model.ProvisioningState) bool {
	return s == model.ProvisioningSucceeded || s == model.ProvisioningUnstated
}
