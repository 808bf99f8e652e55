package azurecloud_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model/azurecloud"
)

func TestEveryNameOfACloud(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]azurecloud.Cloud{
		"public": azurecloud.Public, "AzureCloud": azurecloud.Public, "azure public": azurecloud.Public, "AzurePublicCloud": azurecloud.Public,
		"government": azurecloud.Government, "AzureUSGovernment": azurecloud.Government, "AzureGovernment": azurecloud.Government,
		" US-Gov ": azurecloud.Government, "AZUREUSGOVERNMENTCLOUD": azurecloud.Government, "us_gov": azurecloud.Government,
		"dod": azurecloud.DoD, "US DoD": azurecloud.DoD,
		"china": azurecloud.China, "AzureChinaCloud": azurecloud.China, "AzureChina": azurecloud.China, "Mooncake": azurecloud.China,
	} {
		if got, known := azurecloud.Parse(name); !known || got != want {
			t.Errorf("%q is %q, %v; it is %q", name, got, known, want)
		}
	}
	for _, name := range []string{"", "gouvernement", "moon", "AzureGermanCloud", "\x1b"} {
		if got, known := azurecloud.Parse(name); known {
			t.Errorf("%q is taken for %q", name, got)
		}
	}
	if azurecloud.Closed("AzureGermanCloud") == "" || azurecloud.Closed("government") != "" {
		t.Error("which cloud was closed")
	}
	for _, c := range azurecloud.All() {
		if got, known := azurecloud.Parse(c.Name()); !known || got != c {
			t.Errorf("the name %q of %q is not understood", c.Name(), c)
		}
		if got, known := azurecloud.Parse(c.CLI()); !known || got != c && c != azurecloud.DoD {
			t.Errorf("%q of the Azure CLI is %q", c.CLI(), got)
		}
	}
}

// No address of a cloud is one of another: a token of one would be shown to the other.
func TestCloudsShareNothing(t *testing.T) {
	t.Parallel()
	seen := map[string]azurecloud.Cloud{}
	for _, c := range azurecloud.All() {
		for _, address := range []string{c.Login(), c.ARM(), c.ARMAudience(), c.Graph(), c.Portal()} {
			if !strings.HasPrefix(address, "https://") {
				t.Errorf("%s of %s", address, c.Name())
			}
			other, shared := seen[address]
			if shared && (c != azurecloud.DoD || other != azurecloud.Government) {
				t.Errorf("%s is of %s and of %s", address, c.Name(), other.Name())
			}
			if !shared {
				seen[address] = c
			}
		}
	}
}

func TestTheCloudOfAnAddress(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]azurecloud.Cloud{
		"https://management.usgovcloudapi.net/subscriptions/x": azurecloud.Government,
		"https://dod-graph.microsoft.us/v1.0":                  azurecloud.DoD,
		"https://microsoftgraph.chinacloudapi.cn":              azurecloud.China,
		"https://Management.Azure.com/":                        azurecloud.Public,
		"https://management.usgovcloudapi.net.evil.example/":   azurecloud.Public,
		"http://127.0.0.1:80/":                                 azurecloud.Public,
		"":                                                     azurecloud.Public,
	} {
		if got := azurecloud.Of(address); got != want {
			t.Errorf("%s is of %s, not %s", address, got.Name(), want.Name())
		}
	}
}

func TestTextsThatFitACloud(t *testing.T) {
	t.Parallel()
	const run = "AZURE_CLOUD_NAME=AzureUSGovernment "
	for text, want := range map[string]string{
		"": "",
		"az login --tenant x && az network vnet show":                           run + "az login --tenant x && " + run + "az network vnet show",
		"Run az login, or sign in with a device code.":                          "Run " + run + "az login, or sign in with a device code.",
		"the az command did not answer":                                         "the az command did not answer",
		"az did not answer; see https://portal.azure.com/#x":                    "az did not answer; see https://portal.azure.us/#x",
		"x=$(az ad sp list)":                                                    "x=$(" + run + "az ad sp list)",
		"az rest --url https://management.azure.com/a":                          run + "az rest --url https://management.usgovcloudapi.net/a",
		"az rest --resource https://graph.microsoft.com":                        run + "az rest --resource https://graph.microsoft.us",
		"/usr/bin/az login":                                                     "/usr/bin/az login",
		"one\naz account list --output table":                                   "one\n" + run + "az account list --output table",
		"az provider register --namespace Microsoft.Network --subscription 'b'": run + "az provider register --namespace Microsoft.Network --subscription 'b'",
	} {
		got := azurecloud.Government.Fit(text)
		if got != want {
			t.Errorf("%q\nbecomes %q\nnot     %q", text, got, want)
		}
		if again := azurecloud.Government.Fit(got); again != got {
			t.Errorf("fitted twice, %q becomes %q", got, again)
		}
		if azurecloud.Public.Fit(text) != text {
			t.Errorf("%q is changed for the public cloud", text)
		}
	}
}
