package wayin

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/safe"
)

// pools are the backend pools of load balancers and application gateways of a VNET.
func pools(v VNet) []Entry {
	var out []Entry
	for _, b := range v.Net.Balancers {
		for _, p := range b.Pools {
			e := v.entry(KindBalancer, b.ID, b.Name, p.Name)
			e.Targets = targets(p)
			e.Ports, e.Front, e.Subnet = balancerPorts(b, p)
			out = append(out, e)
		}
	}
	for _, g := range v.Net.AppGateways {
		for _, p := range g.Pools {
			e := v.entry(KindAppGateway, g.ID, g.Name, p.Name)
			e.Targets = targets(p)
			e.Ports, e.Front = gatewayPorts(g, p)
			e.Subnet = g.Subnet
			out = append(out, e)
		}
	}
	return out
}

// targets are the backends of a pool by address or name; a card is one of the VNET's own.
func targets(p azurenet.Pool) []Target {
	var out []Target
	for i, t := range p.Targets {
		if t.Card.IsEmpty() && (!t.Address.IsEmpty() || !t.Host.IsEmpty()) {
			out = append(out, Target{Name: t.Name, Address: t.Address, Host: t.Host, index: i})
		}
	}
	return out
}

// records are the names of private zones that lead to addresses.
func records(v VNet) []Entry {
	var out []Entry
	for _, r := range v.Net.Records {
		e := v.entry(KindRecord, r.Zone, r.ZoneName, r.Name)
		for i, a := range r.Addresses {
			e.Targets = append(e.Targets, Target{Address: a, index: i})
		}
		e.Front = nameOf(r)
		out = append(out, e)
	}
	return out
}

// nameOf is the whole name of a record.
func nameOf(r azurenet.Record) string {
	if r.Name.Raw() == "@" || r.Name.IsEmpty() {
		return r.ZoneName.String()
	}
	return r.Name.String() + "." + r.ZoneName.String()
}

// rules are the security rules that name single addresses.
func rules(v VNet) []Entry {
	var out []Entry
	for _, g := range v.Net.Groups {
		for _, r := range g.Rules {
			e := v.entry(KindRule, g.ID, g.Name, r.Name)
			for i, t := range outside(r) {
				if _, ok := parse(t); ok {
					e.Targets = append(e.Targets, Target{Address: t, index: i})
				}
			}
			if len(e.Targets) > 0 {
				e.Front = strings.ToLower(r.Direction.Or("of no direction").String() + " " + r.Access.String())
				out = append(out, e)
			}
		}
	}
	return out
}

// outside are the places of a rule that lie outside of the subnet that it guards: who asks
// what comes in, and what is asked by what goes out.
func outside(r azurenet.Rule) []safe.Text {
	if inbound(r) {
		return r.Sources
	}
	return r.Destinations
}

func inbound(r azurenet.Rule) bool { return strings.EqualFold(r.Direction.Raw(), "inbound") }

func (v VNet) entry(k Kind, id, name, part safe.Text) Entry {
	return Entry{
		Key:  strings.ToLower(strings.Join([]string{string(k), id.Raw(), part.Raw()}, "\x00")),
		Kind: k, ID: id, Name: name.Or(model.LastSegment(id).Raw()), Part: part.Or("without a name"), VNet: v.Ref, Peering: v.Peering,
	}
}

// balancerPorts are the ports on which a pool is asked, where it is asked first, and the
// subnet of that front end.
func balancerPorts(b azurenet.Balancer, p azurenet.Pool) (ports []Port, front string, subnet safe.Text) {
	for _, r := range b.Rules {
		if !r.Pool.EqualFold(p.ID) {
			continue
		}
		port := r.BackendPort
		if port == 0 || r.FloatingIP {
			port = r.Port
		}
		ports = appendPort(ports, Port{Port: port, Protocol: r.Protocol.String(), Probed: !r.Probe.IsEmpty(), Probe: r.ProbeKind.String(), ProbePort: r.ProbePort})
		for _, f := range b.Frontends {
			if f.ID.EqualFold(r.Frontend) && subnet.IsEmpty() {
				front, subnet = at(f.Address, r.Port), f.Subnet
			}
		}
	}
	if subnet.IsEmpty() && len(ports) == 0 && len(b.Frontends) > 0 {
		subnet = b.Frontends[0].Subnet
	}
	return ports, front, subnet
}

func gatewayPorts(g azurenet.AppGateway, p azurenet.Pool) (ports []Port, front string) {
	for _, l := range g.Listeners {
		if !l.Pool.EqualFold(p.ID) {
			continue
		}
		// An application gateway asks for the health of each backend, whether it was told to or not.
		ports = appendPort(ports, Port{Port: l.Backend, Protocol: l.Protocol.String(), Probed: true})
		for _, f := range g.Frontends {
			if f.ID.EqualFold(l.Frontend) && front == "" {
				front = at(f.Address, l.Port)
			}
		}
	}
	return ports, front
}

func appendPort(list []Port, p Port) []Port {
	if slices.Contains(list, p) {
		return list
	}
	return append(list, p)
}

// at is where something is asked.
func at(a safe.Text, port int) string {
	if a.IsEmpty() {
		return ""
	}
	if port == 0 {
		return a.String()
	}
	if addr, ok := parse(a); ok {
		return netip.AddrPortFrom(addr, uint16(port&0xffff)).String()
	}
	return a.String() + ":" + strconv.Itoa(port)
}
