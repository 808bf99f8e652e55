package endpoint_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/services/cloud/endpoint"
)

func TestParse(t *testing.T) {
	for in, want := range map[string]string{
		"https://global.api.konghq.com":   "https://global.api.konghq.com",
		"https://global.api.konghq.com/":  "https://global.api.konghq.com",
		" https://proxy.example/konnect/": "https://proxy.example/konnect", //nolint:gocritic // the blank is what is tested
		"http://127.0.0.1:8080":           "http://127.0.0.1:8080",
		"http://[::1]:8080":               "http://[::1]:8080",
		"http://localhost:1":              "http://localhost:1",
	} {
		e, err := endpoint.Parse("--konnect-url", in)
		if err != nil || e.String() != want {
			t.Errorf("%q: %s, %v; want %s", in, e, err, want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for in, says := range map[string]string{
		"":                          "is empty",
		"   ":                       "is empty",
		"global.api.konghq.com":     "write https://global.api.konghq.com",
		"127.0.0.1:8080":            "has no scheme",
		"alice:secret@konnect":      "no user, no password",
		"https://me:secret%zz@host": "no user, no password",
		"konnect?token=secret":      "nothing after ? or #",
		"https://me:secret@":        "no user, no password",
		"https://x/?token=secret":   "nothing after ? or #",
		"http://10.0.0.4":           "in the clear",
		"http://localhost.evil.com": "in the clear",
		"http://127.0.0.1.evil.com": "in the clear",
		"ftp://x":                   "must begin with https://",
		"https://":                  "is no address",
		"https://:80":               "is no address",
		"https://u:p@x":             "no user, no password",
		"https://x?y=1":             "nothing after ? or #",
		"https://x#y":               "nothing after ? or #",
		"https://%zz":               "is no address",
		"https://x\x1b[31m":         "is no address",
	} {
		_, err := endpoint.Parse("--konnect-url", in)
		if err == nil || !strings.Contains(err.Error(), says) || !strings.Contains(err.Error(), "--konnect-url") {
			t.Errorf("%q: %v, want a message with %q", in, err, says)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: the message holds the password", in)
		}
		if err != nil && strings.ContainsRune(err.Error(), 0x1b) {
			t.Errorf("%q: the message holds an escape", in)
		}
	}
}

func TestGeo(t *testing.T) {
	for in, want := range map[string]string{
		"https://global.api.konghq.com":     "https://eu.api.konghq.com",
		"https://global.api.konghq.com:444": "https://eu.api.konghq.com:444",
		"http://127.0.0.1:8080":             "http://127.0.0.1:8080",
	} {
		e, err := endpoint.Parse("x", in)
		if err != nil {
			t.Fatal(err)
		}
		if got := e.Geo("eu").String(); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"https://global.api.konghq.com/", "http://[::1]:80", "https://x?y#z", "http://localhost.evil.com", "https://\x1b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		e, err := endpoint.Parse("--konnect-url", in)
		if err != nil {
			if strings.ContainsAny(err.Error(), "\x1b\n\r") {
				t.Errorf("the words are not clean: %q", err)
			}
			return
		}
		if strings.HasPrefix(e.String(), "http://") && !e.Loopback() {
			t.Errorf("%q sends a token in the clear to %s", in, e)
		}
		again, err := endpoint.Parse("again", e.String())
		if err != nil || again.String() != e.String() {
			t.Errorf("%q became %s, then %s, %v", in, e, again, err)
		}
	})
}
