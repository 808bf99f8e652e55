package sandbox

import (
	"fmt"
	"time"
)

// gateways makes the control planes of the story beside those that networks share, with what
// they tell their data planes: services that go through a peering in each way, and those
// that do not.
func (w *World) gateways(s stage) {
	w.service(s.eu, "status", "https", "status.example.com", 443, nil)
	w.service(s.us, "status", "https", "status.example.com", 443, nil)
	w.service(s.au, "site", "http", "10.33.0.140", 80, nil)

	prod := w.network("eu-prod")
	orders := w.addPlane("eu", "orders-eu")
	w.use(orders, prod)
	w.service(orders, "orders", "https", "orders.corp.example.org", 443, map[string]any{"path": "/v1"})
	w.service(orders, "ledger", "http", "10.20.4.10", 8080, nil)
	w.service(orders, "billing", "https", "billing.apps.example.net", 443, nil)
	w.service(orders, "partner", "http", "10.77.1.5", 80, nil)
	w.service(orders, "pool", "http", "pool.internal", 80, nil)
	w.upstream(orders, "pool.internal", "10.20.0.140:8080", "10.20.0.141:8080")
	w.service(orders, "catalog", "http", "10.21.3.7", 80, nil)
	w.service(orders, "files", "https", "files.corp.example.net", 443, nil)
	w.service(orders, "archive", "https", "10.22.1.4", 443, map[string]any{"tls_verify": true})
	w.service(orders, "website", "https", "www.example.com", 443, nil)
	w.service(orders, "legacy", "http", "legacy.example.org", 80, map[string]any{"enabled": false})

	for _, q := range []PlaneRequests{
		{Service: "ledger", Count: 40, Ago: 2 * minute, Upstream: 200, Took: 12 * time.Millisecond},
		{Service: "orders", Count: 25, Ago: minute, Upstream: 200, Took: 30 * time.Millisecond},
		{Service: "orders", Count: 2, Ago: 3 * hour, Status: 504},
		{Service: "partner", Count: 6, Ago: 4 * minute, Status: 504},
		{Service: "billing", Count: 3, Ago: 9 * minute, Status: 503},
	} {
		w.serve(orders, q, w.began)
	}

	risk := w.addPlane("us", "risk-us")
	risk.refused = true
	w.use(risk, prod)

	// A gateway without a public listener. Its data planes have the addresses that things in
	// the VNET should point at.
	american := w.network("us-prod")
	shop := w.addPlane("us", "shop-us")
	private, other := w.use(shop, american), american.configurations[0]
	private.apiAccess = "private"
	private.privateIPs, other.privateIPs = other.privateIPs, private.privateIPs
	w.service(shop, "orders", "https", "orders.us.example.org", 443, nil)
	w.service(shop, "edi", "https", "edi.us.example.org", 443, nil)
	w.service(shop, "ledger-us", "http", "10.9.3.10", 8080, nil)
	w.service(shop, "sap", "http", "10.9.4.10", 8000, nil)
	w.service(shop, "shop", "https", "10.9.5.4", 443, nil)
	w.service(shop, "vault", "https", "10.9.7.4", 443, nil)
}

// crowdServices is how many services a network of the crowd adds to its control plane, and
// mostCrowdServices how many there are at most.
const (
	crowdServices     = 20
	mostCrowdServices = 5000
)

// crowdGateway puts a control plane with very many services on a network of the crowd.
func (w *World) crowdGateway(n *network, networks int) {
	p := w.addPlane("eu", "crowd-eu")
	w.use(p, n)
	for i := range min(networks*crowdServices, mostCrowdServices) {
		name := fmt.Sprintf("service-%05d", i)
		switch i % 5 {
		case 0:
			w.service(p, name, "http", fmt.Sprintf("172.18.%d.%d", i%250, 10+i%200), 8080, nil)
		case 1:
			w.service(p, name, "http", fmt.Sprintf("10.77.%d.%d", i%250, 1+i%200), 80, nil)
		case 2:
			w.service(p, name, "https", fmt.Sprintf("www-%d.example.com", i), 443, nil)
		case 3:
			w.service(p, name, "http", name+".pool", 80, nil)
			w.upstream(p, name+".pool", fmt.Sprintf("172.19.%d.%d:8000", i%250, 10+i%200))
		default:
			w.service(p, name, "https", fmt.Sprintf("s%d.%s.example.org", i, teamOf(n.name)), 443, nil)
		}
	}
}
