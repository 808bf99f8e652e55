// Package table holds the mapping table of a network: which private domain is asked
// of which DNS servers. It reads, edits, checks, compares and merges tables, and does
// nothing else: no I/O, no clock.
//
// The editable table is the map of an outbound resolver, one entry for each domain,
// with the servers in the order in which they are asked. A peering's own table is a
// list that was fixed when the peering was made. On a screen, domains with the same
// servers form a group; to Konnect there are only domains.
package table
