//go:build unix

package journey_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

// The commands of contexts, as scripts with their files.
func TestContextScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("..", "..", "testdata", "scripts", "context"),
		Setup: func(e *testscript.Env) error {
			s := sandboxtest.Start(e.T().(testing.TB), sandbox.Options{})
			token := filepath.Join(e.WorkDir, "token.txt")
			if err := os.WriteFile(token, []byte(sandbox.Token), 0o600); err != nil {
				return err
			}
			e.Vars = append(e.Vars,
				"PATH="+filepath.Dir(binary), "LANG=C.UTF-8", "PEERDECK_AZURE_TOKEN="+sandbox.Token, "TOKEN="+sandbox.Token, "GOV_TOKEN="+sandbox.Token,
				"PEERDECK_ARM_URL="+s.ARM, "PEERDECK_GRAPH_URL="+s.Graph,
				"XDG_STATE_HOME="+filepath.Join(e.WorkDir, "state"), "HOME="+e.WorkDir,
			)
			text := fmt.Sprintf(`konnect: {url: %[1]q}
contexts:
  - name: production
    colour: red
    read_only: true
    konnect: {token_file: %[2]q}
  - name: staging
    konnect: {token_variable: STAGING_TOKEN}
  - name: government
    azure: {cloud: government}
    konnect: {token_variable: GOV_TOKEN}
  - name: broken
    konnect: {token_fil: x}
`, s.Konnect, token)
			return os.WriteFile(filepath.Join(e.WorkDir, "config.yaml"), []byte(text), 0o600)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits},
	})
}

// inContexts is a configuration file with an organization that has networks, one that has
// none, and one whose token is missing.
func inContexts(t *testing.T) []string {
	t.Helper()
	full, empty := sandboxtest.Start(t, sandbox.Options{}), sandboxtest.Start(t, sandbox.Options{Empty: true})
	path := filepath.Join(t.TempDir(), "config.yaml")
	text := "contexts:\n"
	for name, s := range map[string]*sandbox.Server{"production": full, "staging": empty} {
		text += fmt.Sprintf("  - {name: %s, konnect: {url: %q, token_variable: A_TOKEN}, azure: {arm_url: %q, graph_url: %q, login_url: %q}", name, s.Konnect, s.ARM, s.Graph, s.Login)
		if name == "production" {
			text += ", read_only: true, colour: red"
		}
		text += "}\n"
	}
	text += "  - {name: away, konnect: {token_variable: NOT_SET}}\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return []string{"PEERDECK_CONFIG=" + path, "A_TOKEN=" + sandbox.Token, "PEERDECK_AZURE_TOKEN=" + sandbox.Token, "XDG_STATE_HOME=" + t.TempDir()}
}

// One terminal, one organization after the other: what was there goes with its context.
func TestChangeTheContextOnTheScreen(t *testing.T) {
	t.Parallel()
	s := start(t, 120, 36, inContexts(t), "--context", "production")
	s.up()
	s.until("production")
	s.until("READ-ONLY")
	s.keys(":")
	s.until("tab complete")
	s.keys("context staging")
	s.until("› context staging")
	s.keys("enter")
	s.until("There is no network in this organization") // between the two nobody reads keys
	s.until("staging")
	s.gone("eu-prod")
	s.gone("READ-ONLY")
	s.gone("production")
	s.keys("ctrl+o")
	s.until("Contexts")
	s.until("NOT_SET is not set")
	s.keys("away", "enter")
	s.until("The context away cannot be opened")
	s.until("staging") // one stays where one was
	s.keys("esc")
	s.gone("cannot be opened")
	s.keys("ctrl+o")
	s.until("Contexts")
	s.keys("prod", "enter")
	s.up()
	s.until("READ-ONLY")
	s.keys("q")
	s.end(0)
	if entries, err := filepath.Glob(filepath.Join(s.home, "*")); err != nil || len(entries) > 0 {
		t.Errorf("it left %s, %v", strings.Join(entries, " "), err)
	}
}
