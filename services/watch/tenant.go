package watch

import (
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// tenant is what is known of a tenant beside its VNETs: the subscriptions that the account
// sees in it and, while a VNET is not where a peering says, the VNETs in them.
type tenant struct {
	subscriptions []model.Subscription
	search        *model.VNetSearch
}

// aside reports whether a job tells more of what others have read. When it fails, that
// stays unknown, and nothing is called unreadable for it.
func (k jobKind) aside() bool { return k == jobSubscriptions || k == jobSearch || k.ofRecords() }

// ofRecords reports whether a job reads who changed what.
func (k jobKind) ofRecords() bool { return k == jobAudit || k == jobChanged }

// tenant is the key of the VNET's tenant.
func (v *knownVNet) tenant() string { return strings.ToLower(v.ref.TenantID.Raw()) }

// lost: Azure says that the VNET, or its subscription, is not there.
func (v *knownVNet) lost() bool {
	return v.gone || v.read.Failure != nil && model.Lost(*v.read.Failure)
}

func (k *knowledge) tenant(key string) *tenant {
	if k.tenants[key] == nil {
		k.tenants[key] = &tenant{}
	}
	return k.tenants[key]
}

// place is where a VNET and its subscription are, as far as it is known.
func (k *knowledge) place(n *known, p model.Peering, v *knownVNet) model.Place {
	t := k.tenants[v.tenant()]
	if t == nil {
		return model.Place{}
	}
	out := model.Place{}
	for _, s := range t.subscriptions {
		if s.ID.EqualFold(v.ref.SubscriptionID) {
			out.Subscription = s
		}
	}
	if v.isHub || !v.lost() || t.search == nil {
		return out
	}
	out.Searched, out.Search = true, *t.search
	guid := v.vnet.GUID // as it was when the VNET was read last
	for _, found := range t.search.Find(v.ref, guid) {
		moved := model.Moved{Ref: model.RefOf(v.ref.TenantID, found), Same: !guid.IsEmpty() && found.GUID.EqualFold(guid)}
		read := model.VNetRead{VNet: found, Part: model.Part{At: time.Unix(1, 0)}} // only whether it has a half matters
		if h, _ := model.HalfOf(n.network, k.around(n, p, v), read); h.Status == model.HalfPresent {
			moved.Half = h.Peering.State
		}
		out.Elsewhere = append(out.Elsewhere, moved)
	}
	return out
}

// searchFor looks for a VNET elsewhere while it is not where its peering says. One look
// serves all VNETs of a tenant; one that is lost later is worth another.
func (w *Watcher) searchFor(v *knownVNet, now time.Time) {
	key := v.tenant()
	switch {
	case v.isHub: // VNETs alone are looked for elsewhere
	case !v.lost():
		if v.searched {
			v.searched = false
			w.endSearch(key)
		}
	case !v.searched && !v.ref.TenantID.IsEmpty():
		v.searched = true
		w.azure.queue.add(jobSearch, key, now)
		w.azure.queue.renew(jobSearch, key, now)
	}
}

// endSearch looks no more when every VNET of the tenant is where it should be.
func (w *Watcher) endSearch(key string) {
	for _, v := range w.k.vnets {
		if v.searched && v.tenant() == key {
			return
		}
	}
	w.azure.queue.remove(jobSearch, key)
	w.k.tenant(key).search = nil
}

// joinTenant asks for the subscriptions of the VNET's tenant.
func (w *Watcher) joinTenant(v *knownVNet, now time.Time) {
	if !v.ref.TenantID.IsEmpty() {
		w.azure.queue.add(jobSubscriptions, v.tenant(), now)
		w.joinRecords(jobChanged, v.tenant(), now)
	}
}

// leaveTenant asks no more about a tenant of which no VNET is peered.
func (w *Watcher) leaveTenant(key string) {
	for _, v := range w.k.vnets {
		if v.tenant() == key {
			return
		}
	}
	w.azure.queue.remove(jobSubscriptions, key)
	w.azure.queue.remove(jobSearch, key)
	w.azure.queue.remove(jobChanged, key)
	delete(w.tellers, jobKey{jobChanged, key})
	delete(w.k.tenants, key)
}

func (w *Watcher) receiveSubscriptions(id safe.Text, list []model.Subscription) {
	w.k.tenant(id.Raw()).subscriptions = list
	w.soilTenant(id.Raw())
}

func (w *Watcher) receiveSearch(id safe.Text, found model.VNetSearch) {
	w.k.tenant(id.Raw()).search = &found
	w.soilTenant(id.Raw())
}

// soilTenant has the networks with VNETs in a tenant judged anew.
func (w *Watcher) soilTenant(key string) {
	for _, v := range w.k.vnets {
		if v.tenant() != key {
			continue
		}
		for id := range v.users {
			if n := w.k.networks[id]; n != nil {
				n.dirty = true
			}
		}
	}
}
