package run

import (
	"context"
	"fmt"
	"strings"

	"peerdeck/model"
	"peerdeck/model/phrase"
	"peerdeck/model/safe"
)

// subscription looks whether the subscription can be seen, and is of the tenant that
// was given.
func (p *preflight) subscription(ctx context.Context) error {
	const title = "Subscription"
	ref := p.plan.request.VNet
	s, err := try(ctx, p.engine, p.id(), func(ctx context.Context) (model.Subscription, error) {
		return p.o.Clouds.Azure.Subscription(ctx, ref.TenantID, ref.SubscriptionID)
	})
	switch {
	case code(err) == "InvalidAuthenticationTokenTenant":
		p.bad("tenant", title, fmt.Sprintf("%s is not of the tenant %s, or you are signed in to another one.", ref.SubscriptionID, ref.TenantID),
			"Give the tenant that the subscription is of (az account show --query tenantId), and sign in to it.")
		return nil
	case is(err, model.FailurePermission), is(err, model.FailureNotFound):
		p.bad("subscription", title, failure(err).Cause.String()+".", failure(err).Cure)
		return nil
	case err != nil:
		return err
	case !s.TenantID.IsEmpty() && !s.TenantID.EqualFold(ref.TenantID):
		p.bad("tenant", title, fmt.Sprintf("%s is of the tenant %s, not of %s.", s.Name.Or(ref.SubscriptionID.Raw()), s.TenantID, ref.TenantID), "Give the tenant that the subscription is of.")
	case !s.State.IsEmpty() && s.State.Raw() != "Enabled":
		p.warn("subscription-state", title, fmt.Sprintf("%s is %s.", s.Name, s.State), "Azure refuses changes in a subscription that is not enabled.")
	default:
		p.goodf("tenant", title, "%s is of the tenant that was given", s.Name.Or(ref.SubscriptionID.Raw()))
	}
	return nil
}

// vnetwork reads the VNET.
func (p *preflight) vnetwork(ctx context.Context) error {
	const (
		title = "VNET"
		most  = 500 // peerings of a VNET that no Virtual Network Manager manages
		near  = 450
	)
	ref := p.plan.request.VNet
	v, err := try(ctx, p.engine, p.id(), func(ctx context.Context) (model.VNet, error) { return p.o.Clouds.Azure.VNet(ctx, ref) })
	if is(err, model.FailurePermission) || is(err, model.FailureNotFound) {
		p.bad("vnet", title, failure(err).Cause.String()+".", failure(err).Cure)
		return nil
	}
	if err != nil {
		return err
	}
	p.facts.vnet = v
	p.goodf("vnet", title, "%s has %s in %s", v.Name, phrase.List(v.AddressPrefixes), v.Location)
	switch n := len(v.Peerings); {
	case n >= most:
		p.bad("peering-count", "Number of peerings", fmt.Sprintf("%s has %d peerings, which is as many as Azure allows.", v.Name, n), "Remove one that nobody needs.")
	case n >= near:
		p.warn("peering-count", "Number of peerings", fmt.Sprintf("%s has %d peerings of at most %d.", v.Name, n, most), "There is room, and not much.")
	default:
		p.goodf("peering-count", "Number of peerings", "%d of at most %d", n, most)
	}
	return nil
}

// ranges looks for address ranges that Azure will not let meet.
func (p *preflight) ranges(ctx context.Context) error {
	const title = "Address ranges"
	n, v := p.facts.network, p.facts.vnet
	if n.ID.IsEmpty() || v.ID.IsEmpty() {
		return nil
	}
	half := model.VNetPeering{}
	if p.attached { // else a half like this one's is another network's
		half, _, _ = model.FindKongHalf(n, p.facts.kong, v)
	}
	if o := model.FindOverlaps(n, v, half.ID); len(o) > 0 {
		text := fmt.Sprintf("%s of %s overlaps %s of %s.", o[0].Other, o[0].Of, o[0].Network, n.Name)
		if o[0].Peered {
			text = fmt.Sprintf("the VNET is peered with %s by %s, which overlaps %s of %s.", o[0].Other, o[0].Of, o[0].Network, n.Name)
		}
		p.bad("overlap", title, text, "Azure refuses such a peering. One side needs another address range.")
		return nil
	}
	reserved, err := p.reserved(ctx)
	if err != nil {
		return err
	}
	if text := meets(reserved, v); text != "" {
		p.warn("reserved", title, text+", which Konnect keeps for itself.", "Addresses there may not be reached from the gateway.")
		return nil
	}
	var unread []string
	for _, own := range append([]model.Prefix{n.CIDR}, v.AddressPrefixes...) {
		if !own.Valid() {
			unread = append(unread, own.String())
		}
	}
	if len(unread) > 0 {
		p.warn("ranges-unread", title, strings.Join(unread, ", ")+" is no address range that peerdeck understands.", "Compare the ranges by eye.")
		return nil
	}
	p.goodf("overlap", title, "none of %s, nor of the VNETs peered with it, overlaps %s", v.Name, n.CIDR)
	return nil
}

// meets names the first range of a VNET, or of one that it is peered with, that lies
// in a reserved one.
func meets(reserved []model.Prefix, v model.VNet) string {
	for _, r := range reserved {
		for _, own := range v.AddressPrefixes {
			if own.Overlaps(r) {
				return fmt.Sprintf("%s of %s overlaps %s", own, v.Name, r)
			}
		}
		for _, p := range v.Peerings {
			for _, remote := range p.RemotePrefixes() {
				if remote.Overlaps(r) {
					return fmt.Sprintf("%s, which %s reaches by %s, overlaps %s", remote, v.Name, p.Name, r)
				}
			}
		}
	}
	return ""
}

// reserved lists the ranges that Konnect keeps for itself in the network's region.
// The public document that tells them is not worth failing for: without it, the
// ranges of Kong's documentation are taken.
func (p *preflight) reserved(ctx context.Context) ([]model.Prefix, error) {
	a, err := p.o.Clouds.Konnect.Availability(ctx)
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	if err == nil {
		if r, ok := a.Region(model.ProviderAzure, p.facts.network.Region); ok && len(r.Reserved) > 0 {
			return r.Reserved, nil
		}
	}
	return model.NewPrefixes([]safe.Text{safe.New("10.100.0.0/16"), safe.New("172.17.0.0/16")}), nil
}
