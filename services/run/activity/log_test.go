package activity_test

import (
	"strconv"
	"sync"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/services/run/activity"
)

func TestSince(t *testing.T) {
	log := activity.New()
	if got := log.Since(0); got != nil {
		t.Errorf("an empty log gave %v", got)
	}
	for i := range 3 {
		log.Add(model.Activity{Text: strconv.Itoa(i)})
	}
	if got := log.Since(1); len(got) != 2 || got[0].Number != 2 || got[1].Text != "2" {
		t.Errorf("got %+v", got)
	}
	if got := log.Since(3); got != nil {
		t.Errorf("got %+v", got)
	}
}

func TestOldEntriesAreForgotten(t *testing.T) {
	log := activity.New()
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range activity.Capacity / 2 {
				log.Note("x")
			}
		})
	}
	wg.Wait()
	got := log.Since(0)
	if len(got) != activity.Capacity {
		t.Fatalf("%d entries, want %d", len(got), activity.Capacity)
	}
	for i, a := range got {
		if a.Number != uint64(activity.Capacity+i+1) {
			t.Fatalf("entry %d has number %d", i, a.Number)
		}
	}
}
