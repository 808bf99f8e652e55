package sandbox

import "time"

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
	var v *vnet
	w.at(19*second, 0, func(w *World, now time.Time) {
		n := w.network("jp-new")
		v = w.addVNet(w.network("eu-prod").peerings[0].vnet.sub, "rg-jp", "vnet-tokyo", "japaneast", "10.13.0.0/20")
		w.permitKong(v)
		p := w.attach(n, "tokyo", v)
		p.version, p.created = 1, now
		p.setState("initializing", "", "", now)
	})
	w.at(26*second, 0, func(w *World, _ time.Time) {
		h := w.peer(w.network("jp-new"), v)
		h.state, h.provisioning = "Initiated", "Updating"
	})
	w.at(31*second, 0, func(w *World, _ time.Time) {
		h := w.peer(w.network("jp-new"), v)
		h.state, h.provisioning = "Connected", "Succeeded"
	})
	w.at(36*second, 0, func(w *World, now time.Time) {
		w.network("jp-new").peering("tokyo").setState("ready", "", "", now)
	})
}

func (w *World) halfThatIsDeleted() {
	const again = 5 * minute
	w.at(28*second, again, func(w *World, _ time.Time) {
		n := w.network("us-west")
		h := w.peer(n, n.peerings[0].vnet)
		h.state, h.sync = "Disconnected", "RemoteNotInSync"
	})
	w.at(58*second, again, func(w *World, now time.Time) {
		w.network("us-west").peerings[0].setState("error", "ERROR", "RemotePeeringIsDisconnected: the remote peering is disconnected.", now)
	})
	// A dead half cannot be revived: both go, and the peering is made anew.
	w.at(2*minute+50*second, again, func(w *World, now time.Time) {
		w.network("us-west").peerings[0].setState("terminating", "", "", now)
	})
	w.at(3*minute, again, func(w *World, now time.Time) {
		n := w.network("us-west")
		v := n.peerings[0].vnet
		n.peerings, v.peerings = nil, nil
		w.permitKong(v)
		p := w.attach(n, "inventory", v)
		p.id, p.version, p.created = w.id("peering", n.name, p.name, now.String()), 1, now
		p.setState("initializing", "", "", now)
		n.version++
	})
	w.at(3*minute+10*second, again, func(w *World, _ time.Time) {
		n := w.network("us-west")
		h := w.peer(n, n.peerings[0].vnet)
		h.state, h.provisioning = "Initiated", "Updating"
	})
	w.at(3*minute+20*second, again, func(w *World, now time.Time) {
		n := w.network("us-west")
		h := w.peer(n, n.peerings[0].vnet)
		h.state, h.provisioning = "Connected", "Succeeded"
		n.peerings[0].setState("ready", "", "", now)
	})
}

func (w *World) peeringThatWaits() {
	w.at(9*second, 0, func(w *World, now time.Time) {
		n := w.network("uk-lab")
		v := w.addVNet(w.network("eu-prod").peerings[0].vnet.sub, "rg-lab", "vnet-lab", "uksouth", "10.62.0.0/22")
		p := w.attach(n, "lab", v)
		p.version, p.created = 1, now
		p.setState("initializing", "", "", now)
	})
	w.at(43*second, 0, func(w *World, now time.Time) {
		n := w.network("uk-lab")
		p := n.peering("lab")
		p.setState(statePending, "", "", now)
		w.lookAgain(n, p, now, w.peeringTime/4)
	})
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
