package settings_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/services/wiring/settings"
)

// A profile of kongctl's is taken over where somebody asks for it, with its region, and its
// token goes to no other place.
func TestAProfileOfKongctlIsTakenOverOnRequest(t *testing.T) {
	const profiles = `default: {konnect: {pat: kpat_default}}
prod: {konnect: {region: eu, pat: kpat_prod}}
tech: {konnect: {base-url: "https://us.api.konghq.tech", pat: kpat_tech}}
here: {konnect: {base-url: "http://127.0.0.1:8080", pat: kpat_here}}
evil: {konnect: {base-url: "https://api.konghq.com.evil.example", pat: kpat_evil}}
clear: {konnect: {base-url: "http://eu.api.konghq.com", pat: kpat_clear}}
`
	const contexts = `contexts:
  - {name: own, konnect: {token_variable: OTHER}}
  - {name: taken, konnect: {kongctl_profile: prod}}
  - {name: plain}
  - {name: both, konnect: {kongctl_profile: prod, token_file: /x}}
  - {name: odd, konnect: {kongctl_profile: ../x}}
  - {name: elsewhere, konnect: {kongctl_profile: prod, url: https://x.example}}
`
	for name, c := range map[string]struct {
		flags                settings.Flags
		env                  []string
		file                 string
		token, host, region  string
		warns, fails, source string
	}{
		"by a flag":                  {flags: settings.Flags{Kongctl: "prod"}, token: "kpat_prod", host: "global.api.konghq.com", region: "eu", source: "kongctl's profile prod (konnect.pat in "},
		"by a variable":              {env: []string{"PEERDECK_KONGCTL_PROFILE=prod"}, token: "kpat_prod", host: "global.api.konghq.com", region: "eu"},
		"by the file":                {file: "konnect: {kongctl_profile: default}\n", token: "kpat_default", host: "global.api.konghq.com"},
		"by a context":               {flags: settings.Flags{Context: "taken"}, file: contexts, token: "kpat_prod", host: "global.api.konghq.com", region: "eu"},
		"nobody asks":                {env: []string{"KONGCTL_PROFILE=prod", "KONGCTL_DEFAULT_KONNECT_PAT=kpat_x"}, fails: "no Konnect token"},
		"the other domain":           {flags: settings.Flags{Kongctl: "tech"}, token: "kpat_tech", host: "global.api.konghq.tech", region: "us"},
		"on this machine":            {flags: settings.Flags{Kongctl: "here"}, token: "kpat_here", host: "127.0.0.1:8080"},
		"another host":               {flags: settings.Flags{Kongctl: "evil"}, fails: "no host of Konnect's"},
		"in the clear":               {flags: settings.Flags{Kongctl: "clear"}, fails: "in the clear"},
		"another address":            {flags: settings.Flags{Kongctl: "prod", Konnect: "https://x.example"}, fails: "its token is not sent elsewhere"},
		"the same address":           {flags: settings.Flags{Kongctl: "prod", Konnect: "https://global.api.konghq.com/"}, token: "kpat_prod", host: "global.api.konghq.com", region: "eu"},
		"another region":             {flags: settings.Flags{Kongctl: "prod"}, env: []string{"PEERDECK_KONNECT_REGION=us"}, fails: "its token goes to no other one"},
		"the same region":            {flags: settings.Flags{Kongctl: "prod"}, env: []string{"PEERDECK_KONNECT_REGION=EU"}, token: "kpat_prod", host: "global.api.konghq.com", region: "eu"},
		"a flag before a variable":   {flags: settings.Flags{Kongctl: "prod"}, env: []string{"KONNECT_TOKEN=kpat_var"}, token: "kpat_prod", host: "global.api.konghq.com", region: "eu", warns: "is set and not used: --kongctl-profile names"},
		"a token before a variable":  {env: []string{"PEERDECK_KONGCTL_PROFILE=prod", "KONNECT_TOKEN=kpat_var"}, token: "kpat_var", host: "global.api.konghq.com", warns: "goes before it"},
		"a token before the file":    {file: "konnect: {kongctl_profile: prod}\n", env: []string{"KONNECT_TOKEN=kpat_var"}, token: "kpat_var", host: "global.api.konghq.com", warns: "goes before it"},
		"none for one run":           {flags: settings.Flags{Kongctl: "-"}, env: []string{"PEERDECK_KONGCTL_PROFILE=prod"}, fails: "no Konnect token"},
		"a context that has its own": {flags: settings.Flags{Context: "own", Kongctl: "prod"}, file: contexts, env: []string{"OTHER=kpat_other"}, fails: "--kongctl-profile: the context own has a token of its own"},
		"a variable and its own":     {flags: settings.Flags{Context: "own"}, file: contexts, env: []string{"OTHER=kpat_other", "PEERDECK_KONGCTL_PROFILE=prod"}, token: "kpat_other", host: "global.api.konghq.com", warns: "PEERDECK_KONGCTL_PROFILE is set and not used"},
		"a token and the context's":  {flags: settings.Flags{Context: "taken"}, file: contexts, env: []string{"KONNECT_TOKEN=kpat_var"}, token: "kpat_prod", host: "global.api.konghq.com", region: "eu", warns: "KONNECT_TOKEN is set and not used"},
		"a context's own address":    {flags: settings.Flags{Context: "elsewhere"}, file: contexts, fails: "its token is not sent elsewhere"},
		"not beside another source":  {flags: settings.Flags{Context: "both"}, file: contexts, fails: "leave one of them out"},
		"no name":                    {flags: settings.Flags{Context: "odd"}, file: contexts, fails: "is no name of a profile"},
		"not the address of the top": {flags: settings.Flags{Context: "taken"}, file: "konnect: {url: https://x.example}\n" + contexts, token: "kpat_prod", host: "global.api.konghq.com", region: "eu"},
		"no such profile":            {flags: settings.Flags{Kongctl: "pord"}, fails: "is prod meant?"},
	} {
		t.Run(name, func(t *testing.T) {
			home := t.TempDir()
			if err := os.MkdirAll(filepath.Join(home, "kongctl"), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(home, "kongctl", "config.yaml"), []byte(profiles), 0o600); err != nil {
				t.Fatal(err)
			}
			c.flags.Config = config(t, c.file)
			s, err := settings.Load(t.Context(), c.flags, environment(append(c.env, "XDG_CONFIG_HOME="+home, "XDG_STATE_HOME="+home, "LANG=C.UTF-8")...))
			if c.fails != "" {
				if err == nil || !strings.Contains(err.Error(), c.fails) || strings.Contains(err.Error(), "kpat_p") {
					t.Fatalf("the error is %v; it should say %q", err, c.fails)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			token, err := s.Token.Token(t.Context())
			if err != nil || token.Reveal() != c.token || s.Konnect.Host() != c.host || s.Region != c.region || !strings.Contains(s.Token.Describe(), c.source) {
				t.Errorf("%s at %s in %q, by %s, %v", token.Reveal(), s.Konnect.Host(), s.Region, s.Token.Describe(), err)
			}
			if warnings := strings.Join(s.Warnings, "\n"); !strings.Contains(warnings, c.warns) || c.warns == "" && warnings != "" {
				t.Errorf("the warnings are %q; they should say %q", warnings, c.warns)
			}
		})
	}
}
