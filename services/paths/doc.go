// Package paths reads everything that the paths of a network are judged by: the services,
// routes and upstreams of its control planes, what surrounds the addresses in Azure, and
// what DNS servers last said of the names. A reading begins at once, goes on beside the
// caller, and comes as whole values, each in the place of the one before.
package paths
