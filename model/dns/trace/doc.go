// Package trace holds what is told of one name that does not resolve, and of all
// domains of a table at all their servers: what was asked, the rules that apply, what
// the clouds and the servers say, and what to do. A trace and a matrix are whole values:
// each replaces the one before it, and is never changed once it is handed out.
//
// It judges nothing by itself: model/dns/verdict and model/dns/azure do.
package trace
