package rest_test

import (
	"testing"

	_ "github.com/Azure/azure-sdk-for-go/sdk/azcore/arm/runtime" // it fills in the SDK's table of clouds
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"

	"github.com/peerdeck/peerdeck/model/azurecloud"
	"github.com/peerdeck/peerdeck/services/cloud/rest"
)

// The SDK has its own table of the clouds, without Graph: ours says the same.
func TestTheCloudsAreThoseOfTheSDK(t *testing.T) {
	t.Parallel()
	for c, theirs := range map[azurecloud.Cloud]cloud.Configuration{
		azurecloud.Public: cloud.AzurePublic, azurecloud.Government: cloud.AzureGovernment, azurecloud.DoD: cloud.AzureGovernment, azurecloud.China: cloud.AzureChina,
	} {
		arm := theirs.Services[cloud.ResourceManager]
		if c.Login()+"/" != theirs.ActiveDirectoryAuthorityHost || c.ARM() != arm.Endpoint || c.ARMAudience() != arm.Audience {
			t.Errorf("%s: %s %s %s, and the SDK has %+v", c.Name(), c.Login(), c.ARM(), c.ARMAudience(), theirs)
		}
		if got := rest.ARM(c).Scope(); got != arm.Audience+"/.default" {
			t.Errorf("%s: the scope is %s", c.Name(), got)
		}
		if got := rest.Graph(c).Scope(); got != c.Graph()+"/.default" {
			t.Errorf("%s: the scope of Graph is %s", c.Name(), got)
		}
	}
}
