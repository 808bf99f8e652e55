package build_test

import (
	"testing"

	"peerdeck/services/local/build"
)

// A test's own binary carries no commit, and still says which version it is.
func TestRead(t *testing.T) {
	if b := build.Read(); b.Version == "" {
		t.Errorf("a program without a version: %+v", b)
	}
}
