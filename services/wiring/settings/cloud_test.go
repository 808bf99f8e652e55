package settings_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model/azurecloud"
	"github.com/peerdeck/peerdeck/services/wiring/settings"
)

func TestWhichCloudOfAzure(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		flag, file string
		env        []string
		want       azurecloud.Cloud
		cli        string // that the Azure CLI is told
		says       string
	}{
		"nothing is said":         {want: azurecloud.Public},
		"the flag":                {flag: "usgov", env: []string{"PEERDECK_AZURE_CLOUD=china"}, want: azurecloud.Government, cli: "AzureUSGovernment"},
		"the environment":         {file: "government", env: []string{"PEERDECK_AZURE_CLOUD=AzureChinaCloud"}, want: azurecloud.China, cli: "AzureChinaCloud"},
		"the file":                {file: "AzureUSGovernment", want: azurecloud.Government, cli: "AzureUSGovernment"},
		"public, said":            {file: "public", env: []string{"AZURE_CLOUD_NAME=AzureUSGovernment"}, want: azurecloud.Public, cli: "AzureCloud"},
		"the libraries' variable": {env: []string{"AZURE_AUTHORITY_HOST=https://login.microsoftonline.us/"}, want: azurecloud.Government, cli: "AzureUSGovernment"},
		"without a scheme":        {env: []string{"AZURE_AUTHORITY_HOST=login.chinacloudapi.cn"}, want: azurecloud.China, cli: "AzureChinaCloud"},
		"a host of one's own":     {env: []string{"AZURE_AUTHORITY_HOST=https://login.example"}, want: azurecloud.Public},
		"the CLI's variable":      {env: []string{"AZURE_CLOUD_NAME=AzureUSGovernment"}, want: azurecloud.Government, cli: "AzureUSGovernment"},
		"no cloud":                {flag: "moon", says: `--azure-cloud: Azure has no cloud called "moon"; there are public, government, dod, china`},
		"no cloud in the file":    {file: "gouvernement", says: `azure.cloud in the configuration file: Azure has no cloud called "gouvernement"`},
		"a closed one":            {flag: "AzureGermanCloud", says: "closed in 2021"},
	} {
		text := ""
		if c.file != "" {
			text = "azure:\n  cloud: " + c.file + "\n"
		}
		s, err := settings.Load(t.Context(), settings.Flags{Config: config(t, text), Cloud: c.flag}, environment(append(c.env, "KONNECT_TOKEN=x")...))
		switch {
		case c.says != "":
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%s: %v", name, err)
			}
		case err != nil || s.Cloud != c.want || s.AzureCLICloud() != c.cli:
			t.Errorf("%s: %q, the CLI in %q, %v", name, s.Cloud.Name(), s.AzureCLICloud(), err)
		case s.LoginAddress() != c.want.Login() || s.ConsentAddress() != c.want.Consent():
			t.Errorf("%s: sign-in at %s, consent at %s", name, s.LoginAddress(), s.ConsentAddress())
		}
	}
	s, err := settings.Load(t.Context(), settings.Flags{Config: config(t, ""), Cloud: "china", Login: "https://login.example"}, environment("KONNECT_TOKEN=x"))
	if err != nil || s.ConsentAddress() != "https://login.example" {
		t.Errorf("a sign-in of one's own: %s, %v", s.ConsentAddress(), err)
	}
}
