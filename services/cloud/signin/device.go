package signin

import (
	"context"
	"strings"
	"sync"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// session holds the sign-ins that were made with a device code since the start.
type session struct {
	authority authority

	mu       sync.Mutex
	byTenant map[string]azcore.TokenCredential
}

func (s *session) source() model.IdentitySource { return model.FromDeviceCode }
func (s *session) words() string                { return model.FromDeviceCode.Words() }
func (s *session) pointed() bool                { return true } // a person took it, here

func (s *session) credential(tenant string) (azcore.TokenCredential, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.byTenant[tenant], nil
}

// SignIn signs a person in to a tenant with a device code. Show is called once,
// with what to tell the person; SignIn returns when the sign-in is done, refused
// or given up. Nothing is ever printed.
func (t *Tokens) SignIn(ctx context.Context, tenant safe.Text, show func(model.DeviceCode)) error {
	s := t.session
	who := asked{source: model.FromDeviceCode, tenant: tenant, scope: s.authority.cloud.ARMScope()}
	keeper, client := s.authority.options()
	options := &azidentity.DeviceCodeCredentialOptions{
		ClientOptions:                  client,
		TenantID:                       tenant.Raw(),
		DisableInstanceDiscovery:       s.authority.named(),
		DisableAutomaticAuthentication: true, // a poll in the background must never ask a person
		UserPrompt: func(_ context.Context, m azidentity.DeviceCodeMessage) error {
			show(model.DeviceCode{Tenant: tenant, Code: safe.New(m.UserCode), URL: safe.New(m.VerificationURL)})
			return nil
		},
	}
	credential, err := azidentity.NewDeviceCodeCredential(options)
	if err != nil {
		return reason(badVariables(err), who).In(s.authority.cloud)
	}
	// With CAE, as azcore asks for every token: the library keeps the sign-ins with
	// and without it apart, and one without would serve no request.
	request := &policy.TokenRequestOptions{Scopes: []string{who.scope}, TenantID: tenant.Raw(), EnableCAE: true}
	if c := t.wanted(tenant); c != nil {
		request.Scopes, request.Claims = []string{c.Scope}, c.Claims
	}
	if _, err := credential.Authenticate(ctx, request); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return reason(keeper.explain(err), who).In(s.authority.cloud)
	}
	s.mu.Lock()
	s.byTenant[strings.ToLower(tenant.Raw())] = keeper.keep(credential)
	s.mu.Unlock()
	t.drop(tenant)
	return nil
}

// drop forgets what is known of a tenant, so that the new sign-in is used.
func (t *Tokens) drop(tenant safe.Text) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for key := range t.entries {
		if key.tenant == strings.ToLower(tenant.Raw()) {
			delete(t.entries, key)
		}
	}
}
