package signin

import (
	"context"
	"errors"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
)

// Failure describes an error of the sign-in.
func Failure(err error, tenant safe.Text) model.Failure {
	return reason(err, asked{tenant: tenant})
}

// IsRefusal reports whether an error says that there is no token to be had.
func IsRefusal(err error) bool {
	_, ok := errors.AsType[refusedError](err)
	return ok
}

// asked is what a token was asked for, by which way.
type asked struct {
	source model.IdentitySource
	tenant safe.Text
	client safe.Text
	scope  string
}

// reason describes why a way gave no token. Azure's own texts are many lines with rulers;
// what is taken is the line that says something.
func reason(err error, a asked) model.Failure {
	if f, ok := errors.AsType[model.Failure](err); ok {
		f.Subject = f.Subject.Or(a.tenant.Raw())
		return f
	}
	said := model.SignInRefusal{Source: a.source, Tenant: a.tenant, Client: a.client, Scope: a.scope}
	if answer, ok := errors.AsType[*answerError](err); ok {
		if a.source == model.FromManaged {
			return model.NoMachineIdentity(true, machineSays(answer))
		}
		said.Status, said.Code, said.Message, said.Trace = answer.status, answer.code, answer.description, safe.New(answer.trace)
		return model.RefusedSignIn(said)
	}
	if wire, ok := errors.AsType[*wireError](err); ok {
		f := transport.WireFailure(wire.err, "Microsoft's sign-in", wire.host)
		f.Operation, f.Subject = "sign in to Azure tenant", a.tenant
		return f
	}
	text := err.Error()
	required := new(azidentity.AuthenticationRequiredError)
	switch {
	case errors.Is(err, context.Canceled):
		return model.Failure{Kind: model.FailureCancelled, Operation: "sign in to Azure tenant", Subject: a.tenant, Cause: safe.New("stopped before the sign-in was done")}
	case errors.As(err, &required):
		said.Code = "token_expired"
		return model.RefusedSignIn(said)
	case errors.Is(err, context.DeadlineExceeded), strings.Contains(text, "deadline exceeded"):
		return model.SlowSignIn(a.source, a.tenant)
	default:
		said.Message = text
		return model.RefusedSignIn(said)
	}
}

// machineSays is what the metadata service of a machine answers.
func machineSays(answer *answerError) string {
	text := model.EntraLine(answer.Error())
	if text == "" {
		text = "no reason given"
	}
	return "the machine's metadata service gives no token: " + text
}

// closedError is a way at which there was nothing to ask, although it took a look to know.
type closedError struct{ failure model.Failure }

func (e closedError) Error() string { return e.failure.Error() }
func (e closedError) Unwrap() error { return e.failure }

// isClosed reports whether there was nothing to ask.
func isClosed(err error) bool {
	_, closed := errors.AsType[closedError](err)
	return closed
}
