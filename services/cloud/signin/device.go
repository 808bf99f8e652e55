package signin

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"

	"peerdeck/model"
	"peerdeck/model/azurecloud"
	"peerdeck/model/safe"
	"peerdeck/services/cloud/endpoint"
)

// session holds the sign-ins that were made with a device code since the start.
type session struct {
	cloud  azurecloud.Cloud
	login  endpoint.Endpoint // zero for that of the cloud
	sender policy.Transporter

	mu       sync.Mutex
	byTenant map[string]azcore.TokenCredential
}

func (s *session) name() string { return "device code" }

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
	keeper := &refusalKeeper{next: s.sender}
	options := &azidentity.DeviceCodeCredentialOptions{
		TenantID:                       tenant.Raw(),
		DisableAutomaticAuthentication: true, // a poll in the background must never ask a person
		UserPrompt: func(_ context.Context, m azidentity.DeviceCodeMessage) error {
			show(model.DeviceCode{Tenant: tenant, Code: safe.New(m.UserCode), URL: safe.New(m.VerificationURL)})
			return nil
		},
	}
	options.Transport = keeper
	options.Cloud = configuration(s.cloud)
	if !s.login.IsZero() {
		options.Cloud = cloud.Configuration{ActiveDirectoryAuthorityHost: "https://" + s.login.Host() + "/"}
		options.DisableInstanceDiscovery = true // the authority was named by the user
		if s.login.Plain() {
			keeper.plainHost = s.login.Host()
		}
	}
	credential, err := azidentity.NewDeviceCodeCredential(options)
	if err != nil {
		return Failure(wayError{way: s.name(), err: err}, tenant)
	}
	// With CAE, as azcore asks for every token: the library keeps the sign-ins with
	// and without it apart, and one without would serve no request.
	request := &policy.TokenRequestOptions{Scopes: []string{s.cloud.ARMScope()}, TenantID: tenant.Raw(), EnableCAE: true}
	if _, err := credential.Authenticate(ctx, request); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if text := keeper.refusal(); text != "" {
			err = errors.New(text)
		}
		return Failure(wayError{way: s.name(), err: err}, tenant)
	}
	s.mu.Lock()
	s.byTenant[strings.ToLower(tenant.Raw())] = credential
	s.mu.Unlock()
	t.drop(tenant)
	return nil
}

// configuration is where a cloud signs people in, as the libraries take it.
func configuration(c azurecloud.Cloud) cloud.Configuration {
	return cloud.Configuration{ActiveDirectoryAuthorityHost: c.Login() + "/"}
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

// refusalKeeper keeps the last refusal of the token endpoint: the library reads
// the body away before it reports a terminal error. It also reaches a sign-in
// service on this machine over plain http, which the library does not.
type refusalKeeper struct {
	next      policy.Transporter
	plainHost string

	mu   sync.Mutex
	last string
}

// Do sends the request.
func (k *refusalKeeper) Do(r *http.Request) (*http.Response, error) {
	if k.plainHost != "" && r.URL.Host == k.plainHost {
		r.URL.Scheme = "http"
	}
	resp, err := k.next.Do(r)
	if err != nil || resp.StatusCode < 400 || !strings.HasSuffix(r.URL.Path, "/token") {
		return resp, err
	}
	const enough = 64 << 10
	body, err := io.ReadAll(io.LimitReader(resp.Body, enough))
	_ = resp.Body.Close()
	if err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	var refusal struct {
		Code        string `json:"error"`
		Description string `json:"error_description"`
	}
	if json.Unmarshal(body, &refusal) == nil && refusal.Code != "authorization_pending" && refusal.Code != "slow_down" {
		k.mu.Lock()
		k.last = refusal.Description
		k.mu.Unlock()
	}
	return resp, nil
}

func (k *refusalKeeper) refusal() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.last
}
