package setup

import (
	"fmt"
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/paths/ranges"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// newNetwork looks at what is asked for of a network that is to be made.
func (p *problems) newNetwork(r Request) {
	c := r.Create
	if c == nil {
		return
	}
	if model.IsGUID(r.Network.Raw()) {
		p.fatalf(FieldNetwork, "%s is an id, and Konnect chooses that of a new network; give the name that it is to have", r.Network.Quoted())
	}
	if n := len([]rune(r.Network.Raw())); n > maxPeeringName {
		p.fatalf(FieldNetwork, "the name %s has %d characters; Konnect takes %d", r.Network.Quoted(), n, maxPeeringName)
	}
	p.name(FieldRegion, c.Region, "the region of the new network", "peerdeck ranges --region names those that there are")
	for i, z := range c.Zones {
		p.name(FieldZones, z, "a zone of the new network", "take it out, or give its name")
		if slices.Contains(c.Zones[:i], z) {
			p.fatalf(FieldZones, "the zone %s stands twice", z.Quoted())
		}
	}
	if c.CIDR.IsEmpty() {
		p.fatalf(FieldCIDR, "the address range of the new network is missing; peerdeck ranges offers free ones")
	} else if at, err := ranges.ParseRange(c.CIDR.Raw()); err != nil {
		p.fatal(FieldCIDR, err.Error())
	} else if why := ranges.SizeProblem(at); why != "" {
		p.fatal(FieldCIDR, why)
	}
	if !c.Account.IsEmpty() {
		p.guid(FieldAccount, c.Account, "the provider account", "leave it out where there is one on Azure")
	}
}

// NetworkPlan is what is known when a network is to be made.
type NetworkPlan struct {
	Request      Request
	Accounts     []model.ProviderAccount
	Availability model.Availability
	Unavailable  *model.Failure // why Availability was not read
	VNet         model.VNet     // that it will be peered with; no id where it was not read
	Networks     []model.Network
}

// Network is what Konnect will be asked for. The findings say what was looked at; one that
// stops says why it cannot be asked.
func (p NetworkPlan) Network() (model.NewNetwork, []Checked) {
	c := p.Request.Create
	n := model.NewNetwork{Name: p.Request.Network, Region: c.Region, Zones: slices.Clone(c.Zones), CIDR: c.CIDR, Account: c.Account}
	var out []Checked
	account, checked := p.account()
	n.Account = account
	out = append(out, checked)
	zones, checked := p.zones()
	n.Zones = zones
	return n, append(out, checked, p.limits(), p.overlap(), p.taken())
}

// account is the provider account: the one that is named, or the only one on Azure.
func (p NetworkPlan) account() (safe.Text, Checked) {
	const title = "Provider account"
	var on []safe.Text
	for _, a := range p.Accounts {
		if a.Provider == model.ProviderAzure {
			on = append(on, a.ID)
		}
	}
	want := p.Request.Create.Account
	switch {
	case !want.IsEmpty() && slices.ContainsFunc(on, want.EqualFold):
		return want, good("setup-network-account", title, "%s is on Azure", want)
	case !want.IsEmpty():
		return want, stop("setup-network-no-account", title, fmt.Sprintf("%s is no provider account on Azure of this organization.", want), form("Give one of them: "+phrase.Or(phrase.Strings(on))+"."))
	case len(on) == 1:
		return on[0], good("setup-network-account", title, "%s, the only one on Azure", on[0])
	case len(on) == 0:
		return want, stop("setup-network-no-account", title, "This organization has no provider account on Azure, as far as Konnect tells.", konnect("Ask Kong for one; without it Konnect can make no network there."))
	default:
		return want, stop("setup-network-no-account", title, fmt.Sprintf("This organization has %s on Azure.", phrase.Count(len(on), "provider account")), form("Name one of them as account: "+phrase.Or(phrase.Strings(on))+"."))
	}
}

// zones are those that are asked for, or all of the region.
func (p NetworkPlan) zones() ([]safe.Text, Checked) {
	const title = "Availability zones"
	want := p.Request.Create.Zones
	if p.Unavailable != nil {
		if len(want) == 0 {
			return nil, stop("setup-network-zones", title, "The zones of the region are not known: "+p.Unavailable.Error()+".", form("Retry, or name the zones."))
		}
		return want, warning("setup-network-unread", title, "Whether the region has these zones is not known: "+p.Unavailable.Error()+".", konnect("Konnect will say so if it has not."))
	}
	r, ok := p.Availability.Region(model.ProviderAzure, p.Request.Create.Region)
	if !ok {
		return want, good("setup-network-zones-given", title, "as asked for")
	}
	for _, z := range want {
		if !slices.Contains(r.Zones, z) {
			return want, stop("setup-network-zones", title, fmt.Sprintf("Konnect has no zone %s in %s.", z, r.ID), form("Name some of these: "+phrase.And(phrase.Strings(r.Zones))+"."))
		}
	}
	if len(want) == 0 {
		want = r.Zones
	}
	if len(want) == 0 {
		return nil, stop("setup-network-zones", title, fmt.Sprintf("Konnect tells no zones of %s.", r.ID), form("Name the zones."))
	}
	return slices.Clone(want), good("setup-network-zones-given", title, "%s", phrase.List(want))
}

// limits looks whether Konnect takes the range in the region.
func (p NetworkPlan) limits() Checked {
	const title = "Address range"
	c := p.Request.Create
	l, err := ranges.LimitsIn(p.Availability, p.Unavailable, c.Region)
	if err != nil {
		return stop("setup-network-region", "Region", err.Error()+".", form("Give one of them."))
	}
	at, err := ranges.ParseRange(c.CIDR.Raw())
	if err != nil {
		return stop("setup-network-range", title, err.Error()+".", finding.Next{})
	}
	if why := l.Allows(at); why != "" {
		return stop("setup-network-range", title, why+".", p.other())
	}
	return good("setup-network-range-fits", title, "Konnect takes %s (%s)", at, l.Source())
}

// overlap compares the range with the VNET that the network will be peered with, before
// anybody has waited for it.
func (p NetworkPlan) overlap() Checked {
	if p.VNet.ID.IsEmpty() {
		return warning("setup-network-unread", titleRanges, fmt.Sprintf("Whether %s meets a range of %s is not known: the VNET was not read.", p.Request.Create.CIDR, p.Request.VNet.Name),
			admin("Preflight looks again when the network is ready; a range that meets one needs another network then."))
	}
	o := model.FindOverlaps(model.Network{CIDR: model.NewPrefix(p.Request.Create.CIDR)}, p.VNet, safe.Text{})
	if len(o) > 0 {
		return stop("setup-overlap", titleRanges, "Azure will refuse the peering with such a network: "+o[0].String()+".", p.other())
	}
	return good("setup-ranges", titleRanges, "none of %s, nor of the VNETs peered with it, overlaps %s", p.VNet.Name, p.Request.Create.CIDR)
}

// taken compares the range with those of all Konnect networks: that is no matter until one
// VNET is to be peered with both, and then it cannot be mended.
func (p NetworkPlan) taken() Checked {
	const title = "Other networks"
	c := p.Request.Create
	var facts ranges.Facts
	for i := range p.Networks {
		on := model.ProviderUnknown
		for _, a := range p.Accounts {
			if a.ID == p.Networks[i].ProviderAccountID {
				on = a.Provider
			}
		}
		taken, _ := ranges.OfNetwork(p.Networks[i], on)
		facts.Taken = append(facts.Taken, taken...)
	}
	at, err := ranges.ParseRange(c.CIDR.Raw())
	if err != nil {
		return good("setup-network-untaken", title, "not compared") // the range itself is told of
	}
	if a := ranges.Ask(facts, at); len(a.By) > 0 {
		next := p.other()
		next.Text = "No VNET can be peered with two networks whose ranges meet. " + next.Text
		return warning("setup-network-taken", title, fmt.Sprintf("%s meets %s.", at, phrase.Few(phrase.Strings(a.By), 3)), next)
	}
	return good("setup-network-untaken", title, "none of %s has any of %s; peerdeck ranges --check %s looks at every VNET too", phrase.Count(len(p.Networks), "network"), at, at)
}

// other is the step to another range, before the network is made.
func (p NetworkPlan) other() finding.Next {
	next := form("Give the new network another range.")
	next.Command = model.FreeRanges(model.Network{CIDR: model.NewPrefix(p.Request.Create.CIDR), Region: p.Request.Create.Region})
	return next
}

// NetworkLater is for a dry run, in which the network is not there to be looked at.
func NetworkLater(r Request) Checked {
	return good("setup-network-later", titleNetwork, "%s would be made by this run; what needs it is checked when it is ready", r.Network)
}

// JudgeSameNetwork compares a network that is there with the one that is to be made. A
// network cannot be changed: one with another range, region or account is another one.
func JudgeSameNetwork(there model.Network, r Request) []Checked {
	c := r.Create
	var other []string
	differs := func(what, has, want string) {
		other = append(other, fmt.Sprintf("its %s is %s and not %s", what, has, want))
	}
	if !there.CIDR.Same(model.NewPrefix(c.CIDR)) {
		differs("range", there.CIDR.String(), c.CIDR.String())
	}
	if !there.Region.EqualFold(c.Region) {
		differs("region", there.Region.String(), c.Region.String())
	}
	if !c.Account.IsEmpty() && !there.ProviderAccountID.EqualFold(c.Account) {
		differs("provider account", there.ProviderAccountID.String(), c.Account.String())
	}
	if len(other) > 0 {
		return []Checked{stop("setup-network-other", titleNetwork, fmt.Sprintf("There is a network %s already, and %s.", there.Name, phrase.And(other)),
			form("A network cannot be changed. Give the new one another name, or take create_network out to use the one that is there."))}
	}
	if len(c.Zones) > 0 && !sameTexts(c.Zones, there.AvailabilityZones) {
		return []Checked{warning("setup-network-other-zones", titleNetwork, fmt.Sprintf("It is in the zones %s, not %s.", phrase.List(there.AvailabilityZones), phrase.List(c.Zones)),
			form("A network cannot be changed; the peering works all the same."))}
	}
	return nil
}

func sameTexts(a, b []safe.Text) bool {
	return len(a) == len(b) && !slices.ContainsFunc(a, func(t safe.Text) bool { return !slices.Contains(b, t) })
}

// NetworkLost is the failure for a network that is deleted, or gone, while a run waits for
// it to be ready.
func NetworkLost(n model.Network, looks Looks) model.Failure {
	f := model.Failure{
		Kind: model.FailureConflict, Operation: "wait for network", Subject: n.Name, Finding: "setup-network-lost",
		Cause: safe.New("it is " + string(n.State) + ": somebody deletes it"),
		Cure:  "Retry: the network is made anew when the one before is gone.",
	}
	if n.State == "" || len(looks.Ways) > 0 {
		f.Cause = safe.New("it is not there any more, " + looks.Text())
	}
	return f
}

// NetworkUsed says why a network that a run has made must stay: something uses it. Empty:
// nothing does, as far as Konnect tells.
func NetworkUsed(n model.Network, peerings []model.Peering, dns []model.PrivateDNS) string {
	var uses []string
	living := 0
	for i := range peerings {
		if peerings[i].State != model.PeeringTerminated {
			living++
		}
	}
	if living > 0 {
		uses = append(uses, phrase.Count(living, "peering"))
	}
	resting := 0
	for i := range dns {
		if dns[i].State != model.PrivateDNSTerminated {
			resting++
		}
	}
	if resting > 0 {
		uses = append(uses, fmt.Sprintf("%d private DNS", resting))
	}
	switch {
	case n.ConfigurationCount > 0:
		uses = append(uses, phrase.Count(n.ConfigurationCount, "control plane configuration"))
	case n.ConfigurationCount < 0:
		return "Konnect does not tell whether a control plane uses it"
	}
	if len(uses) == 0 {
		return ""
	}
	return "it is used by " + phrase.And(uses)
}
