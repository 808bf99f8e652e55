//go:build unix

package journey_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/goccy/go-yaml"

	"github.com/peerdeck/peerdeck/services/sandbox"
)

func TestStatusShowsTheSameWorldAsTheSandbox(t *testing.T) {
	t.Parallel()
	w := serve(t)
	out, errs, code := command(t, []string{"KONNECT_TOKEN=" + w.Token, "PEERDECK_AZURE_TOKEN=" + w.Token}, "status", "-o", "json", "--konnect-url", w.Konnect, "--arm-url", w.ARM)
	if code != 2 || errs != "" {
		t.Fatalf("exit %d, %s", code, errs)
	}
	var got map[string]any
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	keys(t, "the document", got, "generated_at", "organization", "networks", "failures", "sign_ins")
	networks := list(t, got["networks"])
	if len(networks) != 15 {
		t.Fatalf("%d networks", len(networks))
	}
	found := map[string]map[string]any{}
	for _, n := range networks {
		keys(t, "a network", n, "id", "name", "provider", "region", "cidr_block", "state", "reason", "severity", "code", "verdict", "next_step", "control_planes", "peerings", "dns", "findings", "since", "mapping_rules_not_checked", "acknowledged")
		for _, f := range list(t, n["findings"]) {
			keys(t, "a finding", f, "code", "because", "severity", "subject", "id", "name", "cause", "next_step", "command", "since", "acknowledged")
		}
		for _, p := range list(t, n["peerings"]) {
			keys(t, "a peering", p, "id", "name", "kind", "state", "reason", "severity", "code", "verdict", "next_step", "azure", "dns", "since", "acknowledged")
			if a, ok := p["azure"].(map[string]any); ok {
				half := []string{"tenant_id", "subscription_id", "resource_group", "vnet", "address_prefixes", "peering_state", "sync_level", "provisioning_state", "error", "error_code"}
				if p["kind"] == "azure-vhub-peering-attachment" {
					half = append(half, "virtual_hub")
				}
				keys(t, "a half", a, half...)
				found[p["name"].(string)] = a
			}
			for _, d := range list(t, p["dns"]) {
				keys(t, "a mapping", d, "domains", "servers", "origin")
			}
		}
	}
	if a := found["hub-vnet"]; a["peering_state"] != "Connected" || a["sync_level"] != "FullyInSync" || a["error"] != "" || len(a["address_prefixes"].([]any)) != 2 {
		t.Errorf("hub-vnet: %v", a)
	}
	if a := found["vault"]; a["peering_state"] != "" || !strings.Contains(a["error"].(string), "may not read") {
		t.Errorf("vault: %v", a)
	}
	hub := list(t, networkOf(t, networks, "eu-prod")["peerings"])[0]
	origins := map[string]int{}
	for _, d := range list(t, hub["dns"]) {
		origins[d["origin"].(string)]++
	}
	if origins["peering"] != 1 || origins["resolver"] != 11 {
		t.Errorf("of hub-vnet: %v", origins)
	}
}

func keys(t *testing.T, what string, have map[string]any, want ...string) {
	t.Helper()
	for _, k := range want {
		if _, ok := have[k]; !ok {
			t.Errorf("%s has no %s", what, k)
		}
	}
	if len(have) != len(want) {
		t.Errorf("%s has %d keys, %d are documented: %v", what, len(have), len(want), have)
	}
}

func list(t *testing.T, v any) []map[string]any {
	t.Helper()
	items, ok := v.([]any)
	if !ok {
		t.Fatalf("%v is no list", v)
	}
	out := make([]map[string]any, len(items))
	for i, item := range items {
		if out[i], ok = item.(map[string]any); !ok {
			t.Fatalf("%v is no object", item)
		}
	}
	return out
}

func networkOf(t *testing.T, networks []map[string]any, name string) map[string]any {
	t.Helper()
	for _, n := range networks {
		if n["name"] == name {
			return n
		}
	}
	t.Fatalf("no network %s", name)
	return nil
}

func TestStatusForms(t *testing.T) {
	t.Parallel()
	out, errs, code := command(t, nil, "status", "--demo")
	if code != 2 || errs != "" || !strings.Contains(out, "● ") || !strings.Contains(out, "ca-data › warehouse") || !strings.Contains(out, "→ Kong must sync") {
		t.Errorf("exit %d, %s\n%s", code, errs, out)
	}
	out, _, code = command(t, nil, "status", "--demo", "-o", "yaml", "--network", "eu-prod")
	var got map[string]any
	if err := yaml.Unmarshal([]byte(out), &got); err != nil || code != 0 {
		t.Fatalf("exit %d, %v\n%s", code, err, out)
	}
	if n := list(t, got["networks"]); len(n) != 1 || n[0]["name"] != "eu-prod" || n[0]["severity"] != "ok" {
		t.Errorf("got %v", n)
	}
	// Not of the demo, in which it is ready after some seconds.
	out, _, code = command(t, serve(t).env(), "status", "--network", "jp-new", "--ascii")
	if code != 0 || !strings.Contains(out, "~  jp-new") {
		t.Errorf("what is on its way needs nobody: exit %d\n%s", code, out)
	}
	for _, r := range out {
		if r > '~' {
			t.Fatalf("%U in ASCII output:\n%s", r, out)
		}
	}
}

func TestStatusThatCannotBe(t *testing.T) {
	t.Parallel()
	w := serve(t)
	with := func(more ...string) []string { return append(w.env(), more...) }
	for name, c := range map[string]struct {
		env  []string
		args []string
		says []string
	}{
		"no token":       {nil, []string{"status"}, []string{"there is no Konnect token", "KONNECT_TOKEN", "--demo"}},
		"wrong token":    {with("KONNECT_TOKEN=kpat_canary"), []string{"status"}, []string{"refuses the token", "account/tokens"}},
		"nobody there":   {with("PEERDECK_KONNECT_URL=http://127.0.0.1:1"), []string{"status"}, []string{"127.0.0.1:1 refuses the connection", "address and the port"}},
		"no scheme":      {with("PEERDECK_KONNECT_URL=konnect.example"), []string{"status"}, []string{"PEERDECK_KONNECT_URL", "https://konnect.example"}},
		"plain http":     {with(), []string{"status", "--konnect-url", "http://konnect.example"}, []string{"--konnect-url", "in the clear"}},
		"no such form":   {with(), []string{"status", "-o", "xml"}, []string{`"xml"`, "table, json, yaml"}},
		"no such net":    {with(), []string{"status", "--network", "eu-prdo"}, []string{`"eu-prdo"`, "eu-prod"}},
		"no such flag":   {with(), []string{"status", "--colour"}, []string{"--colour", "peerdeck --help"}},
		"no such verb":   {with(), []string{"stauts"}, []string{"stauts"}},
		"odd file":       {with("PEERDECK_CONFIG=" + written(t, "them: dark\n")), []string{"status"}, []string{"line 1, column 1", `"theme"`}},
		"no terminal":    {with("PEERDECK_LINEAR=false"), nil, []string{"needs a terminal", "peerdeck status"}},
		"log nowhere":    {with(), []string{"status", "--log-file", "/nowhere/log"}, []string{"--log-file", "no such file"}},
		"elsewhere":      {nil, []string{"sandbox", "--listen", "10.1.1.1:80"}, []string{"not this machine"}},
		"no address":     {nil, []string{"sandbox", "--listen", "here"}, []string{`"here"`, "127.0.0.1:8300"}},
		"too many":       {nil, []string{"sandbox", "--networks", "10001"}, []string{"--networks", "10000"}},
		"no scenario":    {nil, []string{"sandbox", "--scenario", "/nowhere.yaml"}, []string{"--scenario", "no such file"}},
		"bad scenario":   {nil, []string{"sandbox", "--scenario", written(t, "events:\n  - {when: 5s}\n")}, []string{"line 2, column 6", "when"}},
		"no such choice": {nil, []string{"sandbox", "--unknown-members", "maybe"}, []string{"--unknown-members", `"maybe"`, "contract, refuse, take"}},
		"wrong scenario": {nil, []string{"sandbox", "--scenario", written(t, "events:\n  - {at: 5s, network: nowhere}\n")}, []string{`"nowhere"`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out, errs, code := command(t, c.env, c.args...)
			if code != 1 || out != "" {
				t.Errorf("exit %d, printed %q", code, out)
			}
			for _, part := range c.says {
				if !strings.Contains(errs, part) {
					t.Errorf("%q does not say %q", errs, part)
				}
			}
			if strings.Contains(errs, "canary") {
				t.Errorf("the token is in %q", errs)
			}
		})
	}
}

func written(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestJSONInAnyCase(t *testing.T) {
	t.Parallel()
	w := serve(t)
	out, errs, code := command(t, append(w.env(), "KONNECT_TOKEN=wrong"), "status", "-o", "json")
	var got map[string]any
	if err := json.Unmarshal([]byte(out), &got); err != nil || code != 1 || errs == "" {
		t.Fatalf("exit %d, %v: %s", code, err, out)
	}
	if failures := list(t, got["failures"]); len(failures) == 0 || failures[0]["kind"] != "auth" {
		t.Errorf("failures %v", failures)
	}
}

func TestHostileTextInOutput(t *testing.T) {
	t.Parallel()
	path := written(t, "events:\n  - {at: 0s, network: eu-prod, state: \"ready\", reason: \"\\e[2J\\x9b31m\\u202e\"}\n")
	w := serve(t, "--scenario", path)
	for _, form := range []string{"table", "json", "yaml"} {
		out, errs, _ := command(t, w.env(), "status", "-o", form, "--network", "eu-prod")
		if strings.ContainsAny(out+errs, "\x1b\u009b\u202e") {
			t.Errorf("%s sends what a terminal obeys: %q", form, out)
		}
		if form == "json" && !strings.Contains(out, `\u001b[2J\u009b31m\u202e`) {
			t.Errorf("the value itself is lost: %s", out)
		}
	}
}

func TestWatchPrintsWhenSomethingChanges(t *testing.T) {
	t.Parallel()
	w, env := clouds(t)
	s := start(t, 120, 40, env, "status", "--watch", "--network", "jp-new")
	s.until("initializing")
	s.gone("● ")
	w.World.Apply(sandbox.Event{Network: "jp-new", State: "ready"})
	s.until("● ")
	s.until("ready")
	s.signal(syscall.SIGINT)
	s.end(130)
}

func TestTheRest(t *testing.T) {
	t.Parallel()
	out, _, code := command(t, nil, "version")
	if first, rest, _ := strings.Cut(out, "\n"); code != 0 || !regexp.MustCompile(`^peerdeck \d+\.\d+\.\d+$`).MatchString(first) ||
		!regexp.MustCompile(`(?s)^commit +\S.*\ndate +\S.*\ngo +go1\..*\nplatform +\w+/\w+\n$`).MatchString(rest) {
		t.Errorf("exit %d, %s", code, out)
	}
	number := strings.Fields(out)[1]
	if out, _, code := command(t, nil, "version", "-o", "json"); code != 0 || !strings.Contains(out, `"version": "`+number+`"`) || !strings.Contains(out, `"platform"`) {
		t.Errorf("exit %d, %s", code, out)
	}
	if _, errs, code := command(t, nil, "version", "-o", "xml"); code != 1 || !strings.Contains(errs, `no form "xml"`) {
		t.Errorf("exit %d, %s", code, errs)
	}
	if out, _, code := command(t, nil, "man"); code != 0 || !strings.Contains(out, ".TH PEERDECK 1") {
		t.Errorf("exit %d, %.80s", code, out)
	}
	if out, _, code := command(t, nil, "--help"); code != 0 || !strings.Contains(out, "--konnect-url") || !strings.Contains(out, "sandbox") {
		t.Errorf("exit %d, %s", code, out)
	}
	log := filepath.Join(t.TempDir(), "log")
	if _, _, code := command(t, nil, "status", "--demo", "--log-file", log); code != 2 {
		t.Errorf("exit %d", code)
	}
	data, err := os.ReadFile(log)
	if err != nil || !strings.Contains(string(data), "/v2/cloud-gateways/networks") || strings.Contains(string(data), "Bearer") {
		t.Errorf("the log: %v, %d bytes", err, len(data))
	}
}
