package gateway_test

import (
	"testing"

	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/safe"
)

func TestHowToTryARoute(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		route gateway.Route
		want  string
	}{
		"a path":       {gateway.Route{Protocols: safe.Texts("https"), Paths: safe.Texts("~/x/\\d", "/orders")}, "curl --include https://gw.example.org/orders"},
		"a host":       {gateway.Route{Protocols: safe.Texts("http", "https"), Hosts: safe.Texts("*.shop.example")}, "curl --include --connect-to example.shop.example:443:gw.example.org:443 https://example.shop.example/"},
		"a method":     {gateway.Route{Protocols: safe.Texts("http"), Methods: safe.Texts("PUT"), Hosts: safe.Texts("shop.example:8080")}, "curl --include --request PUT --connect-to shop.example:80:gw.example.org:80 http://shop.example/"},
		"expression":   {gateway.Route{Protocols: safe.Texts("https"), Paths: safe.Texts("~/x/\\d")}, ""},
		"another kind": {gateway.Route{Protocols: safe.Texts("tls"), SNIs: safe.Texts("a.example")}, ""},
	} {
		if got := c.route.Try(safe.New("gw.example.org")); got != c.want {
			t.Errorf("%s: %s", name, got)
		}
	}
	if got := (gateway.Route{Protocols: safe.Texts("https")}).Try(safe.Text{}); got != "" {
		t.Error(got)
	}
}
