package command_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/ui/command"
)

// What is acknowledged stays in what is printed and leaves the exit code by wish alone; it
// counts again when it is taken back, and where its file has a fault.
func TestWhatIsAcknowledged(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "known.yaml")
	run := func(args ...string) (code int, out, errs string) {
		var o, e bytes.Buffer
		w := command.World{In: strings.NewReader(""), Out: &o, Err: &e, Getenv: func(string) string { return "" }, Logging: func(string) error { return nil }}
		code = command.Execute(t.Context(), w, append([]string{"--demo", "--known-file", file}, args...))
		return code, o.String(), e.String()
	}
	step := func(name string, wantCode int, want []string, args ...string) {
		t.Helper()
		code, out, errs := run(args...)
		if code != wantCode {
			t.Errorf("%s: exit %d, want %d: %s%s", name, code, wantCode, out, errs)
		}
		for _, w := range want {
			if !strings.Contains(out+errs, w) {
				t.Errorf("%s: %q is not in %s%s", name, w, out, errs)
			}
		}
	}
	status := []string{"status", "--network", "au-edge"}
	step("before", command.ExitAttention, []string{"✖  au-edge"}, append(status, "--ignore-acknowledged")...)
	step("no reason", command.ExitFailed, []string{"--reason"}, "known", "add", "azure-disconnected", "--network", "au-edge")
	step("no such end", command.ExitFailed, []string{"--until", `"soon"`}, "known", "add", "azure-disconnected", "--network", "au-edge", "--reason", "x", "--until", "soon")
	step("not there", command.ExitFailed, []string{"has no finding azure-absent now"}, "known", "add", "azure-absent", "--network", "au-edge", "--reason", "x")
	step("add", command.ExitOK, []string{"edge-services is known until", file}, "known", "add", "azure-disconnected", "--network", "au-edge", "--reason", "change 4711", "--until", "2h")
	step("as before without the flag", command.ExitAttention, []string{"◇  au-edge", "Known: change 4711 (alice@acme.example, until "}, status...)
	step("left out", command.ExitOK, []string{"azure-disconnected"}, append(status, "--ignore-acknowledged")...)
	step("JSON", command.ExitOK, []string{`"reason": "change 4711"`, `"severity": "broken"`}, append(status, "--ignore-acknowledged", "-o", "json")...)
	step("others count", command.ExitAttention, nil, "status", "--ignore-acknowledged")
	step("list", command.ExitOK, []string{"◇  known", "change 4711", file}, "known")
	step("take back", command.ExitOK, []string{"counts again"}, "known", "remove", "azure-disconnected", "--network", "au-edge")
	step("nothing to take back", command.ExitFailed, []string{"nothing is said of"}, "known", "remove", "azure-disconnected", "--network", "au-edge")
	step("after", command.ExitAttention, []string{"✖  au-edge"}, append(status, "--ignore-acknowledged")...)
	if err := os.WriteFile(file, []byte("known:\n  - code: azure-disconnected\n    netwerk: au-edge\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	step("a fault", command.ExitAttention, []string{"line 3", "network may be meant"}, "known")
	step("a fault keeps it counted", command.ExitAttention, []string{"✖  au-edge", "line 3"}, append(status, "--ignore-acknowledged")...)
}
