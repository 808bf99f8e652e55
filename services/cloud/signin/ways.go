package signin

import (
	"os"
	"slices"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"

	"github.com/peerdeck/peerdeck/model/azurecloud"
	"github.com/peerdeck/peerdeck/services/cloud/endpoint"
	"github.com/peerdeck/peerdeck/services/local/secret"
)

// Choice is how to sign in to Azure.
type Choice string

// The choices. A sign-in with a device code, on request, goes before all of them.
const (
	// Auto tries, in this order: what the environment names (the AZURE_* variables with a
	// secret or a certificate, a workload identity, a managed identity), the Azure CLI,
	// and the managed identity of the machine, if it has one.
	Auto             Choice = "auto"
	CLI              Choice = "cli"
	Environment      Choice = "environment"
	WorkloadIdentity Choice = "workload-identity"
	ManagedIdentity  Choice = "managed-identity"
	DeviceCode       Choice = "device-code"
)

// String is the choice as it is written in settings.
func (c Choice) String() string { return string(c) }

// Choices lists them all.
func Choices() []Choice {
	return []Choice{Auto, CLI, Environment, WorkloadIdentity, ManagedIdentity, DeviceCode}
}

// Options of the sign-in.
type Options struct {
	Choice Choice
	Cloud  azurecloud.Cloud // whose sign-in it is
	Given  secret.Secret    // a ready-made token; the caller has checked where it may go
	// GivenFor are ready-made tokens of single tenants, by the tenant's id in small
	// letters. They go before Given.
	GivenFor map[string]secret.Secret
	// GivenScopes are what ready-made tokens may be used for; nil for everything.
	GivenScopes []string
	Login       endpoint.Endpoint // zero for that of the cloud
	Sender      policy.Transporter
	// Direct sends what must not go through a proxy: the requests to the metadata service
	// of the machine. Nil for Sender.
	Direct policy.Transporter
	// CLILimit is the most that the Azure CLI may take; 0 for half a minute. CLICloud is the
	// cloud that it is to work in, by its own name; empty for the one it stands at.
	CLILimit time.Duration
	CLICloud string
	// Env looks a variable up; nil for that of this process.
	Env func(name string) string
}

// New returns the tokens for the chosen ways.
func New(o Options) *Tokens {
	if o.Env == nil {
		o.Env = os.Getenv
	}
	if o.Direct == nil {
		o.Direct = o.Sender
	}
	s := &session{authority: authority{cloud: o.Cloud, login: o.Login, sender: o.Sender}, byTenant: map[string]azcore.TokenCredential{}}
	if !o.Given.IsEmpty() || len(o.GivenFor) > 0 {
		return newTokens(s, s, given{token: o.Given, byTenant: o.GivenFor, scopes: o.GivenScopes})
	}
	vars := variables(o.Env)
	var (
		app      = &environment{authority: s.authority, env: vars}
		workload = &workload{authority: s.authority, env: vars}
		machine  = &managed{sender: o.Direct, env: vars, sure: o.Choice == ManagedIdentity}
	)
	switch o.Choice {
	case CLI:
		return newTokens(s, s, newCLI(o.CLILimit, o.CLICloud))
	case Environment:
		if app.pointed() || !workload.pointed() {
			return newTokens(s, s, app)
		}
		return newTokens(s, s, workload) // its variables are AZURE_* variables too
	case WorkloadIdentity:
		return newTokens(s, s, workload)
	case ManagedIdentity:
		return newTokens(s, s, machine)
	case DeviceCode:
		return newTokens(s, s)
	case Auto:
		return newTokens(s, inOrder(s, app, workload, machine, newCLI(o.CLILimit, o.CLICloud))...)
	default:
		return newTokens(s, s)
	}
}

// inOrder puts the sign-in of a person first, then what the environment names, then the
// Azure CLI, and last what is not named by anything: the managed identity, which takes a
// look at the network, and the variables that are not set.
func inOrder(person, app, workload, machine, azureCLI way) []way {
	out := []way{person}
	var rest []way
	for _, w := range []way{app, workload, machine} {
		if w.pointed() {
			out = append(out, w)
		} else {
			rest = append(rest, w)
		}
	}
	slices.Reverse(rest)
	return append(append(out, azureCLI), rest...)
}
