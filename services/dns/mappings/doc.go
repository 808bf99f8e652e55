// Package mappings puts mapping tables into Konnect, and keeps on disk what an edit
// must not lose: drafts, what was there before each write, and which request has left.
//
// Konnect knows no conditional write and does not say whether a map that is sent
// replaces the one that is there or is merged with it. So every write is: read, compare
// with what the person saw, keep what is there, note the request, send it once, and
// look until the table is the one that was sent. Whatever else is seen is told.
package mappings
