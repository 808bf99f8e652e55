// Package bundle is one file that holds what peerdeck saw: the snapshot with its
// findings, history, journals, activity, the doctor's report, and the exchanges with the
// clouds and the DNS servers. Somebody else opens it with --replay, attaches it to a
// ticket, or keeps it as a test.
//
// The file is a zip, because every system opens one: whoever gets a bundle can look into
// it without peerdeck. Its first entry is manifest.json, which lists the others with
// their sizes and hashes; the comment of the zip is the hash of the manifest. Everything
// else is JSON, or JSON lines. Equal content gives equal bytes.
//
// Tokens are in no type of this package. What else must not leave the machine is taken
// out by package redact, before anything is written.
package bundle
