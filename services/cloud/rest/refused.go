package rest

import (
	"net/http"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"

	"github.com/peerdeck/peerdeck/services/cloud/signin"
)

// refusals tells the tokens which of them a service did not take, so that none is shown
// again and again.
type refusals struct{ tokens *signin.Tokens }

// Do sends the request. It stands below the policy that puts the token into it and answers
// a challenge, so that both tries pass.
func (r refusals) Do(req *policy.Request) (*http.Response, error) {
	if r.tokens == nil {
		return req.Next()
	}
	token := strings.TrimPrefix(req.Raw().Header.Get("Authorization"), "Bearer ")
	if err := r.tokens.Held(token); err != nil {
		return nil, err
	}
	resp, err := req.Next()
	if err != nil || resp.StatusCode != http.StatusUnauthorized {
		return resp, err
	}
	r.tokens.Refused(token, signin.Claims(resp.Header))
	signin.SpellClaims(resp.Header)
	return resp, nil
}
