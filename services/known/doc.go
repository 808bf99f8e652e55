// Package known keeps the problems that somebody knows of in a file: YAML that the program
// writes and that people write too, and keep in a repository.
//
//	known:
//	  - code: azure-disconnected
//	    network: 9a8f…            # eu-prod
//	    subject: 5b1c…            # hub-vnet
//	    reason: the firewall is being replaced
//	    by: maria@example.org
//	    at: 2026-11-28T14:02:00Z
//	    until: 2026-11-29T09:00:00Z
//	    was: broken-1a2b3c4d
//
// What is needed is the code, the network and a reason; docs/known-problems.md tells of the
// rest. An entry with a fault is named with its line and counts for nothing; the others
// count. Nothing that somebody wrote is lost: an entry comes and goes as lines of the text,
// and a text in which that cannot be done is left as it is.
package known
