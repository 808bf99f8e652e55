// Package trace finds out why a name does not resolve, and how all domains of a table
// stand at all their servers. It puts together what the watcher knows of the network,
// what Azure says around the servers, what this machine can say at all, and what the
// servers answer. Everything begins at once, goes on beside the caller, and comes as
// whole values, each in the place of the one before.
package trace
