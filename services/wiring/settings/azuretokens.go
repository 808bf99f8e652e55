package settings

import (
	"errors"
	"fmt"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/local/secret"
)

// azureTokens reads PEERDECK_AZURE_TOKEN: a ready-made token; or several, separated
// by commas, where TENANT-ID=TOKEN is for one tenant and one alone is for all others.
// A text without any TENANT-ID= is one token, whatever it holds.
func azureTokens(text string) (all secret.Secret, byTenant map[string]secret.Secret, err error) {
	items := strings.Split(unquoted(text), ",")
	several := false
	for _, item := range items {
		tenant, _, named := strings.Cut(item, "=")
		several = several || named && model.IsGUID(strings.TrimSpace(tenant))
	}
	if !several {
		return secret.New(secret.Clean(text)), nil, nil
	}
	byTenant = map[string]secret.Secret{}
	for _, item := range items {
		item = strings.TrimSpace(item)
		tenant, token, named := strings.Cut(item, "=")
		tenant = strings.ToLower(strings.TrimSpace(tenant))
		switch {
		case !named || !model.IsGUID(tenant):
			if item == "" || !all.IsEmpty() {
				return secret.Secret{}, nil, errors.New("PEERDECK_AZURE_TOKEN: one token may stand without a tenant, for all that are not named; write the others as TENANT-ID=TOKEN")
			}
			all = secret.New(secret.Clean(item))
		case secret.Clean(token) == "":
			return secret.Secret{}, nil, fmt.Errorf("PEERDECK_AZURE_TOKEN: there is no token behind %s=", safe.Clean(tenant))
		case !byTenant[tenant].IsEmpty():
			return secret.Secret{}, nil, fmt.Errorf("PEERDECK_AZURE_TOKEN: there are two tokens for the tenant %s", safe.Clean(tenant))
		default:
			byTenant[tenant] = secret.New(secret.Clean(token))
		}
	}
	return all, byTenant, nil
}

// unquoted takes quotation marks off that stand around all of the tokens.
func unquoted(text string) string {
	text = strings.TrimSpace(text)
	for _, quote := range []string{`"`, "'"} {
		if len(text) > 1 && strings.HasPrefix(text, quote) && strings.HasSuffix(text, quote) {
			return text[1 : len(text)-1]
		}
	}
	return text
}
