package assume

import (
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Verb is what becomes of a thing.
type Verb string

// The verbs.
const (
	Add    Verb = "add"
	Alter  Verb = "change"
	Remove Verb = "remove"
)

// Kind is a kind of thing that can be assumed to be another way.
type Kind string

// The kinds.
const (
	Prefix    Kind = "prefix"     // an address range of a VNET
	Route     Kind = "route"      // of a route table
	Table     Kind = "table"      // a route table as a whole
	Subnet    Kind = "subnet"     // which table and which group it has
	Rule      Kind = "rule"       // of a security group
	AdminRule Kind = "admin-rule" // of Virtual Network Manager
	Mapping   Kind = "mapping"    // of the network's resolver: a domain and its servers
	Peering   Kind = "peering"    // of the network, with a VNET
)

// Kinds lists the kinds.
func Kinds() []Kind {
	return []Kind{Prefix, Route, Table, Subnet, Rule, AdminRule, Mapping, Peering}
}

// Label is the kind in a sentence.
func (k Kind) Label() string {
	switch k {
	case Prefix:
		return "address range"
	case Table:
		return "route table"
	case AdminRule:
		return "security admin rule"
	case Route, Subnet, Rule, Mapping, Peering:
		return string(k)
	default:
		return "thing"
	}
}

// Change is one assumed change.
type Change struct {
	Verb   Verb
	Kind   Kind
	Values map[Key][]safe.Text // those of a key that takes one value are one
	Line   int                 // of the file that it was read from; 0 for none
}

// One is the value of a key that takes one, empty for none.
func (c Change) One(k Key) safe.Text {
	if v := c.Values[k]; len(v) > 0 {
		return v[0]
	}
	return safe.Text{}
}

// Has reports whether a key has a value.
func (c Change) Has(k Key) bool { return len(c.Values[k]) > 0 }

// String says in one line what is assumed.
func (c Change) String() string {
	thing := c.Kind.Label()
	named := c.named()
	if named != "" {
		thing += " " + named
	}
	var rest []string
	for _, f := range Fields(c.Verb, c.Kind) {
		if v := c.Values[f.Key]; len(v) > 0 && !slices.Contains(c.Kind.names(), f.Key) {
			rest = append(rest, f.Key.Words()+" "+strings.Join(phrase.Strings(v), " "))
		}
	}
	if place := c.Kind.place(); place != "" && c.Has(place) {
		thing += " of " + c.One(place).String()
	}
	line := string(c.Verb) + " " + thing
	if len(rest) > 0 {
		line += ": " + strings.Join(rest, ", ")
	}
	return line
}

// named is what the thing is called.
func (c Change) named() string {
	for _, k := range c.Kind.names() {
		if k != c.Kind.place() {
			return c.One(k).String()
		}
	}
	return ""
}

// names are the keys that say which thing is meant.
func (k Kind) names() []Key {
	switch k {
	case Prefix:
		return []Key{KeyVNet, KeyPrefix}
	case Route:
		return []Key{KeyTable, KeyName}
	case Table:
		return []Key{KeyTable}
	case Subnet:
		return []Key{KeyVNet, KeySubnet}
	case Rule:
		return []Key{KeyGroup, KeyName}
	case AdminRule:
		return []Key{KeyVNet, KeyName}
	case Mapping:
		return []Key{KeyResolver, KeyDomain}
	case Peering:
		return []Key{KeyPeering}
	default:
		return nil
	}
}

// place is the key of what the thing is a part of.
func (k Kind) place() Key {
	if names := k.names(); len(names) > 1 {
		return names[0]
	}
	return ""
}
