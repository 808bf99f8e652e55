// Package wayin judges the way into a gateway with private access: the static private
// addresses of its data planes, and what in the peered VNETs points at them. Such a gateway
// has no public listener; requests come from an internal load balancer, an application
// gateway or a name of the customer's own, over the peering.
//
// The addresses stay as long as the network does. One that is made anew has others, and
// whatever kept the old ones sends requests to nobody.
//
// Sources: Kong, private networks of Dedicated Cloud Gateways; Konnect Cloud Gateways API v2
// (configurations). On which port data planes take private requests no document says.
package wayin
