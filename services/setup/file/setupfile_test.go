package file_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	setupfile "github.com/peerdeck/peerdeck/services/setup/file"
)

const whole = `network: eu-prod            # name or id
peering: hub-vnet           # name shown in Konnect
azure:
  tenant_id: 11111111-2222-3333-4444-555555555555
  subscription_id: 22222222-2222-3333-4444-555555555555
  resource_group: rg-network
  vnet: vnet-hub
dns:
  mode: resolver            # resolver (editable later) | peering (fixed at creation) | none
  mappings:
    - domains: [example.com, example2.com]
      servers: [192.168.1.1, 192.168.1.2]
`

func texts(values ...string) []safe.Text {
	var out []safe.Text
	for _, v := range values {
		out = append(out, safe.New(v))
	}
	return out
}

func wanted() setup.Request {
	return setup.Request{
		Network: safe.New("eu-prod"), Peering: safe.New("hub-vnet"),
		VNet: model.VNetRef{
			TenantID: safe.New("11111111-2222-3333-4444-555555555555"), SubscriptionID: safe.New("22222222-2222-3333-4444-555555555555"),
			ResourceGroup: safe.New("rg-network"), Name: safe.New("vnet-hub"),
		},
		DNS:      setup.DNSResolver,
		Mappings: []model.DNSMapping{{Domains: texts("example.com", "example2.com"), Servers: texts("192.168.1.1", "192.168.1.2")}},
	}
}

// inTheWay reports whether a problem is more than a note: example.com is noted (D20).
func inTheWay(p setup.Problem) bool { return p.Severity != dnstable.Note }

func TestParse(t *testing.T) {
	t.Parallel()
	got, err := setupfile.Parse([]byte(whole))
	if err != nil || !reflect.DeepEqual(got, wanted()) {
		t.Fatalf("%v, %v", got, err)
	}
	if problems := got.Problems(dnstable.Surroundings{}); slices.ContainsFunc(problems, inTheWay) {
		t.Errorf("problems %v", problems)
	}
}

// A virtual hub stands in the place of the VNET, comes back as it was written, and needs the
// role from Konnect's wizard; both at once are refused.
func TestAVirtualHub(t *testing.T) {
	t.Parallel()
	want := wanted()
	want.Hub, want.VNet.Name, want.RoleName = true, safe.New("hub-we"), safe.New("Kong Cloud Gateway Peering Creator")
	got, err := setupfile.Parse([]byte(strings.Replace(whole, "vnet: vnet-hub", "virtual_hub: hub-we\n  role_name: Kong Cloud Gateway Peering Creator", 1)))
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Fatalf("%v, %v", got, err)
	}
	if again, err := setupfile.Parse(setupfile.Format(got)); err != nil || !reflect.DeepEqual(again, got) {
		t.Errorf("written and read again: %+v, %v", again, err)
	}
	if problems := got.Problems(dnstable.Surroundings{}); !setup.Runnable(problems) {
		t.Errorf("problems %v", problems)
	}
	got.RoleName, got.VNet.Name = safe.Text{}, safe.Text{}
	problems := got.Problems(dnstable.Surroundings{})
	for _, field := range []setup.Field{setup.FieldHub, setup.FieldRole} {
		if !slices.ContainsFunc(problems, func(p setup.Problem) bool { return p.Field == field && p.Fatal() }) {
			t.Errorf("nothing is wrong with %s: %v", field, problems)
		}
	}
	if _, err := setupfile.Parse([]byte("azure: {vnet: vnet-hub, virtual_hub: hub-we}")); err == nil || !strings.Contains(err.Error(), "a peering is with one of them") {
		t.Errorf("both: %v", err)
	}
}

func TestParseTakesTextsAsTheyAreTyped(t *testing.T) {
	t.Parallel()
	got, err := setupfile.Parse([]byte("network: no\npeering: 1.50\nazure: {resource_group: 0755, vnet: 2026-01-01, role_name: 'a: b', app_id: ~}\n"))
	if err != nil {
		t.Fatal(err)
	}
	have := []string{got.Network.Raw(), got.Peering.Raw(), got.VNet.ResourceGroup.Raw(), got.VNet.Name.Raw(), got.RoleName.Raw(), got.AppID.Raw()}
	if want := []string{"no", "1.50", "0755", "2026-01-01", "a: b", ""}; !reflect.DeepEqual(have, want) || got.DNS != setup.DNSNone {
		t.Errorf("%q, %s", have, got.DNS)
	}
}

func TestParseThatCannotBe(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		says []string
	}{
		"empty":          {"# nothing\n", []string{"empty"}},
		"unknown key":    {"network: a\npeeering: b\n", []string{"line 2, column 1", `"peeering"`, "peering"}},
		"unknown inside": {"azure:\n  tenant: x\n", []string{"line 2, column 3", `"tenant"`, "tenant_id"}},
		"unknown deep":   {"dns:\n  mappings:\n    - domain: x\n", []string{"line 3, column 7", `"domain"`, "domains"}},
		"twice":          {"network: a\nnetwork: b\n", []string{"line 2, column 1", "network"}},
		"list for text":  {"network: [a]\n", []string{"line 1, column 10", "a text is wanted"}},
		"text for list":  {"dns:\n  mappings:\n    - domains: example.com\n", []string{"line 3, column 16", "a list is wanted"}},
		"text for group": {"network: a\nazure: here\n", []string{"line 2, column 8", "a group of keys"}},
		"alias":          {"dns:\n  mappings:\n    - domains: &a [x, x]\n    - domains: [*a, *a]\n", []string{"line 3, column 19", "a text is wanted"}},
		"tag":            {"network: !!int 3\n", []string{"line 1, column 10", "a text is wanted"}},
		"no YAML":        {"network: \"a\n", []string{"line 1, column 10"}},
		"two documents":  {"network: a\n---\nnetwork: b\n", []string{"second document"}},
		"escape":         {"\x1b[2J: x\n", []string{"line 1"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := setupfile.Parse([]byte(c.text))
			if err == nil {
				t.Fatal("it was taken")
			}
			for _, part := range c.says {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("%q does not say %q", err, part)
				}
			}
			if safe.Clean(err.Error()) != err.Error() {
				t.Errorf("%q is not clean", err)
			}
		})
	}
}

func TestRead(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "peering.yaml")
	if _, err := setupfile.Read(path); err == nil || !strings.Contains(err.Error(), path+" cannot be read: no such file") && runtime.GOOS != "windows" {
		t.Errorf("no file: %v", err)
	}
	if _, err := setupfile.Read(dir); err == nil {
		t.Error("a folder was read")
	}
	if err := os.WriteFile(path, append([]byte(whole), bytes.Repeat([]byte("#\n"), 200<<10)...), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := setupfile.Read(path); err == nil || !strings.Contains(err.Error(), "longer than 256 KiB") {
		t.Errorf("a long file: %v", err)
	}
	if err := os.WriteFile(path, []byte("a: b"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := setupfile.Read(path); err == nil || !strings.Contains(err.Error(), path+", line 1, column 1: ") {
		t.Errorf("a wrong key: %v", err)
	}
	if _, err := setupfile.ReadFrom(iotest.ErrReader(io.ErrUnexpectedEOF), "standard input"); err == nil || !strings.Contains(err.Error(), "standard input cannot be read: unexpected EOF") {
		t.Errorf("a broken pipe: %v", err)
	}
}

func TestWrite(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path, link := filepath.Join(dir, "peering.yaml"), filepath.Join(dir, "link.yaml")
	if err := setupfile.Write(path, wanted()); err != nil {
		t.Fatal(err)
	}
	if got, err := setupfile.Read(path); err != nil || !reflect.DeepEqual(got, wanted()) {
		t.Fatalf("%v, %v", got, err)
	}
	info, err := os.Stat(path)
	if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if err := os.Symlink(path, link); err != nil {
		t.Skipf("there are no links here: %v", err)
	}
	other := wanted()
	other.Peering = safe.New("other")
	if err := setupfile.Write(link, other); err != nil {
		t.Fatal(err)
	}
	if got, err := setupfile.Read(path); err != nil || got.Peering.Raw() != "other" {
		t.Errorf("through a link: %v, %v", got, err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v, %v", info, err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 2 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	// Whoever may read it goes on reading it.
	if err := os.Chmod(path, 0o640); err != nil {
		t.Fatal(err)
	}
	if err := setupfile.Write(path, other); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o640 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

func TestWriteSparesWhatIsNoSetupFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, content := range map[string]string{"notes.txt": "dear diary\n", "settings.yaml": "theme: dark\n", "typo.yaml": "networc: a\n", "remarks.yaml": "# mine\n"} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		err := setupfile.Write(path, wanted())
		if err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "another name") {
			t.Errorf("%s: %v", name, err)
		}
		if data, err := os.ReadFile(path); err != nil || string(data) != content {
			t.Errorf("%s now holds %q (%v)", name, data, err)
		}
	}
	if err := setupfile.Write(dir, wanted()); err == nil || !strings.Contains(err.Error(), "no file") {
		t.Errorf("a folder: %v", err)
	}
	if err := setupfile.Write(filepath.Join(dir, "nowhere", "x.yaml"), wanted()); err == nil || !strings.Contains(err.Error(), "cannot be saved") {
		t.Errorf("no folder: %v", err)
	}
	empty := filepath.Join(dir, "empty.yaml")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := setupfile.Write(empty, wanted()); err != nil {
		t.Errorf("an empty file: %v", err)
	}
}

func TestFormatComesBack(t *testing.T) {
	t.Parallel()
	one := rapid.OneOf(
		rapid.StringMatching(`[a-z0-9._-]{0,12}`), rapid.String(),
		rapid.SampledFrom([]string{"no", "0x10", "1e5", "~", "- a", "a: b", "a #b", "'", `"\`, "\n", "\x1b[2J", "\u202e", "\U000e0041", "\u0085", "\u2028", "%a", "@", "`", "! x", "&a", "*a", "2026-11-24", "1_0", "=", "<<", "."}),
	)
	list := rapid.SliceOfN(one, 1, 3)
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) safe.Text { return safe.New(strings.ToValidUTF8(one.Draw(t, name), "?")) }
		r := setup.Request{
			Network: draw("network"), Peering: draw("peering"), RoleName: draw("role"), AppID: draw("app"),
			VNet: model.VNetRef{TenantID: draw("tenant"), SubscriptionID: draw("subscription"), ResourceGroup: draw("group"), Name: draw("vnet")},
			DNS:  setup.DNSMode(draw("mode").Raw()),
		}
		for range rapid.IntRange(0, 3).Draw(t, "mappings") {
			r.Mappings = append(r.Mappings, model.DNSMapping{Domains: texts(list.Draw(t, "domains")...), Servers: texts(list.Draw(t, "servers")...)})
		}
		if rapid.Bool().Draw(t, "a new network") {
			r.Create = &setup.CreateNetwork{Region: draw("region"), CIDR: draw("range"), Account: draw("account")}
			if rapid.Bool().Draw(t, "some zones") {
				r.Create.Zones = texts(list.Draw(t, "zones")...)
			}
		}
		if rapid.Bool().Draw(t, "a route") {
			r.Route = &gateway.Draft{
				Plane: draw("plane"), Geo: draw("geo"),
				Service: gateway.ServiceDraft{Name: draw("service"), URL: draw("url"), Protocol: draw("protocol"), Host: draw("host"), Port: draw("port"), Path: draw("path")},
				Route:   gateway.RouteDraft{Name: draw("route"), StripPath: draw("strip")},
			}
			if rapid.Bool().Draw(t, "with lists") {
				r.Route.Route.Paths, r.Route.Route.Hosts = texts(list.Draw(t, "paths")...), texts(list.Draw(t, "hosts")...)
				r.Route.Route.Methods, r.Route.Route.SNIs, r.Route.Route.Protocols = texts(list.Draw(t, "methods")...), texts(list.Draw(t, "snis")...), texts(list.Draw(t, "protocols")...)
			}
		}
		data := setupfile.Format(r)
		if clean := safe.Clean(strings.ReplaceAll(string(data), "\n", "")); len(data) < 1500 && clean != strings.ReplaceAll(string(data), "\n", "") {
			t.Fatalf("not fit for a terminal: %q", data)
		}
		got, err := setupfile.Parse(data)
		if err != nil && r.DNS == "" && len(r.Mappings) == 0 && err.Error() == setupfile.ErrEmpty.Error() {
			return
		}
		if err != nil || !reflect.DeepEqual(got, r) {
			t.Fatalf("%v\n%#v\ncame back as\n%#v\n%s", err, r, got, data)
		}
	})
}

func TestFormatIsWhatTheDesignShows(t *testing.T) {
	t.Parallel()
	_, body, _ := strings.Cut(string(setupfile.Format(wanted())), "\n\n")
	strip := func(s string) string {
		var lines []string
		for line := range strings.Lines(s) {
			line, _, _ = strings.Cut(line, "#")
			lines = append(lines, strings.TrimRight(line, " \n"))
		}
		return strings.Join(lines, "\n")
	}
	if strip(body) != strip(whole) {
		t.Errorf("got\n%s", body)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(whole))
	f.Add([]byte("dns: {mappings: [{domains: [a], servers: [*b]}]}"))
	f.Add([]byte("network: |\n  a\n  b\n"))
	f.Add([]byte("azure: !!map\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := setupfile.Parse(data)
		if err != nil {
			if safe.Clean(err.Error()) != err.Error() {
				t.Fatalf("%q is not clean", err)
			}
			return
		}
		_ = r.Problems(dnstable.Surroundings{})
		if again, err := setupfile.Parse(setupfile.Format(r)); err != nil || string(setupfile.Format(again)) != string(setupfile.Format(r)) {
			t.Fatalf("%q came back as %v (%v)", data, again, err)
		}
	})
}

func TestTheExampleOfTheReadmeIsGood(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(filepath.Join("..", "..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(data), "```yaml\nnetwork:")
	example, _, found := strings.Cut("network:"+rest, "```")
	r, err := setupfile.Parse([]byte(example))
	if !found || err != nil || slices.ContainsFunc(r.Problems(dnstable.Surroundings{}), inTheWay) || r.VNet.Name.Raw() != "vnet-hub" {
		t.Errorf("%v, %v, %v", r, err, r.Problems(dnstable.Surroundings{}))
	}
}
