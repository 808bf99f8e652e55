package crash_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/services/local/crash"
)

func TestFaults(t *testing.T) {
	dir := t.TempDir()
	ctx, end := context.WithCancelCause(t.Context())
	faults := crash.NewFaults(dir, "7.8.9", end)
	if path, met := faults.First(); met || path != "" {
		t.Fatalf("before any fault: %q, %v", path, met)
	}
	faults.Record("drawing", "a", []byte("stack one"))
	faults.Record("reading", "b", []byte("stack two"))
	path, met := faults.First()
	data, err := os.ReadFile(path)
	if !met || err != nil || !strings.Contains(string(data), "peerdeck 7.8.9 met a fault while drawing") || strings.Contains(string(data), "two") {
		t.Errorf("%v, %v, %s", met, err, data)
	}
	if ctx.Err() == nil || context.Cause(ctx).Error() != "a fault of the program" {
		t.Errorf("the program goes on: %v", context.Cause(ctx))
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 1 {
		t.Errorf("%d reports of the first fault, %v", len(files), err)
	}
}
