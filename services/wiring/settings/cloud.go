package settings

import (
	"fmt"
	"strings"

	"github.com/peerdeck/peerdeck/model/azurecloud"
)

// cloud reads which of Azure's clouds is meant. Where peerdeck's own settings say nothing,
// the variables of Azure's libraries and of the Azure CLI do: whoever has set them works in
// that cloud.
func cloud(s *Settings, f Flags, env Environment, file File) error {
	value, name := choice{f.Cloud, "--azure-cloud", "PEERDECK_AZURE_CLOUD", file.Azure.Cloud, "azure.cloud", ""}.pick(env)
	if value == "" {
		s.Cloud = usual(env)
		return nil
	}
	c, known := azurecloud.Parse(value)
	if !known {
		if why := azurecloud.Closed(value); why != "" {
			return fmt.Errorf("%s: %s", name, why)
		}
		return fmt.Errorf("%s: Azure has no cloud called %q; there are %s, and their names in the Azure CLI, such as %s",
			name, value, strings.Join(azurecloud.Names(), ", "), azurecloud.Government.CLI())
	}
	s.Cloud, s.CloudNamed = c, true
	return nil
}

// usual is the cloud that the variables of others name.
func usual(env Environment) azurecloud.Cloud {
	if host := strings.TrimRight(env("AZURE_AUTHORITY_HOST"), "/"); host != "" {
		return azurecloud.Of("https://" + strings.TrimPrefix(strings.ToLower(host), "https://"))
	}
	c, _ := azurecloud.Parse(env(azurecloud.Variable))
	return c
}

// LoginAddress is the address of the Microsoft sign-in.
func (s Settings) LoginAddress() string {
	if s.Login.IsZero() {
		return s.Cloud.Login()
	}
	return s.Login.String()
}

// ConsentAddress is the address under which an administrator approves an application.
func (s Settings) ConsentAddress() string {
	if s.Login.IsZero() {
		return s.Cloud.Consent()
	}
	return s.Login.String()
}

// AzureCLICloud is the cloud in which the Azure CLI is to run, by its own name; empty
// where nobody has said which, so that the CLI runs in the one that it stands at.
func (s Settings) AzureCLICloud() string {
	if !s.CloudNamed && s.Cloud == azurecloud.Public {
		return ""
	}
	return s.Cloud.CLI()
}
