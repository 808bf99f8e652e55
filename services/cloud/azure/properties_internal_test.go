package azure

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"
)

// property is a member of one of the SDK's types for a half, and what peerdeck makes of
// it.
type property struct {
	reads bool   // it becomes a part of the model
	why   string // what is made of it, or why it is not read
}

func read(what string) property { return property{reads: true, why: what} }
func left(why string) property  { return property{why: why} }

// properties lists all members of the SDK's types for a half. One that is in neither
// state makes the test fail: somebody has to think about it first.
func properties() map[reflect.Type]map[string]property {
	return map[reflect.Type]map[string]property{
		reflect.TypeFor[armnetwork.VirtualNetworkPeering](): {
			"ID":         read("which half it is"),
			"Name":       read("named in causes and commands; RemoteVnetToHubPeering_… are halves that a Virtual WAN makes for its hub"),
			"Properties": read("below"),
			"Type":       left("always the same"),
			"Etag":       left("for writes, and peerdeck writes no half"),
		},
		reflect.TypeFor[armnetwork.VirtualNetworkPeeringPropertiesFormat](): {
			"AllowForwardedTraffic":            read("shown; traffic that Kong's gateways send is theirs and not forwarded, so off is no fault"),
			"AllowGatewayTransit":              read("shown; whether Kong's VNET may use a gateway of this one changes nothing between the two"),
			"AllowVirtualNetworkAccess":        read("no: the default security rules drop the gateways' traffic"),
			"DoNotVerifyRemoteGateways":        left("says how Azure checks the remote gateway while the half is written, and nothing of what it carries"),
			"EnableOnlyIPv6Peering":            read("yes: the half carries no IPv4, so nothing of the gateways'"),
			"LocalAddressSpace":                read("the own ranges that take part; of a peering of subnets, all that can be reached"),
			"LocalSubnetNames":                 read("the own subnets that take part in a peering of subnets"),
			"LocalVirtualNetworkAddressSpace":  read("compared with the ranges that take part, where Azure states no sync level"),
			"PeerCompleteVnets":                read("no: a peering of subnets, beside which the rest of the VNET is not reached"),
			"PeeringState":                     read("the first thing that is judged"),
			"PeeringSyncLevel":                 read("whether both halves have the present ranges; where it is missing, the ranges are compared"),
			"RemoteAddressSpace":               read("what the half routes, compared with the network's range and the remote VNET's present ranges"),
			"RemoteBgpCommunities":             left("marks routes that go over ExpressRoute, not those between the two VNETs"),
			"RemoteSubnetNames":                read("Kong's subnets that take part in a peering of subnets"),
			"RemoteVirtualNetwork":             read("whose half it is"),
			"RemoteVirtualNetworkAddressSpace": read("the remote VNET's present ranges"),
			"UseRemoteGateways":                read("shown; the way to other networks through Kong's gateway, not the way between the two"),
			"ProvisioningState":                read("what became of the last write to the half"),
			"RemoteVirtualNetworkEncryption":   read("a VNET that drops what is not encrypted"),
			"ResourceGUID":                     read("tells a half that was made anew from one that was written again"),
		},
		reflect.TypeFor[armnetwork.VirtualNetworkEncryption](): {
			"Enabled":     read("whether the remote VNET encrypts"),
			"Enforcement": read("what becomes of traffic that is not encrypted"),
		},
		reflect.TypeFor[armnetwork.AddressSpace](): {
			"AddressPrefixes":           read("the ranges"),
			"IpamPoolPrefixAllocations": left("where the ranges were taken from; the ranges themselves are in the prefixes"),
		},
	}
}

// filled gives a value of a type in which everything is set, for one level of what
// peerdeck looks at.
func filled(t reflect.Type) reflect.Value {
	v := reflect.New(t).Elem()
	switch t.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(t.Elem()))
		v.Elem().Set(filled(t.Elem()))
	case reflect.Slice:
		v.Set(reflect.Append(v, filled(t.Elem())))
	case reflect.Struct:
		for i := range t.NumField() {
			v.Field(i).Set(filled(t.Field(i).Type))
		}
	case reflect.String:
		v.SetString("10.1.0.0/16")
	case reflect.Bool:
		v.SetBool(true)
	default:
	}
	return v
}

// converted is the model's half of a half in which one member of one type is missing, or
// everything is there.
func converted(of reflect.Type, without string) string {
	whole := filled(reflect.TypeFor[armnetwork.VirtualNetworkPeering]())
	clearField(whole, of, without)
	half, _ := reflect.TypeAssert[armnetwork.VirtualNetworkPeering](whole)
	return fmt.Sprintf("%+v", convertPeering(half))
}

func clearField(v reflect.Value, of reflect.Type, name string) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			clearField(v.Elem(), of, name)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type() == of && v.Type().Field(i).Name == name {
				v.Field(i).SetZero()
				continue
			}
			clearField(v.Field(i), of, name)
		}
	default:
	}
}

// Every member of the SDK's types is in the table; what the table says is read changes
// what the model has, and what it says is not read does not.
func TestEveryPropertyOfAHalfIsReadOrListed(t *testing.T) {
	for typ, listed := range properties() {
		for field := range typ.Fields() {
			name := field.Name
			p, found := listed[name]
			if !found {
				t.Errorf("%s.%s is new: read it where it changes what a half means, or list it with the reason", typ.Name(), name)
				continue
			}
			if reads := converted(typ, name) != converted(nil, ""); reads != p.reads {
				t.Errorf("%s.%s: it is read: %v; the table says %v", typ.Name(), name, reads, p.reads)
			}
		}
		for name, p := range listed {
			if _, found := typ.FieldByName(name); !found || p.why == "" {
				t.Errorf("%s.%s is in the table, and the SDK does not have it, or it has no reason", typ.Name(), name)
			}
		}
	}
}

// docs/azure-half.md is made from the table.
func TestPropertiesDocument(t *testing.T) {
	var b strings.Builder
	b.WriteString("# What is read of Azure's half\n\nMade from the table of `services/cloud/azure` by `make screens`; do not edit. A property of the SDK's types that is not in it makes a test fail.\n")
	all := properties()
	types := slices.SortedFunc(maps.Keys(all), func(a, b reflect.Type) int { return strings.Compare(a.Name(), b.Name()) })
	for _, typ := range types {
		fmt.Fprintf(&b, "\n## %s\n\n| property | read | what for, or why not |\n| --- | --- | --- |\n", typ.Name())
		for field := range typ.Fields() {
			p := all[typ][field.Name]
			word := "no"
			if p.reads {
				word = "yes"
			}
			fmt.Fprintf(&b, "| `%s` | %s | %s |\n", field.Name, word, strings.ReplaceAll(p.why, "_", `\_`))
		}
	}
	path := filepath.Join("..", "..", "..", "docs", "azure-half.md")
	if os.Getenv("UPDATE_SCREENS") != "" {
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want, err := os.ReadFile(path); err != nil || string(want) != b.String() {
		t.Errorf("docs/azure-half.md is stale (%v); run: make screens", err)
	}
}
