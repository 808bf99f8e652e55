package paths

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	azuredns "github.com/peerdeck/peerdeck/model/dns/azure"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// The codes of the findings about subnets as such. Those about single connections are
// azurenet's.
const (
	CodeLeftOut finding.Code = "back-left-out"
)

// WaysBack judges every subnet of every peered VNET, whatever services are in it: whether
// replies to the network find their way back, and whether the DNS servers in it can be asked
// on port 53, over UDP and TCP. DNS is asked from the network's whole range, in which Kong's
// own DNS servers lie.
func (f Facts) WaysBack() []Way {
	if f.Network == nil {
		return nil
	}
	var out []Way
	for i := range f.VNets {
		v := &f.VNets[i]
		at := slices.IndexFunc(f.Network.Peerings, func(p model.PeeringStatus) bool { return p.ID == v.Peering })
		if at < 0 {
			continue
		}
		out = append(out, wayBack{f, v, &f.Network.Peerings[at]}.ways()...)
	}
	return out
}

// wayBack is the way back from one VNET.
type wayBack struct {
	Facts

	vnet    *VNet
	peering *model.PeeringStatus
}

func (w wayBack) ways() []Way {
	net := w.vnet.Net
	if net.VNet.ID.IsEmpty() {
		way := Way{Peering: w.peering.ID, VNet: w.vnet.Ref, Word: backWord(NotKnown, azurenet.Passage{}), Findings: []finding.Finding{w.unread()}}
		return []Way{way}
	}
	out := make([]Way, 0, len(net.VNet.Subnets))
	for _, s := range net.VNet.Subnets {
		if !serves(s) {
			continue
		}
		way := w.way(s)
		way.Findings = findingsIn(urgent(way.Findings), w.Facts)
		out = append(out, way)
	}
	return out
}

// serves reports whether anything that a gateway asks can be in a subnet: those that Azure
// keeps for its own gateways hold nothing else.
func serves(s model.Subnet) bool {
	switch strings.ToLower(s.Name.Raw()) {
	case "gatewaysubnet", "azurebastionsubnet", "routeserversubnet":
		return false
	default:
		return true
	}
}

// unread is the finding of a VNET of which nothing is known.
func (w wayBack) unread() finding.Finding {
	what := "Cannot tell how replies come home from " + w.vnet.Ref.Name.String()
	if g := w.vnet.Net.Gap(azurenet.PartVNet, safe.Text{}); g != nil {
		out := because(what, g.Failure)
		out.Code = azurenet.CodeNotKnown
		return out
	}
	return next(found(azurenet.CodeNotKnown, finding.Unknown, "cannot tell", what+": it was not read"), finding.NextWait, model.CureLookOrLonger)
}

// way judges one subnet.
func (w wayBack) way(s model.Subnet) Way {
	out := Way{Peering: w.peering.ID, VNet: w.vnet.Ref, Subnet: s.Name, Prefixes: s.Prefixes}
	if w.leftOut(s) {
		why := "The subnet " + s.Name.String() + " takes no part in the peering of subnets " + label(w.peering).String() +
			": Azure routes its answers to " + w.Network.CIDR.String() + " and drops them, and nothing from there arrives in it"
		f := next(found(CodeLeftOut, finding.OK, "left out", why), finding.NextAdmin,
			"Nothing is to be done while no service is in it. A peering of subnets cannot be changed into one of whole VNETs: it has to be made anew.")
		out.Word, out.Why, out.Findings = "left out", f.Cause, []finding.Finding{f}
		return out
	}
	half := w.peering.Azure.Peering
	back := w.vnet.Net.Back(s, []model.Prefix{w.Network.CIDR}, half.Routed)
	out.Word, out.Why = backWord(back.Outcome, azurenet.Passage{}), azurenet.Sentence(back.Why)
	out.add(back.Finding)
	for _, server := range w.Network.Servers() {
		if slices.ContainsFunc(s.Prefixes, func(p model.Prefix) bool { return p.Contains(server) }) {
			out.add(w.dns(server)...)
		}
	}
	return out
}

// leftOut reports whether a peering of subnets leaves all of a subnet out.
func (w wayBack) leftOut(s model.Subnet) bool {
	h := w.peering.Azure
	if h.Status != model.HalfPresent || !h.Peering.OfSubnets() {
		return false
	}
	carried := h.Reachable()
	return len(carried) > 0 && !slices.ContainsFunc(s.Prefixes, func(p model.Prefix) bool { return slices.ContainsFunc(carried, p.Overlaps) })
}

// dns are the findings about port 53 of a DNS server, from the network's whole range.
func (w wayBack) dns(server safe.Text) []finding.Finding {
	a, err := netip.ParseAddr(server.Raw())
	if err != nil {
		return nil
	}
	half := w.peering.Azure.Peering
	udp, tcp := w.vnet.Net.PassageBoth(azurenet.Question{From: []model.Prefix{w.Network.CIDR}, To: a, Port: 53, Access: half.AllowAccess, Peered: half.Routed})
	var out []finding.Finding
	for _, f := range append(udp.Findings(), tcp.Findings()...) {
		f.Servers = []safe.Text{server}
		if f.Code != azurenet.CodeRouteAway { // the subnet says so by itself
			if f.Code == azurenet.CodePortClosed {
				f = azuredns.OfServer(f) // as a trace says it
			}
			out = append(out, f)
		}
	}
	return out
}

// add adds findings that are not there yet. Two that have one cause or one thing to do are
// one.
func (w *Way) add(list ...finding.Finding) {
	for _, f := range list {
		same := func(o finding.Finding) bool {
			return o.Code == f.Code && (o.Cause == f.Cause || o.Next.Same(f.Next) && o.Next.Command != "")
		}
		if f.Code != "" && !slices.ContainsFunc(w.Findings, same) {
			w.Findings = append(w.Findings, f)
		}
	}
}
