package wiring

import (
	"encoding/json"
	"path/filepath"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/bundle"
	"github.com/peerdeck/peerdeck/services/setup/journal"
)

// Journals are the newest journals of set-ups, for a bundle. One that cannot be read is a
// note in the activity log.
func (b *Bundle) Journals() []bundle.Journal {
	if b.settings.StateDir == "" {
		return nil
	}
	const most = 20
	store := journal.NewStore(filepath.Join(b.settings.StateDir, "setup"))
	ids, err := store.IDs()
	if err != nil {
		b.Log.Remark(safe.Clean(err.Error()))
		return nil
	}
	var out []bundle.Journal
	for _, id := range ids[:min(most, len(ids))] {
		record, err := store.Read(id)
		if err != nil {
			b.Log.Remark(safe.Clean(err.Error()))
			continue
		}
		j := bundle.Journal{ID: id}
		for _, e := range record.Entries {
			if line, err := json.Marshal(e); err == nil {
				j.Lines = append(j.Lines, line)
			}
		}
		out = append(out, j)
	}
	return out
}

// Secrets are the tokens that were asked with: a bundle is searched for them.
func (b *Bundle) Secrets() []string {
	out := []string{b.settings.AzureToken.Reveal()}
	for _, t := range b.settings.AzureTokens {
		out = append(out, t.Reveal())
	}
	b.token.mu.Lock()
	defer b.token.mu.Unlock()
	return append(out, b.token.last.Reveal())
}
