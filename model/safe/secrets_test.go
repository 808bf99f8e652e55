package safe_test

import (
	"testing"

	"github.com/peerdeck/peerdeck/model/safe"
)

func TestSecretless(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                                "",
		"the header Bearer aBc, is wrong": "the header Bearer ***, is wrong",
		`{"a":"bearer ab3"}`:              `{"a":"bearer ***"}`,
		`{\"a\":\"Bearer aBc\"}`:          `{\"a\":\"Bearer ***\"}`,
		"eyJhbGci.eyJ0aWQi.c2ln and kpat_a1 and spat_b": "*** and *** and ***",
		"https://u:pw@x/?a=1&sig=x%3D&b=2":              "https://u:***@x/?a=1&sig=***&b=2",
		"socks5://:pw@127.0.0.1:9":                      "socks5://:***@127.0.0.1:9",
		`{"client_secret":"x","access_token": "y"}`:     `{"client_secret":"***","access_token": "***"}`,
		`{\"client_secret\":\"x\"}`:                     `{\"client_secret\":\"***\"}`,
		// Near misses.
		"a Bearer token, Bearer realm=x, bearer of": "a Bearer token, Bearer realm=x, bearer of",
		"the token of the bearer":                   "the token of the bearer",
		"https://host:8443/a@b, https://login/a:b":  "https://host:8443/a@b, https://login/a:b",
		"token_type, secret-network and password":   "token_type, secret-network and password",
		`{"token_type":"Bearer"}`:                   `{"token_type":"Bearer"}`,
	} {
		if got := safe.Secretless(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
		if got := safe.New(text).Secretless(); got.Raw() != want {
			t.Errorf("the text %q becomes %q", text, got.Raw())
		}
	}
}
