package whatif

import (
	"context"

	"github.com/peerdeck/peerdeck/model/paths/assume"
)

// Service reads and writes what-if files, which are files of the person's own. Its errors
// are sentences for people.
type Service interface {
	// Open reads a file.
	Open(ctx context.Context, path string) (assume.Proposal, error)
	// Text is a proposal as a file has it.
	Text(p assume.Proposal) string
}
