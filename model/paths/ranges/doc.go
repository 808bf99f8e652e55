// Package ranges finds address ranges that are free for a new Konnect network on Azure:
// what Konnect allows, less what somebody is known to use. A network's range cannot be
// changed once it is made, so the choice is made once.
package ranges
