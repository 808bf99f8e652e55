package watch

import (
	"net/netip"
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// enough is how many networks of the same range are named where it only matters that
// there are some.
const enough = 3

// ranges is a list of networks in the order of their ranges, to find those that share
// addresses with one among very many.
type ranges struct {
	sorted []*known                  // those whose range is understood
	exact  map[netip.Prefix][]*known // the same by their range
	named  map[string][]*known       // by the VNET that Konnect names
}

func newRanges(networks map[safe.Text]*known, wanted func(*known) bool) *ranges {
	r := &ranges{exact: map[netip.Prefix][]*known{}, named: map[string][]*known{}}
	for _, n := range networks {
		if !wanted(n) {
			continue
		}
		if id := model.VNetID(n.network.VPCID); id != "" {
			r.named[id] = append(r.named[id], n)
		}
		if p := n.network.CIDR; p.Valid() {
			r.sorted = append(r.sorted, n)
			r.exact[p.Range()] = append(r.exact[p.Range()], n)
		}
	}
	slices.SortFunc(r.sorted, func(a, b *known) int {
		if c := a.network.CIDR.Compare(b.network.CIDR); c != 0 {
			return c
		}
		return a.network.ID.Compare(b.network.ID)
	})
	return r
}

// meeting calls visit for the networks that share addresses with a range, until it says
// that it has enough.
func (r *ranges) meeting(p model.Prefix, visit func(*known) bool) {
	if !p.Valid() {
		return
	}
	for bits := p.Range().Bits() - 1; bits >= 0; bits-- {
		wider := netip.PrefixFrom(p.Range().Addr(), bits).Masked()
		for _, n := range r.exact[wider] {
			if !visit(n) {
				return
			}
		}
	}
	at, _ := slices.BinarySearchFunc(r.sorted, p, func(n *known, p model.Prefix) int { return n.network.CIDR.Range().Addr().Compare(p.Range().Addr()) })
	for _, n := range r.sorted[at:] {
		if !n.network.CIDR.Overlaps(p) {
			return
		}
		if n.network.CIDR.Range().Bits() >= p.Range().Bits() && !visit(n) {
			return
		}
	}
}

// around puts together what is known beside a network and the VNET of one of its peerings.
func (k *knowledge) around(n *known, p model.Peering, v *knownVNet) model.Around {
	a := model.Around{
		Kong: k.accounts[n.network.ProviderAccountID].AccountID, Whole: k.whole, Ours: k.subscriptions(), Peering: p,
		Born: k.born(n, p, v), Before: v.before(n.made[p.ID]),
	}
	seen := map[safe.Text]bool{n.network.ID: true}
	add := func(o *known) {
		if !seen[o.network.ID] {
			seen[o.network.ID] = true
			a.Others = append(a.Others, k.neighbour(o, p, v))
		}
	}
	if v.isHub {
		a.Ours = append(slices.Clone(a.Ours), k.seen(v)...)
	}
	for id := range k.peered[p.EndKey()] {
		if o := k.networks[id]; o != nil {
			add(o)
		}
	}
	wanted := []model.Prefix{n.network.CIDR}
	for _, h := range v.vnet.Peerings {
		for _, o := range k.byRange().named[model.VNetID(h.RemoteVNetID)] {
			add(o)
		}
		if remote := h.RemotePrefixes(); slices.ContainsFunc(remote, n.network.CIDR.Overlaps) {
			wanted = append(wanted, remote...)
		}
	}
	unread := k.some(k.unreadByRange(), wanted, seen, add)
	k.some(k.byRange(), wanted, seen, add)
	slices.SortFunc(a.Others, func(x, y model.Neighbour) int { return x.ID.Compare(y.ID) })
	n.waits = !k.whole || unread > 0
	if unread > 0 {
		a.Born = nil // one of them may have been made at that time too
	}
	return a
}

// some adds a few networks that share addresses with some ranges and are not seen yet.
func (*knowledge) some(r *ranges, wanted []model.Prefix, seen map[safe.Text]bool, add func(*known)) int {
	found := 0
	for _, q := range wanted {
		r.meeting(q, func(o *known) bool {
			if !seen[o.network.ID] {
				found++
				add(o)
			}
			return found < enough
		})
	}
	return found
}

// there reports whether a network can have a VNET in Azure: it is not deleted, and not known
// to stand on another cloud.
func (k *knowledge) there(n *known) bool {
	return n.network.State != model.NetworkTerminated && !k.elsewhere(n)
}

// elsewhere reports whether a network is known to stand on another cloud than Azure.
func (k *knowledge) elsewhere(n *known) bool {
	provider := k.accounts[n.network.ProviderAccountID].Provider
	return provider != model.ProviderUnknown && provider != model.ProviderAzure
}

// listed reports whether the list of the network's peerings is known.
func (n *known) listed() bool { return n.peeringsRead.Read() }

func (k *knowledge) neighbour(o *known, p model.Peering, v *knownVNet) model.Neighbour {
	out := model.NeighbourOf(o.network, k.accounts[o.network.ProviderAccountID].Provider, o.peerings, o.listed(), p.EndKey())
	if out.Peered == model.Yes {
		out.Born, out.Before = k.born(o, out.Peering, v), v.before(o.made[out.Peering.ID])
	}
	return out
}

// subscriptions are those of the VNETs that networks are peered with: the customer's.
func (k *knowledge) subscriptions() []safe.Text {
	if k.ours == nil {
		set := map[safe.Text]bool{}
		for _, v := range k.vnets {
			set[v.ref.SubscriptionID] = true
		}
		k.ours = make([]safe.Text, 0, len(set))
		for id := range set {
			k.ours = append(k.ours, id)
		}
		slices.SortFunc(k.ours, safe.Text.Compare)
	}
	return k.ours
}

// byRange is the list of networks by their ranges, made anew when one has come, gone or
// changed.
func (k *knowledge) byRange() *ranges {
	if k.ranges == nil {
		k.ranges = newRanges(k.networks, k.there)
	}
	return k.ranges
}

// unreadByRange is the list of those whose peerings are not known.
func (k *knowledge) unreadByRange() *ranges {
	if k.unread == nil {
		k.unread = newRanges(k.networks, func(n *known) bool { return !n.listed() && k.there(n) })
	}
	return k.unread
}

// rearrange lets the lists by range be made anew, and marks those networks to be judged
// anew that share addresses with one that came, went or changed.
func (k *knowledge) rearrange(cidr model.Prefix) {
	k.ranges, k.unread = nil, nil
	if k.whole {
		k.byRange().meeting(cidr, func(o *known) bool { o.dirty = true; return true })
	}
}

// peer notes which VNETs a network is peered with. What is known of the halves of the
// others with these VNETs is judged anew.
func (k *knowledge) peer(id safe.Text, before, now []string) {
	for _, key := range before {
		if !slices.Contains(now, key) {
			delete(k.peered[key], id)
			k.soil(key)
			if len(k.peered[key]) == 0 {
				delete(k.peered, key)
			}
		}
	}
	for _, key := range now {
		if k.peered[key] == nil {
			k.peered[key] = map[safe.Text]bool{}
		}
		if !k.peered[key][id] {
			k.peered[key][id] = true
			k.soil(key)
		}
	}
}

// soil marks the networks that are peered with a VNET as to be judged anew.
func (k *knowledge) soil(key string) {
	for id := range k.peered[key] {
		if n := k.networks[id]; n != nil {
			n.dirty = true
		}
	}
}

// soilWaiting marks the networks whose halves could not be told because of what was not
// read.
func (k *knowledge) soilWaiting() {
	for _, n := range k.networks {
		n.dirty = n.dirty || n.waits
	}
}
