package watch

import (
	"context"
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/run/attempt"
)

// wantSubnets lets the security groups and route tables of a VNET be read, where its subnets
// name some: soon when they name others than before, and else at their own slow pace.
func (w *Watcher) wantSubnets(key string, v *knownVNet, before model.VNet, now time.Time) {
	if w.o.Rules == nil || v.isHub {
		return
	}
	named := namedBy(v.vnet)
	if v.gone || len(named) == 0 {
		w.azure.queue.remove(jobSubnets, key)
		v.rules, v.rulesRead = azurenet.Facts{}, false
		return
	}
	w.azure.queue.add(jobSubnets, key, now)
	if !slices.Equal(named, namedBy(before)) {
		w.azure.queue.renew(jobSubnets, key, now)
	}
}

// namedBy are the security groups and route tables that the subnets of a VNET name.
func namedBy(v model.VNet) []safe.Text {
	var out []safe.Text
	for _, s := range v.Subnets {
		for _, id := range []safe.Text{s.SecurityGroup, s.RouteTable} {
			if !id.IsEmpty() {
				out = append(out, s.Name, id)
			}
		}
	}
	return out
}

// subnetsPatience bounds how long a reading of them holds a place among the requests; what
// was not read by then is asked again by the queue.
const subnetsPatience = 15 * time.Second

// askSubnets reads them. The queue tries again what may pass, in the watcher's own time.
func (w *Watcher) askSubnets(key string, ref model.VNetRef, v model.VNet) func(context.Context) (func(time.Time), error) {
	return func(ctx context.Context) (func(time.Time), error) {
		patient, cancel := context.WithTimeout(ctx, subnetsPatience)
		defer cancel()
		read := w.o.Rules.Subnets(patient, ref, v, attempt.Waiter{Clock: w.o.Time.Clock()})
		if f, passes := passing(read); passes && len(read.Groups)+len(read.Tables) == 0 {
			return nil, f
		}
		return func(time.Time) { w.receiveSubnets(key, read) }, nil
	}
}

// passing is the first failure that may pass.
func passing(read azurenet.Facts) (model.Failure, bool) {
	for _, g := range read.Gaps {
		if attempt.Passes(g.Failure) {
			return g.Failure, true
		}
	}
	return model.Failure{}, false
}

// gapOf are the facts of a VNET around which nothing could be read.
func gapOf(f model.Failure) azurenet.Facts {
	return azurenet.Facts{Gaps: []azurenet.Gap{{Part: azurenet.PartRules, Failure: f}, {Part: azurenet.PartRoutes, Failure: f}}}
}

func (w *Watcher) receiveSubnets(key string, read azurenet.Facts) {
	v := w.k.vnets[key]
	if v == nil {
		return
	}
	if len(read.Groups)+len(read.Tables) > 0 || !v.rulesRead || len(v.rules.Groups)+len(v.rules.Tables) == 0 {
		v.rules, v.rulesRead = read, true
	}
	w.k.soilUsers(v)
}

// soilUsers marks the networks of a VNET as to be judged anew.
func (k *knowledge) soilUsers(v *knownVNet) {
	for id := range v.users {
		if n := k.networks[id]; n != nil {
			n.dirty = true
		}
	}
}

// aroundVNets is what was read around the VNETs of a network's peerings that carry something.
// What is wrong with the others, their own findings say.
func (w *Watcher) aroundVNets(s *model.NetworkStatus) []paths.VNet {
	var out []paths.VNet
	for i := range s.Peerings {
		p := &s.Peerings[i]
		v := w.k.vnets[p.VNet.Key()]
		if v == nil || p.Azure.Status != model.HalfPresent || p.Azure.Peering.State != model.VNetConnected || len(namedBy(v.vnet)) == 0 {
			continue
		}
		if !v.rulesRead {
			if w.o.Rules != nil {
				out = append(out, paths.VNet{Peering: p.ID, Ref: v.ref, Unread: true})
			}
			continue
		}
		net := v.rules
		net.VNet = v.vnet
		out = append(out, paths.VNet{Peering: p.ID, Ref: v.ref, Net: net})
	}
	return out
}
