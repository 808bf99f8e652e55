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

// AroundSubnet is a subnet of the VNET that is made, or made anew.
type AroundSubnet struct {
	Name     string `yaml:"name"`
	Prefix   string `yaml:"prefix"`
	Group    string `yaml:"group"`    // its security group; empty for none
	Table    string `yaml:"table"`    // its route table; empty for none
	Policies string `yaml:"policies"` // for private endpoints: Disabled, Enabled, NetworkSecurityGroupEnabled, RouteTableEnabled
}

// AroundAdminRule is a rule of a Virtual Network Manager.
type AroundAdminRule struct {
	Name       string   `yaml:"name"`
	Priority   int      `yaml:"priority"`
	Access     string   `yaml:"access"`     // Allow, AlwaysAllow, Deny
	Direction  string   `yaml:"direction"`  // Inbound, Outbound; empty for Inbound
	Protocol   string   `yaml:"protocol"`   // Tcp, Udp, Icmp, Esp, Ah, Any; empty for Any
	From       []string `yaml:"from"`       // ranges or tags; empty for all
	To         []string `yaml:"to"`         // the same
	Ports      []string `yaml:"ports"`      // empty for all
	Collection string   `yaml:"collection"` // empty for base
}

// AroundBalancer is an internal load balancer in the VNET.
type AroundBalancer struct {
	Name     string   `yaml:"name"`
	Address  string   `yaml:"address"`  // of its front end
	Backends []string `yaml:"backends"` // by address
	Cards    []string `yaml:"cards"`    // by network card
	Ports    []string `yaml:"ports"`    // of the front end, such as "443", or with that of the backends, "443:8443"
	Probe    int      `yaml:"probe"`    // the port that is asked whether a backend lives
	Delete   bool     `yaml:"delete"`
}

// AroundAppGateway is an application gateway in the VNET.
type AroundAppGateway struct {
	Name     string   `yaml:"name"`
	Address  string   `yaml:"address"`  // of its front end
	Backends []string `yaml:"backends"` // addresses or names
	Ports    []string `yaml:"ports"`    // one: of the listener, such as "443", or with that of the backends, "443:8443"
	Protocol string   `yaml:"protocol"` // Http, Https; empty for Http
	Host     string   `yaml:"host"`     // that the listener is for; empty for all
	Stopped  bool     `yaml:"stopped"`
	Delete   bool     `yaml:"delete"`
}

// checkWays says what is wrong with what an event puts on the ways through a VNET.
func (a *Around) checkWays(v *vnet) error {
	for _, s := range a.Subnets {
		if p, err := netip.ParsePrefix(s.Prefix); s.Name == "" || err != nil || firstOverlap(v.prefixes, []string{p.String()}) == "" {
			return fmt.Errorf("the subnet %q has the prefix %q; each subnet has a name and a range of %s", s.Name, s.Prefix, v.name)
		}
		if !slices.Contains(endpointPolicies(), s.Policies) {
			return fmt.Errorf("the subnet %q has policies: %q; there are %s", s.Name, s.Policies, strings.Join(endpointPolicies()[1:], ", "))
		}
	}
	for _, r := range a.AdminRules {
		if !slices.Contains([]string{"Allow", "AlwaysAllow", "Deny"}, r.Access) || r.Name == "" || !slices.Contains([]string{"", "Inbound", "Outbound"}, r.Direction) {
			return fmt.Errorf("the admin rule %q has access: %q and direction: %q; there are Allow, AlwaysAllow, Deny and Inbound, Outbound", r.Name, r.Access, r.Direction)
		}
	}
	if !slices.Contains(endpointPolicies(), a.EndpointPolicies) {
		return fmt.Errorf("endpoint_policies: %q; there are %s", a.EndpointPolicies, strings.Join(endpointPolicies()[1:], ", "))
	}
	return a.checkFronts(a.after(v))
}

// after is the VNET with the subnets that the event makes.
func (a *Around) after(v *vnet) *vnet {
	out := &vnet{name: v.name, subnets: slices.Clone(v.subnets)}
	for _, s := range a.Subnets {
		out.subnets = append(out.subnets, subnet{name: s.Name, prefix: s.Prefix})
	}
	return out
}

// checkFronts says what is wrong with load balancers and application gateways.
func (a *Around) checkFronts(v *vnet) error {
	check := func(what, name, address string, ports []string) error {
		at, err := netip.ParseAddr(address)
		if _, in := v.subnetOf(at); name == "" || err != nil || !in {
			return fmt.Errorf("the %s %q has the address %q; each has a name and an address in a subnet of %s", what, name, address, v.name)
		}
		_, err = portsOf(ports)
		return err
	}
	for _, b := range a.Balancers {
		if err := check("load balancer", b.Name, b.Address, b.Ports); err != nil && !b.Delete {
			return err
		}
	}
	for _, g := range a.AppGateways {
		err := check("application gateway", g.Name, g.Address, g.Ports)
		if err == nil && len(g.Ports) != 1 {
			err = fmt.Errorf("the application gateway %q has %d ports; one is needed", g.Name, len(g.Ports))
		}
		if err != nil && !g.Delete {
			return err
		}
	}
	return nil
}

// endpointPolicies are what a subnet can say of private endpoints, and nothing.
func endpointPolicies() []string {
	return []string{"", "Disabled", "Enabled", "NetworkSecurityGroupEnabled", "RouteTableEnabled"}
}

// portsOf reads ports of a front end with those of the backends.
func portsOf(list []string) ([]balancerPort, error) {
	var out []balancerPort
	for _, text := range list {
		front, back, both := strings.Cut(text, ":")
		if !both {
			back = front
		}
		f, wrong := strconv.ParseUint(front, 10, 16)
		b, too := strconv.ParseUint(back, 10, 16)
		if err := errors.Join(wrong, too); err != nil || f == 0 || b == 0 {
			return nil, fmt.Errorf("the ports %q are none; they are written 443 or 443:8443", text)
		}
		out = append(out, balancerPort{int(f), int(b)})
	}
	return out, nil
}

// applyWays lets an event change what lies on the ways through a VNET.
func (w *World) applyWays(a *Around, v *vnet) {
	for _, s := range a.Subnets {
		v.subnets = slices.DeleteFunc(v.subnets, func(o subnet) bool { return strings.EqualFold(o.name, s.Name) })
		v.subnets = append(v.subnets, subnet{name: s.Name, prefix: s.Prefix, nsg: s.Group, routeTable: s.Table, policies: s.Policies})
	}
	if a.AdminRules != nil {
		v.adminRules = nil
		for _, r := range a.AdminRules {
			v.adminRules = append(v.adminRules, adminRule{r.Name, r.Access, r.Direction, r.Protocol, r.Priority, r.From, r.To, r.Ports, r.Collection})
		}
	}
	for _, b := range a.Balancers {
		w.balancers = slices.DeleteFunc(w.balancers, func(o *balancer) bool { return o.vnet == v && o.name == b.Name })
		if ports, err := portsOf(b.Ports); err == nil && !b.Delete {
			w.balancers = append(w.balancers, &balancer{vnet: v, name: b.Name, address: b.Address, pool: poolName, backends: b.Backends, cards: b.Cards, ports: ports, probe: b.Probe})
		}
	}
	for _, g := range a.AppGateways {
		w.appGateways = slices.DeleteFunc(w.appGateways, func(o *appGateway) bool { return o.vnet == v && o.name == g.Name })
		if ports, err := portsOf(g.Ports); err == nil && len(ports) == 1 && !g.Delete {
			w.appGateways = append(w.appGateways, &appGateway{vnet: v, name: g.Name, address: g.Address, backends: g.Backends, port: ports[0].front, back: ports[0].back, protocol: g.Protocol, host: g.Host, stopped: g.Stopped})
		}
	}
	s := v.subnet(a.subnet())
	if s == nil {
		return
	}
	s.policies = cmp.Or(a.EndpointPolicies, s.policies)
	if a.GatewayRoutes != nil && s.routeTable != "" {
		w.noGatewayRoutes[groupKey(v.sub, v.group, s.routeTable)] = !*a.GatewayRoutes
	}
}

// poolName is the name of the pool of a load balancer that an event makes.
const poolName = "backends"

// rule is the rule as the world has it.
func (r AroundRule) rule() securityRule {
	made := inbound(r.Name, r.Access, cmp.Or(r.Protocol, "*"), r.Priority, orAny(r.From), orAny(r.Ports))
	made.direction, made.destinations, made.fromGroups, made.toGroups = r.Direction, r.To, r.FromGroups, r.ToGroups
	return made
}
