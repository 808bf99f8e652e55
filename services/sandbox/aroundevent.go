package sandbox

import (
	"cmp"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strings"
)

// Around is what an event changes around the DNS servers of a VNET. What is left out
// stays as it is.
type Around struct {
	Subnet string       `yaml:"subnet"` // whose rules and routes; empty for snet-dns
	Rules  []AroundRule `yaml:"rules"`  // of its security group, in place of those there
	Routes []UserRoute  `yaml:"routes"` // of its route table, in place of those there

	Link   []string `yaml:"link"`   // private zones that are linked to the VNET; one that is not there is made
	Unlink []string `yaml:"unlink"` // private zones and rulesets that are no longer linked to it

	Free  []string `yaml:"free"`  // addresses that nothing has any more
	Taken []string `yaml:"taken"` // addresses that something has

	Endpoint string `yaml:"endpoint"` // another address of the inbound endpoint
	State    string `yaml:"state"`    // of the inbound endpoint, such as Updating or Failed

	Peerings []OtherPeering `yaml:"peerings"`    // halves that lead elsewhere
	Servers  []string       `yaml:"dns_servers"` // that the VNET gives its machines
	IDs      string         `yaml:"ids"`         // how ids are spelt: upper, lower
}

// AroundRule is an inbound rule of a security group.
type AroundRule struct {
	Name     string   `yaml:"name"`
	Priority int      `yaml:"priority"` // 100 to 4096
	Access   string   `yaml:"access"`   // Allow, Deny
	Protocol string   `yaml:"protocol"` // Tcp, Udp, Icmp, Esp, Ah; empty for all
	From     []string `yaml:"from"`     // ranges or tags; empty for all
	Ports    []string `yaml:"ports"`    // ports or ranges of ports; empty for all
}

// UserRoute is a route of a route table.
type UserRoute struct {
	Name    string `yaml:"name"`
	Prefix  string `yaml:"prefix"`
	NextHop string `yaml:"next_hop"` // VirtualAppliance, VirtualNetworkGateway, VnetLocal, Internet, None
	Address string `yaml:"address"`  // of the appliance
}

// check says what is wrong with it. Azure would refuse the same.
func (a *Around) check(v *vnet) error {
	switch {
	case a == nil:
		return nil
	case v == nil:
		return errors.New("around needs a subscription and a vnet")
	case v.subnet(a.subnet()) == nil:
		return fmt.Errorf("the VNET %s has no subnet %q", v.name, a.subnet())
	}
	taken := map[int]bool{}
	for _, r := range a.Rules {
		switch {
		case r.Name == "" || taken[r.Priority] || r.Priority < 100 || r.Priority > 4096:
			return fmt.Errorf("the rule %q has the priority %d; each rule has a name and a priority of its own from 100 to 4096", r.Name, r.Priority)
		case r.Access != "Allow" && r.Access != "Deny":
			return fmt.Errorf("the rule %q has access: %q; there are Allow, Deny", r.Name, r.Access)
		case !slices.Contains([]string{"", "*", "Tcp", "Udp", "Icmp", "Esp", "Ah"}, r.Protocol):
			return fmt.Errorf("the rule %q has protocol: %q; there are Tcp, Udp, Icmp, Esp, Ah", r.Name, r.Protocol)
		}
		taken[r.Priority] = true
	}
	for _, r := range a.Routes {
		hops := []string{"VirtualAppliance", "VirtualNetworkGateway", "VnetLocal", "Internet", "None"}
		switch _, err := netip.ParsePrefix(r.Prefix); {
		case err != nil:
			return fmt.Errorf("the route %q has the prefix %q, which is no range of addresses", r.Name, r.Prefix)
		case !slices.Contains(hops, r.NextHop):
			return fmt.Errorf("the route %q has next_hop: %q; there are %s", r.Name, r.NextHop, strings.Join(hops, ", "))
		case (r.NextHop == "VirtualAppliance") != (r.Address != ""):
			return fmt.Errorf("the route %q: an address belongs to a VirtualAppliance, and to nothing else", r.Name)
		}
	}
	for _, text := range slices.Concat(a.Free, a.Taken) {
		if _, err := netip.ParseAddr(text); err != nil {
			return fmt.Errorf("%q is no address", text)
		}
	}
	if at, err := netip.ParseAddr(a.Endpoint); a.Endpoint != "" {
		if _, in := v.subnetOf(at); err != nil || !in {
			return fmt.Errorf("the endpoint's address %q lies in no subnet of %s", a.Endpoint, v.name)
		}
	}
	if !slices.Contains([]string{"", "upper", "lower"}, a.IDs) {
		return fmt.Errorf("ids: %q; there are upper, lower", a.IDs)
	}
	return checkOthers(a.Peerings)
}

func (a *Around) subnet() string { return cmp.Or(a.Subnet, dnsSubnet) }

// applyAround lets an event change what is around the servers of a VNET.
func (w *World) applyAround(a *Around, v *vnet) {
	if a == nil || v == nil {
		return
	}
	if a.Rules != nil {
		rules := []securityRule{}
		for _, r := range a.Rules {
			rules = append(rules, securityRule{r.Name, r.Access, cmp.Or(r.Protocol, "*"), r.Priority, orAny(r.From), orAny(r.Ports)})
		}
		w.protect(v, a.subnet(), rules...)
	}
	if a.Routes != nil {
		routes := []userRoute{}
		for _, r := range a.Routes {
			routes = append(routes, userRoute{r.Name, r.Prefix, r.NextHop, r.Address})
		}
		w.route(v, a.subnet(), routes...)
	}
	for _, name := range a.Link {
		w.link(name, v)
	}
	for _, name := range a.Unlink {
		w.unlink(name, v)
	}
	w.addOthers(v, a.Peerings)
	if a.Servers != nil {
		v.dnsServers = a.Servers
	}
	v.ids = cmp.Or(a.IDs, v.ids)
	if v.addresses == nil {
		v.addresses = map[string]bool{}
	}
	for _, address := range a.Free {
		v.addresses[address] = false
	}
	for _, address := range a.Taken {
		v.addresses[address] = true
	}
	for _, r := range w.resolvers {
		if r.vnet == v {
			r.change(a)
		}
	}
}

// change changes the inbound endpoints of a resolver.
func (r *privateResolver) change(a *Around) {
	for _, e := range r.endpoints {
		e.address, e.state = cmp.Or(a.Endpoint, e.address), cmp.Or(a.State, e.state)
	}
}

func orAny(list []string) []string {
	if len(list) == 0 {
		return []string{"*"}
	}
	return list
}

// link links a zone to a VNET. A zone that is not there is made beside the VNET.
func (w *World) link(zone string, v *vnet) {
	for _, z := range w.zones {
		if z.sub == v.sub && strings.EqualFold(z.name, zone) {
			z.links = linked(z.links, v)
			return
		}
	}
	w.addZone(v.sub, v.group, zone, v)
}

// unlink takes a zone's or a ruleset's link to a VNET away.
func (w *World) unlink(name string, v *vnet) {
	gone := func(l *vnetLink) bool { return l.vnet == v }
	for _, z := range w.zones {
		if strings.EqualFold(z.name, name) {
			z.links = slices.DeleteFunc(z.links, gone)
		}
	}
	for _, s := range w.rulesets {
		if strings.EqualFold(s.name, name) {
			s.links = slices.DeleteFunc(s.links, gone)
		}
	}
}
