package sandbox

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// Event is something that happens at a time: a change of one object, or a
// fault. Fields that are empty change nothing.
type Event struct {
	At    time.Duration `yaml:"at"`    // after the start
	Every time.Duration `yaml:"every"` // again after this time, 0 for once

	Network string `yaml:"network"` // name or id
	Peering string `yaml:"peering"` // of that network
	DNS     string `yaml:"dns"`     // private DNS of that network

	State    string        `yaml:"state"` // of the network, its peering or its DNS
	Ago      time.Duration `yaml:"ago"`   // so long before, Konnect says it has been so since
	Reported string        `yaml:"reported_status"`
	Reason   string        `yaml:"reason"`

	Azure        string   `yaml:"azure"` // state of Azure's half; "none" removes it, "no-vnet" the VNET
	Sync         string   `yaml:"sync"`
	Provisioning string   `yaml:"provisioning"`
	Prefixes     []string `yaml:"prefixes"` // the VNET's address ranges

	Map   map[string][]string `yaml:"map"`   // servers that domains of the private DNS are given
	Drop  []string            `yaml:"drop"`  // domains that are taken out of it
	Newer *Newer              `yaml:"newer"` // what a newer Konnect tells of it

	Identity *Identity `yaml:"identity"` // what the clouds tell of whose the network's halves are
	Attach   *Place    `yaml:"attach"`   // the peering is made, with this VNET

	Hub *HubEvent `yaml:"hub"` // what becomes of the virtual hub that the peering is with

	By *By `yaml:"by"` // who makes the change, as the clouds' own records tell it; left out: they do not tell

	Delete bool   `yaml:"delete"` // the network, its peering or its private DNS
	Fault  *Fault `yaml:"fault"`  // its path may have the words that Before may have
	Lag    *Lag   `yaml:"lag"`    // how late readers learn of what is written from now on

	// Before: the event waits, from its time on, and happens right before the first
	// request that fits.
	Before *Request `yaml:"before"`

	Tenant     string `yaml:"tenant"`      // domain or id
	Principal  string `yaml:"principal"`   // Kong's application there: consented, disabled, enabled, deleted, restored, recreated
	Directory  string `yaml:"directory"`   // the account there: admin, member, guest (who may not read applications)
	DeleteRole string `yaml:"delete_role"` // name of a custom role, which is taken from everybody first

	Half map[string]any `yaml:"half"` // properties of Azure's half, as Azure spells them; null leaves one out

	Subscription string `yaml:"subscription"` // name or id
	VNet         string `yaml:"vnet"`         // in it; empty for the whole subscription
	Grant        string `yaml:"grant"`        // name of a role that is given there
	Withdraw     string `yaml:"withdraw"`     // name of a role that is taken away there
	To           string `yaml:"to"`           // whose role: account (as when empty) or kong

	Around *Around `yaml:"around"` // what changes around the DNS servers of the VNET

	SubscriptionState string `yaml:"subscription_state"` // Enabled, Warned, PastDue, Disabled, Deleted; "gone" when Azure knows it no more
	ToTenant          string `yaml:"to_tenant"`          // the subscription is of this tenant from now on, where nobody has a role in it yet
	DeleteGroup       string `yaml:"delete_group"`       // a resource group of the subscription, with all that is in it
	Move              *Move  `yaml:"move"`               // of the VNET

	Lock     *Lock          `yaml:"lock"`     // on the VNET, or on the subscription
	Deny     *Deny          `yaml:"deny"`     // a deny assignment there
	Provider *ProviderState `yaml:"provider"` // what becomes of a namespace in the subscription

	Plane *Plane `yaml:"plane"` // a control plane, and what it tells its data planes

	NameServer string     `yaml:"name_server"` // address of a DNS server in a VNET
	Behave     *Behaviour `yaml:"behave"`      // how it treats questions from now on
}

// leastEvery is the least time between two repetitions of an event.
const leastEvery = time.Second

// Schedule checks an event and puts it on the world's calendar. The objects are
// looked up when it happens, so one event may name what an earlier one makes.
func (w *World) Schedule(e Event) error {
	if e.At < 0 || (e.Every != 0 && e.Every < leastEvery) {
		return fmt.Errorf("the event at %s (every %s) must not lie before the start, nor come more often than each %s", e.At, e.Every, leastEvery)
	}
	if e.Ago < 0 || e.Ago > 0 && e.State == "" {
		return fmt.Errorf("the event at %s has been so for %s: ago belongs to a state, and is not negative", e.At, e.Ago)
	}
	if err := cmp.Or(w.checkAzure(e), e.checkDNS(), w.checkNameServer(e), e.checkTrigger(), e.checkLag(), w.checkIdentity(e), e.checkPlane(), w.checkHub(e)); err != nil {
		return err
	}
	if (e.Fault == nil && e.Lag == nil && e.Plane == nil && !e.ofAzure() && e.NameServer == "" || e.Network != "") && w.lookup(e.Network) == nil {
		return fmt.Errorf("the event at %s names the network %q, which is not in this world", e.At, e.Network)
	}
	if (e.Peering != "" || e.DNS != "") && e.Network == "" {
		return fmt.Errorf("the event at %s needs a network", e.At)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.at(e.At, e.Every, func(w *World, now time.Time) { w.apply(e, now) })
	return nil
}

// Apply makes an event happen now, or lets it wait for its request from now on.
func (w *World) Apply(e Event) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.advance()
	w.apply(e, w.clock.Now().UTC())
}

func (w *World) lookup(name string) *network {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.network(name)
}

func (w *World) apply(e Event, now time.Time) {
	if e.Before != nil {
		w.armed = append(w.armed, e)
		return
	}
	w.happen(e, now)
}

func (w *World) happen(e Event, now time.Time) {
	if e.Fault != nil {
		f := *e.Fault
		f.Path = w.filled(e, f.Path)
		w.addFault(f, now)
	}
	w.beyond = w.beyond || e.Newer != nil || !slices.Contains(e.contractStates(), e.State)
	w.setLag(e.Lag, now)
	w.applyToAzure(e, now)
	w.applyToNameServer(e)
	n := w.network(e.Network)
	w.applyPlane(e.Plane, n, now)
	if n == nil {
		return
	}
	w.recordEvent(e, n, now)
	w.identify(n, e.Identity)
	w.attachAs(n, e.Peering, e.Attach, now)
	switch {
	case e.Peering != "":
		w.applyToPeering(e, n, now)
	case e.DNS != "":
		w.applyToDNS(e, n, now)
	case e.Delete:
		w.remove(n)
	case e.State != "":
		n.setState(e.State, e.Reported, e.Reason, now.Add(-e.Ago))
	}
}

// contractStates are those that Kong's contract has for what the event is about, and none.
func (e Event) contractStates() []string {
	all := []string{"", "created", stateNew, stateReady, stateGoing, "terminated"}
	switch {
	case e.Peering != "":
		return append(all, "pending-acceptance", statePending, stateError)
	case e.DNS != "":
		return append(all, "pending-association", stateError)
	default:
		return append(all, "offline")
	}
}

func (w *World) applyToPeering(e Event, n *network, now time.Time) {
	p := n.peering(e.Peering)
	if p == nil {
		return
	}
	if e.Delete {
		for i := range n.peerings {
			if n.peerings[i] == p {
				n.peerings = append(n.peerings[:i:i], n.peerings[i+1:]...)
				break
			}
		}
		n.version++
		return
	}
	if e.State != "" {
		p.setState(e.State, e.Reported, e.Reason, now.Add(-e.Ago))
	}
	w.applyToHub(e, n, p)
	if p.vnet == nil {
		return
	}
	if len(e.Prefixes) > 0 {
		p.vnet.prefixes = e.Prefixes
	}
	switch e.Azure {
	case "":
	case "none":
		for i, h := range p.vnet.peerings {
			if h == p.vnet.half(n) {
				p.vnet.peerings = append(p.vnet.peerings[:i:i], p.vnet.peerings[i+1:]...)
				break
			}
		}
	case "no-vnet":
		p.vnet.deletedFromAzure = true
	default:
		w.peer(n, p.vnet).state = e.Azure
	}
	if h := p.vnet.half(n); h != nil {
		h.setOdd(e.Half)
		h.sync = cmp.Or(e.Sync, h.sync)
		h.provisioning = cmp.Or(e.Provisioning, h.provisioning)
	}
}

func (w *World) remove(n *network) {
	w.leave(n)
	for i := range w.networks {
		if w.networks[i] == n {
			w.networks = append(w.networks[:i:i], w.networks[i+1:]...)
			break
		}
	}
	delete(w.byID, n.id)
}
