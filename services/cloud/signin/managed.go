package signin

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
)

const (
	// metadataHost is Azure's metadata service, at the same address on every machine.
	metadataHost = "169.254.169.254"
	// probeFor bounds the look whether there is a metadata service. It answers within
	// milliseconds where there is one, and elsewhere nothing does.
	probeFor = time.Second
	// metadataTry bounds one request for a token, the first of which takes some seconds.
	metadataTry = 8 * time.Second
)

// The variables by which an Azure service names the place to ask for its identity.
const (
	varIdentity       = "IDENTITY_ENDPOINT"
	varIdentityHeader = "IDENTITY_HEADER"
	varThumbprint     = "IDENTITY_SERVER_THUMBPRINT"
	varMSI            = "MSI_ENDPOINT"
	varIMDS           = "IMDS_ENDPOINT"
)

// managed is the identity of the machine or the service that this runs on.
type managed struct {
	sender policy.Transporter // sends to this machine's own network, through no proxy
	env    variables
	sure   bool // a person chose it: it is there

	mu   sync.Mutex
	made azcore.TokenCredential
}

func (m *managed) source() model.IdentitySource { return model.FromManaged }

func (m *managed) words() string {
	if id := m.env.get(varClient); id != "" {
		return model.FromManaged.Words() + " " + id
	}
	return model.FromManaged.Words()
}

func (m *managed) client() safe.Text { return safe.New(m.env.get(varClient)) }

func (m *managed) pointed() bool {
	has, _ := m.env.set(varIdentity, varMSI, varIMDS)
	return len(has) > 0
}

func (m *managed) credential(string) (azcore.TokenCredential, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.made != nil {
		return m.made, nil
	}
	if m.env.get(varIdentity) != "" && m.env.get(varIdentityHeader) == "" && m.env.get(varIMDS) == "" {
		return nil, model.NoVariables(model.FromManaged, []string{varIdentity}, []string{varIdentityHeader})
	}
	k := &keeper{next: m.sender, host: m.host(), free: make(chan struct{}, 1)}
	o := &azidentity.ManagedIdentityCredentialOptions{ClientOptions: azcore.ClientOptions{Transport: k, Retry: transport.Retry()}}
	o.Retry.TryTimeout = metadataTry
	if m.env.get(varThumbprint) != "" {
		// Service Fabric shows a certificate of its own, which the library pins on a
		// client that it makes; no connection is kept.
		o.Transport = &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	}
	if id := m.env.get(varClient); id != "" {
		o.ID = azidentity.ClientID(id)
	}
	made, err := azidentity.NewManagedIdentityCredential(o)
	if err != nil {
		return nil, model.BadVariable(varIdentity, model.EntraLine(err.Error()))
	}
	m.made = machine{credential: k.keep(made), managed: m}
	return m.made, nil
}

// host is where its tokens come from.
func (m *managed) host() string {
	for _, name := range []string{varIdentity, varMSI} {
		if at := m.env.get(name); at != "" {
			_, rest, _ := strings.Cut(at, "://")
			host, _, _ := strings.Cut(rest, "/")
			return host
		}
	}
	return metadataHost
}

// machine is the credential of a managed identity.
type machine struct {
	credential azcore.TokenCredential
	managed    *managed
}

// GetToken asks the metadata service, if there is one. A token is always for the tenant
// that the identity is of.
func (c machine) GetToken(ctx context.Context, o policy.TokenRequestOptions) (azcore.AccessToken, error) {
	if !c.managed.pointed() {
		if err := c.managed.probe(ctx); err != nil {
			return azcore.AccessToken{}, err
		}
	}
	token, err := c.credential.GetToken(ctx, o)
	if err != nil {
		return token, err
	}
	if of := read(token.Token).Tenant; !of.IsEmpty() && o.TenantID != "" && model.IsGUID(o.TenantID) && !strings.EqualFold(of.Raw(), o.TenantID) {
		return azcore.AccessToken{}, model.ManagedElsewhere(safe.New(o.TenantID), of)
	}
	return token, nil
}

// probe looks whether Azure's metadata service answers. It refuses a request without its
// header with 400; what answers otherwise is something else at its address, such as a
// proxy.
func (m *managed) probe(ctx context.Context) error {
	if m.sender == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, probeFor)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+metadataHost+"/metadata/identity/oauth2/token", http.NoBody)
	if err != nil {
		return err
	}
	resp, err := m.sender.Do(req)
	switch {
	case errors.Is(err, context.Canceled):
		return err
	case err != nil:
		return closedError{model.NoMachineIdentity(m.sure, "nothing answers at "+metadataHost+", where Azure's machines have their metadata service")}
	}
	_ = resp.Body.Close()
	if resp.StatusCode == http.StatusBadRequest || m.sure && isBusy(resp.StatusCode) {
		return nil
	}
	return closedError{model.NoMachineIdentity(m.sure, fmt.Sprintf("%s answers with %d, as Azure's metadata service does not: a proxy may stand there", metadataHost, resp.StatusCode))}
}

// isBusy reports whether the metadata service may answer so while it is being renewed.
func isBusy(status int) bool {
	return status == http.StatusNotFound || status == http.StatusGone || status == http.StatusTooManyRequests || status >= http.StatusInternalServerError
}
