package azure

import (
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// SubnetOf finds the subnet of a VNET that a server's address lies in.
func SubnetOf(v model.VNet, server safe.Text) (model.Subnet, Check) {
	const check = CheckSubnet
	name := "the VNET " + v.Name.Or(tail(v.ID)).String()
	for _, s := range v.Subnets {
		if slices.ContainsFunc(s.Prefixes, func(p model.Prefix) bool { return p.Contains(server) }) {
			return s, done(check, server.String()+" lies in the subnet "+s.Name.String()+" of "+name)
		}
	}
	if slices.ContainsFunc(v.AddressPrefixes, func(p model.Prefix) bool { return p.Contains(server) }) {
		return model.Subnet{}, failed(check, CodeNoSubnet, server.String()+" lies in "+name+", and in none of its subnets, so no machine can have it",
			"Correct the server's address in the mapping.")
	}
	// Whether another peering leads to it is not seen here; the symptom of this code knows.
	return model.Subnet{}, Check{
		ID: check, Title: check.Title(), Outcome: Failed, Why: server.String() + " does not lie in " + name + " (" + phrase.List(v.AddressPrefixes) + ")",
		Finding: dnsverdict.Outside(server, v.Name.Or(tail(v.ID)).String()),
	}
}

// EndpointAt finds the inbound endpoint of the VNET that has an address. Other VNETs of
// the subscription may well use the same addresses.
func (f Facts) EndpointAt(server safe.Text) (Resolver, Endpoint, bool) {
	for _, r := range f.Resolvers {
		if !r.VNet.EqualFold(f.VNet.ID) {
			continue
		}
		for _, e := range r.Endpoints {
			if slices.ContainsFunc(e.Addresses, func(a EndpointAddress) bool { return azurenet.SameAddress(a.Address, server) }) {
				return r, e, true
			}
		}
	}
	return Resolver{}, Endpoint{}, false
}

// Owner tells what has a server's address: an inbound endpoint, something else, or
// nothing.
func (f Facts) Owner(server safe.Text) Check {
	const check = CheckOwner
	if r, e, found := f.EndpointAt(server); found {
		return f.ownedBy(server, r, e)
	}
	i := slices.IndexFunc(f.Addresses, func(a azurenet.Address) bool { return azurenet.SameAddress(a.Address, server) })
	if i < 0 {
		if g := f.Gap(azurenet.PartAddresses, server); g != nil {
			return unread(check, g)
		}
		return unknown(check, "not known: Azure was not asked about "+server.String(), "")
	}
	switch a := f.Addresses[i]; {
	case a.Free:
		return failed(check, CodeAddressFree, "nothing in the VNET has "+server.String()+f.moved(), "Give the mapping the address that the server, or the inbound endpoint of the private resolver, has now.")
	case a.Reserved:
		return failed(check, CodeAddressReserved, server.String()+" is one of the addresses that Azure keeps for itself in every subnet", "Correct the server's address in the mapping.")
	case f.owner(server) != "":
		return done(check, f.owner(server)+" has "+server.String()+"; it is no inbound endpoint that is known, so a server of your own: whether it runs and what it forwards, Azure does not tell")
	case f.resolverGap() != nil:
		return done(check, "a network card or an inbound endpoint has "+server.String()+"; the private resolvers could not be read")
	default:
		return done(check, "a network card has "+server.String()+"; it is no inbound endpoint that is known, so a server of your own: whether it runs and what it forwards, Azure does not tell")
	}
}

func (f Facts) ownedBy(server safe.Text, r Resolver, e Endpoint) Check {
	const check = CheckOwner
	name := "the inbound endpoint " + e.Name.String() + " of the private resolver " + r.Name.String()
	for _, s := range []model.ProvisioningState{e.State, r.State} {
		if s != model.ProvisioningSucceeded && s != model.ProvisioningUnstated {
			next := "Wait until it is Succeeded, and look again."
			if s == model.ProvisioningFailed {
				next = "Open the endpoint in the portal and save it again. Made anew, it may have another address, and the rows need that one."
			}
			return partly(check, CodeEndpointState, name+" has "+server.String()+", and its state is "+string(s), next).run(showEndpoint(e.ID))
		}
	}
	if c, bare := f.undelegated(server, name); bare {
		return c
	}
	for _, a := range e.Addresses {
		if azurenet.SameAddress(a.Address, server) && a.Dynamic {
			return done(check, name+" has "+server.String()+"; the address is dynamic and may change when the endpoint is made anew")
		}
	}
	return done(check, name+" has "+server.String())
}

func (f Facts) owner(server safe.Text) string {
	c, found := f.CardAt(server)
	if !found {
		return ""
	}
	return c.Words()
}

// undelegated is the check of an inbound endpoint in a subnet that is not given to private
// resolvers: Azure makes none there, and what was made before the delegation went may fail.
func (f Facts) undelegated(server safe.Text, name string) (Check, bool) {
	s, in := SubnetOf(f.VNet, server)
	if in.Outcome != Done || strings.EqualFold(s.Delegation.Raw(), resolverService) || s.Delegation.IsEmpty() && !s.Undelegated {
		return Check{}, false
	}
	why := name + " is in the subnet " + s.Name.String() + ", which is not delegated to " + resolverService
	if !s.Delegation.IsEmpty() {
		why += " but to " + s.Delegation.String()
	}
	return partly(CheckOwner, CodeEndpointSubnet, why, "Delegate the subnet "+s.Name.String()+" to "+resolverService+"; nothing else may be in it.").
		run(delegate(f.VNet.ID, s.Name.String())), true
}

const resolverService = "Microsoft.Network/dnsResolvers"

// moved names the endpoints of the VNET, whose addresses a mapping may be meant for.
func (f Facts) moved() string {
	var there []string
	for _, r := range f.Resolvers {
		if !r.VNet.EqualFold(f.VNet.ID) {
			continue
		}
		for _, e := range r.Endpoints {
			for _, a := range e.Addresses {
				there = append(there, e.Name.String()+" of "+r.Name.String()+" has "+a.Address.String())
			}
		}
	}
	if len(there) == 0 {
		return ""
	}
	return "; the inbound endpoint " + strings.Join(there, ", ")
}
