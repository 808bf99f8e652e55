//go:build unix

package journey_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

const setupYAML = `network: eu-prod
peering: hub-vnet
azure:
  tenant_id: 11111111-2222-3333-4444-555555555555
  subscription_id: 22222222-2222-3333-4444-555555555555
  resource_group: rg-network
  vnet: vnet-hub
dns:
  mode: resolver
  mappings:
    - domains: [example.com, example2.com]
      servers: [192.168.1.1, 192.168.1.2]
`

// noted is what the file gives rise to: a name that an RFC keeps for examples.
const noted = "peerdeck: note: dns.mappings, mapping 1: example.com is reserved (RFC 6761)"

// It asks no cloud: there is neither a token nor an address.
func TestHandoffPrintsBothForms(t *testing.T) {
	t.Parallel()
	path := written(t, setupYAML)
	script, errs, code := command(t, nil, "handoff", "-f", path)
	if code != 0 || !strings.HasPrefix(errs, noted) || strings.Count(errs, "\n") != 1 || !strings.HasPrefix(script, "#!/bin/sh\n") || !strings.Contains(script, "VNET_NAME=vnet-hub\n") ||
		!strings.Contains(script, "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/adminconsent?client_id=207b296f-cf25-4d23-9eba-9a2c41dc62ca") {
		t.Errorf("exit %d, %s\n%s", code, errs, script)
	}
	sh := exec.Command("/bin/sh", "-n")
	sh.Stdin = strings.NewReader(script)
	if out, err := sh.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
	text, errs, code := command(t, []string{"PEERDECK_LOGIN_URL=http://127.0.0.1:8303"}, "handoff", "--file", path, "-o", "md")
	if code != 0 || !strings.HasPrefix(errs, noted) || strings.Count(errs, "\n") != 1 || !strings.HasPrefix(text, "# For the Azure admin") || !strings.Contains(text, "<http://127.0.0.1:8303/11111111-") {
		t.Errorf("exit %d, %s\n%s", code, errs, text)
	}
}

func TestHandoffReadsStandardInput(t *testing.T) {
	t.Parallel()
	cmd := exec.Command(binary, "handoff", "-f", "-", "-o", "md")
	cmd.Env = []string{"HOME=" + t.TempDir()}
	cmd.Stdin = strings.NewReader(strings.Replace(setupYAML, ", 192.168.1.2", "", 1))
	var errs strings.Builder
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil || !strings.Contains(string(out), "`vnet-hub`") {
		t.Errorf("%v\n%s", err, out)
	}
	if want := "peerdeck: note: dns.mappings, mapping 1: No spare: "; !strings.HasPrefix(errs.String(), noted) || !strings.Contains(errs.String(), "\n"+want) || strings.Count(errs.String(), "\n") != 2 {
		t.Errorf("it warned %q", errs.String())
	}
}

func TestHandoffThatCannotBe(t *testing.T) {
	t.Parallel()
	wrong := strings.NewReplacer("11111111-2222-3333-4444-555555555555", "acme.example", "rg-network", "'$(touch pwned)'", "vnet-hub", `"a\nb\e[2J"`, "192.168.1.1,", "168.63.129.16,").Replace(setupYAML)
	for name, c := range map[string]struct {
		args []string
		says []string
	}{
		"no file":       {[]string{"handoff"}, []string{"-f: name a set-up file"}},
		"not there":     {[]string{"handoff", "-f", "/nowhere/peering.yaml"}, []string{"/nowhere/peering.yaml cannot be read: no such file"}},
		"no such form":  {[]string{"handoff", "-f", written(t, setupYAML), "-o", "ps1"}, []string{`"ps1"`, "sh, md"}},
		"unknown key":   {[]string{"handoff", "-f", written(t, setupYAML+"dsn: x\n")}, []string{"line 13, column 1", `"dsn"`}},
		"wrong address": {[]string{"handoff", "-f", written(t, setupYAML), "--login-url", "login.example"}, []string{"--login-url", "https://login.example"}},
		"all at once": {[]string{"handoff", "-f", written(t, wrong)}, []string{
			"cannot be run", "peerdeck: azure.tenant_id: ", "az account show --query tenantId", "peerdeck: azure.resource_group: ", "character $",
			"peerdeck: azure.vnet: ", `a b\u{1b}[2J`, "peerdeck: dns.mappings, mapping 1: ", "Azure's platform resolver",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out, errs, code := command(t, nil, c.args...)
			if code != 1 || out != "" {
				t.Errorf("exit %d, printed %q", code, out)
			}
			for _, part := range c.says {
				if !strings.Contains(errs, part) {
					t.Errorf("%q does not say %q", errs, part)
				}
			}
			if strings.Contains(errs, "\x1b") {
				t.Errorf("it sends what a terminal obeys: %q", errs)
			}
		})
	}
	if _, err := os.Stat("pwned"); err == nil {
		t.Error("a value was run")
	}
}
