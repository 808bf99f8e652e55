//go:build unix

package journey_test

import (
	"errors"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

// The commands of the mapping table, as scripts with their files, each in a world of its
// own. A script can let things happen there:
//
//	exits 2 peerdeck dns diff table.yaml --network eu-prod
//	colleague eu-prod corp-dns added.example.org 10.20.0.9
//	writes 1
//
// Every script is a file in testdata/scripts/dns.
func TestScripts(t *testing.T) {
	t.Parallel()
	runScripts(t, "dns")
}

// The commands of the paths, in the same way. No DNS server is asked: private addresses
// belong to nobody here.
func TestPathScripts(t *testing.T) {
	t.Parallel()
	runScripts(t, "paths", "PEERDECK_DNS_VIA=socks5://127.0.0.1:9")
}

// The command of the metrics, in the same way.
func TestMetricScripts(t *testing.T) {
	t.Parallel()
	runScripts(t, "metrics")
}

// What is there, as code.
func TestExportScripts(t *testing.T) {
	t.Parallel()
	runScripts(t, "export")
}

func runScripts(t *testing.T, dir string, vars ...string) {
	t.Helper()
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("..", "..", "testdata", "scripts", dir),
		Setup: func(e *testscript.Env) error {
			s := sandboxtest.Start(e.T().(testing.TB), sandbox.Options{PeeringTime: 300 * time.Millisecond})
			e.Values["world"] = s.World
			e.Vars = append(e.Vars,
				"PATH="+filepath.Dir(binary), "LANG=C.UTF-8", "KONNECT_TOKEN="+sandbox.Token, "PEERDECK_AZURE_TOKEN="+sandbox.Token,
				"PEERDECK_KONNECT_URL="+s.Konnect, "PEERDECK_ARM_URL="+s.ARM, "PEERDECK_GRAPH_URL="+s.Graph, "PEERDECK_LOGIN_URL="+s.Login,
				"XDG_STATE_HOME="+filepath.Join(e.WorkDir, "state"), "VIEWER="+sandbox.ViewerToken,
			)
			e.Vars = append(e.Vars, vars...)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "colleague": colleague, "writes": writesOf, "lose-answer": loseAnswer, "newer": newer},
	})
}

// exits runs a program that must end with a code: exits CODE PROGRAM ARGS.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM ARGS…")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := "0"
	if exit, failed := errors.AsType[*exec.ExitError](err); failed {
		code = strings.TrimPrefix(exit.Error(), "exit status ")
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if code != args[0] {
		ts.Fatalf("it ended with %s, not with %s", code, args[0])
	}
}

func worldOf(ts *testscript.TestScript) *sandbox.World { return ts.Value("world").(*sandbox.World) }

// colleague lets somebody else edit a resolver: colleague NETWORK RESOLVER DOMAIN [SERVER…];
// without a server the domain goes. With -later it happens right before the next time
// that the resolver is read by itself.
func colleague(ts *testscript.TestScript, _ bool, args []string) {
	var before *sandbox.Request
	if args[0] == "-later" {
		args = args[1:]
		before = &sandbox.Request{Service: "konnect", Method: "GET", Path: "private-dns/{dns}"}
	}
	e := sandbox.Event{Network: args[0], DNS: args[1], Before: before}
	if len(args) == 3 {
		e.Drop = []string{args[2]}
	} else {
		e.Map = map[string][]string{args[2]: args[3:]}
	}
	if before == nil {
		worldOf(ts).Apply(e)
		return
	}
	ts.Check(worldOf(ts).Schedule(e))
}

// writesOf checks how many requests have changed Konnect: writes NUMBER.
func writesOf(ts *testscript.TestScript, _ bool, args []string) {
	if got := worldOf(ts).Writes("konnect"); args[0] != strconv.Itoa(got) {
		ts.Fatalf("%d requests have changed Konnect, not %s", got, args[0])
	}
}

// loseAnswer lets the next change be made and its answer be an error.
func loseAnswer(ts *testscript.TestScript, _ bool, _ []string) {
	worldOf(ts).AddFault(sandbox.Fault{Service: "konnect", Method: "PATCH", Path: "private-dns", Status: 500, After: true, Times: 1})
}

// newer gives the configuration of a resolver a member that peerdeck does not know, and
// that is refused when it is sent back: newer NETWORK RESOLVER MEMBER VALUE.
func newer(ts *testscript.TestScript, _ bool, args []string) {
	worldOf(ts).Apply(sandbox.Event{Network: args[0], DNS: args[1], Newer: &sandbox.Newer{Config: map[string]any{args[2]: args[3]}}})
}
