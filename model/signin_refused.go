package model

import (
	"regexp"
	"strings"

	"github.com/peerdeck/peerdeck/model/safe"
)

// SignInRefusal is what a sign-in service said, or what a program that asked it printed.
type SignInRefusal struct {
	Status  int       // of HTTP, 0 where it is not known
	Code    string    // of OAuth, such as invalid_grant; may be empty
	Message string    // may be many lines
	Trace   safe.Text // under which Microsoft finds it
	Source  IdentitySource
	Tenant  safe.Text
	Client  safe.Text // the id of the application that signs in, empty for a person
	Scope   string    // that a token was asked for
}

// RefusedSignIn describes a refusal of a sign-in: by Entra's code where there is one, else
// by that of OAuth, else in the service's own words.
func RefusedSignIn(r SignInRefusal) Failure {
	message := EntraLine(r.Message)
	code := EntraCode(message)
	if code == "" {
		code = EntraCode(r.Message)
	}
	if code == "" {
		code = r.Code
	}
	f := Failure{
		Kind: FailureAuth, Operation: signInTo, Subject: r.Tenant, Code: safe.New(code), Detail: safe.New(message), RequestID: r.Trace,
		Finding: "sign-in-refused", Cause: safe.New(message).Or(code), Cure: "Take another way to sign in, or look at the message.", Retryable: r.Status >= statusBroken,
	}
	f = f.Explain(RefusedCall{Service: entra, Tenant: r.Tenant, Source: r.Source, Scope: r.Scope, Client: r.Client})
	f.Status = r.Status // the status tells nothing of a refusal that the code does not
	return f
}

// EntraCode finds Entra's error code in a text; empty for none.
func EntraCode(text string) string {
	return regexp.MustCompile(`AADSTS\d+`).FindString(text)
}

// EntraLine takes the line of a text that says something: the one with Entra's code,
// without the ids behind it, else the first that is no ruler.
func EntraLine(text string) string {
	first := ""
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if i := strings.Index(line, anyOfEntra); i >= 0 {
			line = line[i:]
			if end := strings.Index(line, " Trace ID"); end > 0 {
				line = line[:end]
			}
			return strings.TrimSpace(line)
		}
		if first == "" && strings.Trim(line, "-") != "" {
			first = line
		}
	}
	return first
}
