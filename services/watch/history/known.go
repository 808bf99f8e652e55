package history

import (
	"path/filepath"
	"slices"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/local/keep"
)

// Known returns the ids of the networks that were there when they were last seen, where the
// folder has the history of one organization. With several, nobody knows yet whose token is
// in use, so there are none. Nothing is written.
func Known(dir string) []safe.Text {
	files, err := filepath.Glob(filepath.Join(dir, "history-*.jsonl"))
	if err != nil || len(files) != 1 {
		return nil
	}
	s := New()
	if _, err := keep.ReadLines(files[0], limits(), s.accept); err != nil {
		return nil
	}
	var out []safe.Text
	for key := range s.last {
		if !slices.Contains(out, key.Network) {
			out = append(out, key.Network)
		}
	}
	slices.SortFunc(out, safe.Text.Compare)
	return out
}
