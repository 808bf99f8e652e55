package azurenet

import (
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// policies says whether private endpoints in a subnet obey its security group and its
// route table.
type policies struct {
	groups, routes model.Ternary
	why            string // why it is not known
}

// policies are those of a subnet for private endpoints: by default they obey neither.
func (f Facts) policies(s model.Subnet) policies {
	id := f.subnetID(s)
	p, found := find(f.Policies, func(p SubnetPolicies) bool { return p.Subnet.EqualFold(id) })
	switch strings.ToLower(p.Endpoints.Raw()) {
	case "disabled":
		return policies{groups: model.No, routes: model.No}
	case "enabled":
		return policies{groups: model.Yes, routes: model.Yes}
	case "networksecuritygroupenabled":
		return policies{groups: model.Yes, routes: model.No}
	case "routetableenabled":
		return policies{groups: model.No, routes: model.Yes}
	case "":
		why := "it was not read"
		if g := f.Gap(PartPolicies, safe.Text{}); g != nil {
			why = g.Failure.Cause.Or(why).String()
		} else if found {
			why = "Azure does not tell"
		}
		return policies{why: why}
	default:
		return policies{why: "Azure says " + p.Endpoints.Quoted() + ", which peerdeck does not know"}
	}
}

// hold holds a step to whether the policy it is about is obeyed. It matters only where the
// step is in the way.
func (p policies) hold(s Step, obeyed model.Ternary, subnet string) Step {
	if s.Outcome == Open || obeyed == model.Yes {
		return s
	}
	if obeyed == model.No {
		return open(s.ID, "it is not asked: private endpoints in the subnet "+subnet+" ignore it (privateEndpointNetworkPolicies)").by(s.Resource, s.Name)
	}
	return unknown(s.ID, "whether private endpoints in the subnet "+subnet+" obey it (privateEndpointNetworkPolicies) is not known: "+p.why+"; if they do, "+s.Why, s.Finding.Next.Text).by(s.Resource, s.Name)
}

// owner is the step of what has the address; false where that is not known, which is no
// news.
func (a at) owner() (Step, bool) {
	if s, is := a.ofEndpoint(); is || a.hasCard || a.wide || a.front != "" {
		return s, is
	}
	told, asked := a.told()
	switch {
	case !asked:
		return Step{}, false
	case told.Free:
		return closed(StepOwner, CodeAddressFree, "nothing in the VNET has "+a.address.String(), "Give the service the address that its server has now."), true
	case told.Reserved:
		return closed(StepOwner, CodeAddressFree, a.address.String()+" is one of the addresses that Azure keeps for itself in every subnet, so nothing can have it", "Give the service the address that its server has."), true
	default:
		return open(StepOwner, "something has "+a.address.String()+"; what it is, Azure does not tell"), true
	}
}

// told is what Azure says of the address, where it was asked.
func (a at) told() (Address, bool) {
	return find(a.facts.Addresses, func(x Address) bool { return !a.address.IsEmpty() && SameAddress(x.Address, a.address) })
}

// ofEndpoint is the step of the private endpoint that has the address.
func (a at) ofEndpoint() (Step, bool) {
	if !a.hasCard || a.card.Endpoint.IsEmpty() {
		return Step{}, false
	}
	name := a.card.Words()
	show := "az network private-endpoint show --ids " + model.ShellQuote(a.card.Endpoint.String())
	if a.endpoint == nil {
		if g := a.facts.Gap(PartEndpoints, a.card.Endpoint); g != nil {
			return unread(StepEndpoint, g), true
		}
		return missed(StepEndpoint, name).run(show), true
	}
	by := func(s Step) (Step, bool) { return s.by(a.endpoint.ID, a.endpoint.Name), true }
	switch state := a.endpoint.State; strings.ToLower(state.Raw()) {
	case "approved":
		return by(open(StepEndpoint, name+" has "+a.address.String()+", and its connection is approved"))
	case "pending", "rejected", "disconnected":
		service := "the service"
		if !a.endpoint.Target.IsEmpty() {
			service += " " + tail(a.endpoint.Target)
		}
		return by(closed(StepEndpoint, CodeEndpoint, "the connection of "+name+" to "+service+" is "+state.String()+", so it carries nothing",
			"Ask the owner of "+service+" to approve the connection of "+name+".").run(show))
	default:
		return by(unknown(StepEndpoint, "whether "+name+" carries anything cannot be told: its connection is "+state.Quoted(), "Look at its connection.").run(show))
	}
}
