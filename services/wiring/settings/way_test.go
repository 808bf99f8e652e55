package settings_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/services/cloud/transport/wiretest"
	"github.com/peerdeck/peerdeck/services/wiring/settings"
)

// How requests leave is a setting like any other: the flag goes before the variable, that
// before the file, and what is wrong is named by its place.
func TestTheWayOut(t *testing.T) {
	t.Parallel()
	ca := wiretest.NewAuthority(t, "Corp Root CA").File()
	dir := t.TempDir()
	config := filepath.Join(dir, "config.yaml")
	if err := os.WriteFile(config, []byte("proxy: ftp://file\nca_file: "+ca+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		flags settings.Flags
		env   map[string]string
		says  string
	}{
		"all well":           {settings.Flags{Proxy: "http://p:1", CAFile: ca}, nil, ""},
		"none":               {settings.Flags{Proxy: "none"}, map[string]string{"HTTPS_PROXY": "ftp://env"}, ""},
		"the flag":           {settings.Flags{Proxy: "ftp://flag"}, map[string]string{"PEERDECK_PROXY": "http://p:1"}, `--proxy: peerdeck knows no proxies of the kind "ftp"`},
		"the variable":       {settings.Flags{}, map[string]string{"PEERDECK_PROXY": "ftp://me:hunter2@x"}, "PEERDECK_PROXY: peerdeck knows no"},
		"the file":           {settings.Flags{Config: config}, nil, "proxy in the configuration file: peerdeck knows no"},
		"the environment":    {settings.Flags{}, map[string]string{"https_proxy": "ftp://x"}, "https_proxy: peerdeck knows no"},
		"a flag over a file": {settings.Flags{Config: config, Proxy: "http://p:1"}, nil, ""},
		"no such file":       {settings.Flags{CAFile: filepath.Join(dir, "none.pem")}, nil, "--ca-file: "},
		"no such file, too":  {settings.Flags{}, map[string]string{"PEERDECK_CA_FILE": filepath.Join(dir, "none.pem")}, "PEERDECK_CA_FILE: "},
	} {
		env := func(name string) string {
			if name == "KONNECT_TOKEN" {
				return "kpat_x"
			}
			return c.env[name]
		}
		if c.flags.Config == "" {
			c.flags.Config = filepath.Join(dir, "empty.yaml")
			if err := os.WriteFile(c.flags.Config, nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		_, err := settings.Load(t.Context(), c.flags, env)
		if c.says == "" && err != nil || c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "hunter2")) {
			t.Errorf("%s: %v", name, err)
		}
	}
	s, err := settings.Load(t.Context(), settings.Flags{Config: filepath.Join(dir, "empty.yaml")}, func(name string) string {
		return map[string]string{"KONNECT_TOKEN": "kpat_x", "SSL_CERT_FILE": filepath.Join(dir, "gone.pem")}[name]
	})
	if err != nil || !strings.Contains(strings.Join(s.Warnings, " "), "SSL_CERT_FILE names ") {
		t.Errorf("%v, %v", s.Warnings, err)
	}
}
