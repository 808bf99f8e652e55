package watch

import (
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/safe"
)

// knowledge is all that was read. Only the watcher's own goroutine touches it.
type knowledge struct {
	organization model.Organization
	user         model.User
	accounts     map[safe.Text]model.ProviderAccount
	networks     map[safe.Text]*known
	vnets        map[string]*knownVNet
	planes       map[safe.Text]model.ControlPlane
	nameless     map[safe.Text]bool // regions with control planes whose names are not known, and not asked for yet
	listed       bool
	whole        bool // the list of networks was read to its end
	total        int
	failures     map[string]model.Failure // of what concerns more than one network
	tenants      map[string]*tenant       // by id, in small letters

	peered map[string]map[safe.Text]bool // the networks that are peered with a VNET
	ranges *ranges                       // of the networks, nil when it must be made anew
	unread *ranges                       // of those whose peerings are not known, as ranges
	ours   []safe.Text                   // subscriptions of the customer's, as ranges
	fresh  bool                          // something was read for the first time
}

func newKnowledge() *knowledge {
	return &knowledge{
		accounts: map[safe.Text]model.ProviderAccount{}, networks: map[safe.Text]*known{}, vnets: map[string]*knownVNet{},
		planes: map[safe.Text]model.ControlPlane{}, nameless: map[safe.Text]bool{}, failures: map[string]model.Failure{},
		tenants: map[string]*tenant{}, peered: map[string]map[safe.Text]bool{},
	}
}

// known is one network.
type known struct {
	network      model.Network
	fresh        bool // it came while the watcher was watching
	missing      int  // complete lists in a row that did not hold it
	peerings     []model.Peering
	vnets        []string                // keys of the VNETs of its peerings
	turned       map[safe.Text]time.Time // when a peering's state was seen to change
	made         map[safe.Text]making    // when its peerings were being made
	waits        bool                    // what others are peered with was not known when it was judged
	dns          []model.PrivateDNS
	references   []model.ConfigurationReference
	peeringsRead model.Part
	dnsRead      model.Part
	tabled       bool // its tables were compared with the history since they were read
	refsRead     model.Part
	moved        time.Time            // when it was last seen to change; zero at rest
	status       *model.NetworkStatus // as last published; nil until then
	dirty        bool
}

// knownVNet is one VNET, which several networks may be peered with; or a virtual hub, whose
// connections are then the halves.
type knownVNet struct {
	ref   model.VNetRef
	vnet  model.VNet
	read  model.Part
	asked time.Time // when the last good answer was asked for
	gone  bool      // Azure says that it is not there
	users map[safe.Text]bool

	searched bool // it is looked for elsewhere

	isHub bool
	hub   model.VirtualHub
	ways  model.HubWays // how the hub routes

	rules     azurenet.Facts // security groups and route tables of its subnets
	rulesRead bool           // they were read, or it is known why not

	halves map[safe.Text]coming // when its halves came
}

// half makes Azure's half of a peering from what is known.
func (k *knowledge) half(n *known, p model.Peering) (model.AzureHalf, []model.Overlap) {
	if p.EndKey() == "" {
		return model.AzureHalf{Status: model.HalfNotApplicable}, nil
	}
	v := k.vnets[p.EndKey()]
	if v == nil {
		return model.AzureHalf{Status: model.HalfUnread, OfHub: p.Kind == model.KindAzureVHub}, nil
	}
	h, overlaps := k.halfAt(n, p, v)
	h.Place = k.place(n, p, v)
	h.Outdated = v.read.Read() && n.turned[p.ID].After(v.asked)
	return h, overlaps
}

// halfAt is the half of a peering in a VNET, or on a virtual hub.
func (k *knowledge) halfAt(n *known, p model.Peering, v *knownVNet) (model.AzureHalf, []model.Overlap) {
	if v.isHub {
		return model.HubHalfOf(n.network, k.around(n, p, v), model.HubRead{Hub: v.hub, Ways: v.ways, Part: v.read, Gone: v.gone})
	}
	return model.HalfOf(n.network, k.around(n, p, v), model.VNetRead{VNet: v.vnet, Part: v.read, Gone: v.gone})
}

// receive brings in what came of reading a VNET that was asked for at a time.
func (v *knownVNet) receive(vnet model.VNet, f *model.Failure, asked, now time.Time) {
	switch {
	case f == nil:
		v.follow(vnet, now)
		v.vnet, v.read, v.asked, v.gone = vnet, model.Part{At: now}, asked, false
	case model.NoVNet(*f):
		v.read, v.asked, v.gone = model.Part{At: now, Failure: f}, asked, true
		v.halves = nil
	default:
		v.read.Failure = f
	}
}

// turn compares the peerings with those known before, notes whose state has
// changed, and returns the keys of their VNETs.
func (n *known) turn(peerings []model.Peering, now time.Time) []string {
	before := make(map[safe.Text]model.PeeringState, len(n.peerings))
	for _, p := range n.peerings {
		before[p.ID] = p.State
	}
	turned := make(map[safe.Text]time.Time, len(n.turned))
	var keys []string
	for _, p := range peerings {
		if at, ok := n.turned[p.ID]; ok {
			turned[p.ID] = at
		}
		state, was := before[p.ID]
		if (was && state != p.State) || (!was && p.State.Changing()) {
			n.moved = now
		}
		if was && state != p.State && p.EndKey() != "" {
			turned[p.ID] = now
			keys = append(keys, p.EndKey())
		}
	}
	n.turned = turned
	return keys
}

// changing reports whether a network, or what was read of it last, is changing.
func (n *known) changing() bool {
	now := model.NetworkStatus{Network: n.network}
	if n.status != nil {
		now = *n.status
	}
	// The status is made anew after the answers are taken, and the pace is set with
	// each of them.
	now.Network = n.network
	return now.Changing() ||
		slices.ContainsFunc(n.peerings, func(p model.Peering) bool { return p.State.Changing() }) ||
		slices.ContainsFunc(n.dns, func(d model.PrivateDNS) bool { return d.State.Changing() })
}

// livelyFor is how long a change that does not come about is followed closely. A
// peering can wait for a person for days.
const livelyFor = time.Hour

// lively reports whether a network is changing and did so not long ago.
func (n *known) lively(now time.Time) bool {
	if !n.changing() {
		n.moved = time.Time{}
		return false
	}
	if n.moved.IsZero() {
		n.moved = now
	}
	return now.Sub(n.moved) < livelyFor
}

// dnsChanging reports whether private DNS is changing, or may come with the network.
func (n *known) dnsChanging() bool {
	return n.network.State.Changing() || slices.ContainsFunc(n.dns, func(d model.PrivateDNS) bool { return d.State.Changing() })
}

// sortedIDs lists the networks by name.
func (k *knowledge) sortedIDs() []safe.Text {
	ids := make([]safe.Text, 0, len(k.networks))
	for id := range k.networks {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b safe.Text) int {
		if c := k.networks[a].network.Name.Compare(k.networks[b].network.Name); c != 0 {
			return c
		}
		return a.Compare(b)
	})
	return ids
}
