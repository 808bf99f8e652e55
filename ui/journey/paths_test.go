//go:build unix

package journey_test

import "testing"

// pathsOf shows the paths of a network, by its name.
func (s *terminal) pathsOf(network string) {
	s.t.Helper()
	s.keys(":")
	s.until("tab complete")
	s.keys("paths " + network)
	s.until("› paths " + network)
	s.keys("enter")
	s.until("Paths › " + network)
}

// only filters the list, until so many of it are shown.
func (s *terminal) only(query, count string) {
	s.t.Helper()
	s.keys("/", query)
	s.until(count)
	s.keys("enter")
	s.until("/ " + query)
}

// The service that bypasses the peering is found by a filter and mended by a mapping, with
// keys alone: its name goes to the DNS table, the table is written, and the way of the
// service is another one when it is looked at again.
func TestTheServiceThatBypassesThePeeringIsMapped(t *testing.T) {
	t.Parallel()
	s := start(t, 160, 48, nil, "--demo")
	s.up()
	s.pathsOf("eu-prod")
	s.until("the Internet: no rule")
	s.until("read ")
	s.keys("b")
	s.until("/ not by peering")
	s.gone("orders.corp.example.org")
	s.keys("esc")
	s.until("orders.corp.example.org")
	s.only("service:billing", "1 of")
	s.until("path-unmapped")

	s.keys("a")
	s.until("DNS › eu-prod")
	s.until("Add at least one DNS server address")
	s.keys("10.22.0.4", "enter")
	s.until("1 change not applied")
	s.keys("A")
	s.until("1 new of")
	s.until("Nothing stands in the way") // one server alone is worth knowing, and asks for nothing
	s.keys("A")
	s.until("Done. The table was read back and is as it was sent")
	s.keys("esc") // with nothing behind it: that would be another key
	s.gone("› apply")

	s.keys("4")
	s.until("billing.apps.example.net → ")
	s.gone("path-unmapped")
	s.keys("ctrl+c")
	s.end(0)
}

// The subnet whose replies go to an appliance is the first of the subnets; its service says
// the same hop by hop, and the command that mends it is copied.
func TestTheSubnetWhoseRepliesGoToAnAppliance(t *testing.T) {
	t.Parallel()
	s := start(t, 160, 48, nil, "--demo")
	s.up()
	s.pathsOf("us-prod")
	s.until("another way")
	s.until("read ")
	s.keys("v")
	s.until("▌▲ snet-ledger")
	s.until("10.9.14.4")
	s.keys("c")
	s.until("the command")
	s.keys("v")
	s.only("back:another", "1 of")
	s.until("▌▲ ledger-us")
	s.keys("enter")
	s.until("WHO DECIDES")
	s.until("back-route-away")
	s.until("10.9.14.4")
	s.keys("esc")
	s.until("▌▲ ledger-us")
	s.keys("ctrl+c")
	s.end(0)
}

// A service and a route are made with keys alone: the form judges the host while it is
// typed, both requests are shown before they are sent, and the list has the service then.
func TestAServiceAndARouteAreMade(t *testing.T) {
	t.Parallel()
	s := start(t, 160, 48, nil, "--demo")
	s.up()
	s.pathsOf("eu-prod")
	s.until("read ")
	s.keys("M")
	s.until("eu-prod › new service")
	s.keys("enter")
	s.until("type to search")
	s.keys("orders-eu", "enter")
	s.gone("type to search")
	s.until("orders-eu")
	s.keys("j", "enter", "stock", "enter")
	s.until("▌  Protocol")
	s.keys("j", "enter", "10.20.4.10")
	s.until("which the peering hub-vnet carries")
	s.keys("enter", "ctrl+u", "8080", "enter") // the port
	s.keys("enter", "enter")                   // no path; the route has the service's name
	s.keys("/stock", "enter")
	s.keys("esc")
	s.until("v requests")
	s.keys("v")
	s.until("Nothing was sent yet.")
	s.until("core-entities/services")
	s.keys("A")
	s.until("Send both requests")
	s.keys("y")
	s.gone("Send both requests")
	s.until("x remove")
	s.keys("esc")
	s.gone("x remove") // the page that was left shows requests, too
	s.until("v requests")
	s.keys("esc")
	s.gone("› new service")
	s.only("service:stock", "1 of")
	s.until("10.20.4.10:8080")
	s.keys("ctrl+c")
	s.end(0)
}

// The stale backend of an internal load balancer is found on the page of the way in, with
// the command that mends it.
func TestTheStaleBackendIsFound(t *testing.T) {
	t.Parallel()
	s := start(t, 160, 48, nil, "--demo")
	s.up()
	s.pathsOf("us-prod")
	s.until("read ")
	s.keys("i")
	s.until("us-prod › way in")
	s.until("ilb-gateway")
	s.keys("j")
	s.until("▌▲ ilb-gateway")
	s.until("10.8.0.70")
	s.until("entry-stale")
	s.keys("esc")
	s.until("ledger-us")
	s.keys("ctrl+c")
	s.end(0)
}
