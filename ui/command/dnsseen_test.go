package command_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A trace that the Debugger saved tells what the gateway saw; one that is about another name,
// or is none, is refused with what to do.
func TestATraceTakesInWhatTheGatewaySaw(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	span := func(name, rest string) string {
		return fmt.Sprintf(`{"spans":[{"name":"kong.dns","startTimeUnixNano":"%d","attributes":{"proxy.kong.dns.record.domain":%q%s}]}`, time.Now().UnixNano(), name, rest)
	}
	for about, c := range map[string]struct {
		file  string
		code  int
		out   string
		error string
	}{
		"the gateway fails":   {span("www.corp.example.org", `},"status":{"code":2,"message":"dns server error: 5 query refused"}`), 2, "The gateway itself could not resolve www.corp.example.org", ""},
		"the gateway is well": {span("www.corp.example.org", `,"proxy.kong.dns.record.ip":"10.20.0.52"}`), 0, "The gateway itself resolved www.corp.example.org to 10.20.0.52", ""},
		"another name":        {span("hr.example.org", `}`), 1, "", "is about hr.example.org, and tells nothing of www.corp.example.org"},
		"no trace":            {"dig +short", 1, "", "not JSON"},
		"nothing":             {"", 1, "", "is empty"},
	} {
		t.Run(about, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			code, errs := run(t, &out, "dns", "trace", "www.corp.example.org", "--network", "eu-prod", "--gateway-trace", file(strings.ReplaceAll(about, " ", "-"), c.file))
			if code != c.code || !strings.Contains(out.String(), c.out) || !strings.Contains(errs, c.error) {
				t.Errorf("exit %d\n%s\n%s", code, out.String(), errs)
			}
		})
	}
}
