package signin

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"

	"peerdeck/model/azurecloud"
	"peerdeck/services/cloud/endpoint"
	"peerdeck/services/local/secret"
)

// Choice is how to sign in to Azure.
type Choice string

// The choices. Auto tries the Azure CLI and then the AZURE_* variables; a
// sign-in with a device code, on request, goes before both.
const (
	Auto        Choice = "auto"
	CLI         Choice = "cli"
	Environment Choice = "environment"
	DeviceCode  Choice = "device-code"
)

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
}

// New returns the tokens for the chosen ways.
func New(o Options) *Tokens {
	s := &session{cloud: o.Cloud, login: o.Login, sender: o.Sender, byTenant: map[string]azcore.TokenCredential{}}
	ways := []way{s}
	if !o.Given.IsEmpty() || len(o.GivenFor) > 0 {
		return newTokens(s, append(ways, given{token: o.Given, byTenant: o.GivenFor, scopes: o.GivenScopes})...)
	}
	switch o.Choice {
	case CLI:
		ways = append(ways, &cli{})
	case Environment:
		ways = append(ways, &environment{cloud: o.Cloud, sender: o.Sender})
	case DeviceCode:
	case Auto:
		ways = append(ways, &cli{}, &environment{cloud: o.Cloud, sender: o.Sender})
	}
	return newTokens(s, ways...)
}

// given is a ready-made token. When it is for another tenant, Azure says so.
type given struct {
	token    secret.Secret // empty: there are those of single tenants alone
	byTenant map[string]secret.Secret
	scopes   []string
}

func (g given) name() string { return "PEERDECK_AZURE_TOKEN" }

func (g given) credential(tenant string) (azcore.TokenCredential, error) {
	if token, has := g.byTenant[strings.ToLower(tenant)]; has {
		g.token = token
	}
	if g.token.IsEmpty() {
		return nil, givenError{"PEERDECK_AZURE_TOKEN has no token for this tenant", "Add it, as TENANT-ID=TOKEN behind a comma."}
	}
	return g, nil
}

func (g given) GetToken(_ context.Context, o policy.TokenRequestOptions) (azcore.AccessToken, error) {
	for _, s := range o.Scopes {
		if g.scopes != nil && !slices.Contains(g.scopes, s) {
			return azcore.AccessToken{}, givenError{
				"PEERDECK_AZURE_TOKEN goes to services on this machine only, and " + strings.TrimSuffix(s, "/.default") + " is none",
				"Give the address of that service on this machine, such as with --graph-url.",
			}
		}
	}
	return azcore.AccessToken{Token: g.token.Reveal(), ExpiresOn: time.Now().Add(time.Hour)}, nil
}

// givenError says why a ready-made token is not given away.
type givenError struct{ cause, cure string }

func (e givenError) Error() string { return e.cause }

// cli is the Azure CLI's sign-in.
type cli struct {
	mu   sync.Mutex
	made *azidentity.AzureCLICredential
}

func (c *cli) name() string { return "Azure CLI" }

func (c *cli) credential(string) (azcore.TokenCredential, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.made == nil {
		made, err := azidentity.NewAzureCLICredential(&azidentity.AzureCLICredentialOptions{AdditionallyAllowedTenants: []string{"*"}})
		if err != nil {
			return nil, err
		}
		c.made = made
	}
	return c.made, nil
}

// environment is the sign-in of the AZURE_* variables: a secret, a certificate,
// or a federated token, as azidentity defines them.
type environment struct {
	cloud  azurecloud.Cloud
	sender policy.Transporter

	mu   sync.Mutex
	made azcore.TokenCredential
}

func (e *environment) name() string { return "AZURE_* variables" }

func (e *environment) credential(string) (azcore.TokenCredential, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.made != nil {
		return e.made, nil
	}
	if os.Getenv("AZURE_CLIENT_ID") == "" || os.Getenv("AZURE_TENANT_ID") == "" {
		return nil, errors.New("AZURE_TENANT_ID and AZURE_CLIENT_ID are not set")
	}
	options := policy.ClientOptions{Transport: e.sender}
	if e.cloud != azurecloud.Public { // else AZURE_AUTHORITY_HOST decides
		options.Cloud = configuration(e.cloud)
	}
	var err error
	if os.Getenv("AZURE_FEDERATED_TOKEN_FILE") != "" {
		e.made, err = azidentity.NewWorkloadIdentityCredential(&azidentity.WorkloadIdentityCredentialOptions{
			ClientOptions: options, AdditionallyAllowedTenants: []string{"*"},
		})
	} else {
		e.made, err = azidentity.NewEnvironmentCredential(&azidentity.EnvironmentCredentialOptions{ClientOptions: options})
	}
	return e.made, err
}

// isUnavailable reports whether a way to sign in is not open at all, as opposed
// to one that was tried and refused. azidentity's type for it is not exported.
func isUnavailable(err error) bool {
	if _, ok := errors.AsType[*azidentity.AuthenticationFailedError](err); ok {
		return false
	}
	text := err.Error()
	return strings.Contains(text, "not found on path") || strings.Contains(text, "not set")
}
