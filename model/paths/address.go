package paths

import (
	"net/netip"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// addressOf reads an address literal; brackets around one of IPv6 are left out.
func addressOf(host safe.Text) (netip.Addr, bool) {
	raw := host.Raw()
	if inner, bracket := strings.CutPrefix(raw, "["); bracket {
		raw = strings.TrimSuffix(inner, "]")
	}
	a, err := netip.ParseAddr(raw)
	return a.Unmap().WithZone(""), err == nil
}

// Named reports whether the host is a name that a mapping could cover, and no address.
func (p Place) Named() bool {
	_, is := addressOf(p.Host)
	return !is && strings.Contains(strings.Trim(p.Host.Raw(), "."), ".")
}

// at judges a place by an address that requests are sent to.
func (q *placing) at(a netip.Addr) {
	q.p.Address = safe.New(a.String())
	spans := q.reach.at(a)
	of := model.RangeOf(a)
	switch {
	case q.Network.CIDR.Valid() && q.Network.CIDR.Range().Contains(a):
		q.ownRange(a)
	case len(spans) > 0:
		q.inSpan(a, spans)
	case nobody(of, a) != "":
		q.special(nobody(of, a), of)
	case !q.Network.CIDR.Valid() && of != model.RangePublic:
		q.cannotTell(HopAddress, q.spoken+" may lie in the network's own range, which Konnect gives as "+quoted(q.Network.CIDR.Text))
	case a.Is6() && of == model.RangePublic:
		q.cannotTell(HopAddress, "whether the data planes reach addresses of IPv6 such as "+q.spoken+" is documented nowhere; the network's range and its peerings are of IPv4")
	case a.Is6():
		q.unreachable(q.spoken + " is a private address of IPv6, and the network's range and its peerings are of IPv4")
	case of == model.RangePublic:
		q.public()
	default:
		q.unpeered(a)
	}
}

// nobody says why no request can be meant to leave for an address; empty for others.
func nobody(of model.AddressRange, a netip.Addr) string {
	switch of {
	case model.RangeNobody:
		return "stands for no machine"
	case model.RangeLoopback:
		return "is the data plane itself, on which nothing of yours listens"
	case model.RangeLinkLocal:
		if a == netip.AddrFrom4([4]byte{169, 254, 169, 254}) {
			return "is the metadata service of the machine that asks: of Kong's, and never of one of yours"
		}
		return "is a link-local address, which no router passes on"
	case model.RangeMulticast, model.RangeBroadcast:
		return "is for many machines at once, and no connection can be made to it"
	case model.RangeReserved:
		return "lies in 240.0.0.0/4, which is reserved and which nobody has"
	case model.RangePlatform:
		return "is Azure's own address inside each VNET, and nothing of yours answers there"
	case model.RangeDocumentation:
		return "lies in a range for examples in documents, which nobody has"
	default:
		return ""
	}
}

func (q *placing) special(why string, of model.AddressRange) {
	by := ByNothing
	if of == model.RangeLoopback {
		by = ByItself
	}
	q.wrong(HopAddress, by, Closed, of.String()+" address", next(found(CodeSpecial, finding.Broken, "no way",
		"Requests to "+q.spoken+" arrive at no service of yours: the address "+why),
		finding.NextKonnect, "Give the service in Konnect the address or the name that it has in a peered VNET."))
}

func (q *placing) ownRange(a netip.Addr) {
	cause := q.spoken + " lies in the gateway network's own range " + q.Network.CIDR.String() + ": data planes look for it in their own network, and never over a peering"
	step := "Give the service in Konnect the address that it has in a peered VNET."
	for _, s := range q.reach.at(a) {
		cause += "; " + s.Prefix.String() + " of " + s.VNet.String() + " overlaps it"
		step = "One side needs another range: peerdeck ranges offers some for a new network."
		break
	}
	q.wrong(HopAddress, ByNetwork, Closed, "the network itself", next(found(CodeOwnRange, finding.Broken, "own range", cause), finding.NextKonnect, step))
}

// public is an address of the Internet: no peering leads there.
func (q *placing) public() {
	q.internet(q.spoken+" is an address of the Internet", finding.NextKonnect,
		"If the service is to be reached over a peering, give it the private address or the name that it has in the VNET.", "")
}

// internet is the way past the peerings. Where the network has none, there is nothing to
// pass.
func (q *placing) internet(why string, kind finding.NextKind, step, command string) {
	cause := why + ": requests leave over the Internet, past every peering"
	if q.reach.living == 0 && q.reach.unread == "" {
		q.ends(ByInternet, "the Internet", why+": requests leave over the Internet; the network has no peering")
		q.hop(open(HopAddress, "the Internet's routes", why))
		return
	}
	q.wrong(HopAddress, ByInternet, Partly, "the Internet", run(found(CodeInternet, finding.Attention, "past the peering", cause), kind, step, command))
}

func (q *placing) unreachable(why string) {
	q.wrong(HopAddress, ByNothing, Closed, "no peered range", next(found(CodeUnreachable, finding.Broken, "no way", "No request arrives: "+why),
		finding.NextKonnect, "Give the service in Konnect an address of IPv4 in a peered VNET, or a name that leads to one."))
}

// unpeered is a private address in no range that a peering leads to.
func (q *placing) unpeered(a netip.Addr) {
	where := q.elsewhere(a)
	lies := q.spoken + " lies in no range that a peering of " + q.network() + " leads to (" + q.reach.named() + ")" + where
	switch {
	case q.reach.unread != "":
		q.cannotTell(HopAddress, lies+"; "+q.reach.unread)
	case q.reach.beyond != "":
		q.cannotTell(HopAddress, lies+"; "+q.reach.beyond)
	default:
		why := lies + ", and peerings do not hand traffic on"
		q.wrong(HopAddress, ByNothing, Closed, "no peered range", run(found(CodeUnreachable, finding.Broken, "no way", "No request arrives: "+why),
			finding.NextCommand, "Peer the VNET that holds the address with "+q.network()+" (peerdeck setup), or give the service an address in a peered VNET. The command lists the VNETs with their ranges.",
			"az network vnet list --query "+model.ShellQuote("[].{name:name, group:resourceGroup, ranges:addressSpace.addressPrefixes}")+" --output json"))
	}
}

// cannotTell ends the way where nothing tells.
func (q *placing) cannotTell(kind HopKind, why string) {
	q.wrong(kind, ByUnknown, NotKnown, "cannot tell", next(found(CodeNotKnown, finding.Unknown, "cannot tell", "Cannot tell whether requests arrive: "+why),
		finding.NextKonnect, "Konnect's record of API requests tells what the data planes got from the service; or ask with a request through the gateway."))
}

// elsewhere says whose an address is that no peering of the network leads to, as the tail of
// a clause.
func (q *placing) elsewhere(a netip.Addr) string {
	if behind := q.behind(a); behind != "" {
		return behind
	}
	var of []string
	for _, o := range q.Others {
		name := o.Name.Or(o.ID.Raw()).String()
		if o.State != model.NetworkTerminated {
			for _, r := range holding([]model.Prefix{o.CIDR}, a) {
				of = append(of, "the network "+name+" ("+r+")")
			}
		}
		for i := range o.Peerings {
			p := &o.Peerings[i]
			if p.State == model.PeeringTerminated {
				continue
			}
			for _, r := range holding(p.Azure.VNet.AddressPrefixes, a) {
				of = append(of, p.Azure.VNet.Name.String()+" ("+r+"), with which "+name+" is peered")
			}
		}
	}
	if len(of) == 0 {
		return ""
	}
	const most = 2
	return "; it lies in " + few(of, most)
}

// behind says that an address lies in a VNET that is peered with a peered one.
func (q *placing) behind(a netip.Addr) string {
	for i := range q.Network.Peerings {
		half := q.Network.Peerings[i].Azure
		for _, h := range half.VNet.Peerings {
			for _, r := range holding(h.RemotePrefixes(), a) {
				if h.ID != half.Peering.ID {
					return "; it lies in " + r + ", with which " + half.VNet.Name.String() + " is peered (" + h.Name.String() + ")"
				}
			}
		}
	}
	return ""
}

// holding are the ranges that hold an address.
func holding(list []model.Prefix, a netip.Addr) []string {
	var out []string
	for _, r := range list {
		if r.Valid() && r.Range().Contains(a) {
			out = append(out, r.String())
		}
	}
	return out
}
