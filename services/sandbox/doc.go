// Package sandbox is a small simulated world behind real HTTP on loopback: the
// Konnect Cloud Gateways API, Azure Resource Manager, Microsoft Graph and the
// Microsoft sign-in; and DNS servers behind real sockets. The real clients talk to
// it, in the demo, in tests and from other programs; no client knows that it is not
// the cloud.
//
// The world is a value that changes by events on a clock, under one lock. Every
// request first lets the events happen whose time has come, so a test that owns
// the clock owns the world, and the same seed gives the same world.
//
// Rights decide, as in Azure: what the account may read and write, and whether
// Kong may make a peering, follows from role assignments alone. A write spreads for
// a while, in which readers disagree; see [Options].
//
// What Konnect answers follows Kong's published contract and is checked against
// it by tests. Where the contract is silent, a comment says what was assumed.
package sandbox
