package signin

import (
	"sync"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"

	"peerdeck/model"
)

// cli is the Azure CLI's sign-in.
type cli struct {
	mu   sync.Mutex
	made *azidentity.AzureCLICredential
}

func (c *cli) source() model.IdentitySource { return model.FromAzureCLI }
func (c *cli) words() string                { return model.FromAzureCLI.Words() }
func (c *cli) pointed() bool                { return false }

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
