package remembered_test

import (
	"path/filepath"
	"strconv"
	"testing"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/watch/remembered"
)

// What keeping and reading 10,000 networks takes: neither is done where a key waits.
func BenchmarkTenThousandNetworks(b *testing.B) {
	r := list()
	for i := range 10_000 {
		r.Networks = append(r.Networks, list("eu-prod-"+strconv.Itoa(i)).Networks...)
		r.Networks[i].ID = safe.New("3d3ff5dc-6154-51ba-bb67-" + strconv.Itoa(100_000_000_000+i))
	}
	s := remembered.New(filepath.Join(b.TempDir(), "default.json"), konnect, func(n string) { b.Error(n) })
	b.Run("keep", func(b *testing.B) {
		for b.Loop() {
			s.Keep(r)
		}
	})
	b.Run("recall", func(b *testing.B) {
		for b.Loop() {
			if s.Recall() == nil {
				b.Fatal("nothing")
			}
		}
	})
}
