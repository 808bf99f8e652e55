package sandbox

import "time"

// breakNameServers gives the DNS servers of the world what an operator meets. What a
// name fails of can be seen from what the servers say, and each time it is another
// cause.
func (w *World) breakNameServers() {
	in := func(address string, list ...Behaviour) {
		s := w.nameServers[address]
		if s == nil {
			return // a world without networks
		}
		for _, b := range list {
			s.behave(b)
		}
	}
	// The hub's servers are those of a directory: they hold its zones, and ask others. So
	// do the endpoints of private resolvers.
	for _, address := range []string{"10.20.0.4", "10.20.0.5", "10.22.0.4", "10.29.0.4"} {
		if s := w.nameServers[address]; s != nil {
			s.manner = asFull
		}
	}
	in("10.20.0.4",
		Behaviour{As: asRecursor, Domain: "privatelink.blob.core.windows.net"}, Behaviour{As: asRecursor, Domain: "privatelink.vaultcore.azure.net"},
		// The private zone was never linked to the hub.
		Behaviour{As: asPublic, Domain: "privatelink.database.windows.net"})
	in("10.20.0.5",
		// Its list of clients leaves the gateway out.
		Behaviour{As: asRefused, Domain: "hr.example.org", EDE: 18},
		// Its copy of the zone is some days old: another address, and no name below.
		Behaviour{Domain: "pay.example.org", Serial: zoneSerial - 300, Addresses: []string{"10.20.0.250"}},
		Behaviour{As: asNXDomain, Domain: "*.pay.example.org"})
	// It was switched off.
	in("10.20.0.9", Behaviour{As: asSilent})

	// A rule of the network's security group closes TCP, and one answer needs it.
	in("10.24.0.4", Behaviour{As: asSilent, Over: "tcp"}, Behaviour{As: asLarge, Domain: "stage.example.org"})
	in("10.24.0.5", Behaviour{As: asSilent})

	// A rule of the VNET leads the question back to the endpoint that is asked.
	in("10.29.0.4", Behaviour{As: asServFail, Domain: "ldap.core.example.org", Delay: slowFailure})
}

// slowFailure is how long an endpoint goes round before it gives up.
const slowFailure = 2600 * time.Millisecond
