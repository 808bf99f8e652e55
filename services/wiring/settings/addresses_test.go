package settings_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/services/wiring/settings"
)

func TestAddressesNeedNoToken(t *testing.T) {
	t.Parallel()
	env := func(name string) string {
		return map[string]string{"PEERDECK_LOGIN_URL": "http://127.0.0.1:8303/"}[name]
	}
	s, err := settings.Addresses(settings.Flags{ARM: "https://arm.example"}, env)
	if err != nil || s.Login.String() != "http://127.0.0.1:8303" || s.ARM.String() != "https://arm.example" || !s.Graph.IsZero() {
		t.Errorf("%+v, %v", s, err)
	}
	if _, err := settings.Addresses(settings.Flags{Login: "http://login.example"}, env); err == nil || !strings.Contains(err.Error(), "--login-url") {
		t.Errorf("%v", err)
	}
	if _, err := settings.Addresses(settings.Flags{Config: "/nowhere/config.yaml"}, env); err == nil || !strings.Contains(err.Error(), "/nowhere/config.yaml") {
		t.Errorf("%v", err)
	}
}
