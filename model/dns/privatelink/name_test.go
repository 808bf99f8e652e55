package privatelink_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model/dns/privatelink"
)

func TestNames(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]privatelink.Name{
		"acct.blob.core.windows.net":                   {Host: "acct", Own: "blob.core.windows.net", Private: "privatelink.blob.core.windows.net", Listed: true},
		"Acct.PrivateLink.Blob.core.windows.net.":      {Host: "acct", Own: "blob.core.windows.net", Private: "privatelink.blob.core.windows.net", Listed: true},
		"privatelink.blob.core.windows.net":            {Own: "blob.core.windows.net", Private: "privatelink.blob.core.windows.net", Listed: true},
		"kv.vault.azure.net":                           {Host: "kv", Own: "vault.azure.net", Private: "privatelink.vaultcore.azure.net", Listed: true},
		"kv.vaultcore.azure.net":                       {Host: "kv", Own: "vaultcore.azure.net", Private: "privatelink.vaultcore.azure.net", Listed: true},
		"kv.privatelink.vaultcore.azure.net":           {Host: "kv", Own: "vault.azure.net", Private: "privatelink.vaultcore.azure.net", Listed: true},
		"c1.northeurope.kusto.windows.net":             {Host: "c1", Own: "northeurope.kusto.windows.net", Private: "privatelink.northeurope.kusto.windows.net", Listed: true},
		"api.privatelink.westeurope.azmk8s.io":         {Host: "api", Own: "westeurope.azmk8s.io", Private: "privatelink.westeurope.azmk8s.io", Listed: true},
		"sql1.database.windows.net":                    {Host: "sql1", Own: "database.windows.net", Private: "privatelink.database.windows.net", Listed: true},
		"mi1.a1b2.database.windows.net":                {Host: "mi1", Own: "a1b2.database.windows.net", Private: "privatelink.a1b2.database.windows.net", Listed: true},
		"sql1.privatelink.database.windows.net":        {Host: "sql1", Own: "database.windows.net", Private: "privatelink.database.windows.net", Listed: true},
		"reg.azurecr.io":                               {Host: "reg", Own: "azurecr.io", Private: "privatelink.azurecr.io", Listed: true},
		"reg.northeurope.data.azurecr.io":              {Host: "reg", Own: "northeurope.data.azurecr.io", Private: "northeurope.data.privatelink.azurecr.io", Listed: true},
		"x.blob.core.usgovcloudapi.net":                {Host: "x", Own: "blob.core.usgovcloudapi.net", Private: "privatelink.blob.core.usgovcloudapi.net", Listed: true},
		"x.blob.core.chinacloudapi.cn":                 {Host: "x", Own: "blob.core.chinacloudapi.cn", Private: "privatelink.blob.core.chinacloudapi.cn", Listed: true},
		"x.privatelink.newservice.example":             {Host: "x", Own: "newservice.example", Private: "privatelink.newservice.example"},
		"management.azure.com":                         {Host: "management", Own: "azure.com", Private: "privatelink.azure.com", Listed: true},
		"x.region.privatelink.blob.core.windows.net":   {Host: "x.region", Own: "blob.core.windows.net", Private: "privatelink.blob.core.windows.net", Listed: true},
		"app.scm.azurewebsites.net":                    {Host: "app", Own: "scm.azurewebsites.net", Private: "scm.privatelink.azurewebsites.net", Listed: true},
		"ws.privatelink-global.wvd.microsoft.com":      {Host: "ws", Own: "global.wvd.microsoft.com", Private: "privatelink-global.wvd.microsoft.com", Listed: true},
		"a.b.privatelink.postgres.database.azure.com.": {Host: "a.b", Own: "postgres.database.azure.com", Private: "privatelink.postgres.database.azure.com", Listed: true},
	} {
		got, known := privatelink.Of(name)
		if !known || got != want {
			t.Errorf("%s: %+v, %v", name, got, known)
		}
	}
	for _, name := range []string{"", ".", "windows.net", "core.windows.net", "orders.corp.example", "privatelink", "blobxcore.windows.net", "x.something.azure.com", "myblob.core.windows.net.evil.example"} {
		if got, known := privatelink.Of(name); known {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestZonesOfTheirOwn(t *testing.T) {
	t.Parallel()
	for domain, want := range map[string]bool{
		"blob.core.windows.net": true, "Vault.azure.net.": true, "azurewebsites.net": true, "northeurope.kusto.windows.net": true,
		"privatelink.blob.core.windows.net": false, "windows.net": false, "azure.com": false, "acct.blob.core.windows.net": false, "corp.example": false,
	} {
		if privatelink.OwnZone(domain) != want {
			t.Errorf("%s: %v", domain, !want)
		}
	}
	if !privatelink.IsPrivate("a.privatelink.blob.core.windows.net") || privatelink.IsPrivate("a.blob.core.windows.net") || privatelink.IsPrivate("myprivatelink.example") {
		t.Error("the label tells a private name")
	}
}

// What is read of a name gives the name back, from the side that it was read from.
func FuzzOf(f *testing.F) {
	f.Add("acct.blob.core.windows.net")
	f.Add("x.privatelink.a.b")
	f.Fuzz(func(t *testing.T, name string) {
		n, known := privatelink.Of(name)
		if !known {
			return
		}
		plain := strings.ToLower(strings.Trim(name, "."))
		if n.Public() != plain && n.Inside() != plain || n.Own == "" || n.Private == "" {
			t.Errorf("%q: %+v", name, n)
		}
	})
}

// The zones that are everybody's hold no place for a region or an instance.
func TestZonesOfEverybody(t *testing.T) {
	t.Parallel()
	zones := privatelink.Zones()
	for _, want := range []string{"privatelink.blob.core.windows.net", "blob.core.windows.net", "database.windows.net", "azmk8s.io"} {
		if !slices.Contains(zones, want) {
			t.Errorf("%s is missing", want)
		}
	}
	if i := slices.IndexFunc(zones, func(z string) bool { return strings.ContainsAny(z, "{}") }); i >= 0 {
		t.Error(zones[i])
	}
}
