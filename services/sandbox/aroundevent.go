package sandbox

import (
	"cmp"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
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

	Fallback []string       `yaml:"fallback"` // private zones whose link to the VNET falls back to the internet
	Records  []AroundRecord `yaml:"records"`  // what private zones hold; a zone that is named here holds nothing else
	Cards    []AroundCard   `yaml:"cards"`    // network cards of machines and of private endpoints

	PeeringRoutes string `yaml:"peering_routes"` // disablePeeringRoute of the route table: None, All
	Delegation    string `yaml:"delegation"`     // of the subnet, such as Microsoft.Web/serverFarms; none for none

	EndpointPolicies string `yaml:"endpoint_policies"` // of the subnet, for private endpoints: Disabled, Enabled and others
	GatewayRoutes    *bool  `yaml:"gateway_routes"`    // false: the subnet's table keeps the routes of gateways out

	Subnets     []AroundSubnet     `yaml:"subnets"`      // that are made
	AdminRules  []AroundAdminRule  `yaml:"admin_rules"`  // of a network manager, in place of those there
	Balancers   []AroundBalancer   `yaml:"balancers"`    // load balancers
	AppGateways []AroundAppGateway `yaml:"app_gateways"` // application gateways

	Endpoint string `yaml:"endpoint"` // another address of the inbound endpoint
	State    string `yaml:"state"`    // of the inbound endpoint, such as Updating or Failed

	Peerings []OtherPeering `yaml:"peerings"`    // halves that lead elsewhere
	Servers  []string       `yaml:"dns_servers"` // that the VNET gives its machines
	IDs      string         `yaml:"ids"`         // how ids are spelt: upper, lower
}

// AroundRule is a rule of a security group.
type AroundRule struct {
	Name     string   `yaml:"name"`
	Priority int      `yaml:"priority"` // 100 to 4096
	Access   string   `yaml:"access"`   // Allow, Deny
	Protocol string   `yaml:"protocol"` // Tcp, Udp, Icmp, Esp, Ah; empty for all
	From     []string `yaml:"from"`     // ranges or tags; empty for all
	Ports    []string `yaml:"ports"`    // ports or ranges of ports; empty for all

	Direction  string   `yaml:"direction"`   // Inbound, Outbound; empty for Inbound
	To         []string `yaml:"to"`          // ranges or tags; empty for all
	FromGroups []string `yaml:"from_groups"` // application security groups, in place of from
	ToGroups   []string `yaml:"to_groups"`   // application security groups, in place of to
}

// AroundRecord is a record of a private zone, without addresses one that is missing.
type AroundRecord struct {
	Zone      string   `yaml:"zone"`
	Name      string   `yaml:"name"`
	Addresses []string `yaml:"addresses"`
}

// AroundCard is a network card in the VNET.
type AroundCard struct {
	Name     string       `yaml:"name"`
	Address  string       `yaml:"address"`
	Machine  string       `yaml:"machine"`  // that it is in
	Endpoint string       `yaml:"endpoint"` // private endpoint that it is of
	Names    []string     `yaml:"names"`    // that the private endpoint is for
	Rules    []AroundRule `yaml:"rules"`    // of a security group of its own

	More       []string `yaml:"more"`       // addresses beside the first
	Groups     []string `yaml:"groups"`     // application security groups that it is in
	Stopped    bool     `yaml:"stopped"`    // its machine does not run
	Forwarding bool     `yaml:"forwarding"` // it takes what is for others, as an appliance does
	Delete     bool     `yaml:"delete"`
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
	case v.subnet(a.subnet()) == nil && !slices.ContainsFunc(a.Subnets, func(s AroundSubnet) bool { return strings.EqualFold(s.Name, a.Subnet) }):
		return fmt.Errorf("the VNET %s has no subnet %q", v.name, a.subnet())
	}
	if err := checkRules(a.Rules); err != nil {
		return err
	}
	if err := cmp.Or(a.checkWays(v), a.checkCards(v)); err != nil {
		return err
	}
	for _, r := range a.Routes {
		hops := []string{"VirtualAppliance", "VirtualNetworkGateway", "VnetLocal", "Internet", "None", "VirtualApplianceEcmp"}
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

// checkRules says what is wrong with the rules of a security group.
func checkRules(rules []AroundRule) error {
	taken := map[string]bool{}
	for _, r := range rules {
		place := cmp.Or(r.Direction, "Inbound") + strconv.Itoa(r.Priority)
		switch {
		case !slices.Contains([]string{"", "Inbound", "Outbound"}, r.Direction):
			return fmt.Errorf("the rule %q has direction: %q; there are Inbound, Outbound", r.Name, r.Direction)
		case r.Name == "" || taken[place] || r.Priority < 100 || r.Priority > 4096:
			return fmt.Errorf("the rule %q has the priority %d; each rule has a name and a priority of its own from 100 to 4096", r.Name, r.Priority)
		case r.Access != "Allow" && r.Access != "Deny":
			return fmt.Errorf("the rule %q has access: %q; there are Allow, Deny", r.Name, r.Access)
		case !slices.Contains([]string{"", "*", "Tcp", "Udp", "Icmp", "Esp", "Ah"}, r.Protocol):
			return fmt.Errorf("the rule %q has protocol: %q; there are Tcp, Udp, Icmp, Esp, Ah", r.Name, r.Protocol)
		}
		taken[place] = true
	}
	return nil
}

// checkCards says what is wrong with network cards and records.
func (a *Around) checkCards(v *vnet) error {
	after := a.after(v)
	for _, c := range a.Cards {
		at, err := netip.ParseAddr(c.Address)
		if _, in := after.subnetOf(at); c.Name == "" || !c.Delete && (err != nil || !in) {
			return fmt.Errorf("the card %q has the address %q; each card has a name and an address in a subnet of %s", c.Name, c.Address, v.name)
		}
		if len(c.Names) > 0 && c.Endpoint == "" {
			return fmt.Errorf("the card %q has names; those belong to the endpoint that it is of", c.Name)
		}
		if err := checkRules(c.Rules); err != nil {
			return err
		}
	}
	return a.checkRecords()
}

// checkRecords says what is wrong with records, and with what a table is told of peerings.
func (a *Around) checkRecords() error {
	for _, r := range a.Records {
		if r.Zone == "" || r.Name == "" {
			return fmt.Errorf("the record %q of the zone %q needs both names", r.Name, r.Zone)
		}
		for _, text := range r.Addresses {
			if _, err := netip.ParseAddr(text); err != nil {
				return fmt.Errorf("the record %s has %q, which is no address", r.Name, text)
			}
		}
	}
	if !slices.Contains([]string{"", "None", "All"}, a.PeeringRoutes) {
		return fmt.Errorf("peering_routes: %q is unknown; there are None, All", a.PeeringRoutes)
	}
	return nil
}

func (a *Around) subnet() string { return cmp.Or(a.Subnet, dnsSubnet) }

// applyAround lets an event change what is around the servers of a VNET.
func (w *World) applyAround(a *Around, v *vnet) {
	if a == nil || v == nil {
		return
	}
	w.applyWays(a, v)
	if a.Rules != nil {
		w.protect(v, a.subnet(), rulesOf(a.Rules)...)
	}
	w.applyCards(a, v)
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

func rulesOf(list []AroundRule) []securityRule {
	rules := []securityRule{}
	for _, r := range list {
		rules = append(rules, r.rule())
	}
	return rules
}

// applyCards changes network cards, records, and what the subnet says of itself.
func (w *World) applyCards(a *Around, v *vnet) {
	for _, c := range a.Cards {
		w.cards = slices.DeleteFunc(w.cards, func(o *networkCard) bool { return o.vnet == v && o.name == c.Name })
		if c.Delete {
			continue
		}
		made := &networkCard{
			vnet: v, name: c.Name, address: c.Address, machine: c.Machine, endpoint: c.Endpoint, names: c.Names,
			more: c.More, groups: c.Groups, stopped: c.Stopped, forwards: c.Forwarding,
		}
		if c.Rules != nil {
			made.nsg = c.Name + "-nsg"
			w.rules[groupKey(v.sub, v.group, made.nsg)] = rulesOf(c.Rules)
		}
		w.cards = append(w.cards, made)
	}
	for _, r := range a.Records {
		w.record(v, r)
	}
	for _, name := range a.Fallback {
		w.fallBack(name, v)
	}
	if s := v.subnet(a.subnet()); s != nil {
		if a.PeeringRoutes != "" {
			w.route(v, a.subnet(), w.routes[groupKey(v.sub, v.group, cmp.Or(s.routeTable, "rt-"+v.name+"-"+s.name))]...)
			w.peeringRoutes[groupKey(v.sub, v.group, s.routeTable)] = a.PeeringRoutes
		}
		if a.Delegation != "" {
			s.delegation = strings.TrimSuffix(a.Delegation, "none")
		}
	}
}

// fallBack lets the link of a zone to a VNET fall back to the internet.
func (w *World) fallBack(zone string, v *vnet) {
	for _, z := range w.zones {
		for _, l := range z.links {
			if strings.EqualFold(z.name, zone) && l.vnet == v {
				l.fallback = true
			}
		}
	}
}

// record puts a record into a private zone of the VNET's subscription.
func (w *World) record(v *vnet, r AroundRecord) {
	for _, z := range w.zones {
		if z.sub != v.sub || !strings.EqualFold(z.name, r.Zone) {
			continue
		}
		if z.records == nil {
			z.records = map[string][]string{}
		}
		z.records[strings.ToLower(r.Name)] = r.Addresses
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
