package signin

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/local/keep"
)

// workload is the identity of a workload in Kubernetes, or anywhere else where somebody
// keeps a federated token in a file.
type workload struct {
	authority authority
	env       variables

	mu   sync.Mutex
	made azcore.TokenCredential
}

func (w *workload) source() model.IdentitySource { return model.FromWorkload }

func (w *workload) words() string {
	if file := w.env.get(varFederated); file != "" {
		return model.FromWorkload.Words() + " (" + file + ")"
	}
	return model.FromWorkload.Words()
}

func (w *workload) client() safe.Text { return safe.New(w.env.get(varClient)) }

func (w *workload) pointed() bool { return w.env.get(varFederated) != "" }

func (w *workload) credential(string) (azcore.TokenCredential, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	has, lacks := w.env.set(varTenant, varClient, varFederated)
	if len(lacks) > 0 {
		return nil, model.NoVariables(model.FromWorkload, has, lacks)
	}
	if _, err := w.assertion(context.Background()); err != nil {
		return nil, err
	}
	if w.made != nil {
		return w.made, nil
	}
	keeper, options := w.authority.options()
	made, err := azidentity.NewClientAssertionCredential(w.env.get(varTenant), w.env.get(varClient), w.assertion, &azidentity.ClientAssertionCredentialOptions{
		ClientOptions: options, AdditionallyAllowedTenants: []string{"*"}, DisableInstanceDiscovery: w.authority.named(),
	})
	if err != nil {
		return nil, badVariables(err)
	}
	w.made = keeper.keep(made)
	return w.made, nil
}

// assertion reads the federated token, each time anew, because whoever keeps it renews the
// file. Azure's own reader of it keeps one for ten minutes, takes line ends for a part of
// it, and reports what is wrong in words of the system alone.
func (w *workload) assertion(context.Context) (string, error) {
	file := w.env.get(varFederated)
	data, err := os.ReadFile(file)
	if err != nil {
		return "", model.BadVariable(varFederated, fmt.Sprintf("the file %s cannot be read: %v", file, keep.Reason(err)))
	}
	token := strings.TrimSpace(safe.Decode(data))
	if token == "" {
		return "", model.BadVariable(varFederated, "the file "+file+" is empty")
	}
	return token, nil
}
