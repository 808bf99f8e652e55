package networks

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/known"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

// describe opens everything that is known of a network and the shown peering.
func describe(a subject) tea.Cmd {
	list := facts(a)
	name := nameOf(a.network.Name)
	return screen.Say(screen.Show{Dialog: dialog.NewText(name, "the description of "+name, dialog.Plain(list), func(width int) []string {
		return dialog.Facts(a.th, list, width)
	})})
}

// facts lists everything as labelled values, a heading having no value.
func facts(a subject) [][2]string {
	n := a.network
	list := sheet{}
	list.add("Verdict", n.Finding.Severity.String()+": "+n.Finding.Cause)
	list.known(n.Finding, a.at)
	list.add("Next step", n.Finding.Next.Text)
	list.add("Command", n.Finding.Next.Command)
	list.head("Network")
	list.text("Name", n.Name)
	list.text("Id", n.ID)
	list.add("State", string(n.State))
	list.text("Reported", n.ReportedStatus)
	list.text("Reason", n.Reason)
	list.add("Cloud", n.Provider.Label())
	list.text("Region", n.Region)
	list.add("Zones", phrase.List(n.AvailabilityZones))
	list.add("CIDR block", n.CIDR.String())
	list.text("Kong's account", n.KongAccount)
	list.text("Kong's VNET", n.VPCID)
	list.add("Subnets", phrase.List(n.SubnetIDs))
	list.add("Default", strconv.FormatBool(n.Default))
	list.add("Version", strconv.Itoa(n.EntityVersion))
	list.add("Since", n.Since.Whole(a.at))
	list.time("Created", n.CreatedAt)
	list.time("Written", n.UpdatedAt)
	list.extra(n.Extra)
	planeFacts(&list, n)
	for _, m := range n.Mappings {
		list.add("Mapping "+string(m.Finding.Code), m.Finding.Cause)
	}
	for _, p := range n.Paths {
		list.add("Path "+string(p.Finding.Code), p.Finding.Cause)
	}
	list.part("Peerings read", n.PeeringsRead)
	list.part("Private DNS read", n.PrivateDNSRead)
	list.part("Control planes read", n.ReferencesRead)
	if a.peering != nil {
		peeringFacts(&list, a.peering, a.at)
		list.add("Who changed it", who(a.view, n, a.peering))
	}
	signInFacts(&list, a)
	for i := range n.PrivateDNS {
		dnsFacts(&list, &n.PrivateDNS[i], a.at)
	}
	return list.rows
}

// planeFacts are the control planes on a network, and their data planes.
func planeFacts(list *sheet, n *model.NetworkStatus) {
	for _, c := range n.ControlPlanes {
		list.add("Control plane", c.Name.Or("(no name)").String()+"  "+c.Geo.String()+"  "+c.ID.String())
	}
	for _, r := range n.References {
		for _, d := range r.DataPlanes {
			list.add("Data planes", d.State.String()+"  private "+phrase.List(d.PrivateIPs)+"  egress "+phrase.List(d.EgressIPs))
		}
	}
}

// known says who knows of a finding.
func (s *sheet) known(f finding.Finding, now time.Time) {
	if f.Known != nil {
		s.add("Known", strings.TrimPrefix(known.Sentence(*f.Known, now), "Known: "))
	}
}

func peeringFacts(list *sheet, p *model.PeeringStatus, now time.Time) {
	list.head("Peering: " + nameOf(p.Name))
	list.add("Verdict", p.Finding.Severity.String()+": "+p.Finding.Cause+" (rule "+string(p.Finding.Code)+")")
	list.known(p.Finding, now)
	list.add("Next step", p.Finding.Next.Text)
	list.add("Command", p.Finding.Next.Command)
	list.text("Id", p.ID)
	list.add("Kind", p.Kind.Label())
	list.add("State", string(p.State))
	list.text("Reported", p.ReportedStatus)
	list.text("Reason", p.Reason)
	for _, f := range p.Target {
		list.text(f.Label.String(), f.Value)
	}
	list.add("Ranges", phrase.List(p.CIDRs))
	mappings(list, p.DNS)
	list.add("Version", strconv.Itoa(p.EntityVersion))
	list.add("Since", p.Since.Whole(now))
	list.time("Created", p.CreatedAt)
	list.time("Written", p.UpdatedAt)
	list.extra(p.Extra)
	azureFacts(list, p)
}

func azureFacts(list *sheet, p *model.PeeringStatus) {
	if p.Azure.Status == model.HalfNotApplicable {
		return
	}
	_, summary := p.Azure.Summary()
	list.head("Azure's half of " + nameOf(p.Name))
	list.add("Half", summary)
	list.add("Found because", p.Azure.How)
	if f := p.Azure.Failure; f != nil {
		list.add("Failure", f.Cause.String())
		list.add("Cure", f.Cure)
		list.text("Request id", f.RequestID)
	}
	if hub := p.Azure.Hub; hub != nil {
		hubFacts(list, p, hub)
		return
	}
	h := p.Azure.Peering
	list.text("Name", h.Name)
	list.add("State", string(h.State))
	list.add("Sync level", string(h.Sync))
	list.add("Last write", string(h.Provisioning))
	list.text("Remote VNET", h.RemoteVNetID)
	list.add("Routed ranges", phrase.List(h.Routed))
	list.add("Remote ranges now", phrase.List(h.RemoteNow))
	if p.Azure.Status == model.HalfPresent {
		list.add("VNET access", h.AllowAccess.String())
		list.add("Forwarded traffic", h.AllowForward.String())
		list.add("Gateway transit", h.GatewayTransit.String())
		list.add("Remote gateways", h.RemoteGateways.String())
	}
	v := p.Azure.VNet
	list.text("VNET", v.ID)
	list.text("Location", v.Location)
	list.add("VNET ranges", phrase.List(v.AddressPrefixes))
	list.add("VNET DNS servers", phrase.List(v.DNSServers))
	for _, s := range v.Subnets {
		text := phrase.List(s.Prefixes)
		for _, f := range []model.Field{
			{Label: safe.New("security group"), Value: s.SecurityGroup}, {Label: safe.New("routes"), Value: s.RouteTable}, {Label: safe.New("delegated to"), Value: s.Delegation},
		} {
			if !f.Value.IsEmpty() {
				text += "  " + f.Label.String() + " " + lastPart(f.Value.String())
			}
		}
		list.add("Subnet "+s.Name.String(), text)
	}
	overlapFacts(list, p)
	list.time("Read", p.Azure.ReadAt)
}

func overlapFacts(list *sheet, p *model.PeeringStatus) {
	for _, o := range p.Overlaps {
		list.add("Overlap", fmt.Sprintf("%s meets %s of %s", o.Network, o.Other, o.Of))
	}
}

func dnsFacts(list *sheet, d *model.PrivateDNSStatus, now time.Time) {
	list.head("Private DNS: " + nameOf(d.Name))
	list.text("Id", d.ID)
	list.add("Kind", d.Kind.Label())
	list.add("State", string(d.State))
	list.text("Reported", d.ReportedStatus)
	list.text("Reason", d.Reason)
	list.add("Since", d.Since.Whole(now))
	for _, f := range d.Target {
		list.text(f.Label.String(), f.Value)
	}
	mappings(list, d.DNS)
	list.extra(d.Extra)
}

func mappings(list *sheet, all []model.DNSMapping) {
	for _, m := range all {
		list.add("Mapping", phrase.List(m.Domains)+" → "+phrase.List(m.Servers))
	}
}

func lastPart(id string) string { return id[strings.LastIndexByte(id, '/')+1:] }

// sheet collects labelled values and leaves out those that are empty.
type sheet struct{ rows [][2]string }

func (s *sheet) add(label, value string) {
	if value != "" {
		s.rows = append(s.rows, [2]string{label, value})
	}
}

func (s *sheet) text(label string, value safe.Text) { s.add(label, value.String()) }

func (s *sheet) head(label string) { s.rows = append(s.rows, [2]string{label, ""}) }

func (s *sheet) time(label string, at time.Time) {
	if !at.IsZero() {
		s.add(label, at.Format(time.RFC3339))
	}
}

func (s *sheet) extra(fields []model.Field) {
	for _, f := range fields {
		s.add(f.Label.String()+" (not known to peerdeck)", f.Value.String())
	}
}

func (s *sheet) part(label string, p model.Part) {
	s.time(label, p.At)
	if p.Failure != nil {
		s.add(label+", failure", p.Failure.Error())
	}
}
