// Package metrics supplies what is known to Prometheus and to whatever else reads its
// text form, OpenTelemetry's collector among them: the states of both halves of each
// peering, what is wrong by its code in the catalogue, the mapping tables, the age of
// each reading, and the requests that were sent. Prometheus keeps and serves the
// history; here is only what is so now.
//
// Nothing here judges: severities and codes are those of the snapshot. What is not known
// has no series, or says so: it never counts as well. Labels hold names and ids of
// networks, peerings and VNETs, words of closed lists, and no text that somebody wrote
// for people; a value that no list knows reads "other".
package metrics
