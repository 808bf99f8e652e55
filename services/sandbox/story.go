package sandbox

import (
	"net/http"
	"slices"
	"time"
)

const (
	second = time.Second
	minute = time.Minute
	hour   = time.Hour
)

func minutesOf(n int) time.Duration { return time.Duration(n) * minute }

// tell puts the demo's story on the calendar: within the first minute something
// becomes ready, something breaks, and something waits for the person; later a
// service asks for patience, and what broke is mended and breaks again.
func (w *World) tell() {
	w.firstPeeringOfANewNetwork()
	w.halfThatIsDeleted()
	w.peeringThatWaits()
	w.labsThatWait()
	w.colleagueAtTheSameMap()
	w.answerThatIsLost()
	w.at(95*second, 6*minute, func(w *World, now time.Time) {
		w.addFault(Fault{Service: "konnect", Status: 429, RetryAfter: "9", Times: 3}, now)
	})
}

func (w *World) firstPeeringOfANewNetwork() {
	w.at(14*second, 0, func(w *World, now time.Time) {
		n := w.network("jp-new")
		n.setState("ready", "", "", now)
		n.vpcID = n.remoteID()
	})
	w.at(19*second, 0, func(w *World, now time.Time) {
		n := w.network("jp-new")
		v := w.addVNet(w.subscription("acme-prod"), "rg-jp", "vnet-tokyo", "japaneast", "10.13.0.0/20")
		w.permitKong(v)
		p := w.attach(n, "tokyo", v)
		p.version, p.created = 1, now
		p.setState(stateNew, "", "", now)
	})
	w.tells(26*second, 0, "jp-new", "tokyo", func(w *World, n *network, p *peering, _ time.Time) {
		h := w.peer(n, p.vnet)
		h.state, h.sync, h.provisioning = "Initiated", syncAlone, "Updating"
	})
	w.tells(31*second, 0, "jp-new", "tokyo", func(w *World, n *network, p *peering, _ time.Time) {
		h := w.peer(n, p.vnet)
		h.state, h.sync, h.provisioning = "Connected", "FullyInSync", "Succeeded"
	})
	w.tells(36*second, 0, "jp-new", "tokyo", func(_ *World, _ *network, p *peering, now time.Time) {
		p.setState(stateReady, "", "", now)
	})
}

// tells puts something on the calendar that befalls a peering, unless somebody has
// deleted it by then, or is about to.
func (w *World) tells(after, every time.Duration, network, name string, do func(w *World, n *network, p *peering, now time.Time)) {
	w.at(after, every, func(w *World, now time.Time) {
		n := w.network(network)
		if n == nil {
			return
		}
		if p := n.peering(name); p != nil && p.vnet != nil && !p.ending {
			do(w, n, p, now)
		}
	})
}

func (w *World) halfThatIsDeleted() {
	const again = 5 * minute
	w.tells(28*second, again, "us-west", "inventory", func(w *World, n *network, p *peering, now time.Time) {
		w.recordOf(p.vnet, "carol@azure.example", "Azure Portal", now.Add(-4*second))
		h := w.peer(n, p.vnet)
		h.state, h.sync = "Disconnected", "RemoteNotInSync"
	})
	w.tells(58*second, again, "us-west", "inventory", func(_ *World, _ *network, p *peering, now time.Time) {
		p.setState(stateError, "ERROR", "RemotePeeringIsDisconnected: the remote peering is disconnected.", now)
	})
	// A dead half cannot be revived: both go, and the peering is made anew.
	w.tells(2*minute+50*second, again, "us-west", "inventory", func(_ *World, _ *network, p *peering, now time.Time) {
		p.setState(stateGoing, "", "", now)
	})
	w.tells(3*minute, again, "us-west", "inventory", func(w *World, n *network, old *peering, now time.Time) {
		v := old.vnet
		half := v.half(n)
		n.peerings = slices.DeleteFunc(n.peerings, func(p *peering) bool { return p == old })
		v.peerings = slices.DeleteFunc(v.peerings, func(h *vnetPeering) bool { return h == half })
		w.permitKong(v)
		p := w.attach(n, old.name, v)
		p.id, p.version, p.created = w.id("peering", n.name, p.name, now.String()), 1, now
		p.setState(stateNew, "", "", now)
		n.version++
	})
	w.tells(3*minute+10*second, again, "us-west", "inventory", func(w *World, n *network, p *peering, _ time.Time) {
		h := w.peer(n, p.vnet)
		h.state, h.sync, h.provisioning = "Initiated", syncAlone, "Updating"
	})
	w.tells(3*minute+20*second, again, "us-west", "inventory", func(w *World, n *network, p *peering, now time.Time) {
		h := w.peer(n, p.vnet)
		h.state, h.sync, h.provisioning = "Connected", "FullyInSync", "Succeeded"
		p.setState(stateReady, "", "", now)
	})
}

func (w *World) peeringThatWaits() {
	w.at(9*second, 0, func(w *World, now time.Time) {
		n := w.network("uk-lab")
		v := w.addVNet(w.subscription("acme-prod"), "rg-lab", "vnet-lab", "uksouth", "10.62.0.0/22")
		if n.peering("lab") != nil {
			return // somebody was faster and took the name
		}
		p := w.attach(n, "lab", v)
		p.version, p.created = 1, now
		p.setState(stateNew, "", "", now)
	})
	w.tells(43*second, 0, "uk-lab", "lab", func(w *World, n *network, p *peering, now time.Time) {
		if p.state != stateNew {
			return
		}
		p.setState(statePending, "", "", now)
		w.lookAgain(n, p, now, w.peeringTime/4)
	})
}

// colleagueAtTheSameMap lets somebody else change the map of a resolver once, right
// before it is read alone for the first time: whoever is about to write it reads it so.
func (w *World) colleagueAtTheSameMap() {
	w.apply(Event{
		Network: "eu-stage", DNS: "stage-dns", Before: &Request{Service: "konnect", Method: http.MethodGet, Path: "/private-dns/{dns}"},
		Map: map[string][]string{"qa.stage.example.org": {"10.24.0.4"}, "pay.stage.example.org": {"10.24.0.5"}},
		By:  &By{Konnect: "bob@acme.example", From: "203.0.113.24"},
	}, w.began)
}

// answerThatIsLost lets the first change of a resolver look as if it had failed.
func (w *World) answerThatIsLost() {
	w.apply(Event{
		Network: "us-prod", DNS: "us-dns",
		Fault: &Fault{Service: "konnect", Method: http.MethodPatch, Path: "/private-dns/{dns}", Status: http.StatusInternalServerError, After: true, Times: 1},
	}, w.began)
}

// labsThatWait makes the tenant in which a person of the demo runs a whole set-up:
// its administrator lets Kong in some time after somebody began to wait, and the
// right to assign roles was activated a moment ago, so the first attempt to use it
// is refused. The home tenant manages its subscription, so that it is among those
// to choose from.
func (w *World) labsThatWait() {
	labs := w.tenant(LabsDomain)
	labs.managedBy = w.tenants[0]
	labs.consentAfter = 12 * second
	for _, a := range labs.assignments {
		if d := w.role(labs, a.role); d != nil && d.roleName == roleAccessAdmin {
			a.late = 8 * second
		}
	}
}
