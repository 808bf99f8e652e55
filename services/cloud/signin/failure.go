package signin

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"regexp"
	"strings"

	"peerdeck/model"
	"peerdeck/model/safe"
)

// Failure describes an error of the sign-in. azidentity's own texts are many
// lines with rulers; what is taken is the line that says something.
func Failure(err error, tenant safe.Text) model.Failure {
	f := model.Failure{Kind: model.FailureAuth, Operation: "sign in to Azure tenant", Subject: tenant, Retryable: true}
	name := "Azure"
	if refused, ok := errors.AsType[wayError](err); ok {
		name = refused.way
	}
	text := plainText(err)
	login := "az login"
	if !tenant.IsEmpty() {
		login += " --tenant " + model.ShellQuote(tenant.String())
	}
	own, isOwn := errors.AsType[givenError](err)
	switch {
	case isOwn:
		f.Cause, f.Cure, f.Retryable = safe.New(own.cause), own.cure, false
	case errors.Is(err, context.Canceled):
		f.Kind, f.Retryable = model.FailureCancelled, false
		f.Cause = safe.New("stopped before the sign-in was done")
	case strings.Contains(text, "not found on path"):
		f.Cause = safe.New("the Azure CLI is not installed, and nobody is signed in")
		f.Cure = "Sign in with a device code, install the Azure CLI, or set the AZURE_* variables."
	case strings.Contains(text, "az login") && !strings.Contains(text, "AADSTS"):
		f.Cause = safe.New("the Azure CLI is not signed in")
		f.Cure = "Run " + login + ", or sign in with a device code."
	case strings.Contains(text, "nobody has signed in"):
		f.Cause = safe.New("nobody is signed in")
		f.Cure = "Sign in with a device code."
	case errors.Is(err, context.DeadlineExceeded), strings.Contains(text, "deadline exceeded"):
		f.Cause = safe.New("the sign-in took too long (" + name + ")")
		f.Cure = "Try again; check the network and the VPN."
	default:
		f.Code = safe.New(aadsts(text))
		f.Cause = safe.New(text)
		f.Cure = "Run " + login + ", or sign in with a device code."
		if !f.Code.IsEmpty() { // Entra's refusal: the same sign-in is refused again
			f = f.Explain(model.RefusedCall{Service: "Entra", Tenant: tenant})
		}
	}
	return f
}

// plainText takes the first telling line of an error, without the names of the
// layers that it came through.
func plainText(err error) string {
	for line := range strings.SplitSeq(err.Error(), "\n") {
		line = strings.TrimSpace(line)
		if i := strings.Index(line, "AADSTS"); i >= 0 {
			line = line[i:]
			if end := strings.Index(line, " Trace ID"); end > 0 {
				line = line[:end]
			}
			return line
		}
	}
	line, _, _ := strings.Cut(err.Error(), "\n")
	return strings.TrimSpace(line)
}

// aadsts finds Entra's error code in a text.
func aadsts(text string) string {
	return regexp.MustCompile(`AADSTS\d+`).FindString(text)
}

// accountOf reads who a token belongs to. The token is not verified: the name
// is only shown. Text that is no such token has no account.
func accountOf(token string) safe.Text {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return safe.Text{}
	}
	data, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		return safe.Text{}
	}
	var claims struct {
		UPN       safe.Text `json:"upn"`
		Preferred safe.Text `json:"preferred_username"`
		Unique    safe.Text `json:"unique_name"`
		App       safe.Text `json:"app_displayname"`
		AppID     safe.Text `json:"appid"`
	}
	if json.Unmarshal(data, &claims) != nil {
		return safe.Text{}
	}
	for _, name := range []safe.Text{claims.UPN, claims.Preferred, claims.Unique, claims.App, claims.AppID} {
		if !name.IsEmpty() {
			return name
		}
	}
	return safe.Text{}
}
