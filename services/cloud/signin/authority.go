package signin

import (
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"

	"github.com/peerdeck/peerdeck/model/azurecloud"
	"github.com/peerdeck/peerdeck/services/cloud/endpoint"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
)

// authority is who signs in: Microsoft, or another host that the user named.
type authority struct {
	cloud  azurecloud.Cloud
	login  endpoint.Endpoint // zero for that of the cloud
	sender policy.Transporter
}

// named reports whether the user named it, so that nobody else has to say that it is one.
func (a authority) named() bool { return !a.login.IsZero() }

// host is how it is called in messages.
func (a authority) host() string {
	if a.named() {
		return a.login.Host()
	}
	return strings.TrimPrefix(a.cloud.Login(), "https://")
}

// options are those of a credential, and what keeps the answers that its library drops.
func (a authority) options() (*keeper, azcore.ClientOptions) {
	k := &keeper{next: a.sender, host: a.host(), free: make(chan struct{}, 1)}
	o := azcore.ClientOptions{Transport: k, Retry: transport.Retry()}
	if a.cloud != azurecloud.Public { // else AZURE_AUTHORITY_HOST decides
		o.Cloud = configuration(a.cloud)
	}
	if a.named() {
		o.Cloud = cloud.Configuration{ActiveDirectoryAuthorityHost: "https://" + a.login.Host() + "/"}
		if a.login.Plain() {
			k.plainHost = a.login.Host()
		}
	}
	return k, o
}

// configuration is where a cloud signs people in, as the libraries take it.
func configuration(c azurecloud.Cloud) cloud.Configuration {
	return cloud.Configuration{ActiveDirectoryAuthorityHost: c.Login() + "/"}
}
