package model

import (
	"strings"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// A way to sign in may be closed before anything is asked: what it takes is not there, or
// cannot be used. The functions below say which door is shut, each with a code of its own.

const signInTo = "sign in to Azure tenant"

func signIn(tenant safe.Text, code finding.Code, cause, cure string) Failure {
	return Failure{Kind: FailureAuth, Operation: signInTo, Subject: tenant, Finding: code, Cause: safe.New(cause), Cure: cure}
}

// loginCommand is the Azure CLI's sign-in to a tenant, as it can be pasted.
func loginCommand(tenant safe.Text) string {
	if tenant.IsEmpty() {
		return "az login"
	}
	return "az login --tenant " + ShellQuote(tenant.String())
}

// NoSignIn says that no way gave a token. It begins with the reason of the way that the
// environment or a person named, else with that of the first way that was asked, else with
// that of the first one; the others follow with their own reasons.
func NoSignIn(tenant safe.Text, tried []Tried) Failure {
	if len(tried) == 0 {
		return signIn(tenant, "sign-in-nobody", "nobody is signed in", "Sign in with a device code (key A of the dashboard).")
	}
	first := firstReason(tried)
	f := tried[first].Failure
	f.Operation, f.Subject = signInTo, tenant
	var others []string
	for i, t := range tried {
		if i != first {
			others = append(others, t.From.String()+": "+strings.TrimRight(t.Failure.Cause.String(), ". "))
		}
	}
	if len(others) > 0 {
		f.Cause = safe.New(strings.TrimRight(f.Cause.Raw(), ". ") + " · also tried: " + strings.Join(others, "; "))
	}
	return f
}

func firstReason(tried []Tried) int {
	for _, fits := range []func(Tried) bool{
		func(t Tried) bool { return t.Pointed },
		func(t Tried) bool { return !t.Closed },
	} {
		for i, t := range tried {
			if fits(t) {
				return i
			}
		}
	}
	return 0
}

// NoReadyMade says that there are ready-made tokens, and none for this tenant.
func NoReadyMade(tenant safe.Text) Failure {
	return signIn(tenant, "sign-in-ready-made", "PEERDECK_AZURE_TOKEN has no token for this tenant", "Add it, as TENANT-ID=TOKEN behind a comma.")
}

// ReadyMadeStays says that a ready-made token does not leave this machine.
func ReadyMadeStays(audience safe.Text) Failure {
	return signIn(safe.Text{}, "sign-in-ready-made",
		"PEERDECK_AZURE_TOKEN goes to services on this machine only, and "+audience.String()+" is none",
		"Give the address of that service on this machine, such as with --graph-url.")
}

// NoVariables says which variables of a way are missing. Has are those of it that are set:
// without any, nobody took this way.
func NoVariables(source IdentitySource, has, lacks []string) Failure {
	if len(has) == 0 {
		return signIn(safe.Text{}, "sign-in-not-set", phrase.And(lacks)+verb(lacks)+" not set", "Set them to sign in by "+source.Words()+".")
	}
	return signIn(safe.Text{}, "sign-in-half-set",
		phrase.And(has)+verb(has)+" set, and "+phrase.And(lacks)+verb(lacks)+" not",
		"Set "+phrase.And(lacks)+" too, or unset "+phrase.And(has)+" to leave "+source.Words()+" out.")
}

func verb(names []string) string {
	if len(names) == 1 {
		return " is"
	}
	return " are"
}

// BadVariable says that what a variable names cannot be used.
func BadVariable(name, why string) Failure {
	return signIn(safe.Text{}, "sign-in-bad-variable", name+": "+why, "Correct "+name+", or unset it to leave this way of signing in out.")
}

// NoMachineIdentity says that this machine has no managed identity. Chosen is true where a
// person asked for it.
func NoMachineIdentity(chosen bool, why string) Failure {
	cure := "It takes a machine in Azure with an identity: elsewhere, take another way to sign in."
	if chosen {
		cure = "Give the machine an identity in Azure, name a user-assigned one in AZURE_CLIENT_ID, or choose another way with --azure-sign-in."
	}
	return signIn(safe.Text{}, "sign-in-no-managed-identity", why, cure)
}

// ManagedElsewhere says that the managed identity is of another tenant than the VNET: its
// tokens are for its own tenant alone.
func ManagedElsewhere(tenant, of safe.Text) Failure {
	return signIn(tenant, "sign-in-wrong-tenant", "the managed identity is of the tenant "+of.String()+" and gets no token for "+tenant.String(),
		"A managed identity serves its own tenant. Sign in to the other one with az login --tenant "+ShellQuote(tenant.String())+", or with an application's federated credential.")
}

// NoAzureCLI says that the Azure CLI is not there.
func NoAzureCLI(tenant safe.Text) Failure {
	return signIn(tenant, "sign-in-no-azure-cli", "the Azure CLI is not installed, and nobody is signed in",
		"Sign in with a device code (key A of the dashboard), install the Azure CLI, or set the AZURE_* variables.")
}

// AzureCLISignedOut says that nobody has signed in with the Azure CLI.
func AzureCLISignedOut(tenant safe.Text) Failure {
	f := signIn(tenant, "sign-in-azure-cli-signed-out", "the Azure CLI is not signed in", orCode+" Run: "+loginCommand(tenant))
	f.Command = loginCommand(tenant)
	return f
}

// SlowSignIn says that a way to sign in gave no answer in time.
func SlowSignIn(source IdentitySource, tenant safe.Text) Failure {
	f := signIn(tenant, "sign-in-slow", "the sign-in took too long ("+source.Words()+")", "Check the network, the proxy and the VPN, then look again.")
	f.Kind, f.Retryable = FailureTimeout, true
	return f
}
