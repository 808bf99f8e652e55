//go:build unix

package tell_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/telling"
	"github.com/peerdeck/peerdeck/services/local/helper"
	"github.com/peerdeck/peerdeck/services/local/tell"
)

func notice() telling.Notice {
	return telling.Notice{Title: "us-prod › billing broke", Body: `it says "$(rm -rf ~)" & more`, Entry: changes.Entry{
		At: time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC), Kind: changes.KindFinding, Sense: changes.Broke, Severity: model.SeverityBroken,
		Code: "half-deleted", NetworkName: safe.New("us-prod"), Network: safe.New("n-1"), Subject: safe.New("billing"), Peering: safe.New("p-1"),
	}}
}

func script(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "told")
	syscall.ForkLock.RLock() // what is open for writing in a child cannot be started
	err := os.WriteFile(path, []byte("#!/bin/sh\n"+text+"\n"), 0o700)
	syscall.ForkLock.RUnlock()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func TestTheProgramReadsTheChange(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	c := tell.Command{Argv: []string{script(t, `cat > "$1"`), out}, Limit: time.Minute, Context: "prod"}
	if err := c.Tell(t.Context(), notice()); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]any{
		"version": 1.0, "title": "us-prod › billing broke", "body": `it says "$(rm -rf ~)" & more`, "kind": "finding", "sense": "broke", "severity": "broken",
		"code": "half-deleted", "network": "us-prod", "network_id": "n-1", "subject": "billing", "object_id": "p-1", "context": "prod", "at": "2026-11-28T12:00:00Z",
	} {
		if got[name] != want {
			t.Errorf("%s is %v, want %v", name, got[name], want)
		}
	}
}

func TestAProgramThatDoesNot(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		argv []string
		says string
		kind helper.Kind
	}{
		"fails":          {[]string{script(t, "echo no bus here >&2; exit 3")}, "failed with exit code 3: no bus here", helper.Exited},
		"is not there":   {[]string{"/nowhere/notify-send"}, "there is no program /nowhere/notify-send", helper.NotFound},
		"is not a name":  {[]string{" "}, "the command is empty", helper.NotFound},
		"never ends":     {[]string{script(t, "sleep 600 & sleep 600")}, "did not answer within 50 ms", helper.TimedOut},
		"reads nothing":  {[]string{script(t, "exit 0")}, "", ""},
		"prints no end":  {[]string{script(t, "yes")}, "printed more than", helper.TooMuch},
		"is one shell's": {[]string{"notify-send; rm"}, "there is no program notify-send; rm", helper.NotFound},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			limit := time.Minute
			if c.kind == helper.TimedOut {
				limit = 50 * time.Millisecond
			}
			err := tell.Command{Argv: c.argv, Limit: limit}.Tell(t.Context(), notice())
			if c.says == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			var e helper.Error
			if !errors.As(err, &e) || e.Kind != c.kind || !strings.Contains(err.Error(), c.says) || !strings.HasPrefix(err.Error(), "notify.command: ") {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestAProgramEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := (tell.Command{Argv: []string{"/bin/sh", "-c", "sleep 600"}}).Tell(ctx, notice()); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
