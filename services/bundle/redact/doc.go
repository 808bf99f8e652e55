// Package redact takes out of a bundle what must not leave the machine. Tokens go, always.
// Names, ids, domains and addresses become stand-ins: the same thing has the same
// stand-in wherever it stands, so that whoever reads the bundle can follow it.
//
// What is not known to be harmless is replaced. In what the clouds answer a text stays
// only where its member holds a word of the interface (a state, a kind, a region), and in
// a sentence only words that peerdeck or the clouds use stay. So a name in a place that
// nobody thought of is replaced as well.
//
// A stand-in keeps what the judgement of the world depends on:
//
//   - An address keeps the prefixes that it shares with others, and its range (private,
//     public, shared, loopback, Azure's own), so that overlaps, containment and longest
//     matches are what they were. The last octet stays.
//   - A domain is replaced label by label, but for public suffixes and the zones of Azure's
//     services, so that the same rule of a table wins.
//   - The id of a resource is replaced segment by segment, and stays one.
//
// The stand-ins are made with a key that stays with the sender. Nothing in this package
// waits, reads a clock or touches a disk.
package redact
