package model

import (
	"encoding/base64"
	"encoding/json"
	"strings"

	"github.com/peerdeck/peerdeck/model/safe"
)

// Challenge is what Azure wants of a new sign-in: claims that the token at hand does not
// show. The same sign-in gives the same token, so a person has to act.
type Challenge struct {
	Service WriteService
	Tenant  safe.Text
	Scope   string // that the token is for
	Source  IdentitySource
	Claims  string // JSON, as Azure sent it
}

// Failure says what is wanted, and the command or the key that gives it.
func (c Challenge) Failure() Failure {
	f := signIn(c.Tenant, "sign-in-challenge", string(c.Service)+" wants a fresh sign-in: "+c.wants(), "")
	f.Code, f.Status = safe.New("insufficient_claims"), statusSignIn
	login := loginCommand(c.Tenant) + " --scope " + ShellQuote(c.Scope) + " --claims-challenge " + ShellQuote(base64.StdEncoding.EncodeToString([]byte(c.Claims)))
	const then = " Nothing is asked there until you have: press r afterwards, or run the command again."
	switch c.Source {
	case FromAzureCLI, FromReadyMade, FromRecording, "": // a device code goes before a ready-made token
		f.Command = login
		f.Cure = "Sign in with a device code (key A of the dashboard), or with the Azure CLI." + then + " Run: " + login
	case FromDeviceCode:
		f.Command = login
		f.Cure = "Sign in with a device code once more (key A of the dashboard), which carries what is wanted, or with the Azure CLI." + then + " Run: " + login
	default:
		f.Cure = "The sign-in is that of an application (" + c.Source.Words() + "), which can answer no question, and its new token was refused as well. Nothing is asked there until a person has acted and pressed r, or run the command again." +
			" Send this to whoever keeps conditional access for workloads in the tenant " + c.Tenant.Or("of the VNET").String() + ": \"" +
			string(c.Service) + " answers the application's token with a claims challenge (" + c.wants() + "). Please let it in from this place, or say what it must show.\""
	}
	return f
}

// wants says in words what the claims are about, as far as that is known.
func (c Challenge) wants() string {
	var body struct {
		Token map[string]json.RawMessage `json:"access_token"`
	}
	if json.Unmarshal([]byte(c.Claims), &body) != nil || len(body.Token) == 0 {
		return "it does not say in a known form what for"
	}
	for _, known := range []struct{ claim, words string }{
		{"acrs", "a policy wants more for this, such as a second factor (authentication context " + strings.Join(values(body.Token["acrs"]), ", ") + ")"},
		{"amr", "it wants a second factor"},
		{"capolids", "conditional access wants more for this"},
		{"xms_rp_ipaddr", "the sign-in came from another address than the request"},
		{"nbf", "the session was revoked, the password was changed, or a policy was"},
	} {
		if _, has := body.Token[known.claim]; has {
			return strings.Replace(known.words, " (authentication context )", "", 1)
		}
	}
	return "it names claims that peerdeck does not know"
}

// values are those that a claim may have.
func values(claim json.RawMessage) []string {
	var one struct {
		Value  string   `json:"value"`
		Values []string `json:"values"`
	}
	if json.Unmarshal(claim, &one) != nil {
		return nil
	}
	if one.Value != "" {
		one.Values = append(one.Values, one.Value)
	}
	return one.Values
}
