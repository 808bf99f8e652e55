package redact

import (
	"net/url"
	"strings"
)

// SecretsOf lists the secrets in an environment, as "NAME=value" each: the values of
// variables that are called like one, and the passwords of proxies.
func SecretsOf(environment []string) []string {
	var out []string
	for _, e := range environment {
		name, value, _ := strings.Cut(e, "=")
		small := memberName(name)
		if strings.HasSuffix(small, "file") || strings.HasSuffix(small, "path") || strings.HasSuffix(small, "command") || value == "" {
			continue // where a secret is, and not the secret
		}
		if secretMember(small) {
			out = append(out, parts(value)...)
		}
		if u, err := url.Parse(value); err == nil && u.User != nil {
			if password, there := u.User.Password(); there {
				out = append(out, password)
			}
		}
	}
	return out
}

// parts are a value with what several ready-made tokens in one variable are made of.
func parts(value string) []string {
	out := []string{value, strings.TrimSpace(value)}
	for item := range strings.SplitSeq(value, ",") {
		_, token, named := strings.Cut(item, "=")
		if named && len(token) > 0 {
			out = append(out, strings.TrimSpace(token))
		}
	}
	return out
}
