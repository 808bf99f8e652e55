package paths

import (
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/dns/privatelink"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/near"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// name follows a name: to the servers that are asked for it, and to what they said.
func (q *placing) name(name dnstable.Name) {
	rules := q.tables.find(name)
	zone := q.zoneOf(name)
	switch {
	case len(rules) > 0 && zone != nil:
		q.bothTell(rules[0], zone)
	case zone != nil:
		q.inZone(name, zone)
	case len(rules) > 0:
		q.mapped(name, rules)
	default:
		q.unmapped(name)
	}
}

// zoneOf is the attached private zone that a name lies in, nil for none.
func (q *placing) zoneOf(name dnstable.Name) *model.PrivateDNSStatus {
	for _, i := range q.tables.zone.Match(name.ASCII) {
		return q.tables.zones[i]
	}
	return nil
}

func (q *placing) bothTell(r dnstrace.Rule, zone *model.PrivateDNSStatus) {
	q.p.Domain, q.p.Servers = r.Domain, r.Servers
	q.cannotTell(HopName, q.spoken+" falls under "+r.Domain.String()+" of "+r.From.String()+" and lies in the private zone "+zone.ZoneName().String()+" of "+zone.Name.Or(zone.ID.Raw()).String()+
		"; which of the two Konnect asks is documented nowhere")
}

// inZone is a name in a private zone that is attached to the network: the zone's records
// are asked over Azure's own network, and not over the peering.
func (q *placing) inZone(name dnstable.Name, zone *model.PrivateDNSStatus) {
	domain := zone.ZoneName()
	q.p.Domain = domain
	if zone.Finding.NeedsPerson() {
		q.resolver(zone, "the private zone "+domain.String())
		return
	}
	host := strings.TrimSuffix(strings.TrimSuffix(name.ASCII, dnstable.NameOf(domain).ASCII), ".")
	if host == "" {
		host = "@"
	}
	f := found(CodeNameUnasked, finding.Unknown, "cannot tell",
		"Where requests to "+q.spoken+" go cannot be told: its records stand in the private zone "+domain.String()+", which is attached to the network and was not read")
	f.Next = finding.Next{
		Kind: finding.NextCommand, Text: "Look the record up in the zone, then ask for its address with peerdeck paths --to ADDRESS:PORT.",
		Command: "az network private-dns record-set a show --resource-group " + model.ShellQuote(field(zone, "Resource group")) + " --zone-name " + model.ShellQuote(domain.String()) + " --name " + model.ShellQuote(host),
	}
	if zone.Kind != model.KindAzureHostedZone {
		f.Next = finding.Next{Kind: finding.NextAdmin, Text: "Look the record up in the zone, then ask for its address with peerdeck paths --to ADDRESS:PORT."}
	}
	q.wrong(HopAnswer, ByUnknown, NotKnown, "zone "+domain.String(), f)
}

// field is the value of a field of a zone's target.
func field(zone *model.PrivateDNSStatus, name string) string {
	for _, f := range zone.Target {
		if f.Label.String() == name {
			return model.LastSegment(f.Value).String()
		}
	}
	return "GROUP"
}

// resolver is a private DNS object that a name needs and that is not well.
func (q *placing) resolver(d *model.PrivateDNSStatus, what string) {
	f := d.Finding
	cause := "Where requests to " + q.spoken + " go depends on " + what + " (" + d.Name.Or(d.ID.Raw()).String() + "): " + f.Cause
	f.Code, f.Cause = CodeResolver, sentence(cause)
	o := Partly
	if f.Severity <= finding.Unknown {
		o = NotKnown
	}
	if f.Severity == finding.Broken {
		o = Closed
	}
	q.wrong(HopName, ByUnknown, o, "cannot tell", f)
}

// unmapped is a name that no table of the network has a rule for: public DNS decides.
func (q *placing) unmapped(name dnstable.Name) {
	if why := q.tablesUnread(); why != "" {
		q.cannotTell(HopName, "whether a rule maps "+q.spoken+" is not known: "+why)
		return
	}
	if z := q.tables.nameless; z != nil {
		q.cannotTell(HopName, "no rule maps "+q.spoken+"; whether the private zone "+z.Name.Or(z.ID.Raw()).String()+" holds it is not known, as Konnect does not tell its domain")
		return
	}
	service, known := privatelink.Of(name.ASCII)
	switch {
	case name.ASCII == "localhost" || strings.HasSuffix(name.ASCII, ".localhost"):
		q.special("is a name of the data plane itself, on which nothing of yours listens", model.RangeLoopback)
	case privatelink.IsPrivate(name.ASCII):
		q.link(name, "no rule maps "+q.spoken+", a name of a private endpoint: public DNS answers with the public address of the service, or with none")
	case known && service.Listed && q.linkRule(service) != "":
		q.link(name, "no rule maps "+q.spoken+"; "+q.linkRule(service)+" is mapped, and whether the resolver asks there for the name that public DNS leads over is documented nowhere")
	case !strings.Contains(name.ASCII, "."):
		q.private(name, q.spoken+" has one label: data planes have no list of domains to search, and no public DNS has the name")
	case dnstable.PrivateUse(safe.New(name.ASCII)) || strings.HasSuffix(name.ASCII, ".local"):
		q.private(name, "no rule maps "+q.spoken+", and no public DNS serves names below ."+name.ASCII[strings.LastIndexByte(name.ASCII, '.')+1:])
	case q.sibling(name) != "":
		f := found(CodeUnmapped, finding.Attention, "no rule", "No rule maps "+q.spoken+", although "+q.sibling(name)+" is mapped: public DNS is asked, and what it names is reached over the Internet, past every peering")
		q.offer(&f, name)
		q.wrong(HopName, ByInternet, Partly, "the Internet: no rule", f)
	default:
		f := found(CodeInternet, finding.Attention, "past the peering", "")
		q.offer(&f, name)
		q.internet("no rule maps "+q.spoken+", so public DNS is asked for it", f.Next.Kind, f.Next.Text, f.Next.Command)
		q.p.Word = "the Internet: no rule"
	}
}

// tablesUnread says which of the tables was not read, as a clause; empty for none.
func (q *placing) tablesUnread() string {
	for _, part := range []struct {
		what string
		read model.Part
	}{{"the private DNS of the network", q.Network.PrivateDNSRead}, {"the peerings of the network", q.Network.PeeringsRead}} {
		switch {
		case part.read.Read():
		case part.read.Failure != nil:
			return part.what + " cannot be read: " + part.read.Failure.Cause.String()
		default:
			return part.what + " was not read yet"
		}
	}
	return ""
}

// linkRule is the mapped domain of the private zone of a service; empty for none.
func (q *placing) linkRule(service privatelink.Name) string {
	for _, r := range q.tables.find(dnstable.Normalise(service.Inside())) {
		if privatelink.IsPrivate(dnstable.NameOf(r.Domain).ASCII) {
			return r.Domain.String()
		}
	}
	return ""
}

// link is a name of a service that may have a private endpoint.
func (q *placing) link(name dnstable.Name, why string) {
	service, _ := privatelink.Of(name.ASCII)
	f := found(CodePrivateLink, finding.Unknown, "cannot tell", "Whether requests to "+q.spoken+" go over the peering cannot be told: "+why)
	by, o := ByUnknown, NotKnown
	if privatelink.IsPrivate(name.ASCII) {
		f = found(CodePrivateLink, finding.Attention, "no rule", "Requests to "+q.spoken+" go past the peering: "+why)
		by, o = ByInternet, Partly
	}
	zone := dnstable.Normalise(service.Own)
	q.offer(&f, zone)
	f.Next.Text = "Map " + zone.ASCII + ", which clients ask for and which leads to the private zone, to the inbound endpoint of a private resolver."
	q.wrong(HopName, by, o, "no rule", f)
}

// private is a name that public DNS cannot have.
func (q *placing) private(name dnstable.Name, why string) {
	f := found(CodeUnmapped, finding.Broken, "no rule", "No request to "+q.spoken+" can be sent: "+why)
	q.offer(&f, name)
	q.wrong(HopName, ByNothing, Closed, "no rule", f)
}

// sibling is a mapped domain below the same registered domain as a name; empty for none.
func (q *placing) sibling(name dnstable.Name) string {
	of := near.Registered(name.ASCII)
	if of == "" {
		return ""
	}
	if d, found := q.tables.registered[of]; found {
		return d
	}
	return ""
}

// offer adds the step that maps a name: to the servers that most rules of the network name.
func (q *placing) offer(f *finding.Finding, name dnstable.Name) {
	f.Next = finding.Next{Kind: finding.NextTable, Text: "If " + name.ASCII + " is to be reached over a peering, map it, or the domain that it lies in, to DNS servers in the VNET."}
	if len(q.tables.servers) == 0 || name.ASCII == "" {
		return
	}
	row := name.ASCII
	for _, s := range q.tables.servers {
		row += " " + s.String()
	}
	f.Next.Text += " The command says what would be written; with --yes in place of --dry-run it is."
	f.Next.Command = "echo " + model.ShellQuote(row) + " | peerdeck dns apply - " + q.flag() + " --dry-run"
}

// mapped is a name that a rule maps.
func (q *placing) mapped(name dnstable.Name, rules []dnstrace.Rule) {
	r := rules[0]
	q.p.Domain, q.p.Servers = r.Domain, r.Servers
	decides := r.Domain.String() + " of " + r.From.String()
	if d := q.resolverOf(r); d != nil && d.Finding.Severity > finding.OK {
		q.resolver(d, "the resolver")
		return
	}
	for _, other := range rules[1:] {
		if other.Tie && phrase.List(other.Servers) != phrase.List(r.Servers) {
			q.cannotTell(HopName, q.spoken+" falls under "+decides+" ("+phrase.List(r.Servers)+") and under the same domain of "+other.From.String()+" ("+phrase.List(other.Servers)+"); which of the two Konnect takes is documented nowhere")
			return
		}
	}
	if len(r.Servers) == 0 {
		q.wrong(HopName, ByNothing, Closed, "no server", next(found(CodeNameFails, finding.Broken, "no server", "No request to "+q.spoken+" can be sent: its rule "+decides+" names no server"),
			finding.NextTable, "Give the rule "+r.Domain.String()+" the DNS servers that know the domain."))
		return
	}
	q.hop(open(HopName, decides, r.Domain.String()+" is asked of "+phrase.List(r.Servers)))
	q.answered(name, r)
}

// resolverOf is the resolver that a rule stands in, nil for a peering's own table.
func (q *placing) resolverOf(r dnstrace.Rule) *model.PrivateDNSStatus {
	for i := range q.Network.PrivateDNS {
		if d := &q.Network.PrivateDNS[i]; d.ID == r.FromID {
			return d
		}
	}
	return nil
}
