package setup

import (
	"fmt"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
)

const titleNetwork = "Konnect network"

// NetworkNotFound is the finding for a network that Konnect does not have, or has more
// than once.
func NetworkNotFound(f model.Failure) Checked { return refused("setup-network", titleNetwork, f) }

// JudgeProvider looks whether a network is on Azure. False: there is nothing to say.
func JudgeProvider(n model.Network, on model.Provider) (Checked, bool) {
	switch on {
	case model.ProviderAzure:
		return Checked{}, false
	case model.ProviderUnknown:
		return warning("setup-provider-unknown", titleNetwork, fmt.Sprintf("Konnect does not tell which cloud %s is on.", n.Name),
			konnect("Go on only if you know that it is on Azure.")), true
	default:
		return stop("setup-provider", titleNetwork, fmt.Sprintf("%s is on %s; VNET peering is for networks on Azure.", n.Name, on.Label()),
			form("Choose a network on Azure.")), true
	}
}

// JudgeNetwork looks whether a network can take a peering. What is wrong with it is what
// the judge of networks says, wherever it is met; a set-up needs it ready.
func JudgeNetwork(f model.NetworkFacts) Checked {
	n := f.Network
	found := model.NewJudge().Network(f)
	c := Checked{Title: titleNetwork, Finding: found}
	switch n.State {
	case model.NetworkReady:
		c.Asks = found.NeedsPerson()
		if !c.Asks {
			c.Cause = fmt.Sprintf("%s is ready, %s in %s", n.Name, n.CIDR, n.Region)
		}
	case model.NetworkCreated, model.NetworkInitializing, model.NetworkOffline, model.NetworkTerminating, model.NetworkTerminated:
		c.Stops = true
	default: // a state of a newer Konnect: somebody may know that it is fine
		c.Asks = true
	}
	if c.Stops || c.Asks { // elsewhere it stands with its network, here among checks of other things
		c.Cause = fmt.Sprintf("%s: %s", n.Name, c.Cause)
	}
	return c
}

// PeeringsThere is what is known of the peerings of a network before one is made.
type PeeringsThere struct {
	Network  model.Network
	Request  Request
	Peerings []model.Peering
	Azure    model.AzureHalf // of the peering that is there
	Overlaps []model.Overlap
	Now      time.Time
}

// Attached is the peering of the network with the VNET or the hub that is asked for, nil for
// none.
func (p PeeringsThere) Attached() *model.Peering {
	for i := range p.Peerings {
		o := &p.Peerings[i]
		if lives(o) && o.EndKey() == p.Request.EndKey() {
			return o
		}
	}
	return nil
}

func lives(p *model.Peering) bool {
	return p.State != model.PeeringTerminated && p.State != model.PeeringTerminating
}

// Judge looks whether the VNET is attached already, and whether the name is free.
func (p PeeringsThere) Judge() Checked {
	const title = "Existing peerings"
	ref := p.Request.VNet
	there := p.Attached()
	switch {
	case there != nil && there.State == model.PeeringError:
		c := Checked{Title: title, Stops: true, Finding: model.NewJudge().Peering(model.PeeringFacts{
			Network: p.Network, Peering: *there, Azure: p.Azure, Overlaps: p.Overlaps, Now: p.Now,
			Since: model.SinceOf(there.CreatedAt, there.UpdatedAt, model.Sight{}, p.Now),
		})}
		c.Cause = fmt.Sprintf("%s is attached already, as %s. %s", ref.Name, there.Name, c.Cause)
		return c
	case there != nil && !there.Place().TenantID.EqualFold(ref.TenantID):
		return stop("setup-peering-tenant", title, fmt.Sprintf("%s is attached already, as %s, with the tenant %s.", ref.Name, there.Name, there.Place().TenantID),
			konnect("Give that tenant, or delete that peering in Konnect first."))
	case there != nil:
		return good("setup-peerings", title, "%s is attached already, as %s (%s); it will not be made again", ref.Name, there.Name, there.State)
	}
	for i := range p.Peerings {
		if o := &p.Peerings[i]; lives(o) && o.Name == p.Request.Peering {
			return stop("setup-peering-name", title, fmt.Sprintf("The name %s is taken by a peering with %s.", o.Name, o.Place().Name.Or(o.Kind.Label())),
				form("Choose another name for this one."))
		}
	}
	return good("setup-peerings", title, "%s has no peering with %s", p.Network.Name, ref.Name)
}

// JudgeDifference tells where the peering that is there is not the one that was asked
// for: it cannot be changed. SameDNS tells whether its mappings are those of the request.
func JudgeDifference(there model.Peering, r Request, sameDNS bool) []Checked {
	var out []Checked
	if there.Name != r.Peering {
		out = append(out, warning("setup-other-name", "Name", fmt.Sprintf("It is called %s, not %s.", there.Name, r.Peering), finding.Next{}))
	}
	if r.DNS == DNSPeering && !sameDNS {
		out = append(out, warning("setup-other-mappings", "DNS mappings", "Its mappings are not those that were asked for.",
			form("A peering cannot be changed. Put the mappings into the resolver (mode resolver), or delete the peering and make it again, which is an outage.")))
	}
	return out
}
