package assume

import "slices"

// Key is the name of a value of a change.
type Key string

// The keys.
const (
	KeyVNet          Key = "vnet"
	KeyPrefix        Key = "prefix"
	KeyTable         Key = "table"
	KeyName          Key = "name"
	KeyNextHop       Key = "next_hop"
	KeyAddress       Key = "address"
	KeyPeeringRoutes Key = "peering_routes"
	KeySubnet        Key = "subnet"
	KeyGroup         Key = "group"
	KeyPriority      Key = "priority"
	KeyDirection     Key = "direction"
	KeyAccess        Key = "access"
	KeyProtocol      Key = "protocol"
	KeyFrom          Key = "from"
	KeyFromPorts     Key = "from_ports"
	KeyTo            Key = "to"
	KeyPorts         Key = "ports"
	KeyResolver      Key = "resolver"
	KeyDomain        Key = "domain"
	KeyServers       Key = "servers"
	KeyPeering       Key = "peering"
	KeyPrefixes      Key = "prefixes"
	KeyAllowAccess   Key = "allow_access"
	KeyAllowForward  Key = "allow_forwarded"
	KeyInSync        Key = "in_sync"
)

// Words is the key in a sentence.
func (k Key) Words() string {
	switch k {
	case KeyNextHop:
		return "next hop"
	case KeyPeeringRoutes:
		return "routes of peerings"
	case KeyFromPorts:
		return "from ports"
	case KeyAllowAccess:
		return "access allowed"
	case KeyAllowForward:
		return "forwarded traffic allowed"
	case KeyInSync:
		return "in sync"
	default:
		return string(k)
	}
}

// Form is how a value is written.
type Form int

// The forms.
const (
	FormText     Form = iota
	FormPrefix        // an address range
	FormAddress       // one address
	FormPriority      // a number
	FormPorts         // ports, ranges of them, or *
	FormPlaces        // address ranges, addresses, tags, application security groups, or *
	FormYesNo         // yes or no
	FormDomain        // a domain of a mapping
)

// Field says what a key of a change takes.
type Field struct {
	Key   Key
	Form  Form
	Need  bool     // the change says nothing without it
	Many  bool     // it takes a list
	Words []string // what may stand there, where not everything may
	Help  string   // for a form and for the document
}

// Fields lists the keys of a change in the order in which a person writes them; nothing for
// what cannot be done with that kind of thing.
func Fields(v Verb, k Kind) []Field {
	if !slices.Contains(Verbs(k), v) {
		return nil
	}
	var out []Field
	for _, f := range fieldsOf(k) {
		names := slices.Contains(k.names(), f.Key)
		switch {
		case v == Remove && !names:
			continue
		case v == Alter && !names:
			f.Need = f.Need && k != Rule && k != AdminRule && k != Route // what is not said stays
		}
		if k == Peering && (v == Add) != (f.Key == KeyPrefixes || f.Key == KeyVNet) && f.Key != KeyPeering {
			continue
		}
		out = append(out, f)
	}
	return out
}

// Verbs lists what can be assumed of a kind of thing.
func Verbs(k Kind) []Verb {
	switch k {
	case Prefix:
		return []Verb{Add, Remove}
	case Table, Subnet:
		return []Verb{Alter}
	case Route, Rule, AdminRule, Mapping, Peering:
		return []Verb{Add, Alter, Remove}
	default:
		return nil
	}
}

func fieldsOf(k Kind) []Field {
	vnet := Field{Key: KeyVNet, Help: "the VNET, by name or id; not needed where the network is peered with one alone"}
	table := Field{Key: KeyTable, Need: true, Help: "the route table, by name or id"}
	name := Field{Key: KeyName, Need: true, Help: "its name"}
	switch k {
	case Prefix:
		return []Field{vnet, {Key: KeyPrefix, Form: FormPrefix, Need: true, Help: "the address range"}}
	case Route:
		return []Field{
			table, name,
			{Key: KeyPrefix, Form: FormPrefix, Need: true, Help: "the range that it is for"},
			{Key: KeyNextHop, Need: true, Words: hops(), Help: "where it leads"},
			{Key: KeyAddress, Form: FormAddress, Help: "of the appliance"},
		}
	case Table:
		return []Field{table, {Key: KeyPeeringRoutes, Need: true, Words: []string{"None", "All"}, Help: "which routes of peerings it keeps out (disablePeeringRoute)"}}
	case Subnet:
		return []Field{
			vnet,
			{Key: KeySubnet, Need: true, Help: "the subnet, by name"},
			{Key: KeyTable, Help: "the route table that it gets, by name or id; none for none"},
			{Key: KeyGroup, Help: "the security group that it gets, by name or id; none for none"},
		}
	case Rule:
		return append([]Field{{Key: KeyGroup, Need: true, Help: "the security group, by name or id"}, name}, ruleFields("Allow", "Deny")...)
	case AdminRule:
		return append([]Field{vnet, name}, ruleFields("Allow", "AlwaysAllow", "Deny")...)
	case Mapping:
		return []Field{
			{Key: KeyResolver, Help: "the resolver, by name; not needed where the network has one alone"},
			{Key: KeyDomain, Form: FormDomain, Need: true, Help: "the domain"},
			{Key: KeyServers, Form: FormAddress, Need: true, Many: true, Help: "its DNS servers"},
		}
	case Peering:
		return []Field{
			{Key: KeyPeering, Need: true, Help: "the peering, by the name that Konnect shows"},
			{Key: KeyPrefixes, Form: FormPrefix, Many: true, Help: "the ranges of the VNET that it leads to, where the VNET is not one of those that were read"},
			{Key: KeyVNet, Help: "the VNET that it leads to, by name or id"},
			{Key: KeyAllowAccess, Form: FormYesNo, Help: "allowVirtualNetworkAccess of Azure's half"},
			{Key: KeyAllowForward, Form: FormYesNo, Help: "allowForwardedTraffic of Azure's half"},
			{Key: KeyInSync, Form: FormYesNo, Help: "yes: both halves have the ranges that the VNETs have now"},
		}
	default:
		return nil
	}
}

func ruleFields(access ...string) []Field {
	return []Field{
		{Key: KeyPriority, Form: FormPriority, Need: true, Help: "the number by which it is asked; the least comes first"},
		{Key: KeyDirection, Need: true, Words: []string{"Inbound", "Outbound"}, Help: "of the traffic"},
		{Key: KeyAccess, Need: true, Words: access, Help: "what it does"},
		{Key: KeyProtocol, Words: []string{"*", "Tcp", "Udp", "Icmp", "Esp", "Ah"}, Help: "the protocol; any where it is not said"},
		{Key: KeyFrom, Form: FormPlaces, Many: true, Help: "the sources: ranges, addresses, tags; any where it is not said"},
		{Key: KeyFromPorts, Form: FormPorts, Many: true, Help: "the sources' ports; any where it is not said"},
		{Key: KeyTo, Form: FormPlaces, Many: true, Help: "the destinations; any where it is not said"},
		{Key: KeyPorts, Form: FormPorts, Need: true, Many: true, Help: "the ports: 443, 8000-8010, or *"},
	}
}

// hops are the next hops that a user's route can have.
func hops() []string {
	return []string{"VirtualAppliance", "VirtualNetworkGateway", "VnetLocal", "Internet", "None"}
}
