package verdict

import (
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/dns/privatelink"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// privateRules are about names of Azure's services that have private endpoints.
func privateRules() []rule {
	return []rule{
		{"N15", publicAddress},
		{"N38", recordMissing},
	}
}

// service reads the name of a service with private endpoints out of the name that was asked
// for and those that it leads over; the private one among them tells most.
func (r Report) service() (privatelink.Name, bool) {
	if n, endpoint := r.privateEndpoint(); endpoint {
		return privatelink.Of(key(n))
	}
	n, known := privatelink.Of(key(r.Name))
	return n, known && n.Listed
}

// publicAddress: a private name ends in an address of the internet.
func publicAddress(c Case) (symptom, bool) {
	for _, r := range c.Reports {
		list := slices.Concat(r.Chain().Addresses, Follow(r.Name, "AAAA", r.Best(StepAAAA).Reply.Answers).Addresses)
		at := slices.IndexFunc(list, public)
		if at < 0 {
			continue
		}
		if wanted, why := c.private(r); wanted {
			return c.publicBecause(r, list[at], why), true
		}
	}
	return none()
}

func (c Case) publicBecause(r Report, address safe.Text, why string) symptom {
	if f, unlinked := c.Facts.unlinked(); unlinked {
		return symptom{f}.at(r)
	}
	zone, known := c.Facts.Zone.Get()
	if known && zone.Linked && zone.Missing.Code != "" {
		return symptom{zone.Missing}.at(r)
	}
	n, service := r.service()
	what, record := "the private zone of "+c.Name.String(), ""
	if service {
		what = "the private zone " + n.Private
		if n.Host != "" {
			record = " " + n.Host
		}
	}
	f := found(finding.Likely, model.SeverityBroken, "%s gives the public address %s for %s (%s): %s is not linked to %s, or has no record%s, and the public one answered", r.Server, address, c.Name, why, what, c.vnetOf(r), record)
	f = f.next("Link %s to %s, or add the record%s; look at the zone's \"fallback to internet\".", what, c.vnetOf(r), record)
	switch {
	case known && zone.Linked && is(zone.Held, true):
		f = found(finding.Likely, model.SeverityBroken, "%s gives the public address %s for %s (%s), although %s is linked to %s and has the record%s: the server does not ask Azure's resolver of that VNET", r.Server, address, c.Name, why, what, c.vnetOf(r), record).
			next("Let %s forward the names of %s to 168.63.129.16, which answers inside %s, or put the inbound endpoint of a private resolver in the row %s.", r.Server, or(n.Own, c.Domain.String()), c.vnetOf(r), c.Domain)
	case !known:
		f = f.without("whether the private zone is linked", c.Facts.Zone.Why())
	}
	if service {
		f = f.run(zoneCommand(n.Private))
	}
	return f.at(r)
}

func or(a, b string) string {
	if a == "" {
		return b
	}
	return a
}

// zoneCommand lists the private zones of a name with their groups.
func zoneCommand(zone string) string {
	return "az network private-dns zone list --query " + model.ShellQuote("[?name=='"+zone+"'].{group:resourceGroup, links:numberOfVirtualNetworkLinks, id:id}") + " --output json"
}

// azurePrimary is what Azure writes as the first server into the SOA record of its private
// zones.
const azurePrimary = "azureprivatedns.net"

// denied reports whether the private zone of a service says that there is no such name. It
// answers for all of the zone where it is linked, whatever the rest of the world resolves.
func (r Report) denied() bool {
	e := r.Deciding()
	if code, answered := r.Code(); !answered || code != NXDomain {
		return false
	}
	soa := e.Reply.SOA
	primary := key(soa.Primary)
	switch {
	case strings.HasSuffix(primary, "azure-dns.com"), strings.HasSuffix(primary, "azure-dns.net"), strings.HasSuffix(primary, "azure-dns.org"), strings.HasSuffix(primary, "azure-dns.info"):
		return false // Azure's public zones
	case privatelink.IsPrivate(key(soa.Zone)):
		return true
	case primary == azurePrimary:
		_, service := r.service()
		return service
	default:
		return soa.IsZero() && privatelink.IsPrivate(key(r.Chain().End()))
	}
}

func recordMissing(c Case) (symptom, bool) {
	denying := c.with(Report.denied)
	if len(denying) == 0 {
		return none()
	}
	r := denying[0]
	zone, known := c.Facts.Zone.Get()
	if known && zone.Linked && zone.Missing.Code != "" {
		return symptom{zone.Missing}.at(denying...), true
	}
	n, service := r.service()
	held := n.Private
	if soa := r.Deciding().Reply.SOA; !service || privatelink.IsPrivate(key(soa.Zone)) {
		held = soa.Zone.String()
	}
	record := c.Name.String()
	if service && n.Host != "" {
		record = n.Host
	}
	f := found(finding.Likely, model.SeverityBroken, "the private zone %s answers at %s and has no record %s: what it does not hold is \"no such name\" here, although the rest of the world may resolve %s", held, named(denying), record, or(publicName(n, service), c.Name.String()))
	if known && zone.Exists && !zone.Linked {
		f.Cause += "; it is another zone of that name than the one in this subscription, which is not linked to " + c.vnetOf(r)
	}
	f = f.next("Add the record %s to the zone %s with the address of the private endpoint. If there is none for it, let the zone's link to %s fall back to the internet (resolutionPolicy NxDomainRedirect).", record, held, c.vnetOf(r)).
		run(zoneCommand(held)).at(denying...)
	if !known {
		f = f.without("whether the link of the zone falls back to the internet", c.Facts.Zone.Why())
	}
	return f, true
}

func publicName(n privatelink.Name, known bool) string {
	if !known {
		return ""
	}
	return n.Public()
}

// privateZoneOnly: what services ask for lies in another zone than the one that is mapped.
func privateZoneOnly(c Case) (symptom, bool) {
	row, known := c.Facts.Row.Get()
	if !known || !row.Domain.IsEmpty() || row.Private.IsEmpty() {
		return none()
	}
	n, _ := privatelink.Of(key(c.Name))
	f := found(finding.Sure, model.SeverityAttention, "only the private zone %s is mapped, and %s lies in %s, for which no row is: the gateway asks its default resolver for it, and is given the public address", row.Private, c.Name, n.Own).
		next("Add a row for %s with the servers of %s. Whether Kong's resolver looks at the rows again for the target of an alias is not documented.", n.Own, row.Private).sort(finding.NextTable)
	network, known := c.Facts.Network.Get()
	if !known || len(row.PrivateServers) == 0 {
		return f, true
	}
	if on, one := onlyResolver(network); one {
		f.Next.Mend, f.Next.Change = finding.MendRow, finding.Change{On: on, Domain: safe.New(n.Own), Servers: row.PrivateServers}
	}
	if name := network.Name.Or(network.ID.Raw()); !name.IsEmpty() {
		pair := n.Own + " -> " + strings.Join(phrase.Strings(row.PrivateServers), ", ")
		f = f.run("echo " + model.ShellQuote(pair) + " | peerdeck dns apply - --format pairs --network " + model.ShellQuote(name.String()) + " --yes")
	}
	return f, true
}
