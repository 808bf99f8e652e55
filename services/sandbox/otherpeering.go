package sandbox

import (
	"cmp"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strings"
)

// OtherPeering is a half in a VNET that an event adds, or puts in the place of the one
// with its name: a peering of somebody else, or what is left of one.
type OtherPeering struct {
	Name         string   `yaml:"name"`
	Remote       string   `yaml:"remote"` // resource id of the VNET that it leads to; none for a half that names none
	Prefixes     []string `yaml:"prefixes"`
	State        string   `yaml:"state"` // Connected when it is left out
	Sync         string   `yaml:"sync"`  // FullyInSync when it is left out
	Provisioning string   `yaml:"provisioning"`
	Delete       bool     `yaml:"delete"` // takes the half of this name away
}

func checkOthers(list []OtherPeering) error {
	for _, o := range list {
		if o.Name == "" {
			return errors.New("a peering of the VNET needs a name")
		}
		for _, text := range o.Prefixes {
			if _, err := netip.ParsePrefix(text); err != nil {
				return fmt.Errorf("the peering %q has the prefix %q, which is no range of addresses", o.Name, text)
			}
		}
	}
	return nil
}

// addOthers writes halves into a VNET.
func (w *World) addOthers(v *vnet, list []OtherPeering) {
	for _, o := range list {
		v.peerings = slices.DeleteFunc(v.peerings, func(p *vnetPeering) bool { return strings.EqualFold(p.name, o.Name) })
		if o.Delete {
			continue
		}
		v.peerings = append(v.peerings, &vnetPeering{
			name: o.Name, remoteID: o.Remote, state: cmp.Or(o.State, "Connected"), sync: cmp.Or(o.Sync, "FullyInSync"),
			provisioning: cmp.Or(o.Provisioning, "Succeeded"), routed: o.Prefixes, remoteNow: o.Prefixes, access: true,
			guid: w.id("other", v.name, o.Name),
		})
	}
}

// spelt is an id, or a part of one, as the event wants the VNET's ids to be spelt: Azure
// keeps no case, and its answers mix them.
func (v *vnet) spelt(text string) string {
	switch v.ids {
	case "upper":
		return strings.ToUpper(text)
	case "lower":
		return strings.ToLower(text)
	default:
		return text
	}
}
