package saved_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/services/local/saved"
)

func content(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestSavedTexts(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	private, shared := filepath.Join(dir, "private"), filepath.Join(dir, "shared")
	if err := saved.Private(private, "mine"); err != nil {
		t.Fatal(err)
	}
	if err := saved.Shared(shared, "ours", false); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(private); err != nil || (runtime.GOOS != "windows" && info.Mode().Perm() != 0o600) {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	for cure, err := range map[string]error{"Give another name.": saved.Private(private, "x"), "to be replaced.": saved.Shared(shared, "x", false)} {
		if f, failed := model.AsFailure(err); !failed || f.Kind != model.FailureConflict || !strings.HasSuffix(f.Cure, cure) {
			t.Errorf("%+v", err)
		}
	}
	if content(t, private) != "mine" || content(t, shared) != "ours" {
		t.Error("a file was written over")
	}
	if err := saved.Shared(private, "new", true); err != nil || content(t, private) != "new" {
		t.Error(err)
	}
	if info, err := os.Stat(private); err != nil || (runtime.GOOS != "windows" && info.Mode().Perm() != 0o600) {
		t.Errorf("an export made it %v, %v", info.Mode(), err)
	}
	for _, path := range []string{dir, filepath.Join(dir, "none", "x"), ""} {
		for _, err := range []error{saved.Private(path, ""), saved.Shared(path, "", true)} {
			if f, failed := model.AsFailure(err); !failed || f.Kind != model.FailureInvalid || f.Cure == "" || (path != "" && strings.Contains(f.Cause.Raw(), path)) {
				t.Errorf("%q: %+v", path, err)
			}
		}
	}
}
