package signin

import (
	"fmt"
	"os"
	"strings"
	"sync"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/local/keep"
)

// environment is the sign-in of an application by the AZURE_* variables: with a secret or
// a certificate. Their meaning is azidentity's.
type environment struct {
	authority authority
	env       variables

	mu   sync.Mutex
	made azcore.TokenCredential
}

func (e *environment) source() model.IdentitySource { return model.FromEnvironment }

func (e *environment) words() string {
	switch {
	case e.env.get(varSecret) != "":
		return varSecret
	case e.env.get(varCertificate) != "":
		return varCertificate
	default:
		return model.FromEnvironment.Words()
	}
}

func (e *environment) client() safe.Text { return safe.New(e.env.get(varClient)) }

// pointed: a secret or a certificate is there, or an application without either. A client
// id alone names a managed identity, and a tenant id alone nothing.
func (e *environment) pointed() bool {
	if has, _ := e.env.set(varSecret, varCertificate); len(has) > 0 {
		return true
	}
	has, _ := e.env.set(varTenant, varClient)
	return len(has) == 2 && e.env.get(varFederated) == ""
}

func (e *environment) credential(string) (azcore.TokenCredential, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.made != nil {
		return e.made, nil
	}
	if !e.pointed() {
		return nil, model.NoVariables(model.FromEnvironment, nil, []string{varTenant, varClient, varSecret})
	}
	has, lacks := e.env.set(varTenant, varClient)
	by, none := e.env.set(varSecret, varCertificate)
	if len(by) == 0 {
		lacks = append(lacks, phrase.Or(none))
	}
	if len(lacks) > 0 {
		return nil, model.NoVariables(model.FromEnvironment, append(has, by...), lacks)
	}
	made, err := e.make()
	if err == nil {
		e.made = made
	}
	return made, err
}

func (e *environment) make() (azcore.TokenCredential, error) {
	keeper, options := e.authority.options()
	tenant, client := e.env.get(varTenant), e.env.get(varClient)
	anyTenant := []string{"*"}
	if s := e.env.get(varSecret); s != "" {
		made, err := azidentity.NewClientSecretCredential(tenant, client, s, &azidentity.ClientSecretCredentialOptions{
			ClientOptions: options, AdditionallyAllowedTenants: anyTenant, DisableInstanceDiscovery: e.authority.named(),
		})
		return keeper.keep(made), badVariables(err)
	}
	path := e.env.get(varCertificate)
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, model.BadVariable(varCertificate, fmt.Sprintf("the file %s cannot be read: %v", path, keep.Reason(err)))
	}
	certificates, key, err := azidentity.ParseCertificates(data, []byte(e.env.get(varPassword)))
	if err != nil {
		return nil, model.BadVariable(varCertificate, fmt.Sprintf("the file %s holds no certificate with a key that can be used: %s", path, model.EntraLine(err.Error())))
	}
	chain := strings.ToLower(e.env.get(varSendChain))
	made, err := azidentity.NewClientCertificateCredential(tenant, client, certificates, key, &azidentity.ClientCertificateCredentialOptions{
		ClientOptions: options, AdditionallyAllowedTenants: anyTenant, DisableInstanceDiscovery: e.authority.named(),
		SendCertificateChain: chain == "1" || chain == "true",
	})
	return keeper.keep(made), badVariables(err)
}

// badVariables describes what azidentity says of values that cannot be what they should.
func badVariables(err error) error {
	if err == nil {
		return nil
	}
	return model.BadVariable(varTenant, model.EntraLine(err.Error()))
}
