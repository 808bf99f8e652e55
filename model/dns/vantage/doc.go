// Package vantage says what a machine can tell about a DNS server at all. A data plane
// reaches the servers of a mapping over a peering; the machine of the person who asks
// often has no way there, and its silence then says nothing about the server. So each
// result names the place from which was asked, and each server has a standing: whether
// a way to it is proven, likely, unproven, or known not to be there.
//
// It decides from facts and looks nothing up: services/dns/vantage does.
package vantage
