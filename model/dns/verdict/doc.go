// Package verdict says what the answers of DNS servers mean: whether a server is
// reachable, willing and right, whether the servers of a row agree, and what the likely
// cause is when a name does not resolve. It asks nothing itself: it judges the
// exchanges of the prober, and the output of dig that somebody pasted, alike.
//
// What is not known is said to be not known, with the reason, and never taken for good
// or bad. The order of the checks, the words of the cells and the table of symptoms
// follow the notes on probing, part A of dns-and-reliability.
package verdict
