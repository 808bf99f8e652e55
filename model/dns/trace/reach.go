package trace

import (
	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/dns/privatelink"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/phrase"
)

// reachFact is where the peerings of a network lead, as far as all of them were read: with
// one that was not, no address can be said to lie outside.
func reachFact(n *model.NetworkStatus) dnsverdict.Known[dnsverdict.Reach] {
	if !n.PeeringsRead.Read() {
		return dnsverdict.NotKnown[dnsverdict.Reach](noPeering(n))
	}
	var out dnsverdict.Reach
	for i := range n.Peerings {
		p := &n.Peerings[i]
		switch {
		case p.State == model.PeeringTerminated || p.Azure.Status == model.HalfNoVNet:
			continue
		case p.Kind != model.KindAzureVNet:
			out.Beyond = BeyondOf(p)
			continue
		case len(p.Azure.VNet.AddressPrefixes) == 0:
			return dnsverdict.NotKnown[dnsverdict.Reach]("the ranges of " + p.Name.Or(p.ID.Raw()).String() + " are not known")
		}
		if out.Beyond == "" {
			out.Beyond = BeyondOf(p)
		}
		out.Spans = append(out.Spans, SpansOf(n, p)...)
	}
	return dnsverdict.Know(out)
}

// BeyondOf says why a peering may lead to addresses outside of the ranges that are known of
// it, as a clause; empty where it does not.
func BeyondOf(p *model.PeeringStatus) string {
	if p.Kind != model.KindAzureVNet {
		return "where " + p.Name.Or(p.ID.Raw()).String() + " leads (" + string(p.Kind) + ") is not read"
	}
	if h := p.Azure.Peering; p.Azure.Status == model.HalfPresent && (h.GatewayTransit == model.Yes || h.RemoteGateways == model.Yes) {
		return "the peering with " + p.Azure.VNet.Name.String() + " lets a gateway be used, whose routes are not read"
	}
	return ""
}

// SpansOf are the ranges of the VNET of a peering, and whether it carries them: the other
// half knows those that it was told of, and what comes back goes where this half routes.
func SpansOf(n *model.NetworkStatus, p *model.PeeringStatus) []dnsverdict.Span {
	cure := ""
	if p.Finding.NeedsPerson() {
		cure = p.Finding.Next.Command
	}
	h := p.Azure.Peering
	back := len(h.Routed) == 0 || !n.CIDR.Valid() || len(model.RangesBeyond([]model.Prefix{n.CIDR}, h.Routed)) == 0
	out, ranges := []dnsverdict.Span(nil), p.Azure.VNet.AddressPrefixes
	if carried := p.Azure.Reachable(); p.Azure.Status == model.HalfPresent && h.OfSubnets() {
		for _, r := range model.RangesBeyond(ranges, carried) {
			out = append(out, dnsverdict.Span{
				Peering: p.Name.Or(p.ID.Raw()), VNet: p.Azure.VNet.Name, Prefix: r, Carried: dnsverdict.Know(false), Cure: cure,
				Why: "the peering is one of some subnets, and this range is in none of them",
			})
		}
		ranges = carried
	}
	for _, r := range ranges {
		s := dnsverdict.Span{Peering: p.Name.Or(p.ID.Raw()), VNet: p.Azure.VNet.Name, Prefix: r, Carried: dnsverdict.Know(true)}
		told := len(model.RangesBeyond([]model.Prefix{r}, h.Local)) == 0
		switch {
		case p.Azure.Status != model.HalfPresent:
			s.Carried = dnsverdict.NotKnown[bool]("Azure's half was not found")
		case h.State != model.VNetConnected:
			s.Carried = dnsverdict.NotKnown[bool]("Azure's half is not connected")
		case len(h.Local) > 0 && !told:
			s.Carried, s.Cure, s.Why = dnsverdict.Know(false), cure, "the range was added to the VNET, and the other half knows only "+phrase.List(h.Local)
		case !back:
			s.Carried, s.Cure, s.Why = dnsverdict.Know(false), cure, "Azure's half routes "+phrase.List(h.Routed)+" and not the whole of "+n.CIDR.String()+", so nothing comes back"
		case len(h.Local) == 0 && (h.Sync == model.SyncRemoteBehind || h.Sync == model.SyncBothBehind):
			s.Carried = dnsverdict.NotKnown[bool]("the halves are not in sync, and which ranges the other one knows is not told")
		}
		out = append(out, s)
	}
	return out
}

// ForName adds to the facts of a name without a row the row of the private zone that it
// belongs to, as a name of one of Azure's services.
func ForName(f dnsverdict.Facts, name dnstable.Name, n *model.NetworkStatus) dnsverdict.Facts {
	row, known := f.Row.Get()
	service, is := privatelink.Of(name.ASCII)
	if !known || !is || !row.Domain.IsEmpty() {
		return f
	}
	for _, r := range RulesFor(dnstable.Normalise(service.Inside()), n) {
		if privatelink.IsPrivate(dnstable.NameOf(r.Domain).ASCII) {
			row.Private, row.PrivateServers = r.Domain, r.Servers
			f.Row = dnsverdict.Know(row)
			break
		}
	}
	return f
}
