package setup

import (
	"strings"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
)

// newRows are the fields of a network that the run makes first.
func newRows() []row {
	return []row{
		{field: setup.FieldCIDR, label: "  range", about: "The address range of the new network: /16 to /21, where nobody else is. It cannot be changed. peerdeck ranges offers free ones; so does the tab Paths."},
		{field: setup.FieldRegion, label: "  region", about: "The region of Azure that the new network is in, such as eastus2. It cannot be changed."},
		{field: setup.FieldZones, label: "  zones", about: "Its availability zones, with commas between. Empty: all that Konnect has in the region."},
		{field: setup.FieldAccount, label: "  account", about: "The id of Konnect's provider account. Empty: the only one on Azure."},
	}
}

// spare reports whether a field may stay empty, and what it means then.
func spare(field setup.Field) (meaning string, is bool) {
	switch field {
	case setup.FieldRole:
		return model.DefaultRoleName, true
	case setup.FieldApp:
		return setup.KongAppID, true
	case setup.FieldZones:
		return "all of the region", true
	case setup.FieldAccount:
		return "the only one on Azure", true
	default:
		return "", false
	}
}

// create is the network that the form asks for; nil: it is there.
func (f *form) create() *setup.CreateNetwork {
	if !f.makes {
		return nil
	}
	c := setup.CreateNetwork{Region: f.texts[setup.FieldRegion], CIDR: f.texts[setup.FieldCIDR], Account: f.texts[setup.FieldAccount]}
	for zone := range strings.FieldsFuncSeq(f.texts[setup.FieldZones].String(), func(r rune) bool { return r == ',' || r == ' ' }) {
		c.Zones = append(c.Zones, safe.New(zone))
	}
	return &c
}

// fillCreate puts the network of a request into the form.
func (f *form) fillCreate(c *setup.CreateNetwork) {
	if f.makes = c != nil; f.makes {
		f.texts[setup.FieldRegion], f.texts[setup.FieldCIDR], f.texts[setup.FieldAccount] = c.Region, c.CIDR, c.Account
		f.texts[setup.FieldZones] = safe.New(phrase.List(c.Zones))
	}
}

// toggleNew changes between a network that is there and one that the run makes.
func (s *Screen) toggleNew() {
	f := &s.form
	f.remember()
	f.makes, f.changed = !f.makes, true
	if f.choose(setup.FieldNetwork); f.makes {
		f.say("The run makes the network first, which takes 30 to 40 minutes. Give its name, range and region.")
	} else {
		f.say("The network is one that is there.")
	}
}

// checkNew looks at the network that is to be made.
func (f *form) checkNew(n *model.NetworkStatus, all []*model.NetworkStatus) {
	if n != nil {
		f.notes[setup.FieldNetwork] = note{marked: true, severity: model.SeverityAttention, text: "is there already · " + n.CIDR.String()}
	}
	v, cidr := f.picked(f.request()), model.NewPrefix(f.texts[setup.FieldCIDR])
	for _, o := range all {
		if o.State != model.NetworkTerminated && o.CIDR.Overlaps(cidr) && o != n {
			f.problems = append(f.problems, setup.Problem{Field: setup.FieldCIDR, Index: -1, Severity: dnstable.Warning, Text: "it meets " + o.CIDR.String() + " of the network " + o.Name.String() + "; no VNET can be peered with both"})
		}
	}
	if v == nil {
		return
	}
	for _, o := range model.FindOverlaps(model.Network{CIDR: cidr}, *v, safe.Text{}) {
		f.problems = append(f.problems, setup.Problem{Field: setup.FieldCIDR, Index: -1, Severity: dnstable.Error, Text: "it meets " + o.Other.String() + " of " + o.Of.String() + ", so Azure would refuse the peering; " + model.FreeRanges(model.Network{CIDR: cidr, Region: f.texts[setup.FieldRegion]}) + " offers free ones"})
		return
	}
	f.notes[setup.FieldCIDR] = note{text: "meets nothing of " + phrase.And([]string{v.Name.String(), "what it is peered with"})}
}
