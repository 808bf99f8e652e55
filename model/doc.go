// Package model holds the values that peerdeck shows and the rules that judge
// them. It is pure: no I/O, no clock (the time is an argument), no goroutine.
// Values are never changed after they have been handed on, so they may be sent
// between goroutines and shared by snapshots.
//
// Words are those of the field. Konnect's API says "transit gateway" for every
// attachment of a network to a customer's cloud; peerdeck says [Peering], as
// Kong's user interface and Azure do.
package model
