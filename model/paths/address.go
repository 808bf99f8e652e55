package paths

import (
	"net/netip"
	"strings"

	"peerdeck/model"
	"peerdeck/model/safe"
)

// addressOf reads an address literal; brackets around one of IPv6 are left out.
func addressOf(host safe.Text) (netip.Addr, bool) {
	a, err := netip.ParseAddr(strings.TrimSuffix(strings.TrimPrefix(host.Raw(), "["), "]"))
	return a.Unmap().WithZone(""), err == nil
}

// atAddress judges a place whose address is known.
func (j *judging) atAddress(p Place, a netip.Addr) Place {
	p.Address = safe.New(a.String())
	spans := j.reach.at(a)
	switch {
	case j.Network.CIDR.Valid() && j.Network.CIDR.Range().Contains(a):
		p.By = ByNetwork
	case len(spans) > 0:
		s := spans[0]
		p.By, p.Peering, p.VNet, p.Word = ByPeering, label(s.peering), s.VNet, s.VNet.String()
	case model.RangeOf(a) == model.RangePublic:
		p.By = ByInternet
	default:
		p.By = ByNothing
	}
	return p
}
