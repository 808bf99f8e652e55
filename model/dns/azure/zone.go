package azure

import (
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/dns/privatelink"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
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
	if service, known := privatelink.Of(name); known && linked.ID.IsEmpty() && service.Inside() != name {
		// The name leads over that of the private zone, which answers for it.
		if inner, its, of := f.zones(service.Inside(), vnet); !inner.ID.IsEmpty() {
			best, linked, link = inner, its, of
		}
	}
	if best.ID.IsEmpty() {
		if g := f.Gap(PartZones, safe.Text{}); g != nil {
			return Zone{}, unread(check, g)
		}
		return Zone{}, unknown(check, "no private zone of this subscription holds "+name+"; those of other subscriptions were not read",
			"If a private zone holds it, see that the zone is linked to the VNET "+tail(vnet)+".").wanted(name)
	}
	at := "the VNET " + tail(vnet)
	switch {
	case linked.ID.IsEmpty() && f.Gap(PartZones, best.ID) != nil:
		return best, unread(check, f.Gap(PartZones, best.ID))
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

// wanted adds the command that looks for the private zone of a service in the subscription
// that is chosen in the Azure CLI.
func (c Check) wanted(name string) Check {
	if n, known := privatelink.Of(name); known && c.Finding.Next.Text != "" {
		c.Finding.Next.Command = "az network private-dns zone list --query " + model.ShellQuote("[?name=='"+n.Private+"'].id") + " --output tsv"
	}
	return c
}

// record finds what was read of a name of the zone.
func (z Zone) record(host string) (Record, bool) {
	for _, r := range z.Records {
		if strings.EqualFold(r.Name.Raw(), host) {
			return r, true
		}
	}
	return Record{}, false
}

// linkTo is the link of the zone to a VNET.
func (z Zone) linkTo(vnet safe.Text) (Link, bool) {
	for _, l := range z.Links {
		if l.VNet.EqualFold(vnet) {
			return l, true
		}
	}
	return Link{}, false
}

// missing is the finding of a private zone of a service that is linked to the VNET and has
// no record for a name: it answers for all of its names there.
func (f Facts) missing(z Zone, name safe.Text) finding.Finding {
	host := hostIn(name.Raw(), z.Name.Raw())
	r, read := z.record(host)
	link, linked := z.linkTo(f.VNet.ID)
	if host == "" || !read || r.Held || !linked || !privatelink.IsPrivate(z.Name.Raw()) {
		return finding.Finding{}
	}
	why := "the private zone " + z.Name.String() + " is linked to the VNET " + tail(f.VNet.ID) + " and has no record " + host
	pe, _ := f.EndpointFor(name).Get()
	var c Check
	switch {
	case !pe.Name.IsEmpty():
		c = failed(CheckZone, CodeZoneRecord, why+", although the private endpoint "+pe.Name.String()+" is for "+name.String(), "Add the record "+host+" with the address of the endpoint, "+phrase.List(pe.Addresses)+".").
			run(addRecord(z.ID, host, pe.Addresses[0]))
	case link.Fallback:
		c = partly(CheckZone, CodeZoneRecord, why+"; the link "+link.Name.String()+" falls back to the Internet, so the answer is the public one", "If "+name.String()+" has a private endpoint, add the record "+host+" with its address. If it has none, the public address is what is wanted.").
			run(endpointsCommand)
	default:
		c = failed(CheckZone, CodeZoneRecord, why+", and the link "+link.Name.String()+" does not fall back to the Internet: the name is \"no such name\" here, whatever the rest of the world resolves",
			"If "+name.String()+" has a private endpoint, add the record "+host+" with its address. If it has none, let the link fall back to the Internet.").
			run(fallbackCommand(z.ID, link.Name))
	}
	return c.Finding
}

// endpointsCommand lists the private endpoints with the names that they are for.
const endpointsCommand = `az network private-endpoint list --query '[].{name:name, names:customDnsConfigs[].fqdn}' --output json`

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
