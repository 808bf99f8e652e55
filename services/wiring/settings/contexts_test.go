package settings_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/adrg/xdg"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurecloud"
	"github.com/peerdeck/peerdeck/services/wiring/settings"
)

// twoContexts is a file as a person would write it: a list, or a map.
const (
	asList = `
read_only: false
konnect:
  url: https://top.example
contexts:
  - name: production
    colour: red
    read_only: true
    konnect: {token_variable: PROD_TOKEN}
  - name: us-gov
    konnect:
      url: https://gov.example
      token_command: [echo, kpat_gov]
    azure: {cloud: AzureUSGovernment, sign_in: cli}
    dns: {via: "socks5://127.0.0.1:9"}
  - plain
`
	asMap = `
konnect: {url: https://top.example}
contexts:
  production:
    color: Red
    read_only: true
    konnect: {token_variable: PROD_TOKEN}
  us-gov:
    konnect: {url: https://gov.example, token_command: [echo, kpat_gov]}
    azure: {cloud: usgov, sign_in: cli}
    dns: {via: "socks5://127.0.0.1:9"}
  plain:
`
)

// inState keeps the state folder of a test apart. It cannot be parallel to others that
// read it.
func inState(t *testing.T) string {
	t.Helper()
	before := xdg.StateHome
	xdg.StateHome = t.TempDir()
	t.Cleanup(func() { xdg.StateHome = before })
	return filepath.Join(xdg.StateHome, "peerdeck")
}

func TestAContextGoesBeforeTheTopOfTheFile(t *testing.T) {
	inState(t)
	for form, text := range map[string]string{"list": asList, "map": asMap} {
		path := config(t, text)
		load := func(name string, env ...string) (settings.Settings, string) {
			s, err := settings.Load(t.Context(), settings.Flags{Config: path, Context: name}, environment(env...))
			if err != nil {
				t.Fatalf("%s, %s: %v", form, name, err)
			}
			token, err := s.Token.Token(t.Context())
			if err != nil {
				t.Fatalf("%s, %s: %v", form, name, err)
			}
			return s, token.Reveal()
		}
		s, token := load("production", "PROD_TOKEN=kpat_prod")
		if token != "kpat_prod" || !s.ReadOnly || s.Context.Name.Raw() != "production" || s.Context.Colour != model.Red || s.Konnect.String() != "https://top.example" {
			t.Errorf("%s: %+v", form, s)
		}
		s, token = load("US-Gov") // capitals aside
		if token != "kpat_gov" || s.Cloud != azurecloud.Government || s.ReadOnly || s.Konnect.String() != "https://gov.example" || s.DNSVia == nil || s.Context.Name.Raw() != "us-gov" {
			t.Errorf("%s: %+v", form, s)
		}
		s, token = load("plain", "KONNECT_TOKEN=kpat_env")
		if token != "kpat_env" || s.Context.Name.Raw() != "plain" || s.Konnect.String() != "https://top.example" || len(s.Warnings) != 0 {
			t.Errorf("%s: %+v", form, s)
		}
		s, token = load("", "KONNECT_TOKEN=kpat_env")
		if token != "kpat_env" || !s.Context.Name.IsEmpty() {
			t.Errorf("%s: without a context: %+v", form, s.Context)
		}
	}
}

// The token of one organization is never shown under the name of another.
func TestATokenInTheEnvironmentIsNoOtherContexts(t *testing.T) {
	inState(t)
	path := config(t, asList)
	env := environment("KONNECT_TOKEN=kpat_test", "KONNECT_TOKEN_FILE=/nowhere", "PROD_TOKEN=kpat_prod")
	s, err := settings.Load(t.Context(), settings.Flags{Config: path, Context: "production"}, env)
	if err != nil {
		t.Fatal(err)
	}
	token, err := s.Token.Token(t.Context())
	if err != nil || token.Reveal() != "kpat_prod" {
		t.Errorf("the token of %s, %v", s.Token.Describe(), err)
	}
	if said := strings.Join(s.Warnings, "\n"); !strings.Contains(said, "KONNECT_TOKEN is set and not used: the context production has a token of its own") || !strings.Contains(said, "KONNECT_TOKEN_FILE is set") {
		t.Errorf("%q", said)
	}
	// Without its own it does not fall back on the other one either.
	if _, err := settings.Load(t.Context(), settings.Flags{Config: path, Context: "production"}, environment("KONNECT_TOKEN=kpat_test")); err == nil ||
		!strings.Contains(err.Error(), "for the context production") || !strings.Contains(err.Error(), "export PROD_TOKEN=") {
		t.Errorf("%v", err)
	}
	// And what was made careful stays so.
	s, err = settings.Load(t.Context(), settings.Flags{Config: path, Context: "production"}, environment("PROD_TOKEN=x", "PEERDECK_READ_ONLY=false"))
	if err != nil || !s.ReadOnly || !strings.Contains(strings.Join(s.Warnings, "\n"), "PEERDECK_READ_ONLY does not loosen the context production") {
		t.Errorf("%v %v", s.Warnings, err)
	}
	s, err = settings.Load(t.Context(), settings.Flags{Config: path, Context: "us-gov", SignIn: "device-code"}, environment("PEERDECK_KONNECT_URL=https://env.example", "PEERDECK_AZURE_CLOUD=public"))
	if err != nil || s.Konnect.String() != "https://env.example" || s.Cloud != azurecloud.Public {
		t.Errorf("%+v %v", s, err)
	}
	said := strings.Join(s.Warnings, "\n")
	for _, want := range []string{"PEERDECK_KONNECT_URL goes before konnect.url", "PEERDECK_AZURE_CLOUD goes before azure.cloud", "--azure-sign-in goes before azure.sign_in"} {
		if !strings.Contains(said, want+" of the context us-gov") {
			t.Errorf("%q does not say %q", said, want)
		}
	}
}

// The addresses of the top are those of its cloud: a context with another cloud does not
// get them, and one with a token of its own gets no other source.
func TestWhatIsNeverMixed(t *testing.T) {
	inState(t)
	path := config(t, "konnect: {token_file: /top}\nazure: {arm_url: https://arm.example, sign_in: cli}\ncontexts:\n  a: {azure: {cloud: china}, konnect: {token_variable: A}}\n  b: {azure: {sign_in: environment}}\n")
	s, err := settings.Load(t.Context(), settings.Flags{Config: path, Context: "a"}, environment("A=kpat_a"))
	if err != nil || !s.ARM.IsZero() || s.Cloud != azurecloud.China || s.SignIn != "cli" || s.Token.Describe() != "A" {
		t.Errorf("%+v, %v", s, err)
	}
	s, err = settings.Load(t.Context(), settings.Flags{Config: path, Context: "b"}, environment("KONNECT_TOKEN=x"))
	if err != nil || s.ARM.String() != "https://arm.example" || s.SignIn != "environment" {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestABrokenContextStopsNoOther(t *testing.T) {
	inState(t)
	const good = "contexts:\n  - {name: good, konnect: {token_variable: GOOD}}\n"
	for name, c := range map[string]struct {
		file string // after the good one
		use  string
		says []string
	}{
		"a key":             {"  - name: bad\n    konnect:\n      token_fil: x\n", "bad", []string{"line 5, column 7", `"token_fil"`, `"token_file"`}},
		"a token":           {"  - name: bad\n    konnect: {token: kpat_canary}\n", "bad", []string{"line 4, column 15", "a token does not stand in this file", "token_variable"}},
		"a token as a name": {"  - name: bad\n    konnect: {token_variable: kpat_canary}\n", "bad", []string{"line 3", "konnect.token_variable is the name of a variable"}},
		"a type":            {"  - name: bad\n    read_only: perhaps\n", "bad", []string{"line 4, column 16", `"perhaps"`, "true or false"}},
		"an address":        {"  - name: bad\n    konnect: {url: http://far.example}\n", "bad", []string{"line 3", "konnect.url", "in the clear"}},
		"a cloud":           {"  - name: bad\n    azure: {cloud: moon}\n", "bad", []string{"line 3", "azure.cloud", `"moon"`, "government"}},
		"a way to sign in":  {"  - name: bad\n    azure: {sign_in: magic}\n", "bad", []string{"azure.sign_in", `"magic"`}},
		"a hop":             {"  - name: bad\n    dns: {via: nothing}\n", "bad", []string{"line 3", "dns.via"}},
		"a colour":          {"  - name: bad\n    colour: pink\n", "bad", []string{"line 3", `"pink"`, "red"}},
		"two colours":       {"  - {name: bad, colour: red, color: blue}\n", "bad", []string{"colour and color"}},
		"two of a name":     {"  - name: bad\n  - name: Bad\n", "bad", []string{"two contexts are called", "line 3", "line 4"}},
		"a text":            {"  - name: bad\n    konnect: yes please\n", "bad", []string{"line 4"}},
		"a name":            {"  - name: \" bad\"\n", " bad", []string{"blanks around it"}},
		"an escape":         {"  - name: \"b\\e[2J\"\n", "b\x1b[2J", []string{"characters that cannot be seen"}},
		"a long name":       {"  - " + strings.Repeat("b", 41) + "\n", strings.Repeat("b", 41), []string{"more than 40 letters"}},
		"the nearest":       {"  - name: production\n", "prodution", []string{`there is no context "prodution"`, "is production meant?", "peerdeck context list"}},
		"none is near":      {"  - name: production\n", "zz", []string{"there are: good", "production"}},
	} {
		t.Run(name, func(t *testing.T) {
			path := config(t, good+c.file)
			if _, err := settings.Load(t.Context(), settings.Flags{Config: path, Context: "good"}, environment("GOOD=kpat_good")); err != nil {
				t.Errorf("the good one: %v", err)
			}
			_, err := settings.Load(t.Context(), settings.Flags{Config: path, Context: c.use}, environment("KONNECT_TOKEN=x"))
			if err == nil {
				t.Fatal("taken")
			}
			for _, part := range c.says {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("%q does not say %q", err, part)
				}
			}
			if strings.ContainsRune(err.Error(), 0x1b) || strings.Contains(err.Error(), "canary") {
				t.Errorf("%q shows what it must not", err)
			}
			list, err := settings.Contexts(t.Context(), settings.Flags{Config: path}, environment("GOOD=kpat_good"))
			if err != nil || len(list) < 2 || list[0].Name.Raw() != "good" || !list[0].Problem.IsEmpty() {
				t.Errorf("%+v, %v", list, err)
			}
			if c.use == "bad" && list[1].Problem.IsEmpty() {
				t.Errorf("nothing is said against %+v", list[1])
			}
		})
	}
}

// A name that stands twice in a map is one that stands twice; anywhere else a key that
// stands twice is a mistake of the file.
func TestTwoOfANameInAMap(t *testing.T) {
	inState(t)
	path := config(t, "contexts:\n  one: {konnect: {token_variable: A}}\n  two: {}\n  one: {konnect: {token_variable: B}}\n")
	env := environment("A=a", "B=b", "KONNECT_TOKEN=x")
	if _, err := settings.Load(t.Context(), settings.Flags{Config: path, Context: "two"}, env); err != nil {
		t.Error(err)
	}
	if _, err := settings.Load(t.Context(), settings.Flags{Config: path, Context: "one"}, env); err == nil || !strings.Contains(err.Error(), "two contexts are called one, in line 2 and in line 4") {
		t.Error(err)
	}
	for _, text := range []string{"mouse: true\nmouse: false\n", "contexts:\n  a:\n    read_only: true\n    read_only: false\n", "contexts: {}\ncontexts: {}\n"} {
		if _, err := settings.ParseFile([]byte(text)); err == nil || !strings.Contains(err.Error(), "stands twice") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestContextsShareWhatAnAnchorNames(t *testing.T) {
	inState(t)
	path := config(t, "contexts:\n  - &base\n    name: one\n    azure: {cloud: china}\n    konnect: &k {token_variable: A}\n  - <<: *base\n    name: two\n    konnect: *k\n")
	s, err := settings.Load(t.Context(), settings.Flags{Config: path, Context: "two"}, environment("A=kpat_a"))
	if err != nil || s.Cloud != azurecloud.China || s.Token.Describe() != "A" {
		t.Errorf("%+v, %v", s, err)
	}
}

// Flag before variable before what was chosen before the top of the file.
func TestWhichContextIsUsed(t *testing.T) {
	dir := inState(t)
	path := config(t, asMap)
	flags := settings.Flags{Config: path}
	env := []string{"KONNECT_TOKEN=x", "PROD_TOKEN=y"}
	used := func(flag string, more ...string) string {
		f := flags
		f.Context = flag
		s, err := settings.Load(t.Context(), f, environment(append(more, env...)...))
		if err != nil {
			return err.Error()
		}
		return s.Context.Name.Raw()
	}
	if got := used(""); got != "" {
		t.Errorf("nothing was chosen: %s", got)
	}
	if name, err := settings.Use(flags, environment(env...), "PRODUCTION"); err != nil || name != "production" {
		t.Errorf("%s, %v", name, err)
	}
	if data, err := os.ReadFile(filepath.Join(dir, "context")); err != nil || string(data) != "production\n" {
		t.Errorf("%q, %v", data, err)
	}
	for _, c := range []struct{ flag, variable, want string }{
		{"", "", "production"},
		{"", "us-gov", "us-gov"},
		{"plain", "us-gov", "plain"},
		{"-", "us-gov", ""},
		{"", "-", ""},
	} {
		if got := used(c.flag, "PEERDECK_CONTEXT="+c.variable); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
	list, err := settings.Contexts(t.Context(), flags, environment(env...))
	if err != nil || len(list) != 3 || !list[0].Current || list[1].Current || list[1].Cloud != azurecloud.Government || list[0].Token.String() != "PROD_TOKEN" || !list[0].ReadOnly || list[1].Konnect.Raw() != "gov.example" {
		t.Errorf("%+v, %v", list, err)
	}
	if _, err := settings.Use(flags, environment(), "prod"); err == nil {
		t.Error("an unknown one is kept")
	}
	if got := used(""); got != "production" {
		t.Errorf("a refusal changed it to %s", got)
	}
	if _, err := settings.Use(flags, environment(), "-"); err != nil || used("") != "" {
		t.Errorf("%v, %s", err, used(""))
	}
	// One that was chosen and is gone is no reason to take another organization.
	if _, err := settings.Use(flags, environment(), "plain"); err != nil {
		t.Fatal(err)
	}
	flags.Config = config(t, "contexts: {production: {}}\n")
	if got := used(""); !strings.Contains(got, `peerdeck context use: there is no context "plain"`) || !strings.Contains(got, "- for none") {
		t.Errorf("%s", got)
	}
	if err := os.WriteFile(filepath.Join(dir, "context"), []byte(strings.Repeat("x", 1<<20)), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := used(""); !strings.Contains(got, "cannot be read") || !strings.Contains(got, "peerdeck context use NAME") {
		t.Errorf("%s", got)
	}
}

// The list says what is missing and fails for nothing.
func TestTheListSaysWhatIsMissing(t *testing.T) {
	inState(t)
	path := config(t, `contexts:
  - {name: variable, konnect: {token_variable: NOT_SET}}
  - {name: file, konnect: {token_file: /nowhere/token}}
  - {name: command, konnect: {token_command: [/nowhere/helper, canary]}}
  - {name: keyring, konnect: {keyring: prod}}
  - {name: broken, azure: {cloud: moon}}
  - {konnect: {}}
`)
	list, err := settings.Contexts(t.Context(), settings.Flags{Config: path}, environment())
	if err != nil || len(list) != 6 {
		t.Fatalf("%+v, %v", list, err)
	}
	for i, want := range []string{"NOT_SET is not set", "/nowhere/token", "/nowhere/helper is not there", "", "moon", "a context without a name"} {
		got := list[i].Problem.String()
		if want == "" && got != "" || !strings.Contains(got, want) || strings.Contains(fmt.Sprint(list[i]), "canary") {
			t.Errorf("%s: %q, not %q", list[i].Name, got, want)
		}
	}
	if got := list[3].Token.String(); !strings.Contains(got, "prod") {
		t.Error(got)
	}
	if _, err := settings.Load(t.Context(), settings.Flags{Config: path}, environment()); err == nil || !strings.Contains(err.Error(), "no context is chosen; choose one: peerdeck --context variable") {
		t.Errorf("%v", err)
	}
}

func FuzzContexts(f *testing.F) {
	for _, s := range []string{asList, asMap, "contexts: 1", "contexts: [[a]]", "contexts: {a: &a {konnect: *a}}", "contexts:\n- <<: *x\n", "contexts: &a [*a]", "contexts:\n  ? [a]\n  : b\n", "contexts: [!!binary x, ~, 1, {name: [a]}]"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		path := config(t, string(data))
		list, err := settings.Contexts(t.Context(), settings.Flags{Config: path}, func(string) string { return "" })
		if err != nil && strings.ContainsRune(err.Error(), 0x1b) {
			t.Fatalf("%q holds an escape", err)
		}
		for _, c := range list {
			if c.Name.IsEmpty() || strings.ContainsRune(c.Problem.String(), 0x1b) {
				t.Fatalf("%+v", c)
			}
		}
	})
}

func TestRegionsOfKonnect(t *testing.T) {
	inState(t)
	for name, c := range map[string]struct {
		file, env string
		want      string
		says      string // a warning or an error
	}{
		"none":          {"", "", "", ""},
		"one":           {"konnect: {region: EU}", "", "eu", ""},
		"all":           {"konnect: {region: global}", "", "", ""},
		"a variable":    {"konnect: {region: eu}", "us", "us", ""},
		"a new one":     {"konnect: {region: br}", "", "br", "knows no region br"},
		"none at all":   {"konnect: {region: eu.evil.example/}", "", "", "is no region of Konnect; there are us, eu"},
		"a region host": {"konnect: {url: https://eu.api.konghq.com}", "", "", "set konnect.region: eu"},
		"a context":     {"konnect: {region: us}\ncontexts: {a: {konnect: {region: in}}}", "", "in", ""},
	} {
		flags := settings.Flags{Config: config(t, c.file+"\n")}
		if name == "a context" {
			flags.Context = "a"
		}
		s, err := settings.Load(t.Context(), flags, environment("KONNECT_TOKEN=x", "PEERDECK_KONNECT_REGION="+c.env))
		said := strings.Join(s.Warnings, "\n")
		if err != nil {
			said = err.Error()
		}
		if s.Region != c.want || (said == "") != (c.says == "") || !strings.Contains(said, c.says) {
			t.Errorf("%s: %q, %q", name, s.Region, said)
		}
	}
}
