//go:build unix

package journey_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

// A profile of kongctl's through the real program, which finds Konnect by it alone.
func TestKongctlScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("..", "..", "testdata", "scripts", "kongctl"),
		Setup: func(e *testscript.Env) error {
			s := sandboxtest.Start(e.T().(testing.TB), sandbox.Options{})
			e.Vars = append(e.Vars,
				"PATH="+filepath.Dir(binary)+":/usr/bin:/bin", "LANG=C.UTF-8", "PEERDECK_AZURE_TOKEN="+sandbox.Token, "TOKEN="+sandbox.Token, "DBUS_SESSION_BUS_ADDRESS=autolaunch:",
				"PEERDECK_ARM_URL="+s.ARM, "PEERDECK_GRAPH_URL="+s.Graph, "PEERDECK_LOGIN_URL="+s.Login, "XDG_STATE_HOME="+filepath.Join(e.WorkDir, "state"),
			)
			text := fmt.Sprintf("here:\n  output: json\n  konnect:\n    base-url: %q\n    pat: %q\nended:\n  konnect:\n    base-url: %[1]q\n", s.Konnect, sandbox.Token)
			dir := filepath.Join(e.WorkDir, "config", "kongctl")
			if err := os.MkdirAll(dir, 0o700); err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(dir, "config.yaml"), []byte(text), 0o600)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits},
	})
}
