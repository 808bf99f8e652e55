package build_test

import (
	"os"
	"regexp"
	"runtime"
	"testing"

	"github.com/peerdeck/peerdeck/services/local/build"
)

// A test's own binary carries no commit, so its version is the one that the program
// has by itself: the newest of the changelog.
func TestTheVersionIsThatOfTheChangelog(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../../../CHANGELOG.md")
	if err != nil {
		t.Fatal(err)
	}
	newest := regexp.MustCompile(`(?m)^## \[?(\d+\.\d+\.\d+[^\s\]]*)`).FindSubmatch(data)
	if newest == nil {
		t.Fatal("the changelog has no version")
	}
	b := build.Read()
	if b.Version != string(newest[1]) {
		t.Errorf("the program says %s, the changelog %s", b.Version, newest[1])
	}
	if b.Go != runtime.Version() || b.Platform != runtime.GOOS+"/"+runtime.GOARCH {
		t.Errorf("%+v", b)
	}
}
