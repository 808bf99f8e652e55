package paths

import (
	"context"

	"github.com/peerdeck/peerdeck/services/local/saved"
)

// Save writes a text to a file that is not there yet, readable by its owner alone.
func (*Reader) Save(_ context.Context, path, text string) error {
	return saved.Private(path, text)
}
