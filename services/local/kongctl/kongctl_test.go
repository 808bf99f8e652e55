package kongctl_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/services/local/kongctl"
)

const (
	access  = "kpat_access"
	refresh = "refresh-canary"
)

// desk is a home in which kongctl has kept something.
type desk struct {
	t    *testing.T
	home string
	vars map[string]string
}

func newDesk(t *testing.T, config string, vars ...string) *desk {
	t.Helper()
	d := &desk{t: t, home: t.TempDir(), vars: map[string]string{}}
	d.vars["HOME"] = d.home
	for _, v := range vars {
		name, value, _ := strings.Cut(v, "=")
		d.vars[name] = value
	}
	if config != "" {
		d.write("config.yaml", config)
	}
	return d
}

func (d *desk) env(name string) string { return d.vars[name] }

func (d *desk) write(name, text string) string {
	d.t.Helper()
	path := filepath.Join(d.home, ".config", "kongctl", name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		d.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		d.t.Fatal(err)
	}
	return path
}

// login is what kongctl 1.13 keeps of a login that lasts an hour.
func login(received time.Time) string {
	return fmt.Sprintf(`{"token":{"access_token":%q,"refresh_token":%q,"token_type":"Bearer","expires_in":3600,"scope":""},"received_at":%q}`,
		access, refresh, received.Format(time.RFC3339Nano))
}

// at is a clock that stands.
type at time.Time

func (a at) Now() time.Time                     { return time.Time(a) }
func (at) After(time.Duration) <-chan time.Time { return nil }

func noon() time.Time { return time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC) }

func TestAProfileTellsRegionAndAddress(t *testing.T) {
	for name, c := range map[string]struct {
		config, profile   string
		vars              []string
		base, region, err string
	}{
		"region":                {config: "prod: {konnect: {region: eu}}\n", profile: "prod", region: "eu"},
		"address":               {config: "prod:\n  konnect:\n    base-url: https://eu.api.konghq.com\n", profile: "prod", base: "https://eu.api.konghq.com"},
		"variable before file":  {config: "prod: {konnect: {region: eu}}\n", profile: "prod", vars: []string{"KONGCTL_PROD_KONNECT_REGION=us"}, region: "us"},
		"dashes in a variable":  {profile: "my-prod.eu", vars: []string{"KONGCTL_MY_PROD_EU_KONNECT_BASE_URL=https://x.example"}, base: "https://x.example"},
		"capitals":              {config: "Prod: {Konnect: {Region: eu}}\n", profile: "pROD", region: "eu"},
		"an anchor":             {config: "x: &k {region: eu}\nprod: {konnect: *k}\n", profile: "prod", region: "eu"},
		"merged":                {config: "x: &k {konnect: {region: eu}}\nprod: {<<: *k, output: json}\n", profile: "prod", region: "eu"},
		"merged from a list":    {config: "x: &k {konnect: {region: eu}}\ny: &l {output: json}\nprod: {<<: [*l, *k]}\n", profile: "prod", region: "eu"},
		"a region no is a text": {config: "prod: {konnect: {region: no}}\n", profile: "prod", region: "no"},
		"nothing said":          {config: "prod: {output: json}\n", profile: "prod"},
		"other profiles broken": {config: "x: [1, {konnect: 3}]\nprod: {konnect: {region: eu}}\n", profile: "prod", region: "eu"},
		"near":                  {config: "production: {}\n", profile: "prodution", err: "is production meant?"},
		"far":                   {config: "a: {}\nb: {}\n", profile: "zzz", err: "there are: a"},
		"nothing of kongctl's":  {profile: "default", err: "kongctl login --profile default makes one"},
		"a path":                {profile: "../x", err: "is no name of a profile"},
		"no YAML":               {config: "a: [\n", profile: "a", err: "is no YAML that can be understood"},
		"a map for a region":    {config: "a: {konnect: {region: {kpat_x: 1}}}\n", profile: "a", err: "konnect.region of the profile a is no text"},
		"no address":            {config: "a: {konnect: {base-url: [1]}}\n", profile: "a", err: "konnect.base-url of the profile a is no text"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, c.config, c.vars...)
			p, err := kongctl.Open(c.profile, d.env)
			if c.err != "" {
				if err == nil || !strings.Contains(err.Error(), c.err) || strings.Contains(err.Error(), "kpat_") {
					t.Fatalf("the error is %v; it should say %q", err, c.err)
				}
				return
			}
			if err != nil || p.BaseURL != c.base || p.Region != c.region {
				t.Errorf("address %q, region %q, %v", p.BaseURL, p.Region, err)
			}
		})
	}
}

func TestTheTokenIsTheOneThatKongctlWouldUse(t *testing.T) {
	fresh, old := login(noon().Add(-time.Minute)), login(noon().Add(-2*time.Hour))
	for name, c := range map[string]struct {
		config, login    string
		vars             []string
		token, from, err string
	}{
		"a variable":           {config: "p: {konnect: {pat: kpat_file}}\n", login: fresh, vars: []string{"KONGCTL_P_KONNECT_PAT=kpat_var"}, token: "kpat_var", from: "KONGCTL_P_KONNECT_PAT"},
		"the file":             {config: "p: {konnect: {pat: kpat_file}}\n", login: fresh, token: "kpat_file", from: "konnect.pat in"},
		"the login":            {config: "p: {}\n", login: fresh, token: access, from: ".p-konnect-token.json"},
		"a login alone":        {login: fresh, token: access, from: "its login in"},
		"a login without end":  {login: `{"token":{"access_token":"kpat_access"}}`, token: access, from: "its login"},
		"one that has ended":   {login: old, err: "has expired, at 2026-11-29 11:00 UTC; renew it: kongctl get organization --profile p"},
		"one that ends now":    {login: login(noon().Add(-time.Hour)), err: "has expired"},
		"none":                 {config: "p: {}\n", err: "no token: sign in with kongctl login --profile p"},
		"an empty one":         {login: `{"token":{"access_token":""}}`, err: "no token is in it"},
		"another form":         {login: `{"token":"kpat_secret"}`, err: "is of another form"},
		"a time that is none":  {login: `{"token":{"access_token":"kpat_access","expires_in":1e300},"received_at":"2026-11-29T11:00:00Z"}`, token: access, from: "its login"},
		"two words":            {login: `{"token":{"access_token":"kpat_a secret"}}`, err: "holds more than a token"},
		"a line in a variable": {config: "p: {}\n", vars: []string{"KONGCTL_P_KONNECT_PAT=kpat_a\nX-Evil: 1"}, err: "holds more than a token"},
		"no JSON":              {login: "kpat_secret", err: "is of another form"},
		"a long one":           {login: strings.Repeat(" ", 1<<20), err: "is not read"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, c.config, c.vars...)
			if c.login != "" {
				d.write(".p-konnect-token.json", c.login)
			}
			p, err := kongctl.Open("p", d.env)
			if err != nil {
				t.Fatal(err)
			}
			s := kongctl.Source{Profile: p, Clock: at(noon())}
			token, err := s.Token(context.Background())
			if c.err != "" {
				if err == nil || !strings.Contains(err.Error(), c.err) || strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), refresh) {
					t.Fatalf("the error is %v; it should say %q and no token", err, c.err)
				}
				return
			}
			if err != nil || token.Reveal() != c.token || !strings.Contains(s.Describe(), c.from) {
				t.Errorf("%q from %s, %v", token.Reveal(), s.Describe(), err)
			}
		})
	}
}

func TestARenewedLoginIsTakenUp(t *testing.T) {
	d := newDesk(t, "p: {}\n")
	path := d.write(".p-konnect-token.json", login(noon().Add(-2*time.Hour)))
	p, err := kongctl.Open("p", d.env)
	if err != nil {
		t.Fatal(err)
	}
	s := kongctl.Source{Profile: p, Clock: at(noon())}
	if _, err := s.Token(t.Context()); err == nil {
		t.Fatal("one that has ended is used")
	}
	d.write(".p-konnect-token.json", login(noon()))
	if token, err := s.Token(t.Context()); err != nil || token.Reveal() != access {
		t.Errorf("%v", err)
	}
	if w := s.Warning(); w != "" {
		t.Errorf("a file for its owner alone: %s", w)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if w := s.Warning(); !strings.Contains(w, "chmod 600") {
		t.Errorf("others may read it, and the warning is %q", w)
	}
}

func TestAFileThatIsNoneIsNotWaitedFor(t *testing.T) {
	d := newDesk(t, "")
	path := d.write(".p-konnect-token.json", "")
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	p, err := kongctl.Open("p", d.env)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := (kongctl.Source{Profile: p}).Token(t.Context()); err == nil || !strings.Contains(err.Error(), "cannot be read") {
		t.Errorf("%v", err)
	}
}

func TestTheFolderIsThatOfXDG(t *testing.T) {
	for value, want := range map[string]string{"": "/home/x/.config/kongctl", "/etc/xdg": "/etc/xdg/kongctl", "relative": "/home/x/.config/kongctl"} {
		got := kongctl.Folder(func(name string) string { return map[string]string{"HOME": "/home/x", "XDG_CONFIG_HOME": value}[name] })
		if filepath.ToSlash(got) != want {
			t.Errorf("XDG_CONFIG_HOME=%q: %s", value, got)
		}
	}
}

// Whatever stands in the files: nothing ends the program, nothing is followed for ever, and
// no error repeats what may be a token.
func FuzzFiles(f *testing.F) {
	f.Add("p: {konnect: {region: eu, pat: kpat_x}}\n", login(noon()))
	f.Add("a: &a [*a, *a]\np: &p {<<: *p, konnect: *p}\n", `{"token":{"access_token":1}}`)
	f.Add("a: &a {k: &b {konnect: *a}}\np: {<<: [*a], konnect: !x}\n", "null")
	f.Add("a: &a {<<: [*a, *a, *a]}\np: {<<: [*a, *a]}\n", "{}")
	f.Add("? {x: 1}\n: 2\n--- \np: 1\n", `{"token":{"access_token":"\u0000"},"received_at":"x"}`)
	f.Fuzz(func(t *testing.T, config, file string) {
		d := newDesk(t, config)
		d.write(".p-konnect-token.json", file)
		p, err := kongctl.Open("p", d.env)
		if err != nil {
			return
		}
		token, err := (kongctl.Source{Profile: p, Clock: at(noon())}).Token(t.Context())
		if err == nil && (token.IsEmpty() || strings.ContainsFunc(token.Reveal(), func(r rune) bool { return r <= ' ' || r > '~' })) {
			t.Errorf("%q is no token", token.Reveal())
		}
		if err != nil && strings.Contains(err.Error(), refresh) {
			t.Errorf("%v", err)
		}
	})
}
