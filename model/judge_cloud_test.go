package model_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurecloud"
)

// A network of Konnect on Azure is in the public cloud: whoever looks into another one is
// told so, instead of being sent after a subscription that cannot be there.
func TestNetworksOfAnotherCloud(t *testing.T) {
	t.Parallel()
	azureNetwork := model.Network{Name: text("eu-prod"), Region: text("westeurope"), State: model.NetworkReady}
	government := azureNetwork
	government.Region = text("usgovvirginia")
	judge := model.NewJudge()
	for name, c := range map[string]struct {
		network  model.Network
		provider model.Provider
		cloud    azurecloud.Cloud
		speaks   bool
	}{
		"the public cloud":         {azureNetwork, model.ProviderAzure, azurecloud.Public, false},
		"Government":               {azureNetwork, model.ProviderAzure, azurecloud.Government, true},
		"China":                    {azureNetwork, model.ProviderAzure, azurecloud.China, true},
		"a network on AWS":         {azureNetwork, "aws", azurecloud.Government, false},
		"a region of that cloud":   {government, model.ProviderAzure, azurecloud.Government, false},
		"a region that is unknown": {model.Network{State: model.NetworkReady}, model.ProviderAzure, azurecloud.Government, false},
	} {
		got := judge.Network(model.NetworkFacts{Network: c.network, Provider: c.provider, Cloud: c.cloud})
		if (got.Code == "network-other-cloud") != c.speaks {
			t.Errorf("%s: %s", name, got.Code)
		}
		if c.speaks && (!strings.Contains(got.Cause, c.cloud.Title()) || !strings.Contains(got.Next.Command, "--azure-cloud public")) {
			t.Errorf("%s: %s → %s", name, got.Cause, got.Next.Command)
		}
	}
	missing := &model.Failure{Kind: model.FailureNotFound, Code: text("SubscriptionNotFound"), Cause: text("no such subscription")}
	f := model.PeeringFacts{
		Network: azureNetwork, Cloud: azurecloud.Government,
		Peering: model.Peering{Name: text("hub"), Kind: model.KindAzureVNet, State: model.PeeringReady},
		Azure:   model.AzureHalf{Status: model.HalfUnreadable, Failure: missing},
	}
	if got := judge.Peering(f); got.Code != "peering-other-cloud" {
		t.Errorf("a peering: %s", got.Code)
	}
	f.Cloud = azurecloud.Public
	if got := judge.Peering(f); got.Code != "azure-subscription-missing" {
		t.Errorf("a peering of the public cloud: %s", got.Code)
	}
	f.Network, f.Cloud = government, azurecloud.Government
	if got := judge.Peering(f); got.Code != "azure-subscription-missing" || !strings.HasPrefix(got.Next.Command, "AZURE_CLOUD_NAME=AzureUSGovernment az account list") {
		t.Errorf("a peering within that cloud: %s, %s", got.Code, got.Next.Command)
	}
}

func TestCommandsOfWritesAreForTheirCloud(t *testing.T) {
	t.Parallel()
	w := model.Write{Service: model.WriteGraph, Method: "POST", URL: text("https://graph.microsoft.us/v1.0/servicePrincipals"), Body: text(`{"note":"az login"}`)}
	got := w.Command()
	for _, want := range []string{"AZURE_CLOUD_NAME=AzureUSGovernment az rest", "--resource https://graph.microsoft.us", `'{"note":"az login"}'`} {
		if !strings.Contains(got, want) {
			t.Errorf("%s\ndoes not say %s", got, want)
		}
	}
	w.URL = text("https://graph.microsoft.com/v1.0/servicePrincipals")
	if got := w.Command(); !strings.HasPrefix(got, "az rest") || !strings.Contains(got, "--resource https://graph.microsoft.com") {
		t.Error(got)
	}
}
