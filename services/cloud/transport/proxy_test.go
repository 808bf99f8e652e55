package transport_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/cloud/transport/wiretest"
)

func variables(pairs ...string) func(string) string {
	return func(name string) string {
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1]
			}
		}
		return ""
	}
}

// The environment means what it means to curl, and a setting goes before it.
func TestWhichProxyIsUsed(t *testing.T) {
	t.Parallel()
	const web, plain = "https://global.api.konghq.com", "http://plain.example"
	for name, c := range map[string]struct {
		setting string
		env     []string
		to      string
		want    string // the proxy and where it is set, or why there is none
	}{
		"nothing":                 {"", nil, web, "no proxy is set"},
		"HTTPS_PROXY":             {"", []string{"HTTPS_PROXY", "http://p:1"}, web, "http://p:1 by HTTPS_PROXY"},
		"small letters first":     {"", []string{"HTTPS_PROXY", "http://p:1", "https_proxy", "http://q:2"}, web, "http://q:2 by https_proxy"},
		"quotes and blanks":       {"", []string{"HTTPS_PROXY", " \"http://p:1\"\r\n"}, web, "http://p:1 by HTTPS_PROXY"},
		"no scheme":               {"", []string{"https_proxy", "proxy.corp:3128"}, web, "http://proxy.corp:3128 by https_proxy"},
		"no port":                 {"", []string{"https_proxy", "http://proxy.corp/"}, web, "http://proxy.corp:80 by https_proxy"},
		"a socks proxy":           {"", []string{"ALL_PROXY", "socks5h://s"}, web, "socks5://s:1080 by ALL_PROXY"},
		"ALL_PROXY comes last":    {"", []string{"ALL_PROXY", "socks5://s", "HTTPS_PROXY", "http://p:1"}, web, "http://p:1 by HTTPS_PROXY"},
		"HTTP_PROXY alone":        {"", []string{"HTTP_PROXY", "http://p:1"}, web, "no proxy is set"},
		"HTTP_PROXY for http":     {"", []string{"HTTP_PROXY", "http://p:1"}, plain, "http://p:1 by HTTP_PROXY"},
		"in a CGI program":        {"", []string{"HTTP_PROXY", "http://p:1", "REQUEST_METHOD", "GET"}, plain, "no proxy is set"},
		"a user":                  {"", []string{"HTTPS_PROXY", "http://me:hunter2@p:1"}, web, "http://p:1 by HTTPS_PROXY, signed in"},
		"a setting":               {"http://s:9", []string{"HTTPS_PROXY", "http://p:1"}, web, "http://s:9 by --proxy"},
		"none at all":             {"none", []string{"HTTPS_PROXY", "http://p:1"}, web, "--proxy says so"},
		"NO_PROXY by domain":      {"", []string{"HTTPS_PROXY", "http://p:1", "NO_PROXY", "corp, konghq.com"}, web, "NO_PROXY names it"},
		"with blanks between":     {"", []string{"HTTPS_PROXY", "http://p:1", "NO_PROXY", "corp .konghq.com"}, web, "NO_PROXY names it"},
		"NO_PROXY for all":        {"", []string{"HTTPS_PROXY", "http://p:1", "no_proxy", "*"}, web, "NO_PROXY names it"},
		"NO_PROXY by range":       {"", []string{"HTTPS_PROXY", "http://p:1", "NO_PROXY", "10.0.0.0/8"}, "https://10.1.2.3", "NO_PROXY names it"},
		"NO_PROXY by port":        {"", []string{"HTTPS_PROXY", "http://p:1", "NO_PROXY", "global.api.konghq.com:8443"}, web, "http://p:1 by HTTPS_PROXY"},
		"NO_PROXY names another":  {"", []string{"HTTPS_PROXY", "http://p:1", "NO_PROXY", "nghq.com"}, web, "http://p:1 by HTTPS_PROXY"},
		"NO_PROXY and a setting":  {"http://s:9", []string{"NO_PROXY", "konghq.com"}, web, "NO_PROXY names it"},
		"this machine":            {"http://s:9", nil, "http://127.0.0.1:80", "it is this machine's own"},
		"this machine by name":    {"http://s:9", nil, "https://LocalHost.", "it is this machine's own"},
		"this machine over IPv6":  {"http://s:9", nil, "https://[::1]", "it is this machine's own"},
		"Azure's metadata":        {"http://s:9", nil, "http://169.254.169.254", "it is this machine's own"},
		"Azure's address of VNET": {"http://s:9", nil, "http://168.63.129.16", "it is this machine's own"},
	} {
		p, err := transport.ReadProxies(c.setting, "--proxy", variables(c.env...))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := transport.Choice(p, c.to); got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
}

// A value that is no proxy is refused by the name of its place, without a password.
func TestBadProxies(t *testing.T) {
	t.Parallel()
	for value, says := range map[string]string{
		"ftp://p:1":                 `no proxies of the kind "ftp"`,
		"socks4://p:1":              `no proxies of the kind "socks4"`,
		"http://":                   "no address of a proxy",
		"http://p:port":             "no address of a proxy",
		"http://me:hun%ter2@p:1":    "%40 %3A %2F %23",
		"http://me:hunter2@:1":      "%40 %3A %2F %23",
		"http://me:hun/ter2@p:3128": "%40 %3A %2F %23",
		"http://me:hunter2@p:1/x":   "more than the address of a proxy",
		"http://p:1?hunter2":        "more than the address",
		"http://m%0d:hunter2@p:1":   "a character that no proxy takes",
	} {
		for _, read := range []func() error{
			func() error { _, err := transport.ReadProxies(value, "--proxy", variables()); return err },
			func() error { _, err := transport.ReadProxies("", "", variables("HTTPS_PROXY", value)); return err },
		} {
			err := read()
			if err == nil || !strings.Contains(err.Error(), says) || !strings.Contains(err.Error(), "--proxy") && !strings.Contains(err.Error(), "HTTPS_PROXY") || strings.Contains(err.Error(), "hunter2") || strings.Contains(err.Error(), "ter2") {
				t.Errorf("%s: %v", value, err)
			}
		}
	}
}

// A password is nowhere in what can be printed of a client.
func TestPasswordsOfProxiesAreNotShown(t *testing.T) {
	t.Parallel()
	p, err := transport.ReadProxies("http://me:hunter2@p:1", "--proxy", variables())
	if err != nil {
		t.Fatal(err)
	}
	if said := fmt.Sprintf("%+v %#v", p, p); strings.Contains(said, "hunter2") {
		t.Errorf("it says %s", said)
	}
}

// A file of authorities is read in each form that people have it in, and refused with the
// way out otherwise.
func TestFilesOfAuthorities(t *testing.T) {
	t.Parallel()
	good := wiretest.NewAuthority(t, "Corp Root CA").File()
	data, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	file := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	pem := string(data)
	for name, c := range map[string]struct{ path, says string }{
		"PEM":               {good, ""},
		"quoted":            {`"` + good + `"`, ""},
		"with text around":  {file("text.pem", "Subject: x\r\n"+strings.ReplaceAll(pem, "\n", "\r\n")+"\r\nend"), ""},
		"with a BOM":        {file("bom.pem", "\ufeff"+pem), ""},
		"DER":               {file("one.der", string(transport.DER(pem))), ""},
		"nothing":           {"", ""},
		"not there":         {filepath.Join(dir, "none.pem"), "cannot be read"},
		"a folder":          {dir, "is a folder"},
		"empty":             {file("empty.pem", ""), "holds no certificate"},
		"a key":             {file("key.pem", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"), "holds a private key and no certificate"},
		"a request":         {file("req.pem", "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n"), "a certificate request"},
		"a broken one":      {file("broken.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"), "cannot be understood"},
		"something else":    {file("x.pem", "hello"), "holds no certificate"},
		"a Windows store":   {file("x.pfx", "0\x82\x0a\x00"), "openssl"},
		"larger than all":   {file("large.pem", strings.Repeat("x", 9<<20)), "bytes"},
		"the first is good": {file("two.pem", pem+"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"), "number 2"},
	} {
		_, err := transport.ReadTrust(c.path, "--ca-file", variables())
		if c.says == "" && err != nil || c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says) || !strings.HasPrefix(err.Error(), "--ca-file: ")) {
			t.Errorf("%s: %v", name, err)
		}
	}
	trust, err := transport.ReadTrust("", "", variables("SSL_CERT_FILE", filepath.Join(dir, "gone.pem")))
	if err != nil || !strings.Contains(trust.Warning(), "SSL_CERT_FILE names ") {
		t.Errorf("%q, %v", trust.Warning(), err)
	}
}
