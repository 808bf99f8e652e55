// Package ranges reads who has which address ranges: every Konnect network, and every
// VNET, peering and virtual hub that the signed-in account can read. It only reads.
package ranges
