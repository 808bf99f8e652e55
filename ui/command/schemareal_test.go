package command_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
	"github.com/peerdeck/peerdeck/ui/command"
)

// desk is where commands run in this process, on a simulated world of its own.
type desk struct {
	t     *testing.T
	world *sandbox.World
	env   map[string]string
}

func newDesk(t *testing.T) desk {
	t.Helper()
	s := sandboxtest.Start(t, sandbox.Options{PeeringTime: 300 * time.Millisecond})
	s.World.Apply(sandbox.Event{Tenant: sandbox.LabsDomain, Principal: "consented"})
	home := t.TempDir()
	return desk{t, s.World, map[string]string{
		"XDG_STATE_HOME": home, "XDG_CONFIG_HOME": home, "KONNECT_TOKEN": sandbox.Token, "PEERDECK_AZURE_TOKEN": s.World.HomeToken() + "," + s.World.TenantID(sandbox.LabsDomain) + "=" + s.World.GuestToken(sandbox.LabsDomain), "PEERDECK_DNS_VIA": "socks5://127.0.0.1:9",
		"PEERDECK_KONNECT_URL": s.Konnect, "PEERDECK_ARM_URL": s.ARM, "PEERDECK_GRAPH_URL": s.Graph, "PEERDECK_LOGIN_URL": s.Login,
	}}
}

// run runs a command that must end with one of some codes, and returns what it printed.
func (d desk) run(codes []int, args ...string) string {
	d.t.Helper()
	var out, errs bytes.Buffer
	w := command.World{
		In: strings.NewReader(""), Out: &out, Err: &errs, Logging: func(string) error { return nil },
		Getenv: func(name string) string { return d.env[name] },
	}
	if code := command.Execute(d.t.Context(), w, args); !slices.Contains(codes, code) {
		d.t.Errorf("peerdeck %s ends with %d: %s", strings.Join(args, " "), code, errs.String())
	}
	return out.String()
}

// The events of a set-up and of a mending, whatever becomes of them, fit their schema.
func TestEventsFitTheirSchema(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	file := filepath.Join(t.TempDir(), "peering.yaml")
	setupFile := "network: uk-lab\npeering: labs\nazure:\n  tenant_id: " + d.world.TenantID(sandbox.LabsDomain) + "\n  subscription_id: " + d.world.SubscriptionID("labs-sandbox") +
		"\n  resource_group: rg-network\n  vnet: vnet-labs\ndns:\n  mode: none\n"
	for _, c := range []struct {
		name  string
		codes []int
		args  []string
		text  string
		has   []string
	}{
		{"a dry run", []int{0}, []string{"setup", "-f", file, "--dry-run"}, setupFile, []string{`"event":"step"`, `"event":"write"`, `"event":"end"`, `"body":`}},
		{"a run", []int{0}, []string{"setup", "-f", file, "--yes"}, setupFile, []string{`"event":"log"`, `"state":"done"`, `"exit":0`}},
		{"no such VNET", []int{1, 2}, []string{"setup", "-f", file, "--yes"}, strings.Replace(setupFile, "vnet-labs", "vnet-none", 1), []string{`"event":"end"`}},
		{"no such network", []int{1, 2}, []string{"setup", "-f", file, "--yes"}, strings.Replace(setupFile, "uk-lab", "none", 1), []string{`"event":"end"`}},
		{"a mending", []int{0, 2}, []string{"mend", "--network", "us-west", "--dry-run"}, "", []string{`"event":"end"`}},
		{"nothing to mend", []int{0, 2}, []string{"mend", "--network", "eu-prod", "--yes"}, "", []string{`"event":"end"`}},
	} {
		if c.text != "" {
			if err := os.WriteFile(file, []byte(c.text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		out := d.run(c.codes, append(c.args, "-o", "json")...)
		for _, has := range c.has {
			if !strings.Contains(out, has) {
				t.Errorf("%s: no %s in %s", c.name, has, out)
			}
		}
		if out != "" {
			fits(t, "setup", strings.NewReader(out))
		}
	}
}

// What is assumed fits its schema.
func TestWhatIfFitsItsSchema(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	file := filepath.Join(t.TempDir(), "change.yaml")
	if err := os.WriteFile(file, []byte("network: us-prod\nchanges:\n  - remove: route\n    table: rt-fw\n    name: all-to-firewall\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	fits(t, "paths-assume", strings.NewReader(d.run([]int{0, 2}, "paths", "--assume", file, "-o", "json")))
}

// What is said of a bundle fits too: of one that is kept in the tests, and of one that was
// made here and can be translated.
func TestBundlesFitTheirSchemas(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	fits(t, "bundle-show", strings.NewReader(d.run([]int{0}, "bundle", "show", "../../testdata/bundles/format-1.zip", "-o", "json")))
	made := filepath.Join(t.TempDir(), "made.zip")
	d.run([]int{0}, "bundle", "-o", made, "--yes")
	names := d.run([]int{0}, "bundle", "names", made, "-o", "json")
	fits(t, "bundle-names", strings.NewReader(names))
	_, stand, _ := strings.Cut(names, `"stand_in": "`)
	stand, _, _ = strings.Cut(stand, `"`)
	fits(t, "bundle-text", strings.NewReader(d.run([]int{0, 1}, "bundle", "names", "why "+stand, "-o", "json")))
}
