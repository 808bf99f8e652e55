package file

import (
	"context"

	"github.com/peerdeck/peerdeck/model/paths/assume"
)

// Files reads what-if files for a screen, and writes them as texts.
type Files struct{}

// Open reads a file.
func (Files) Open(ctx context.Context, path string) (assume.Proposal, error) {
	if err := ctx.Err(); err != nil {
		return assume.Proposal{}, err
	}
	return Read(path)
}

// Text is a proposal as a file has it.
func (Files) Text(p assume.Proposal) string { return string(Format(p)) }
