//go:build unix

package secret_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/peerdeck/peerdeck/services/local/helper"
	"github.com/peerdeck/peerdeck/services/local/secret"
)

func sh(text string) secret.Command { return secret.Command{Argv: []string{"sh", "-c", text}} }

func TestCommand(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"alone":               `echo kpat_canary`,
		"with quotes":         `echo '"Bearer kpat_canary"'`,
		"JSON":                `echo '{"token": "kpat_canary", "ttl": 3}'`,
		"JSON behind a noise": `echo 'WARNING: the vault is old {1.2}'; echo '{"access_token":"kpat_canary"}'`,
		"behind a noise":      `echo 'Unlocking the vault ...'; echo kpat_canary; echo done and gone`,
		"of Windows":          `printf '\377\376k\000p\000a\000t\000_\000c\000a\000n\000a\000r\000y\000\r\000\n\000'`,
		"a child is left":     `sleep 1000 & echo kpat_canary`,
		"errors beside":       `echo 'new version' >&2; echo kpat_canary`,
	} {
		if got, err := sh(text).Token(t.Context()); err != nil || got.Reveal() != canary {
			t.Errorf("%s: %v", name, err)
		}
	}
	for says, c := range map[string]secret.Command{
		"there is no program /nowhere/at/all":         {Argv: []string{"/nowhere/at/all"}},
		"sh failed with exit code 3: no":              sh("echo no >&2; exit 3"),
		"no token is in it":                           {Argv: []string{"true"}},
		"is empty":                                    {},
		"no token is printed; it said: locked":        sh("echo locked >&2"),
		"holds more than a token":                     sh("echo a b; echo c"),
		"printed JSON of another form: without token": sh(`echo '{"secret":"kpat-canary"}'`),
		"JSON whose token is no text":                 sh(`echo '{"token":{"kpat":"canary"}}'`),
		"printed more than 65536 bytes and was ended; it began with: one long": sh("head -c 1000000000 /dev/zero | tr '\\0' c"),
		"exit code 1: + echo ***":    sh("set -x; echo canary-of-a-token; exit 1"),
		"sh failed with exit code 4": sh("echo canary; exit 4"),
	} {
		_, err := c.Token(t.Context())
		if err == nil || !strings.Contains(err.Error(), says) || (strings.Contains(err.Error(), "canary") && !strings.HasSuffix(says, "code 4")) {
			t.Errorf("%v: %v, want %q", c.Argv, err, says)
		}
	}
}

// What a helper has started is ended with it.
func TestACommandThatHangsLeavesNothing(t *testing.T) {
	t.Parallel()
	gate := filepath.Join(t.TempDir(), "gate")
	if err := syscall.Mkfifo(gate, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	child := make(chan string, 1)
	go func() {
		data, _ := os.ReadFile(gate)
		child <- strings.TrimSpace(string(data))
		cancel()
	}()
	_, err := secret.Command{Argv: []string{"sh", "-c", `sleep 1000 & echo $! >"$0"; wait`, gate}}.Token(ctx)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	pid, err := strconv.Atoi(<-child)
	if err != nil {
		t.Fatal(err)
	}
	if syscall.Kill(pid, 0) == nil {
		state, _ := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
		if !strings.Contains(string(state), ") Z ") {
			t.Errorf("process %d still runs: %s", pid, state)
		}
	}
	short, end := context.WithTimeout(t.Context(), 0)
	defer end()
	_, err = sh("sleep 1000").Token(short)
	if e, ok := errors.AsType[helper.Error](err); !ok || e.Kind != helper.TimedOut {
		t.Errorf("%v", err)
	}
}
