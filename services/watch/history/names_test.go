package history_test

import (
	"slices"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/watch/history"
)

// What is asked ahead is asked of networks alone: a failure to read a whole service is kept
// too, and belongs to none.
func TestKnownAreNetworksOnly(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	s.Observe([]model.Change{state("b", "ready"), state("a", "ready")}, noon)
	down := model.Change{Object: safe.New("Azure"), ObjectName: safe.New("Azure"), Aspect: model.AspectReading, To: safe.New("no answer")}
	s.Read(down, noon)
	s.Read(down, noon.Add(5*time.Minute))
	if err := s.Save(); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if got, want := history.Known(dir), []safe.Text{safe.New("a"), safe.New("b")}; !slices.Equal(got, want) {
		t.Errorf("%v are known, want %v", got, want)
	}
}
