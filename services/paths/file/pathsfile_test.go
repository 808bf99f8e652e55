package file_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/peerdeck/peerdeck/model/paths/assume"
	"github.com/peerdeck/peerdeck/model/safe"
	pathsfile "github.com/peerdeck/peerdeck/services/paths/file"
)

const whole = `network: eu-prod
changes:
  - add: mapping
    domain: apps.example.net
    servers: [10.20.0.4, 10.20.0.5]
  - change: rule
    group: nsg-ledger
    name: AllowGateway
    priority: 0200
    ports: 8080
    from: "*"
  - remove: route
    table: rt-fw
    name: all-to-firewall
  - {change: peering, peering: hub-vnet, allow_access: no}
`

func TestParse(t *testing.T) {
	t.Parallel()
	got, err := pathsfile.Parse([]byte(whole))
	if err != nil {
		t.Fatal(err)
	}
	want := assume.Proposal{Network: safe.New("eu-prod"), Changes: []assume.Change{
		{Verb: assume.Add, Kind: assume.Mapping, Line: 3, Values: map[assume.Key][]safe.Text{assume.KeyDomain: safe.Texts("apps.example.net"), assume.KeyServers: safe.Texts("10.20.0.4", "10.20.0.5")}},
		{Verb: assume.Alter, Kind: assume.Rule, Line: 6, Values: map[assume.Key][]safe.Text{
			assume.KeyGroup: safe.Texts("nsg-ledger"), assume.KeyName: safe.Texts("AllowGateway"), assume.KeyPriority: safe.Texts("0200"),
			assume.KeyPorts: safe.Texts("8080"), assume.KeyFrom: safe.Texts("*"),
		}},
		{Verb: assume.Remove, Kind: assume.Route, Line: 12, Values: map[assume.Key][]safe.Text{assume.KeyTable: safe.Texts("rt-fw"), assume.KeyName: safe.Texts("all-to-firewall")}},
		{Verb: assume.Alter, Kind: assume.Peering, Line: 15, Values: map[assume.Key][]safe.Text{assume.KeyPeering: safe.Texts("hub-vnet"), assume.KeyAllowAccess: safe.Texts("no")}},
	}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestParseThatCannotBe(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		says []string
	}{
		"empty":           {"# nothing\n", []string{"empty", "docs/paths-what-if.md"}},
		"unknown key":     {"nework: a\n", []string{"line 1, column 1", `"nework"`, "network and changes"}},
		"no list":         {"changes: add\n", []string{"line 1, column 10", "is a list"}},
		"no group":        {"changes:\n  - add\n", []string{"line 2, column 5", "add, change or remove"}},
		"no verb":         {"changes:\n  - domain: a.example\n", []string{"line 2", "add, change and remove"}},
		"two verbs":       {"changes:\n  - add: route\n    remove: route\n", []string{"line 3, column 5", "write two changes"}},
		"unknown kind":    {"changes:\n  - add: maping\n", []string{"line 2, column 10", "mapping may be meant"}},
		"no such kind":    {"changes:\n  - add: firewall\n", []string{"line 2, column 10", "admin-rule"}},
		"verb of others":  {"changes:\n  - add: table\n", []string{"line 2, column 10", "change"}},
		"unknown inside":  {"changes:\n  - add: mapping\n    domian: x\n", []string{"line 3, column 5", `"domian"`, "domain may be meant"}},
		"of another kind": {"changes:\n  - add: mapping\n    priority: 100\n", []string{"line 3, column 5", "resolver, domain and servers"}},
		"twice":           {"changes:\n  - add: mapping\n    domain: a\n    domain: b\n", []string{"line 4, column 5", "domain"}},
		"missing":         {"changes:\n  - add: mapping\n    domain: a.example\n", []string{"line 2: servers is missing"}},
		"two problems":    {"changes:\n  - add: mapping\n    domain: a.example\n  - add: prefix\n    prefix: 10.0.0.0/33\n", []string{"line 2: servers", `line 4: prefix "10.0.0.0/33"`}},
		"bits behind":     {"changes:\n  - add: prefix\n    prefix: 10.0.0.1/16\n", []string{"10.0.0.0/16 is the range"}},
		"empty in list":   {"changes:\n  - add: mapping\n    domain: a.example\n    servers: [10.0.0.1, ]\n  - add: mapping\n    domain: b.example\n    servers: [10.0.0.1, \"\"]\n", []string{"line 5: servers is empty"}},
		"list for one":    {"changes:\n  - add: mapping\n    domain: [a.example, b.example]\n    servers: 10.0.0.1\n", []string{"line 2: domain takes one value, not 2"}},
		"group for one":   {"changes:\n  - add: mapping\n    domain: {a: b}\n", []string{"line 3", "a text is wanted"}},
		"star alone":      {"changes:\n  - change: rule\n    group: g\n    name: n\n    ports: *\n", []string{"line 5"}},
		"alias":           {"changes:\n  - change: rule\n    group: &g g\n    name: *g\n", []string{"line 3", "a text is wanted"}},
		"words":           {"changes:\n  - change: rule\n    group: g\n    name: n\n    access: Permit\n", []string{`access "Permit" is none of Allow and Deny`}},
		"appliance":       {"changes:\n  - add: route\n    table: t\n    name: n\n    prefix: 10.0.0.0/16\n    next_hop: VirtualAppliance\n", []string{"address of the appliance"}},
		"nothing changed": {"changes:\n  - change: route\n    table: t\n    name: n\n", []string{"does not say what is to be changed"}},
		"two documents":   {"network: a\n---\nnetwork: b\n", []string{"second document"}},
		"escape":          {"changes:\n  - add: \"\\e[2J\"\n", []string{"line 2"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := pathsfile.Parse([]byte(c.text))
			if err == nil {
				t.Fatalf("it was taken: %+v", got)
			}
			for _, part := range c.says {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("%q does not say %q", err, part)
				}
			}
			for line := range strings.SplitSeq(err.Error(), "\n") {
				if safe.Clean(line) != line {
					t.Errorf("%q is not clean", err)
				}
			}
		})
	}
}

func TestRead(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "what-if.yaml")
	if _, err := pathsfile.Read(path); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("no file: %v", err)
	}
	if err := os.WriteFile(path, []byte("\xef\xbb\xbf"+strings.ReplaceAll(whole, "\n", "\r\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	if p, err := pathsfile.Read(path); err != nil || len(p.Changes) != 4 {
		t.Errorf("%+v, %v", p, err)
	}
	if _, err := pathsfile.ReadFrom(strings.NewReader(strings.Repeat("# long\n", 1<<18)), "standard input"); err == nil || !strings.Contains(err.Error(), "longer than") {
		t.Errorf("a long file: %v", err)
	}
}

// What is written is read again as it was, whatever the values are.
func TestFormatAndParse(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := assume.Proposal{Network: safe.New(rapid.StringMatching(`[a-z*&! :#-]{0,12}`).Draw(t, "network"))}
		for range rapid.IntRange(1, 4).Draw(t, "changes") {
			kind := rapid.SampledFrom(assume.Kinds()).Draw(t, "kind")
			c := assume.Change{Verb: rapid.SampledFrom(assume.Verbs(kind)).Draw(t, "verb"), Kind: kind, Values: map[assume.Key][]safe.Text{}}
			for _, f := range assume.Fields(c.Verb, kind) {
				c.Values[f.Key] = values(t, f)
			}
			want.Changes = append(want.Changes, c)
		}
		got, err := pathsfile.Parse(pathsfile.Format(want))
		if err != nil {
			t.Fatalf("%v in\n%s", err, pathsfile.Format(want))
		}
		for i := range got.Changes {
			got.Changes[i].Line = 0
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("got  %+v\nwant %+v", got, want)
		}
	})
}

// values are some that a field takes.
func values(t *rapid.T, f assume.Field) []safe.Text {
	one := map[assume.Form][]string{
		assume.FormText: {"hub", "*x", "no", "0755", "a: b", "none", "# c", "'"}, assume.FormPrefix: {"10.0.0.0/8", "::/0"}, assume.FormAddress: {"10.0.0.4", "fd00::1"},
		assume.FormPriority: {"100", "4096"}, assume.FormPorts: {"*", "443", "8000-8010"}, assume.FormPlaces: {"*", "VirtualNetwork", "10.0.0.0/16", "10.0.0.1"},
		assume.FormYesNo: {"yes", "no"}, assume.FormDomain: {"example.net", "*.example.org"},
	}[f.Form]
	if len(f.Words) > 0 {
		one = f.Words
	}
	if !f.Many {
		return safe.Texts(rapid.SampledFrom(one).Draw(t, "value"))
	}
	return safe.Texts(rapid.SliceOfN(rapid.SampledFrom(one), 1, 3).Draw(t, "values")...)
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(whole))
	f.Add([]byte("changes: [{add: route, table: *}]"))
	f.Add([]byte("changes:\n  - ? [a]\n    : b\n"))
	f.Add([]byte("changes: [{<<: {add: route}}]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := pathsfile.Parse(data)
		if err != nil {
			return
		}
		for _, c := range p.Changes {
			if found := assume.Check(c); len(found) > 0 {
				t.Errorf("%+v was taken: %v", c, found)
			}
		}
	})
}
