// Package trace holds the pages that look into names: the trace of one name, with the
// rules, the checks and the answers of the servers, and the matrix of all domains of a
// table at all their servers. Both show what comes as it comes, and ask nothing
// themselves. Every result names the place from which was asked.
package trace

import (
	"context"

	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Service is all that the pages need. Its methods return at once, unless they take a
// context. How a trace and a matrix stand comes by channels. Its errors are failures
// with a cure.
type Service interface {
	// Trace begins to look into a name, in place of the trace in hand.
	Trace(r dnstrace.Request) error
	// ProbeAll begins to ask all servers for all their domains, in place of the matrix
	// in hand.
	ProbeAll(r dnstrace.ProbeRequest) error
	// Cancel ends what is in hand.
	Cancel()
	// Judge takes the output of the commands of a trace that were run elsewhere, and
	// judges it as own answers.
	Judge(r dnstrace.Request, text string) error
	// Script returns the commands that ask the servers of a name on another machine,
	// such as one in the VNET; what they print is taken by Judge.
	Script(r dnstrace.Request) (string, error)
	// Last returns the last matrix of a network.
	Last(network safe.Text) (dnstrace.Matrix, bool)
	// History returns the last traces, the newest first, of earlier sessions too.
	History() []dnstrace.Kept
	// Save writes a text to a file that is not there yet.
	Save(ctx context.Context, path, text string) error
}
