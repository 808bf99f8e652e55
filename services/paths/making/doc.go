// Package making makes a gateway service with a route in a control plane, reads back what
// was made, and undoes it.
//
// Konnect knows no transaction, so an order is one request after the other, each sent once.
// Before a request it is looked whether its object is there, by the id that it is to get and
// by its name; after one whose answer was lost, that is looked for before anything is sent
// again. What was sent is on the disk before it leaves, so an order of an earlier session
// can be gone on with and undone.
package making
