package trace

import (
	"encoding/json"

	"github.com/peerdeck/peerdeck/model/safe"
)

// Kept are the last probes of some networks, a document each, as they are kept on disk.
func (r *Results) Kept(networks []safe.Text) []json.RawMessage {
	r.store.mu.Lock()
	defer r.store.mu.Unlock()
	var out []json.RawMessage
	for _, n := range networks {
		of := r.store.of(n)
		if of.last.Begun.IsZero() {
			continue
		}
		k := keptOf(of)
		k.Format = format
		if data, err := json.Marshal(k); err == nil { //nolint:musttag // the same form as on disk, read by the same type
			out = append(out, data)
		}
	}
	return out
}

// ResultsOf returns the results of such documents, in memory. One that makes no sense is
// left out.
func ResultsOf(documents []json.RawMessage) *Results {
	r := NewResults("", func(string) {})
	for _, d := range documents {
		var k keptMatrix
		if json.Unmarshal(d, &k) != nil || k.Format != format { //nolint:musttag // as above
			continue
		}
		if of, err := k.results(); err == nil {
			r.store.networks[k.Network] = of
		}
	}
	return r
}
