// Package file reads and writes DNS mapping tables in the formats that people keep
// them in: plain pairs, CSV, YAML, both of Konnect's JSON shapes, the forward zones of
// dnsmasq, CoreDNS, unbound and BIND, and Azure's forwarding rulesets.
//
// Reading never fails as a whole for one bad line: each mapping of a text, and each part
// that could not be read, is a line of its own with its number. Reading splits a text
// into words and refuses what has not the form; whether a word is a domain or an
// address of use is for the rules of the table to say.
package file
