//go:build linux || freebsd || netbsd || openbsd || dragonfly

package secret_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/services/local/secret"
	"github.com/peerdeck/peerdeck/services/local/secret/secrettest"
)

// ringAt is a keyring in a session at an address; elsewhere there is none.
func ringAt(address string) secret.Keyring {
	return secret.Keyring{Service: "peerdeck", User: "global.api.konghq.com", Env: func(name string) string {
		return map[string]string{"DBUS_SESSION_BUS_ADDRESS": address, "XDG_RUNTIME_DIR": "/nowhere"}[name]
	}}
}

func TestKeyring(t *testing.T) {
	t.Parallel()
	items := map[string]string{"peerdeck global.api.konghq.com": canary + "\n", "peerdeck eu.api.konghq.com": "other"}
	got, err := ringAt(secrettest.Serve(t, secrettest.Ring{Items: items})).Token(t.Context())
	if err != nil || got.Reveal() != canary {
		t.Errorf("%v", err)
	}
	_, err = ringAt(secrettest.Serve(t, secrettest.Ring{})).Token(t.Context())
	if !errors.Is(err, secret.ErrNone) || !strings.Contains(err.Error(), "no token for service peerdeck, user global.api.konghq.com") {
		t.Errorf("%v", err)
	}
}

// Fault 62: the keyring has no D-Bus session, no service, is locked, denies, is silent, or
// holds what is no token.
// Seen: within three seconds, what is so with the keyring and the way out: unlock it, a file, a
// variable or a helper command.
// Not run: the limits of size of Windows and macOS: peerdeck reads a token that other programs
// have stored and stores none, so no value of it can be too big.
//
// Each way in which a keyring is shut has its own words and its own way out.
func TestFault62KeyringsThatAreShut(t *testing.T) {
	t.Parallel()
	items := map[string]string{"peerdeck global.api.konghq.com": canary}
	for name, c := range map[string]struct {
		ring    secrettest.Ring
		address string // in place of one that the ring is served at
		door    secret.RingDoor
		says    []string
	}{
		"no D-Bus":              {address: "none", door: secret.RingNoSession, says: []string{"no D-Bus session", "another source"}},
		"a bus to be started":   {address: "autolaunch:", door: secret.RingNoSession, says: []string{"no D-Bus session"}},
		"a bus that is gone":    {address: "unix:path=/nowhere/bus", door: secret.RingNoSession, says: []string{"/nowhere/bus does not answer", "no such file"}},
		"no address":            {address: "nonsense", door: secret.RingNoSession, says: []string{"nonsense does not answer"}},
		"nothing keeps secrets": {ring: secrettest.Ring{Refuse: "org.freedesktop.DBus.Error.ServiceUnknown"}, door: secret.RingNoService, says: []string{"nothing in this session keeps secrets", "gnome-keyring"}},
		"it does not start":     {ring: secrettest.Ring{Refuse: "org.freedesktop.DBus.Error.Spawn.ChildExited"}, door: secret.RingNoService, says: []string{"nothing in this session keeps secrets"}},
		"none made":             {ring: secrettest.Ring{NoneMade: true}, door: secret.RingNoneMade, says: []string{"no collection", "secret-tool store --label=peerdeck service peerdeck username global.api.konghq.com"}},
		"no such object":        {ring: secrettest.Ring{Refuse: "org.freedesktop.Secret.Error.NoSuchObject"}, door: secret.RingNoneMade, says: []string{"no such collection"}},
		"locked":                {ring: secrettest.Ring{Items: items, Locked: true}, door: secret.RingLocked, says: []string{"is locked", "secret-tool lookup service peerdeck username global.api.konghq.com"}},
		"locked and hidden":     {ring: secrettest.Ring{Items: items, Locked: true, Hidden: true}, door: secret.RingLocked, says: []string{"is locked"}},
		"locked, it says":       {ring: secrettest.Ring{Refuse: "org.freedesktop.Secret.Error.IsLocked"}, door: secret.RingLocked, says: []string{"is locked"}},
		"denied":                {ring: secrettest.Ring{Refuse: "org.freedesktop.DBus.Error.AccessDenied"}, door: secret.RingDenied, says: []string{"denies peerdeck the access"}},
		"silent":                {ring: secrettest.Ring{Silent: true}, door: secret.RingSilent, says: []string{"gave no answer within 40 ms"}},
		"it does not let in":    {ring: secrettest.Ring{Shy: true}, door: secret.RingSilent, says: []string{"gave no answer within 40 ms"}},
		"something else":        {ring: secrettest.Ring{Refuse: "org.example.Broken"}, door: secret.RingFailed, says: []string{"cannot be asked: refused by a test"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := ringAt(strings.TrimPrefix(c.address, "none"))
			if c.address == "" {
				k = ringAt(secrettest.Serve(t, c.ring))
			}
			if c.door == secret.RingSilent {
				k.Patience = 40 * time.Millisecond
			}
			_, err := k.Token(t.Context())
			shut, ok := errors.AsType[secret.RingError](err)
			if !ok || shut.Door != c.door || strings.ContainsAny(err.Error(), "\x1b\n") || strings.Contains(err.Error(), canary) {
				t.Fatalf("%v, want %s", err, c.door)
			}
			for _, part := range c.says {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("%q does not say %q", err, part)
				}
			}
		})
	}
}

func TestAKeyringIsLeftWhenNobodyWaits(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := ringAt(secrettest.Serve(t, secrettest.Ring{Silent: true})).Token(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// The bus of the desktop itself: nothing keeps secrets in it, and none is started.
func TestARealBus(t *testing.T) {
	t.Parallel()
	daemon, err := exec.LookPath("dbus-daemon")
	if err != nil {
		t.Skip("there is no dbus-daemon")
	}
	dir, err := os.MkdirTemp("", "bus") //nolint:usetesting // the path of a socket must be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	socket := filepath.Join(dir, "s")
	for name, c := range map[string]struct {
		policy string
		door   secret.RingDoor
	}{
		"nothing keeps secrets":  {"", secret.RingNoService},
		"the bus lets nobody in": {`<deny user="*"/>`, secret.RingNoSession},
	} {
		config := filepath.Join(dir, "config")
		text := `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path=` + socket + `</listen><auth>EXTERNAL</auth><policy context="default"><allow send_destination="*" eavesdrop="true"/>
<allow eavesdrop="true"/>
<allow own="*"/>` + c.policy + `</policy></busconfig>`
		if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		cmd := exec.CommandContext(t.Context(), daemon, "--config-file="+config, "--nofork", "--print-address")
		ready, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if n, err := ready.Read(make([]byte, 256)); err != nil || n == 0 {
			t.Fatalf("%s: the bus does not start: %v", name, err)
		}
		_, err = ringAt("unix:path=" + socket).Token(t.Context())
		if shut, ok := errors.AsType[secret.RingError](err); !ok || shut.Door != c.door {
			t.Errorf("%s: %v", name, err)
		}
		_ = cmd.Process.Signal(syscall.SIGTERM)
		_ = cmd.Wait()
	}
}
