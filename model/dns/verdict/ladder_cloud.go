package verdict

import (
	"fmt"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// The rungs that the two clouds tell.

func konnectRung(c Case) Rung {
	var good, missing []string
	for _, r := range c.Facts.KonnectRungs() {
		switch r.State {
		case RungFailed:
			return Failed(CheckKonnect, "%s: %s", r.Title, r.Text).By(r.Code)
		case RungDone:
			word := r.Title + " ready"
			if r.Check == CheckResolver && !c.Facts.Resolver.IsKnown() {
				word = "no " + r.Title
			}
			good = append(good, word)
		default:
			missing = append(missing, r.Title+": "+r.Text)
		}
	}
	if len(missing) > 0 {
		return NotLooked(CheckKonnect, strings.Join(missing, "; "))
	}
	return Done(CheckKonnect, "%s", strings.Join(good, ", "))
}

// KonnectRungs are the three objects in Konnect, one by one, each with its state. Whether
// that is well, and what to do, their own findings say.
func (f Facts) KonnectRungs() []Rung {
	n, network := f.Network.Get()
	p, peering := f.Peering.Get()
	d, resolver := f.Resolver.Get()
	resolved := object(CheckResolver, d.Name, string(d.State), d.Finding.Code, resolver, f.Resolver.Why())
	if !resolver && f.noResolver() {
		resolved = Done(CheckResolver, "the network has none")
	}
	return []Rung{
		object(CheckNetwork, n.Name, string(n.State), n.Own.Code, network, f.Network.Why()),
		object(CheckPeering, p.Name, string(p.State), p.Finding.Code, peering, f.Peering.Why()),
		resolved,
	}
}

// noResolver reports whether the network is known to have no outbound resolver: what
// stands in a peering's own table needs none.
func (f Facts) noResolver() bool {
	n, known := f.Network.Get()
	return known && n.PrivateDNSRead.Read() && n.PrivateDNSRead.Failure == nil && !slices.ContainsFunc(n.PrivateDNS, func(d model.PrivateDNSStatus) bool {
		return d.Kind == model.KindAzureResolver && d.State != model.PrivateDNSTerminated
	})
}

func object(c Check, name safe.Text, state string, code finding.Code, known bool, why string) Rung {
	name = name.Or("the " + c.Title())
	switch {
	case !known:
		return NotLooked(c, why)
	case state == string(model.NetworkReady): // the three kinds share the word
		return Done(c, "%s is %s", name, state)
	case stateOfKonnect(state):
		return Failed(c, "%s is %s", name, state).By(code)
	default:
		return NotLooked(c, fmt.Sprintf("Konnect gives the state %q, which peerdeck does not know", safe.Clean(state))).By(code)
	}
}

// stateOfKonnect reports whether a state is one of the contract's in which nothing can
// be relied on.
func stateOfKonnect(s string) bool {
	return model.NetworkState(s).Changing() || model.PeeringState(s).Changing() || model.PrivateDNSState(s).Changing() ||
		s == string(model.NetworkOffline) || s == string(model.NetworkTerminated) || s == string(model.PeeringError)
}

// azureRung tells the state of Azure's half in Azure's words; whether that is well, the
// finding of the peering says.
func azureRung(c Case) Rung {
	half, known := c.Facts.Half.Get()
	p, _ := c.Facts.Peering.Get()
	code := p.Finding.Code
	state := fmt.Sprintf("%s is %s", half.Peering.Name, half.Peering.State)
	if half.Peering.Sync != model.SyncFull && half.Peering.Sync != model.SyncUnstated {
		state += ", " + safe.Clean(string(half.Peering.Sync))
	}
	switch {
	case !known:
		return NotLooked(CheckHalf, c.Facts.Half.Why())
	case half.Status == model.HalfAbsent:
		return Failed(CheckHalf, "%s has no peering that leads to the network", c.vnet()).By(code)
	case half.Status == model.HalfNoVNet:
		return Failed(CheckHalf, "the VNET %s is gone", c.vnet()).By(code)
	case half.Status != model.HalfPresent:
		return NotLooked(CheckHalf, "it was not read")
	case half.Peering.State != model.VNetConnected, p.State == model.PeeringReady && p.Finding.Severity >= model.SeverityAttention:
		return Failed(CheckHalf, "%s", state).By(code)
	case p.State == model.PeeringReady && p.Finding.Severity == model.SeverityUnknown:
		return NotLooked(CheckHalf, state+" when it was last read").By(code)
	default:
		return Done(CheckHalf, "%s", state)
	}
}
