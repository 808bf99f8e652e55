package azure

import (
	"strings"

	"peerdeck/model"
	dnstable "peerdeck/model/dns/table"
	"peerdeck/model/safe"
)

// ZoneFor finds the private zone that a domain or a name belongs to, by the longest
// suffix, and tells whether a server in a VNET answers from it: an inbound endpoint
// answers from the zones that are linked to its own VNET, and so does Azure's resolver,
// which servers of one's own forward to. VNet is an ARM id.
func (f Facts) ZoneFor(domain, vnet safe.Text) (Zone, Check) {
	const check = CheckZone
	if problem, _ := dnstable.Why(domain.Raw()); problem != "" {
		return Zone{}, unknown(check, domain.Quoted()+" is no domain: "+problem, "")
	}
	name := dnstable.Normalise(domain.Raw()).ASCII
	best, linked, link := f.zones(name, vnet)
	if best.ID.IsEmpty() {
		if g := f.gap(PartZones, safe.Text{}); g != nil {
			return Zone{}, unread(check, g)
		}
		return Zone{}, unknown(check, "no private zone of this subscription holds "+name+"; those of other subscriptions were not read",
			"If a private zone holds it, see that the zone is linked to the VNET "+tail(vnet)+".")
	}
	at := "the VNET " + tail(vnet)
	switch {
	case linked.ID.IsEmpty() && f.gap(PartZones, best.ID) != nil:
		return best, unread(check, f.gap(PartZones, best.ID))
	case linked.ID.IsEmpty() || len(linked.Name.Raw()) < len(best.Name.Raw()):
		why := "the private zone " + best.Name.String() + " is not linked to " + at
		if !linked.ID.IsEmpty() {
			why += "; " + linked.Name.String() + ", which is, answers in its place"
		}
		return best, failed(check, CodeZoneUnlinked, why+": the answer is NXDOMAIN or comes from the public Internet",
			"Link the private DNS zone "+best.Name.String()+" to "+at+".").run(linkCommand(best.ID, vnet))
	case link.Provided == model.ProvisioningFailed:
		return linked, partly(check, CodeZoneLink, "the link "+link.Name.String()+" of the private zone "+linked.Name.String()+" to "+at+" is "+string(link.Provided), "Delete the link and make it anew.")
	case !link.State.IsEmpty() && !link.State.EqualFold(safe.New("Completed")) && !link.State.EqualFold(safe.New("Done")):
		return linked, partly(check, CodeZoneLink, "the private zone "+linked.Name.String()+" is being linked to "+at+" ("+link.State.String()+")", "Wait some minutes, then ask again.")
	case link.Fallback:
		return linked, done(check, "the private zone "+linked.Name.String()+" is linked to "+at+"; names that it does not hold are asked for in the Internet (NxDomainRedirect)")
	default:
		return linked, done(check, "the private zone "+linked.Name.String()+" is linked to "+at)
	}
}

// zones finds the longest zone of all, and the longest of those that are linked to a
// VNET, with its link. Of two zones of one name the linked one counts.
func (f Facts) zones(name string, vnet safe.Text) (best, linked Zone, link Link) {
	for _, z := range f.Zones {
		if !inDomain(name, z.Name.Raw()) {
			continue
		}
		if best.ID.IsEmpty() || len(z.Name.Raw()) > len(best.Name.Raw()) {
			best = z
		}
		for _, l := range z.Links {
			if l.VNet.EqualFold(vnet) && (linked.ID.IsEmpty() || len(z.Name.Raw()) > len(linked.Name.Raw())) {
				linked, link = z, l
			}
		}
	}
	return best, linked, link
}

// inDomain reports whether a name is a domain or lies in it.
func inDomain(name, domain string) bool {
	name, domain = strings.ToLower(strings.TrimSuffix(name, ".")), strings.ToLower(strings.TrimSuffix(domain, "."))
	return domain != "" && (name == domain || strings.HasSuffix(name, "."+domain))
}
