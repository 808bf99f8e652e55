package settings

import (
	"os"
	"reflect"
	"strings"

	"github.com/peerdeck/peerdeck/model/doctor"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Variables lists the variables that say something to peerdeck, by name. Those of Azure's
// sign-ins are among them.
func Variables() []string {
	return []string{
		"PEERDECK_CONFIG", "PEERDECK_CONTEXT", "PEERDECK_KONNECT_URL", "PEERDECK_KONNECT_REGION", "PEERDECK_KONGCTL_PROFILE", "PEERDECK_AZURE_CLOUD", "PEERDECK_ARM_URL", "PEERDECK_GRAPH_URL", "PEERDECK_LOGIN_URL",
		"PEERDECK_AZURE_SIGN_IN", "PEERDECK_AZURE_TOKEN", "PEERDECK_DNS_VIA", "PEERDECK_READ_ONLY", "PEERDECK_THEME", "PEERDECK_ASCII", "PEERDECK_LINEAR",
		"PEERDECK_NO_MOUSE", "PEERDECK_LOG_FILE", "PEERDECK_PROXY", "PEERDECK_CA_FILE", "PEERDECK_HELPER_TIMEOUT", "KONNECT_TOKEN", "KONNECT_TOKEN_FILE",
		"AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET", "AZURE_CLIENT_CERTIFICATE_PATH", "AZURE_FEDERATED_TOKEN_FILE",
		"AZURE_AUTHORITY_HOST", "AZURE_CLOUD_NAME", "AZURE_CONFIG_DIR", "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy",
		"SSL_CERT_FILE", "SSL_CERT_DIR", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "NO_COLOR", "LANG",
	}
}

// Seen says what the settings are put together from: names, and no values, because some
// of those are secrets.
func Seen(f Flags, env Environment) doctor.SettingsFacts {
	path, _ := configuration(f, env)
	_, err := os.Stat(path)
	facts := doctor.SettingsFacts{File: safe.New(path), There: err == nil}
	for _, name := range Variables() {
		if env(name) != "" {
			facts.Variables = append(facts.Variables, safe.New(name))
		}
	}
	v := reflect.ValueOf(f)
	for i := range v.NumField() {
		if !v.Field(i).IsZero() {
			facts.Flags = append(facts.Flags, safe.New(strings.ToLower(v.Type().Field(i).Name)))
		}
	}
	return facts
}

// StateBy is the variable that names where things are kept, empty for the usual place.
func StateBy(env Environment) string {
	if env("XDG_STATE_HOME") != "" {
		return "XDG_STATE_HOME"
	}
	return ""
}
