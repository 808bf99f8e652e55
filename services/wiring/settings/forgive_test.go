package settings_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/services/local/secret"
	"github.com/peerdeck/peerdeck/services/local/secret/secrettest"
	"github.com/peerdeck/peerdeck/services/wiring/settings"
)

// No source's reason is dropped: each that was asked is listed, in order.
func TestEverySourceThatHasNoTokenIsNamed(t *testing.T) {
	t.Parallel()
	locked := secrettest.Serve(t, secrettest.Ring{Items: map[string]string{"peerdeck global.api.konghq.com": "kpat_canary"}, Locked: true})
	file := config(t, "konnect:\n  token_file: /nowhere/token\n  token_command: [/nowhere/pass]\n")
	s, err := settings.Load(t.Context(), settings.Flags{Config: file, Theme: "mono"}, environment("DBUS_SESSION_BUS_ADDRESS="+locked, "KONNECT_TOKEN=''"))
	none, ok := errors.AsType[secret.NoToken](err)
	if !ok || len(none.Asked) != 3 {
		t.Fatalf("%v", err)
	}
	at := -1
	for _, part := range []string{"/nowhere/token (konnect.token_file", "/nowhere/pass", "the keyring is locked", "set KONNECT_TOKEN"} {
		next := strings.Index(err.Error(), part)
		if next <= at {
			t.Errorf("%q is not behind what comes before it: %s", part, err)
		}
		at = next
	}
	if len(s.Warnings) != 1 || !strings.Contains(s.Warnings[0], "KONNECT_TOKEN is set and holds no token") || s.Theme != "mono" {
		t.Errorf("the other settings: %q, %+v", s.Warnings, s.Theme)
	}
}

func TestASourceThatFailsIsAWarningWhereAnotherHasAToken(t *testing.T) {
	t.Parallel()
	file := config(t, "konnect:\n  token_file: /nowhere/token\n  token_command: [echo, kpat_cmd]\n")
	s, err := settings.Load(t.Context(), settings.Flags{Config: file}, environment())
	if err != nil {
		t.Fatal(err)
	}
	if got, err := s.Token.Token(t.Context()); err != nil || got.Reveal() != "kpat_cmd" {
		t.Errorf("%v", err)
	}
	if len(s.Warnings) != 1 || !strings.Contains(s.Warnings[0], "/nowhere/token") || !strings.Contains(s.Warnings[0], "the command echo is used instead") {
		t.Errorf("%q", s.Warnings)
	}
}

// What a variable points at is not replaced by a token of somebody else's.
func TestAVariableIsNotReplaced(t *testing.T) {
	t.Parallel()
	ring := secrettest.Serve(t, secrettest.Ring{Items: map[string]string{"peerdeck global.api.konghq.com": "kpat_canary"}})
	for name, env := range map[string]string{"KONNECT_TOKEN_FILE": "/nowhere/token", "KONNECT_TOKEN": "two words"} {
		_, err := settings.Load(t.Context(), settings.Flags{Config: config(t, "")}, environment(name+"="+env, "DBUS_SESSION_BUS_ADDRESS="+ring))
		if err == nil || !strings.Contains(err.Error(), name) || !strings.Contains(err.Error(), "unset "+name) || !strings.Contains(err.Error(), "the keyring (service peerdeck") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPathsAreReadAsAShellWould(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	for name, text := range map[string]string{
		"token": "kpat_file", "config.yaml": "konnect:\n  token_file: ~/token\nlog_file: $HOME/log\n", "tool": "",
	} {
		if err := os.WriteFile(filepath.Join(home, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, err := settings.Load(t.Context(), settings.Flags{Config: "~/config.yaml"}, environment("HOME="+home, "XDG_STATE_HOME=~/state"))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := s.Token.Token(t.Context()); err != nil || got.Reveal() != "kpat_file" {
		t.Errorf("%v", err)
	}
	if s.LogFile != filepath.Join(home, "log") || s.StateDir != filepath.Join(home, "state", "peerdeck") || len(s.Warnings) != 0 {
		t.Errorf("%q, %q, %q", s.LogFile, s.StateDir, s.Warnings)
	}
	s, err = settings.Load(t.Context(), settings.Flags{Config: config(t, ""), LogFile: "~/log"}, environment("HOME="+home, `KONNECT_TOKEN_FILE="${HOME}/token"`+"\r"))
	if err != nil || s.LogFile != filepath.Join(home, "log") {
		t.Errorf("%q, %v", s.LogFile, err)
	}
}

// Fault 61: a folder of the program or its configuration cannot be read or written, the token
// file can be read by others, a file is a link.
// Seen: a warning that names the setting, the place and the way out, and the program runs
// without keeping anything; a configuration that was asked for and cannot be read is an error.
// Not run: a HOME that is not set.
//
// A variable that names a place which cannot be used is named, and the program goes on.
func TestFault61PlacesThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		env  []string
		says []string
	}{
		"state in a file":    {[]string{"XDG_STATE_HOME=" + file}, []string{"nothing can be kept in " + filepath.Join(file, "peerdeck"), "XDG_STATE_HOME", "not a directory"}},
		"state, no path":     {[]string{"XDG_STATE_HOME=state"}, []string{`XDG_STATE_HOME is "state"`, "no whole path", "unset it"}},
		"configuration":      {[]string{"XDG_CONFIG_HOME=./config"}, []string{`XDG_CONFIG_HOME is "./config"`, "no whole path"}},
		"for a moment":       {[]string{"TMPDIR=" + file}, []string{"TMPDIR names " + file, "no folder"}},
		"for a moment, none": {[]string{"TMPDIR=tmp"}, []string{`TMPDIR is "tmp"`, "no whole path"}},
	} {
		s, err := settings.Load(t.Context(), settings.Flags{Config: config(t, "")}, environment(append(c.env, "KONNECT_TOKEN=x")...))
		if err != nil || len(s.Warnings) != 1 {
			t.Errorf("%s: %q, %v", name, s.Warnings, err)
			continue
		}
		for _, part := range c.says {
			if !strings.Contains(s.Warnings[0], part) {
				t.Errorf("%s: %q does not say %q", name, s.Warnings[0], part)
			}
		}
	}
	_, err := settings.Load(t.Context(), settings.Flags{}, environment("XDG_CONFIG_HOME="+file, "KONNECT_TOKEN=x"))
	if err == nil || !strings.Contains(err.Error(), "XDG_CONFIG_HOME") || !strings.Contains(err.Error(), "--config") {
		t.Errorf("%v", err)
	}
	_, err = settings.Load(t.Context(), settings.Flags{}, environment("PEERDECK_CONFIG=$NOWHERE/x", "KONNECT_TOKEN=x"))
	if err == nil || !strings.Contains(err.Error(), "PEERDECK_CONFIG: ") || !strings.Contains(err.Error(), "$NOWHERE/x") {
		t.Errorf("%v", err)
	}
}

func TestALogThatCannotBeWrittenNamesWhatNamedIt(t *testing.T) {
	t.Parallel()
	s, err := settings.Load(t.Context(), settings.Flags{Config: config(t, "")}, environment("PEERDECK_LOG_FILE=/nowhere/log", "KONNECT_TOKEN=x"))
	if err != nil {
		t.Fatal(err)
	}
	err = s.OpenLog(func(path string) error { return errors.New("the log " + path + " cannot be written") })
	if err == nil || !strings.HasPrefix(err.Error(), "PEERDECK_LOG_FILE: the log /nowhere/log") || !strings.Contains(err.Error(), "another file") {
		t.Errorf("%v", err)
	}
	if err := s.OpenLog(func(string) error { return nil }); err != nil {
		t.Error(err)
	}
}

func TestHelperLimit(t *testing.T) {
	t.Parallel()
	s, err := settings.Load(t.Context(), settings.Flags{Config: config(t, "helper_timeout: 2m\n")}, environment("KONNECT_TOKEN=x"))
	if err != nil || s.HelperLimit.String() != "2m0s" {
		t.Errorf("%s, %v", s.HelperLimit, err)
	}
	for _, wrong := range []string{"soon", "-1s", "30"} {
		_, err := settings.Load(t.Context(), settings.Flags{Config: config(t, "")}, environment("KONNECT_TOKEN=x", "PEERDECK_HELPER_TIMEOUT="+wrong))
		if err == nil || !strings.Contains(err.Error(), "PEERDECK_HELPER_TIMEOUT") || !strings.Contains(err.Error(), wrong) {
			t.Errorf("%q: %v", wrong, err)
		}
	}
}

func TestAzureTokensWithWhatPeoplePutAroundThem(t *testing.T) {
	t.Parallel()
	const a = "11111111-2222-3333-4444-555555555555"
	for text, want := range map[string][2]string{
		` "Bearer opaque" ` + "\r\n":         {"opaque", ""},
		`"home,` + a + `='Bearer x'"`:        {"home", "x"},
		"home , " + a + " = \"x\"\n":         {"home", "x"},
		"export PEERDECK_AZURE_TOKEN=opaque": {"opaque", ""},
	} {
		s, err := settings.Load(t.Context(), settings.Flags{Config: config(t, ""), ARM: "http://127.0.0.1:1"}, environment("KONNECT_TOKEN=x", "PEERDECK_AZURE_TOKEN="+text))
		if err != nil || s.AzureToken.Reveal() != want[0] || s.AzureTokens[a].Reveal() != want[1] {
			t.Errorf("%q: %v", text, err)
		}
	}
}
