package privatelink

import "strings"

// pair is a private zone of a service, and the zones that its own names lie in. A label
// in braces stands for any one label: a region, a cluster or a partition.
type pair struct {
	private string
	own     []string
}

// of is the pair of a service whose private zone is its own zone with the label before it.
func of(zones ...string) []pair {
	out := make([]pair, len(zones))
	for i, z := range zones {
		out[i] = pair{"privatelink." + z, []string{z}}
	}
	return out
}

// pairs are Microsoft's zones of private endpoints (Azure Private Endpoint private DNS zone
// values), for the clouds of the world, of the United States' government and of China. A
// zone that is not here is still known for one by its label.
func pairs() []pair {
	list := []pair{
		{"privatelink.vaultcore.azure.net", []string{"vault.azure.net", "vaultcore.azure.net"}},
		{"privatelink.vaultcore.usgovcloudapi.net", []string{"vault.usgovcloudapi.net", "vaultcore.usgovcloudapi.net"}},
		{"privatelink.vaultcore.azure.cn", []string{"vault.azure.cn", "vaultcore.azure.cn"}},
		{"privatelink.batch.azure.com", []string{"batch.azure.com"}},
		{"privatelink.wvd.microsoft.com", []string{"wvd.microsoft.com"}},
		{"privatelink-global.wvd.microsoft.com", []string{"global.wvd.microsoft.com"}},
		{"privatelink.azurecr.io", []string{"azurecr.io"}},
		{"{region}.data.privatelink.azurecr.io", []string{"{region}.data.azurecr.io"}},
		{"scm.privatelink.azurewebsites.net", []string{"scm.azurewebsites.net"}},
		{"privatelink.api.azureml.ms", []string{"api.azureml.ms"}},
		{"privatelink.notebooks.azure.net", []string{"notebooks.azure.net"}},
	}
	for _, zones := range [][]string{storageZones(), dataZones(), appZones(), otherZones(), governmentZones(), chinaZones()} {
		list = append(list, of(zones...)...)
	}
	return list
}

// Zones lists the zones that are the same for every customer, from both sides. Of those
// with a label of a region or an instance there is what stands behind it.
func Zones() []string {
	var out []string
	for _, p := range pairs() {
		for _, zone := range append([]string{p.private}, p.own...) {
			if at := strings.LastIndex(zone, "}."); at >= 0 {
				zone = zone[at+len("}."):]
			}
			out = append(out, zone)
		}
	}
	return out
}

func storageZones() []string {
	return []string{
		"blob.core.windows.net", "table.core.windows.net", "queue.core.windows.net", "file.core.windows.net", "web.core.windows.net",
		"dfs.core.windows.net", "afs.azure.net", "blob.storage.azure.net", "disk.azure.com",
	}
}

func dataZones() []string {
	return []string{
		"database.windows.net", "{instance}.database.windows.net", "postgres.database.azure.com", "mysql.database.azure.com",
		"mariadb.database.azure.com", "documents.azure.com", "mongo.cosmos.azure.com", "cassandra.cosmos.azure.com",
		"gremlin.cosmos.azure.com", "table.cosmos.azure.com", "analytics.cosmos.azure.com", "postgres.cosmos.azure.com",
		"mongocluster.cosmos.azure.com", "redis.cache.windows.net", "redisenterprise.cache.azure.net", "redis.azure.net",
		"sql.azuresynapse.net", "dev.azuresynapse.net", "azuresynapse.net", "datafactory.azure.net", "adf.azure.com",
		"azurehdinsight.net", "{region}.kusto.windows.net", "analysis.windows.net", "pbidedicated.windows.net",
		"tip1.powerquery.microsoft.com", "azuredatabricks.net", "fabric.microsoft.com", "purview.azure.com", "purviewstudio.azure.com",
	}
}

func appZones() []string {
	return []string{
		"azurewebsites.net", "azurestaticapps.net", "{partition}.azurestaticapps.net", "{region}.azurecontainerapps.io", "{region}.azmk8s.io",
		"azure-api.net", "servicebus.windows.net", "eventgrid.azure.net", "ts.eventgrid.azure.net", "service.signalr.net",
		"webpubsub.azure.com", "azconfig.io", "search.windows.net", "cognitiveservices.azure.com", "openai.azure.com",
		"services.ai.azure.com", "directline.botframework.com", "token.botframework.com", "workspace.azurehealthcareapis.com",
		"fhir.azurehealthcareapis.com", "dicom.azurehealthcareapis.com", "media.azure.net",
	}
}

func otherZones() []string {
	return []string{
		"azure-devices.net", "azure-devices-provisioning.net", "api.adu.microsoft.com", "azureiotcentral.com", "digitaltwins.azure.net",
		"managedhsm.azure.net", "attest.azure.net", "his.arc.azure.com", "guestconfiguration.azure.com", "dp.kubernetesconfiguration.azure.com",
		"azure-automation.net", "agentsvc.azure-automation.net", "{region}.backup.windowsazure.com", "siterecovery.windowsazure.com",
		"monitor.azure.com", "oms.opinsights.azure.com", "ods.opinsights.azure.com", "prod.migration.windowsazure.com",
		"grafana.azure.com", "azure.com",
	}
}

func governmentZones() []string {
	return []string{
		"blob.core.usgovcloudapi.net", "table.core.usgovcloudapi.net", "queue.core.usgovcloudapi.net", "file.core.usgovcloudapi.net",
		"web.core.usgovcloudapi.net", "dfs.core.usgovcloudapi.net", "database.usgovcloudapi.net", "documents.azure.us",
		"postgres.database.usgovcloudapi.net", "mysql.database.usgovcloudapi.net", "mariadb.database.usgovcloudapi.net",
		"redis.cache.usgovcloudapi.net", "servicebus.usgovcloudapi.net", "azurewebsites.us", "azure-api.us", "azurecr.us", "azconfig.azure.us",
		"search.azure.us", "cognitiveservices.azure.us", "openai.azure.us", "azure-devices.us", "eventgrid.azure.us", "monitor.azure.us",
		"{region}.cx.aks.containerservice.azure.us", "azuresynapse.usgovcloudapi.net", "sql.azuresynapse.usgovcloudapi.net",
		"dev.azuresynapse.usgovcloudapi.net", "databricks.azure.us",
	}
}

func chinaZones() []string {
	return []string{
		"blob.core.chinacloudapi.cn", "table.core.chinacloudapi.cn", "queue.core.chinacloudapi.cn", "file.core.chinacloudapi.cn",
		"web.core.chinacloudapi.cn", "dfs.core.chinacloudapi.cn", "database.chinacloudapi.cn", "documents.azure.cn",
		"postgres.database.chinacloudapi.cn", "mysql.database.chinacloudapi.cn", "mariadb.database.chinacloudapi.cn",
		"redis.cache.chinacloudapi.cn", "servicebus.chinacloudapi.cn", "chinacloudsites.cn", "azure-api.cn", "azurecr.cn",
		"azure-devices.cn", "signalr.azure.cn", "{region}.cx.prod.service.azk8s.cn", "azuresynapse.azure.cn", "databricks.azure.cn",
	}
}
