// Package azure holds what Azure says of the surroundings of a DNS server that a
// gateway network asks over a peering, and judges it: security rules for port 53, the
// way back, private resolvers and their endpoints, forwarding rules, private zones and
// their links. What was not read, or cannot be read, is "not known" and never "well".
//
// The rules are Azure's, as the notes on DNS over a peering have them (section 8 of
// azure.md). What Azure applies beside them is not seen here: security admin rules of a
// network manager, which Azure tells only to a POST and to more than a reader, and firewalls
// inside machines.
package azure
