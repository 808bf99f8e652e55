package picture

import (
	"cmp"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Bounds of what is drawn: a map of thousands of services would be read by nobody. What is
// left out is counted, and the worst comes first.
const (
	mostServices = 8 // of a subnet, or of what is not behind a peering
	mostFaults   = 40
	mostNames    = 3 // of addresses in one note
)

// Of makes the map of a network out of what was read and judged of its paths. It judges
// nothing itself: each mark is that of a finding.
func Of(v paths.View) Picture {
	n := v.Network
	if n == nil {
		return Picture{}
	}
	m := mapping{v: v, used: map[string]bool{}}
	p := Picture{At: v.At, Gateway: m.gateway(), Entries: m.entries()}
	for i := range n.Peerings {
		if peering := &n.Peerings[i]; peering.State != model.PeeringTerminated {
			p.Ways = append(p.Ways, m.way(peering))
		}
	}
	p.Outside = m.services(func(s spot) bool { return s.place.By == paths.ByInternet })
	p.Nowhere = m.services(func(s spot) bool {
		return s.place.By == paths.ByNothing || s.place.By == paths.ByNetwork || s.place.By == paths.ByItself
	})
	p.Unknown = slices.Concat(m.unread(), m.services(func(spot) bool { return true }))
	p.Broken = m.faults()
	return p
}

// mapping makes one map.
type mapping struct {
	v    paths.View
	used map[string]bool // what stands on the map already
}

// spot is a service at one of the places to which its requests go.
type spot struct {
	key   string
	host  *paths.Host
	place *paths.Place
}

func (s spot) finding() finding.Finding {
	if len(s.place.Findings) > 0 {
		return s.place.Findings[0]
	}
	return s.host.Finding()
}

// behind reports whether requests go there over a peering.
func (s spot) behind(p *model.PeeringStatus) bool {
	if s.place.By != paths.ByPeering {
		return false
	}
	if s.place.Peering.IsEmpty() {
		return s.place.VNet.String() == p.TargetName()
	}
	return s.place.Peering == p.Name.Or(p.ID.Raw())
}

func (s spot) box() Box {
	f := s.finding()
	b := Box{Name: s.host.Service.Label(), Mark: f.Severity, Word: f.Word}
	if f.Severity == finding.OK {
		b.Word = s.place.Back
	}
	if at := where(s.place); at != "" {
		b.Notes = append(b.Notes, at)
	}
	return b
}

// where is the place as it is written: HOST:PORT.
func where(p *paths.Place) string {
	host := p.Host.String()
	if a, err := netip.ParseAddr(host); err == nil && a.Is6() {
		host = "[" + host + "]"
	}
	if p.Port < 0 || host == "" {
		return host
	}
	return host + ":" + strconv.Itoa(p.Port)
}

// services are those that lie somewhere and are not on the map yet, the worst first.
func (m mapping) services(there func(spot) bool) []Box {
	var spots []spot
	for i := range m.v.Hosts {
		h := &m.v.Hosts[i]
		for k := range h.Places {
			s := spot{key: h.Key + "\x00" + where(&h.Places[k]), host: h, place: &h.Places[k]}
			if !m.used[s.key] && there(s) {
				m.used[s.key] = true
				spots = append(spots, s)
			}
		}
	}
	slices.SortStableFunc(spots, func(a, b spot) int { return cmp.Compare(b.finding().Severity, a.finding().Severity) })
	var out []Box
	for _, s := range spots[:min(len(spots), mostServices)] {
		out = append(out, s.box())
	}
	if rest := spots[len(out):]; len(rest) > 0 {
		out = append(out, Box{Name: phrase.Count(len(rest), "more service"), Mark: rest[0].finding().Severity})
	}
	return out
}

// gateway is the network with its data planes.
func (m mapping) gateway() Box {
	n := m.v.Network
	b := Box{Name: n.Name.Or("(no name)").String(), Mark: n.Own.Severity, Word: n.Own.Word}
	note := func(text string) {
		if text != "" {
			b.Notes = append(b.Notes, text)
		}
	}
	note(n.CIDR.String())
	note(n.Region.String())
	switch {
	case !n.ReferencesRead.Read():
		note("its data planes are not known")
		return b
	case len(n.References) == 0:
		note("no control plane uses it")
		return b
	}
	note(phrase.Count(len(n.References), "control plane"))
	var addresses []string
	for _, r := range n.References {
		for _, g := range r.DataPlanes {
			if g.NetworkID != n.ID {
				continue
			}
			for _, a := range g.PrivateIPs {
				if text := a.String(); !slices.Contains(addresses, text) {
					addresses = append(addresses, text)
				}
			}
		}
	}
	if len(addresses) == 0 {
		note("no private address of a data plane is known")
	} else {
		note("data planes " + phrase.Few(addresses, mostNames))
	}
	return b
}

// way is a peering with the VNET behind it.
func (m mapping) way(p *model.PeeringStatus) Way {
	name := p.Name.Or(p.ID.Raw())
	w := Way{
		Peering: Box{Name: name.String(), Mark: p.Finding.Severity, Word: p.Finding.Word, Notes: []string{"Konnect " + string(p.State)}},
		VNet:    Box{Name: p.TargetName(), Notes: ranges(p.Azure.VNet.AddressPrefixes)},
	}
	if half := string(p.Azure.Peering.State); half != "" {
		w.Peering.Notes = append(w.Peering.Notes, "Azure "+strings.ToLower(half))
	}
	if len(p.Azure.VNet.AddressPrefixes) == 0 {
		w.VNet.Mark, w.VNet.Word = model.SeverityUnknown, "not read"
	}
	w.Servers = m.servers(p)
	for _, way := range m.v.Ways {
		if way.Peering != p.ID {
			continue
		}
		s := Subnet{Box: Box{Name: way.Subnet.String(), Notes: ranges(way.Prefixes)}}
		if len(way.Findings) > 0 {
			s.Mark, s.Word = way.Findings[0].Severity, way.Findings[0].Word
		}
		s.Services = m.services(func(s spot) bool {
			return s.behind(p) && s.place.Subnet.EqualFold(way.Subnet)
		})
		w.Subnets = append(w.Subnets, s)
	}
	w.Others = m.services(func(s spot) bool { return s.behind(p) })
	return w
}

func ranges(list []model.Prefix) []string {
	if len(list) == 0 {
		return nil
	}
	texts := make([]string, len(list))
	for i, p := range list {
		texts[i] = p.String()
	}
	return []string{phrase.Few(texts, mostNames)}
}

// servers are the DNS servers of the network's mappings that lie in the VNET of a peering,
// with what they last said.
func (m mapping) servers(p *model.PeeringStatus) []Box {
	var out []Box
	for _, server := range m.v.Network.Servers() {
		if !slices.ContainsFunc(p.Azure.VNet.AddressPrefixes, func(r model.Prefix) bool { return r.Contains(server) }) {
			continue
		}
		b := Box{Name: server.String(), Mark: model.SeverityUnknown, Word: "not asked"}
		if a, asked := m.worstAnswer(server); asked {
			b.Mark, b.Word = a.Severity, ""
			if a.Severity != model.SeverityOK {
				b.Word = a.Says
			}
		}
		out = append(out, b)
	}
	return out
}

func (m mapping) worstAnswer(server safe.Text) (worst paths.Answer, asked bool) {
	for _, a := range m.v.Answers {
		if a.Server == server && (!asked || a.Severity > worst.Severity) {
			worst, asked = a, true
		}
	}
	return worst, asked
}

// unread are the control planes of which not all is known.
func (m mapping) unread() []Box {
	var out []Box
	for _, c := range m.v.ControlPlanes {
		if c.Finding.Code != "" {
			out = append(out, Box{
				Name: "control plane " + c.Name.Or(c.ID.Raw()).String(), Mark: c.Finding.Severity, Word: c.Finding.Word, Notes: []string{c.Finding.Cause},
			})
		}
	}
	return out
}

// faults are what is broken or not known, with the thing on the map that it is about, each
// once.
func (m mapping) faults() []Fault {
	var out []Fault
	known := map[string]bool{}
	add := func(where string, f finding.Finding) {
		if said := string(f.Code) + f.Cause; f.Severity >= finding.Unknown && f.Code != "" && !known[said] {
			known[said] = true
			out = append(out, Fault{Where: where, Finding: f})
		}
	}
	n := m.v.Network
	add(n.Name.Or("the network").String(), n.Own)
	for i := range n.Peerings {
		add("peering "+n.Peerings[i].Name.Or(n.Peerings[i].ID.Raw()).String(), n.Peerings[i].Finding)
	}
	m.entryFaults(add)
	for _, w := range m.v.Ways {
		for _, f := range w.Findings {
			add(w.Subnet.String(), f)
		}
	}
	for i := range m.v.Hosts {
		add(m.v.Hosts[i].Service.Label(), m.v.Hosts[i].Finding())
	}
	slices.SortStableFunc(out, func(a, b Fault) int { return cmp.Compare(b.Finding.Severity, a.Finding.Severity) })
	return out[:min(len(out), mostFaults)]
}
