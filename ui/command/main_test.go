package command_test

import (
	"os"
	"testing"

	"github.com/peerdeck/peerdeck/services/run/longtest"
)

// Most of what is tested here waits for the sandbox's clouds.
func TestMain(m *testing.M) {
	longtest.ManyAtOnce(8)
	os.Exit(m.Run()) //nolint:forbidigo // as TestMain must
}
