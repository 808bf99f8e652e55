//go:build unix

package journey_test

import (
	"testing"

	"github.com/peerdeck/peerdeck/services/local/secret/secrettest"
)

// withAz has the desk sign in by a program called az and by nothing else.
func withAz(script string) func(*testing.T, *desk) {
	return func(t *testing.T, d *desk) {
		t.Helper()
		delete(d.env, "PEERDECK_AZURE_TOKEN")
		d.env["PEERDECK_AZURE_SIGN_IN"] = "cli"
		if script != "" {
			d.program(t, "az", script)
		}
	}
}

// withConfiguration has the desk take Konnect's token from what the file says.
func withConfiguration(text string) func(*testing.T, *desk) {
	return func(t *testing.T, d *desk) {
		t.Helper()
		delete(d.env, "KONNECT_TOKEN")
		d.env["DBUS_SESSION_BUS_ADDRESS"] = "autolaunch:"
		d.env["PEERDECK_CONFIG"] = d.file(t, "config.yaml", text)
	}
}

// The Azure CLI hangs, is broken, or prints something else than a token.
func TestDoorsOfTheAzureCLI(t *testing.T) {
	t.Parallel()
	hangs := withAz("#!/bin/sh\nsleep 1000 & sleep 1000\n")
	meetAll(t, []door{
		{
			name: "az hangs", code: "sign-in-azure-cli-silent", slow: true,
			shut: func(t *testing.T, d *desk) { //nolint:thelper // a step of the table
				hangs(t, d)
				d.env["PEERDECK_HELPER_TIMEOUT"] = "400ms"
			},
			says: []string{"did not answer within 400 ms"},
		},
		{
			name: "az is not installed", code: "sign-in-no-azure-cli", shut: withAz(""),
			says: []string{"Azure CLI is not installed"},
		},
		{
			name: "the Python of az is missing", code: "sign-in-azure-cli-broken", shut: withAz("#!/opt/az/bin/python3 -Im\n"),
			says: []string{"/opt/az/bin/python3"},
		},
		{
			name: "az prints JSON of another form", code: "sign-in-azure-cli-answer",
			shut: withAz("#!/bin/sh\necho 'WARNING: old'\necho '{\"token\": \"canary\"}'\n"),
			says: []string{"printed JSON of another form", "it has token"}, hides: []string{"canary"},
		},
		{
			name: "az prints a gigabyte", code: "sign-in-azure-cli-answer", shut: withAz("#!/bin/sh\nexec head -c 1000000000 /dev/zero\n"),
			says: []string{"printed more than 1 MiB and was ended"},
		},
		{
			name: "az is not signed in", code: "sign-in-azure-cli-signed-out",
			shut: withAz("#!/bin/sh\necho \"ERROR: Please run 'az login' to setup account.\" >&2\nexit 1\n"),
			says: []string{"Azure CLI is not signed in"},
		},
	})
}

// Konnect's token cannot be had: the program cannot begin, and says where it looked. It is
// the same text before the screen as in commands, cut by the terminal at its edge.
func TestDoorsOfTheKonnectToken(t *testing.T) {
	t.Parallel()
	hangs := withConfiguration("konnect:\n  token_command: [sh, -c, \"sleep 1000 & sleep 1000\"]\n")
	meetAll(t, []door{
		{
			name: "a token file that is not there", not: []string{"screen"},
			shut: func(_ *testing.T, d *desk) {
				delete(d.env, "KONNECT_TOKEN")
				d.env["KONNECT_TOKEN_FILE"] = "~/none"
			},
			says: []string{"/none (KONNECT_TOKEN_FILE) cannot be read: no such file", "unset KONNECT_TOKEN_FILE"},
		},
		{
			name: "a token command that hangs", not: []string{"screen"},
			shut: func(t *testing.T, d *desk) { //nolint:thelper // a step of the table
				hangs(t, d)
				d.env["PEERDECK_HELPER_TIMEOUT"] = "400ms"
			},
			says: []string{"sh did not answer within 400 ms", "no D-Bus session"},
		},
		{
			name: "a token command that is not there, and no keyring", not: []string{"screen"},
			shut: withConfiguration("konnect:\n  token_file: /nowhere/token\n  token_command: [/nowhere/pass]\n"),
			says: []string{"/nowhere/token", "there is no program /nowhere/pass", "no D-Bus session"},
		},
		{
			name: "a keyring that is locked", not: []string{"screen"},
			shut: func(t *testing.T, d *desk) { //nolint:thelper // as above
				delete(d.env, "KONNECT_TOKEN")
				d.env["DBUS_SESSION_BUS_ADDRESS"] = secrettest.Serve(t, secrettest.Ring{Items: map[string]string{"peerdeck 127.0.0.1": "kpat_canary"}, Locked: true, Hidden: true})
			},
			says: []string{"the keyring is locked", "secret-tool lookup"}, hides: []string{"canary"},
		},
	})
}
