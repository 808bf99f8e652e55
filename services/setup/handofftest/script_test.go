//go:build unix

package handofftest_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/model/setup/handoff"
)

func sample() handoff.Handoff {
	r := setup.Request{
		Network: safe.New("eu-prod"), Peering: safe.New("hub-vnet"), DNS: setup.DNSNone,
		VNet: model.VNetRef{
			TenantID: safe.New("11111111-2222-3333-4444-555555555555"), SubscriptionID: safe.New("22222222-2222-3333-4444-555555555555"),
			ResourceGroup: safe.New("rg-network"), Name: safe.New("vnet-hub"),
		},
	}
	return handoff.Handoff{
		Request: r, NetworkName: safe.New("eu-prod"), NetworkCIDR: model.NewPrefix(safe.New("10.0.0.0/16")), SubscriptionName: safe.New("acme-prod"),
		Link: setup.ConsentLink(safe.New("https://login.microsoftonline.com"), r.VNet.TenantID, r.App()),
	}
}

// hostile are values that a careless script would run, or lose.
func hostile() []string {
	return []string{
		"$(touch pwned)", "`touch pwned`", "'; touch pwned; '", `"; touch pwned; "`, "a\nb\ntouch pwned", "JSON\n", `\`, `a\'b`, "-x", "--check", "*", "~", "$HOME", "${x}", "&& touch pwned",
		"größe 東京 \U0001F600", "\u202e", "\x1b[2J", " lead and trail ", "", "!!", "%s", "# no remark", "a=b", "```", "\t", "\r\n",
	}
}

func hostileHandoff(v string) handoff.Handoff {
	text := safe.New(v)
	return handoff.Handoff{
		Request: setup.Request{
			Network: text, Peering: text, RoleName: text, AppID: text,
			VNet: model.VNetRef{TenantID: text, SubscriptionID: text, ResourceGroup: text, Name: text},
		},
		NetworkName: text, SubscriptionName: text, Link: text, NetworkCIDR: model.NewPrefix(text),
	}
}

// shell runs a script with the stand-in for az alone beside the usual tools.
func shell(t *testing.T, script string, env []string, args ...string) (out, errs string, code int) {
	t.Helper()
	dir := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(self, filepath.Join(dir, "az")); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "script.sh")
	if err := os.WriteFile(path, []byte(script), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("/bin/sh", append([]string{path}, args...)...)
	cmd.Dir = dir
	cmd.Env = append([]string{"PATH=" + dir + ":/usr/bin:/bin", "HOME=" + dir, "TMPDIR=" + dir, "LANG=C.UTF-8", "GORACE=atexit_sleep_ms=0"}, env...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err = cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	left, err := filepath.Glob(filepath.Join(dir, "*"))
	for _, l := range left {
		if name := filepath.Base(l); name != "az" && name != "script.sh" && name != "role.json" {
			t.Errorf("the script left %s behind (%v)", name, err)
		}
	}
	return stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()
}

// Whatever the values hold, the script is one, and the variables hold the values.
func TestFault45ValuesStayValues(t *testing.T) {
	t.Parallel()
	for _, v := range hostile() {
		script := handoff.Script(hostileHandoff(v))
		head, _, found := strings.Cut(script, "# The end of the values.\n")
		if !found {
			t.Fatalf("%q: no end of the values", v)
		}
		log := filepath.Join(t.TempDir(), "log")
		h := hostileHandoff(v)
		role := h.Request.Role().Raw()
		want := []string{"record", v, v, v, v, h.Request.App().Raw(), role, model.RoleNames(h.Request.Role())[1].Raw(), v}
		head += `az record "$TENANT_ID" "$SUBSCRIPTION_ID" "$RESOURCE_GROUP" "$VNET_NAME" "$APP_ID" "$ROLE_NAME" "$OTHER_ROLE_NAME" "$CONSENT_LINK" "$ROLE_JSON" 2>/dev/null || true` + "\n"
		if _, errs, code := shell(t, head, []string{"AZ_LOG=" + log}); code != 0 || errs != "" {
			t.Errorf("%q: exit %d, %s", v, code, errs)
		}
		lines := logged(t, log)
		if len(lines) != 1 || len(lines[0]) != len(want)+1 {
			t.Fatalf("%q: az got %q", v, lines)
		}
		for i, w := range want {
			if lines[0][i] != w {
				t.Errorf("word %d is %q, want %q", i, lines[0][i], w)
			}
		}
		var got struct {
			Name             string   `json:"Name"`
			Actions          []string `json:"Actions"`
			AssignableScopes []string `json:"AssignableScopes"`
		}
		if err := json.Unmarshal([]byte(lines[0][len(want)]), &got); err != nil || got.Name != role || got.AssignableScopes[0] != "/subscriptions/"+v || len(got.Actions) != 5 {
			t.Errorf("the role is %+v (%v)", got, err)
		}
	}
}

func logged(t *testing.T, path string) [][]string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out [][]string
	for line := range strings.Lines(string(data)) {
		var words []string
		if err := json.Unmarshal([]byte(line), &words); err != nil {
			t.Fatal(err)
		}
		out = append(out, words)
	}
	return out
}

// blocks returns the commands of a text, block by block.
func blocks(t *testing.T, text string) []string {
	t.Helper()
	var out []string
	fence := ""
	for line := range strings.Lines(text) {
		bare := strings.TrimSuffix(line, "\n")
		switch {
		case fence == "" && strings.HasPrefix(bare, "```") && strings.HasSuffix(bare, "sh"):
			fence = strings.TrimSuffix(bare, "sh")
			out = append(out, "")
		case fence != "" && bare == fence:
			fence = ""
		case fence != "":
			out[len(out)-1] += line
		}
	}
	if fence != "" || len(out) != 6 {
		t.Fatalf("%d blocks, the last one open: %q", len(out), fence)
	}
	return out
}

func TestShellTakesEveryText(t *testing.T) {
	t.Parallel()
	all := []handoff.Handoff{sample()}
	for _, v := range hostile() {
		all = append(all, hostileHandoff(v))
	}
	for _, h := range all {
		for _, script := range append(blocks(t, handoff.Markdown(h)), handoff.Script(h)) {
			cmd := exec.Command("/bin/sh", "-n")
			cmd.Stdin = strings.NewReader(script)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v: %s\n%s", err, out, script)
			}
		}
	}
}

func TestShellcheckHasNothingToSay(t *testing.T) {
	t.Parallel()
	program, err := exec.LookPath("shellcheck")
	if err != nil {
		t.Skip("shellcheck is not installed: the scripts are not looked at")
	}
	check := func(script string, args ...string) {
		t.Helper()
		cmd := exec.Command(program, append(args, "-")...)
		cmd.Stdin = strings.NewReader(script)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%v\n%s", err, out)
		}
	}
	for _, h := range []handoff.Handoff{sample(), hostileHandoff("größe 'x' \"y\"")} {
		check(handoff.Script(h), "--norc")
		for _, block := range blocks(t, handoff.Markdown(h)) {
			check(block, "--norc", "--shell=sh")
		}
	}
}
