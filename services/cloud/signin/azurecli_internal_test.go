//go:build unix

package signin

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/services/run/attempt"
)

const (
	home  = "11111111-2222-3333-4444-555555555555"
	other = "99999999-2222-3333-4444-555555555555"
)

// az puts a program called az first on the path, as it is given.
func az(t *testing.T, text string, mode os.FileMode) {
	t.Helper()
	dir := t.TempDir()
	syscall.ForkLock.RLock()
	err := os.WriteFile(filepath.Join(dir, "az"), []byte(text), mode)
	syscall.ForkLock.RUnlock()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+":/usr/bin:/bin")
}

func ask(t *testing.T, c *cli, tenant string) (azcore.AccessToken, error) {
	t.Helper()
	return c.GetToken(t.Context(), policy.TokenRequestOptions{Scopes: []string{Scope}, TenantID: tenant})
}

// jwt is a token that says these claims.
func jwt(claims string) string {
	return "eyJcanary." + base64.RawURLEncoding.EncodeToString([]byte(claims)) + ".canary"
}

func TestWhatTheAzureCLIIsAsked(t *testing.T) {
	az(t, `#!/bin/sh
test "$*" = "account get-access-token --output json --resource https://management.core.windows.net/ --tenant `+home+`" || { echo "$*" >&2; exit 9; }
test "$AZURE_CORE_COLLECT_TELEMETRY$AZURE_CORE_NO_COLOR$AZURE_CLOUD_NAME" = falsetrueAzureUSGovernment || exit 8
if read -r line; then exit 7; fi
if (: </dev/tty) 2>/dev/null; then exit 6; fi
test "$(pwd)" = / || exit 5
echo '{"accessToken":"t","expires_on":4102444800}'`, 0o700)
	got, err := ask(t, newCLI(0, "AzureUSGovernment"), home)
	if err != nil || got.Token != "t" || got.ExpiresOn.Year() != 2100 {
		t.Errorf("%v", err)
	}
	az(t, `#!/bin/sh
case "$*" in *" --scope https://x.example/read") echo '{"accessToken":"t","expires_on":"4102444800"}';; *) echo "$*" >&2; exit 9;; esac`, 0o700)
	if _, err := newCLI(0, "").GetToken(t.Context(), policy.TokenRequestOptions{Scopes: []string{"https://x.example/read"}}); err != nil {
		t.Error(err)
	}
	// What is no tenant is not handed to a program.
	for _, odd := range []string{"--help", "a b", "a;id", "a&b", "$(id)", "a\nb", `"`} {
		if _, err := ask(t, newCLI(0, ""), odd); err == nil || !strings.Contains(err.Error(), "is no tenant") {
			t.Errorf("%q: %v", odd, err)
		}
	}
}

// Releases tell the end of a token in different forms, and some print something before it.
func TestAnswersOfTheAzureCLI(t *testing.T) {
	t.Setenv("TZ", "UTC")
	local := time.Date(2100, 1, 2, 3, 4, 5, 678900000, time.Local)
	for name, c := range map[string]struct {
		out  string
		want time.Time
	}{
		"epoch":            {`{"accessToken":"t","expires_on":4102444800,"expiresOn":"1999-01-01 00:00:00.000000","tokenType":"Bearer"}`, time.Unix(4102444800, 0)},
		"epoch as a text":  {`{"accessToken":"t","expires_on":"4102444800"}`, time.Unix(4102444800, 0)},
		"local time":       {`{"accessToken":"t","expiresOn":"2100-01-02 03:04:05.678900","subscription":"s","tenant":"` + home + `","tokenType":"Bearer"}`, local},
		"time with a zone": {`{"accessToken":"t","expiresOn":"2100-01-02T03:04:05+02:00"}`, time.Date(2100, 1, 2, 1, 4, 5, 0, time.UTC)},
		"the token itself": {`{"accessToken":"` + jwt(`{"exp":4102444800,"tid":"`+home+`"}`) + `","expiresOn":"2100-01-02 03:04:05.678900"}`, time.Unix(4102444800, 0)},
		"a warning before": {"WARNING: You have 2 updates available.\n\x1b[33mA new {preview} extension\x1b[0m\n" + `{"accessToken":"t","expires_on":4102444800}`, time.Unix(4102444800, 0)},
		"a mark before":    {"\ufeff" + `{"accessToken":"t","expires_on":4102444800}` + "\r\n", time.Unix(4102444800, 0)},
	} {
		az(t, "#!/bin/sh\ncat <<'END'\n"+c.out+"\nEND\necho 'UserWarning: old' >&2", 0o700)
		got, err := ask(t, newCLI(0, ""), home)
		if err != nil || !got.ExpiresOn.Equal(c.want) {
			t.Errorf("%s: %s, %v", name, got.ExpiresOn, err)
		}
	}
}

// Fault 35: az is not installed, too old, broken, or prints something else.
// Seen: which of these it is and the way out: another sign-in, or the hand-off with commands
// that hold the values already.
func TestFault35DoorsOfTheAzureCLI(t *testing.T) {
	exit := func(words string) string { return "#!/bin/sh\ncat >&2 <<'END'\n" + words + "\nEND\nexit 1" }
	out := func(text string) string { return "#!/bin/sh\ncat <<'END'\n" + text + "\nEND" }
	for name, c := range map[string]struct {
		az   string // empty for none
		mode os.FileMode
		code string
		says string
	}{
		"not installed":           {"", 0, "sign-in-no-azure-cli", "not installed"},
		"may not be run":          {"#!/bin/sh\n", 0o600, "sign-in-azure-cli-broken", "chmod +x"},
		"its Python is missing":   {"#!/opt/az/bin/python3 -Im\n", 0o700, "sign-in-azure-cli-broken", "/opt/az/bin/python3"},
		"what it starts is not":   {"#!/bin/sh\nexec /opt/az/bin/python3 -m azure.cli\n", 0o700, "sign-in-azure-cli-broken", "exit code 127"},
		"a module is missing":     {exit("Traceback (most recent call last):\n  File \"/usr/lib/x\", line 1, in <module>\nModuleNotFoundError: No module named 'azure'"), 0o700, "sign-in-azure-cli-broken", "No module named 'azure'"},
		"Debian's":                {exit("AttributeError: 'RoleAssignmentsOperations' object has no attribute 'config'"), 0o700, "sign-in-azure-cli-broken", "no attribute 'config'"},
		"not signed in":           {exit("ERROR: Please run 'az login' to setup account."), 0o700, "sign-in-azure-cli-signed-out", "not signed in"},
		"old":                     {exit("ERROR: 'get-access-token' is misspelled or not recognized by the system."), 0o700, "sign-in-azure-cli-old", "too old"},
		"refresh token":           {exit("WARNING: x\nERROR: AADSTS700082: The refresh token has expired due to inactivity. Trace ID: 1"), 0o700, "sign-in-expired", "refresh token has expired"},
		"a proxy in its way":      {exit("ERROR: HTTPSConnectionPool(host='login.microsoftonline.com', port=443): Max retries exceeded (Caused by ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 407 Proxy Authentication Required')))"), 0o700, "proxy-sign-in", "wants the Azure CLI to sign in"},
		"something new":           {exit("ERROR: the moon is full"), 0o700, "sign-in-azure-cli-failed", "az failed with exit code 1: the moon is full"},
		"a gigabyte":              {"#!/bin/sh\nhead -c 1000000000 /dev/zero", 0o700, "sign-in-azure-cli-answer", "printed more than 1 MiB"},
		"nothing":                 {"#!/bin/sh\n", 0o700, "sign-in-azure-cli-answer", "az printed nothing"},
		"a page":                  {out("<html>Sign in to the portal</html>"), 0o700, "sign-in-azure-cli-answer", "az printed no JSON; it said: <html>"},
		"JSON of another form":    {out(`{"access_token":"canary","ok":true}`), 0o700, "sign-in-azure-cli-answer", "it has access_token and ok"},
		"a list":                  {out(`["accessToken"]`), 0o700, "sign-in-azure-cli-answer", "no JSON"},
		"an empty token":          {out(`{"accessToken":" ","expires_on":1}`), 0o700, "sign-in-azure-cli-answer", "no text, or empty"},
		"a token of another type": {out(`{"accessToken":"canary","expires_on":4102444800,"tokenType":"pop"}`), 0o700, "sign-in-azure-cli-answer", `"pop"`},
		"no end":                  {out(`{"accessToken":"canary","expiresOn":"soon"}`), 0o700, "sign-in-azure-cli-answer", "when the token ends"},
		"another tenant, it says": {out(`{"accessToken":"canary","expires_on":4102444800,"tenant":"` + other + `"}`), 0o700, "sign-in-wrong-tenant", other},
		"another tenant":          {out(`{"accessToken":"` + jwt(`{"tid":"`+other+`"}`) + `","expires_on":4102444800}`), 0o700, "sign-in-wrong-tenant", other},
		"hostile words":           {exit("ERROR: \x1b[2J\x1b]0;x\x07bad\u202e eyJcanary"), 0o700, "sign-in-azure-cli-failed", "bad"},
	} {
		t.Run(name, func(t *testing.T) {
			if c.az == "" {
				t.Setenv("PATH", t.TempDir())
			} else {
				az(t, c.az, c.mode)
			}
			_, err := ask(t, newCLI(0, ""), home)
			f, failed := model.AsFailure(err)
			if !failed || string(f.FindingCode()) != c.code || !strings.Contains(f.Cause.String(), c.says) {
				t.Fatalf("%s: %v", f.FindingCode(), err)
			}
			if said := fmt.Sprintf("%+v %s", f, f.Cause.Raw()); strings.Contains(said, "canary") || strings.ContainsAny(f.Cause.String(), "\x1b\n") {
				t.Errorf("%q", said)
			}
			if f.Cure == "" || f.Subject.Raw() != home && f.Subject.Raw() != "" {
				t.Errorf("%+v", f)
			}
		})
	}
}

// hanging is a clock by which the limit is over when az says so, by writing the processes
// that it has started to a named pipe.
type hanging struct {
	attempt.Machine

	gate string
	said chan string
}

func (h hanging) After(d time.Duration) <-chan time.Time {
	if d != usualCLILimit {
		return h.Machine.After(d)
	}
	over := make(chan time.Time, 1)
	go func() {
		data, _ := os.ReadFile(h.gate)
		h.said <- string(data)
		over <- time.Time{}
	}()
	return over
}

// Fault 38: az hangs.
// Seen: “az did not answer within 30 s”, and az is ended with everything that it started; what
// a write came to is found out by reading.
func TestFault38AnAzureCLIThatHangs(t *testing.T) {
	gate := filepath.Join(t.TempDir(), "gate")
	if err := syscall.Mkfifo(gate, 0o600); err != nil {
		t.Fatal(err)
	}
	az(t, "#!/bin/sh\nsleep 1000 & echo $$ $! >'"+gate+"'\nwait\n", 0o700)
	c := newCLI(0, "")
	h := hanging{gate: gate, said: make(chan string, 1)}
	c.clock = h
	_, err := ask(t, c, home)
	f, _ := model.AsFailure(err)
	if f.FindingCode() != "sign-in-azure-cli-silent" || f.Cause.String() != "az did not answer within 30 s" || f.Kind != model.FailureTimeout {
		t.Errorf("%v", err)
	}
	for word := range strings.FieldsSeq(<-h.said) {
		pid, err := strconv.Atoi(word)
		if err != nil {
			t.Fatal(err)
		}
		if syscall.Kill(pid, 0) != nil {
			continue
		}
		if state, err := os.ReadFile("/proc/" + word + "/stat"); err == nil && !strings.Contains(string(state), ") Z ") {
			t.Errorf("process %d still runs", pid)
		}
	}
}

// Whoever waits for less than the limit is told in time.
func TestAnAzureCLIIsEndedBeforeItsCallerGivesUp(t *testing.T) {
	c := newCLI(0, "")
	for limit, want := range map[time.Duration]time.Duration{time.Minute: usualCLILimit, 20*time.Second + 500*time.Millisecond: 15 * time.Second, time.Millisecond: time.Second} {
		ctx, cancel := context.WithTimeout(t.Context(), limit)
		if got := c.within(ctx); got != want && got != want-time.Second {
			t.Errorf("%s: %s, want %s", limit, got, want)
		}
		cancel()
	}
	if got := c.within(t.Context()); got != usualCLILimit {
		t.Errorf("%s", got)
	}
	if long := newCLI(2*time.Minute, ""); long.within(t.Context()) != 2*time.Minute || long.patience() <= 2*time.Minute {
		t.Errorf("%s, %s", long.within(t.Context()), long.patience())
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.GetToken(ctx, policy.TokenRequestOptions{Scopes: []string{Scope}}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// As a managed identity, and in Azure's Cloud Shell, the Azure CLI refuses to be told a
// tenant.
func TestAnAzureCLIThatTakesNoTenant(t *testing.T) {
	const script = `#!/bin/sh
case "$*" in *--tenant*) echo "ERROR: Tenant shouldn't be specified for managed identity account" >&2; exit 1;; esac
echo '{"accessToken":"%s","expires_on":4102444800}'`
	az(t, fmt.Sprintf(script, "t"), 0o700)
	if got, err := ask(t, newCLI(0, ""), home); err != nil || got.Token != "t" {
		t.Errorf("%v", err)
	}
	az(t, fmt.Sprintf(script, jwt(`{"tid":"`+other+`"}`)), 0o700)
	if _, err := ask(t, newCLI(0, ""), home); err == nil || !strings.Contains(err.Error(), other) {
		t.Errorf("%v", err)
	}
}

func TestAChallengeIsNotForTheAzureCLI(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := newCLI(0, "").GetToken(t.Context(), policy.TokenRequestOptions{Scopes: []string{Scope}, TenantID: home, Claims: `{"access_token":{}}`})
	f, _ := model.AsFailure(err)
	want := "--claims-challenge " + model.ShellQuote(base64.StdEncoding.EncodeToString([]byte(`{"access_token":{}}`)))
	if !strings.Contains(f.Command, "az login --tenant "+home) || !strings.Contains(f.Command, want) {
		t.Errorf("%q does not hold %q", f.Command, want)
	}
}
