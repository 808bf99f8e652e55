package settings_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/services/cloud/signin"
	"github.com/peerdeck/peerdeck/services/local/secret/secrettest"
	"github.com/peerdeck/peerdeck/services/wiring/settings"
)

// environment has these variables, and no session in which a keyring could be.
func environment(pairs ...string) settings.Environment {
	return func(name string) string {
		for _, p := range append(pairs, "DBUS_SESSION_BUS_ADDRESS=autolaunch:") {
			if k, v, _ := strings.Cut(p, "="); k == name {
				return v
			}
		}
		return ""
	}
}

func config(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "config.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestFlagsOverEnvironmentOverFileOverDefaults(t *testing.T) {
	ctx := context.Background()
	path := config(t, "konnect:\n  url: https://file.example\nread_only: true\nmouse: false\ntheme: light\nazure:\n  sign_in: cli\n")
	env := []string{"KONNECT_TOKEN=kpat_x", "PEERDECK_CONFIG=" + path}
	s, err := settings.Load(ctx, settings.Flags{}, environment(env...))
	if err != nil || s.Konnect.String() != "https://file.example" || !s.ReadOnly || s.Mouse || s.Theme != "light" || s.SignIn != signin.CLI || s.ASCII {
		t.Errorf("%+v, %v", s, err)
	}
	env = append(env, "PEERDECK_KONNECT_URL=https://env.example", "PEERDECK_THEME=dark", "PEERDECK_READ_ONLY=false", "PEERDECK_NO_MOUSE=0", "LANG=C")
	s, err = settings.Load(ctx, settings.Flags{}, environment(env...))
	if err != nil || s.Konnect.String() != "https://env.example" || s.ReadOnly || !s.Mouse || s.Theme != "dark" || !s.ASCII {
		t.Errorf("%+v, %v", s, err)
	}
	s, err = settings.Load(ctx, settings.Flags{Konnect: "https://flag.example", Theme: "mono", ReadOnly: true, NoMouse: true}, environment(env...))
	if err != nil || s.Konnect.String() != "https://flag.example" || !s.ReadOnly || s.Mouse || s.Theme != "mono" {
		t.Errorf("%+v, %v", s, err)
	}
	s, err = settings.Load(ctx, settings.Flags{Config: config(t, "")}, environment("KONNECT_TOKEN=x", "LANG=de_DE.UTF-8"))
	if err != nil || s.Konnect.String() != settings.DefaultKonnectURL || !s.ARM.IsZero() || s.SignIn != signin.Auto || s.Theme != "auto" || !s.Mouse || s.ASCII {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestComplaintsNameThingValueAndWayOut(t *testing.T) {
	for name, c := range map[string]struct {
		flags settings.Flags
		env   []string
		file  string
		says  []string
	}{
		"no token":            {says: []string{"no Konnect token", "KONNECT_TOKEN", "--demo", "account/tokens"}},
		"two words":           {env: []string{"KONNECT_TOKEN=a b"}, says: []string{"KONNECT_TOKEN holds more than a token"}},
		"token file missing":  {env: []string{"KONNECT_TOKEN_FILE=/nowhere/token"}, says: []string{"/nowhere/token", "no such file"}},
		"no scheme":           {flags: settings.Flags{Konnect: "global.api.konghq.com"}, says: []string{"--konnect-url", "https://global.api.konghq.com"}},
		"plain http":          {env: []string{"PEERDECK_ARM_URL=http://10.1.1.1"}, says: []string{"PEERDECK_ARM_URL", "in the clear"}},
		"plain http in file":  {file: "konnect:\n  url: http://x.example\n", says: []string{"konnect.url in the configuration file", "in the clear"}},
		"unknown key":         {file: "konnect:\n  ulr: https://x\n", says: []string{"line 2, column 3", `"ulr"`, `nearest is "url"`}},
		"key like none":       {file: "nope: 1\n", says: []string{"line 1, column 1", `"nope"`, "there are konnect, url"}},
		"unknown top key":     {file: "readonly: true\n", says: []string{"line 1, column 1", `"readonly"`, `"read_only"`}},
		"wrong type":          {file: "mouse: sometimes\n", says: []string{"line 1, column 8", `"sometimes"`, "true or false"}},
		"a text for a group":  {file: "konnect: yes please\n", says: []string{"line 1, column 10"}},
		"no YAML":             {file: "konnect: [\n", says: []string{"line 1", "column"}},
		"a key twice":         {file: "mouse: true\nmouse: false\n", says: []string{"line 2", "mouse"}},
		"an escape":           {file: "\"\\e[2J\": 1\n", says: []string{"there is no setting"}},
		"theme":               {flags: settings.Flags{Theme: "pink"}, says: []string{"--theme", `"pink"`, "dark, light, mono"}},
		"way to sign in":      {env: []string{"PEERDECK_AZURE_SIGN_IN=magic"}, says: []string{"PEERDECK_AZURE_SIGN_IN", `"magic"`, "device-code"}},
		"neither true":        {env: []string{"PEERDECK_ASCII=perhaps"}, says: []string{"PEERDECK_ASCII", `"perhaps"`}},
		"configuration named": {flags: settings.Flags{Config: "/nowhere/config.yaml"}, says: []string{"/nowhere/config.yaml", "no such file"}},
	} {
		t.Run(name, func(t *testing.T) {
			if c.flags.Config == "" {
				c.flags.Config = config(t, c.file)
			}
			_, err := settings.Load(context.Background(), c.flags, environment(c.env...))
			if err == nil {
				t.Fatal("taken")
			}
			for _, part := range c.says {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("%q does not say %q", err, part)
				}
			}
			if strings.ContainsRune(err.Error(), 0x1b) {
				t.Errorf("%q holds an escape", err)
			}
		})
	}
}

func TestWhereTheTokenComesFrom(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "token")
	if err := os.WriteFile(path, []byte("kpat_file\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	ring := secrettest.Serve(t, secrettest.Ring{Items: map[string]string{"peerdeck global.api.konghq.com": "kpat_ring"}})
	for name, c := range map[string]struct {
		env  []string
		file string
		want string
	}{
		"environment": {[]string{"KONNECT_TOKEN=kpat_env", "KONNECT_TOKEN_FILE=" + path}, "", "kpat_env"},
		"file":        {[]string{"KONNECT_TOKEN_FILE=" + path}, "konnect:\n  token_command: [echo, no]\n", "kpat_file"},
		"file, named": {nil, "konnect:\n  token_file: " + path + "\n", "kpat_file"},
		"command":     {nil, "konnect:\n  token_command: [echo, kpat_cmd]\n", "kpat_cmd"},
		"keyring":     {[]string{"DBUS_SESSION_BUS_ADDRESS=" + ring}, "", "kpat_ring"},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := settings.Load(ctx, settings.Flags{Config: config(t, c.file)}, environment(c.env...))
			if err != nil {
				t.Fatal(err)
			}
			if got, err := s.Token.Token(ctx); err != nil || got.Reveal() != c.want {
				t.Errorf("got %v", err)
			}
			if warned := len(s.Warnings) == 1 && strings.Contains(s.Warnings[0], "chmod 600"); warned != strings.HasPrefix(name, "file") {
				t.Errorf("warnings %v", s.Warnings)
			}
		})
	}
}

func TestTheAzureTokenStaysOnThisMachine(t *testing.T) {
	ctx := context.Background()
	env := environment("KONNECT_TOKEN=x", "PEERDECK_AZURE_TOKEN=secret")
	s, err := settings.Load(ctx, settings.Flags{Config: config(t, ""), ARM: "http://127.0.0.1:1"}, env)
	if err != nil || s.AzureToken.Reveal() != "secret" || len(s.Warnings) != 0 {
		t.Errorf("%v, %v", s.Warnings, err)
	}
	for _, arm := range []string{"", "https://management.azure.com"} {
		s, err := settings.Load(ctx, settings.Flags{Config: config(t, ""), ARM: arm}, env)
		if err != nil || !s.AzureToken.IsEmpty() || len(s.Warnings) != 1 {
			t.Errorf("%q: %v, %v", arm, s.Warnings, err)
		}
	}
}

func TestAzureTokensOfTenants(t *testing.T) {
	const a, b = "11111111-2222-3333-4444-555555555555", "ABCDEF11-2222-3333-4444-555555555555"
	for text, want := range map[string]struct {
		all, a, b string
		says      string
	}{
		"opaque":                           {all: "opaque"},
		"a=b,c=d==":                        {all: "a=b,c=d=="}, // it names no tenant
		"home," + a + "=x=":                {all: "home", a: "x="},
		a + "=x, " + b + "=y":              {a: "x", b: "y"},
		b + "=y,home":                      {all: "home", b: "y"},
		"one," + a + "=canary,two":         {says: "write the others as TENANT-ID=TOKEN"},
		a + "=canary,":                     {says: "write the others as TENANT-ID=TOKEN"},
		a + "=":                            {says: "no token behind " + a},
		a + "=x," + a + "=canary":          {says: "two tokens for the tenant " + a},
		"\x1b[2J," + a + "=canary,\x1b[2J": {says: "TENANT-ID=TOKEN"},
	} {
		s, err := settings.Load(context.Background(), settings.Flags{Config: config(t, ""), ARM: "http://127.0.0.1:1"}, environment("KONNECT_TOKEN=x", "PEERDECK_AZURE_TOKEN="+text))
		if want.says != "" {
			if err == nil || !strings.Contains(err.Error(), want.says) || strings.Contains(err.Error(), "canary") || strings.ContainsRune(err.Error(), 0x1b) {
				t.Errorf("%q: %v", text, err)
			}
			continue
		}
		tokens := s.AzureTokens
		if err != nil || s.AzureToken.Reveal() != want.all || tokens[a].Reveal() != want.a || tokens[strings.ToLower(b)].Reveal() != want.b {
			t.Errorf("%q: %v, %d tenants", text, err, len(tokens))
		}
		// Elsewhere than on this machine none of them is used.
		s, err = settings.Load(context.Background(), settings.Flags{Config: config(t, ""), ARM: "https://arm.example"}, environment("KONNECT_TOKEN=x", "PEERDECK_AZURE_TOKEN="+text))
		if err != nil || !s.AzureToken.IsEmpty() || len(s.AzureTokens) != 0 || len(s.Warnings) != 1 {
			t.Errorf("%q elsewhere: %v, %v", text, s.Warnings, err)
		}
	}
}

func FuzzParseFile(f *testing.F) {
	for _, s := range []string{"", "konnect:\n  url: x\n", "mouse: maybe", "{", "a: &a [*a]", "? ? ?", "konnect: {token_command: [a, b]}", "\x00"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := settings.ParseFile(data); err != nil && strings.ContainsRune(err.Error(), 0x1b) {
			t.Fatalf("%q holds an escape", err)
		}
	})
}
