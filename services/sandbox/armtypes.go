package sandbox

import (
	"net/http"
	"slices"
	"strings"
)

// armType is a type of resource that the world has, with the versions of its API that
// Azure Resource Manager takes.
type armType struct {
	namespace, name string // as Azure spells them; a type below another one with a slash
	versions        []string
	global          bool // it has no region
}

const (
	nsNetwork       = "Microsoft.Network"
	nsResources     = "Microsoft.Resources"
	nsAuthorization = "Microsoft.Authorization"
)

// armTypes lists what the world has. The versions are those that Azure's error messages
// and clients name, not all that there were.
func armTypes() []armType {
	network := networkVersions()
	resolver := []string{"2020-04-01-preview", "2022-07-01", "2023-07-01-preview", "2025-05-01"}
	zones := []string{"2018-09-01", "2020-01-01", "2020-06-01", "2024-06-01"}
	out := []armType{
		{nsResources, "resourceGroups", ownVersions(), true},
		{nsResources, "subscriptions", ownVersions(), true},
		{nsNetwork, "locations", network, false},
		{nsNetwork, "locations/operations", network, false},
		{nsNetwork, "locations/operationResults", network, false},
		{nsNetwork, "dnsResolvers", resolver, false},
		{nsNetwork, "dnsResolvers/inboundEndpoints", resolver, false},
		{nsNetwork, "dnsResolvers/outboundEndpoints", resolver, false},
		{nsNetwork, "dnsForwardingRulesets", resolver, false},
		{nsNetwork, "dnsForwardingRulesets/forwardingRules", resolver, false},
		{nsNetwork, "dnsForwardingRulesets/virtualNetworkLinks", resolver, false},
		{nsNetwork, "virtualNetworks/listDnsResolvers", resolver, false},
		{nsNetwork, "virtualNetworks/listDnsForwardingRulesets", resolver, false},
		{nsNetwork, "privateDnsZones", zones, true},
		{nsNetwork, "privateDnsZones/virtualNetworkLinks", zones, true},
		{nsNetwork, "privateDnsZones/ALL", zones, true},
		{nsAuthorization, "roleDefinitions", []string{"2015-05-01-preview", "2015-06-01", "2015-07-01", "2016-07-01", "2018-01-01-preview", "2018-07-01", "2022-04-01", "2022-05-01-preview", "2023-07-01-preview"}, true},
		{nsAuthorization, "roleAssignments", []string{
			"2015-07-01", "2016-07-01", "2017-10-01-preview", "2018-01-01-preview", "2018-07-01", "2018-09-01-preview",
			"2018-12-01-preview", "2019-04-01-preview", "2020-03-01-preview", "2020-04-01-preview", "2020-08-01-preview", "2020-10-01-preview", "2022-04-01",
		}, true},
		{nsAuthorization, "permissions", []string{"2014-04-01-preview", "2014-07-01-preview", "2014-10-01-preview", "2015-05-01-preview", "2015-06-01", "2015-07-01", "2016-07-01", "2018-01-01-preview", "2018-07-01", "2022-04-01"}, true},
		{nsAuthorization, "denyAssignments", []string{"2018-07-01", "2018-07-01-preview", "2019-03-01-preview", "2022-04-01"}, true},
		{nsAuthorization, "locks", []string{"2015-01-01", "2015-06-01", "2016-09-01", "2017-04-01", "2020-05-01"}, true},
		{nsAuthorization, "policyAssignments", []string{
			"2015-10-01-preview", "2015-11-01", "2016-04-01", "2016-12-01", "2017-06-01-preview", "2018-03-01", "2018-05-01", "2019-01-01", "2019-06-01", "2019-09-01",
			"2020-03-01", "2020-09-01", "2021-06-01", "2022-06-01", "2023-04-01", "2024-04-01", "2024-05-01", "2025-01-01", "2025-03-01",
		}, true},
	}
	for _, part := range balancerParts() {
		out = append(out, armType{nsNetwork, "loadBalancers/" + part, network, false})
	}
	for _, z := range recordTypes() {
		out = append(out, armType{nsNetwork, "privateDnsZones/" + z, zones, true})
	}
	for _, name := range []string{
		"virtualNetworks", "virtualNetworks/subnets", "virtualNetworks/virtualNetworkPeerings", "virtualNetworks/usages", "virtualNetworks/checkIPAddressAvailability",
		"networkSecurityGroups", "networkSecurityGroups/securityRules", "networkSecurityGroups/defaultSecurityRules", "networkInterfaces", "routeTables", "routeTables/routes",
		"networkInterfaces/effectiveRouteTable", "networkInterfaces/effectiveNetworkSecurityGroups", "virtualNetworks/listNetworkManagerEffectiveSecurityAdminRules",
		"applicationSecurityGroups", "loadBalancers", "applicationGateways", "privateEndpoints",
		"virtualWans", "virtualHubs", "virtualHubs/hubVirtualNetworkConnections", "virtualHubs/hubRouteTables", "virtualHubs/routingIntent", "virtualHubs/effectiveRoutes",
	} {
		out = append(out, armType{nsNetwork, name, network, false})
	}
	return out
}

// recordTypes are the types of record sets of a private zone.
func recordTypes() []string { return []string{"A", "AAAA", "CNAME", "MX", "PTR", "SOA", "SRV", "TXT"} }

func networkVersions() []string {
	return strings.Fields("2014-12-01-preview 2015-05-01-preview 2015-06-15 2016-03-30 2016-06-01 2016-07-01 2016-08-01 2016-09-01 2016-10-01 2016-11-01 2016-12-01 " +
		"2017-03-01 2017-04-01 2017-06-01 2017-08-01 2017-09-01 2017-10-01 2017-11-01 2018-01-01 2018-02-01 2018-03-01 2018-04-01 2018-05-01 2018-06-01 2018-07-01 2018-08-01 " +
		"2018-10-01 2018-11-01 2018-12-01 2019-02-01 2019-04-01 2019-06-01 2019-07-01 2019-08-01 2019-09-01 2019-11-01 2019-12-01 2020-01-01 2020-03-01 2020-04-01 2020-05-01 " +
		"2020-06-01 2020-07-01 2020-08-01 2020-11-01 2021-01-01 2021-02-01 2021-03-01 2021-04-01 2021-05-01 2021-06-01 2021-08-01 2021-12-01 2022-01-01 2022-05-01 2022-07-01 " +
		"2022-09-01 2022-11-01 2023-02-01 2023-04-01 2023-05-01 2023-06-01 2023-09-01 2023-11-01 2024-01-01 2024-03-01 2024-05-01 2024-07-01 2024-10-01 2025-01-01 2025-03-01 2025-05-01 2025-07-01")
}

// ownVersions are those of what the resource manager answers itself.
func ownVersions() []string {
	return strings.Fields("2014-04-01 2014-04-01-preview 2015-01-01 2015-11-01 2016-02-01 2016-06-01 2016-07-01 2016-09-01 2017-03-01 2017-05-10 2017-06-01 2017-08-01 2018-01-01 " +
		"2018-02-01 2018-05-01 2018-06-01 2018-07-01 2018-08-01 2018-11-01 2019-03-01 2019-05-01 2019-05-10 2019-06-01 2019-07-01 2019-08-01 2019-09-01 2019-10-01 2019-11-01 " +
		"2020-01-01 2020-05-01 2020-06-01 2020-07-01 2020-08-01 2020-09-01 2020-10-01 2021-01-01 2021-04-01 2022-01-01 2022-06-01 2022-09-01 2022-12-01 2023-07-01 2023-07-01-preview " +
		"2024-03-01 2024-07-01 2024-11-01 2025-03-01 2025-04-01")
}

// typeNamed finds a type of a namespace, whatever the case.
func (w *World) typeNamed(namespace, name string) (armType, bool) {
	i := slices.IndexFunc(w.types, func(t armType) bool {
		return strings.EqualFold(t.namespace, namespace) && strings.EqualFold(t.name, name)
	})
	if i < 0 {
		return armType{}, false
	}
	return w.types[i], true
}

// versionOf refuses a version of the API that a type does not have. Azure answers a list
// and what it knows no region of with one code, a resource in a region with another.
func (q armRequest) versionOf(namespace, name, location string) (reply, bool) {
	version := q.URL.Query().Get("api-version")
	t, known := q.w.typeNamed(namespace, name)
	switch {
	case !known:
		return q.noType(namespace), false
	case slices.Contains(t.versions, version):
		return reply{}, true
	case namespace == nsResources:
		return armError(q.w, http.StatusBadRequest, "InvalidApiVersionParameter",
			"The api-version '"+version+"' is invalid. The supported versions are '"+strings.Join(t.versions, ",")+"'."), false
	case location != "" && !t.global:
		return armError(q.w, http.StatusBadRequest, "NoRegisteredProviderFound", "No registered resource provider found for location '"+location+"' and API version '"+version+
			"' for type '"+t.name+"'. The supported api-versions are '"+strings.Join(t.versions, ", ")+"'. The supported locations are '"+location+"'."), false
	default:
		return armError(q.w, http.StatusNotFound, "InvalidResourceType", "The resource type '"+t.name+"' could not be found in the namespace '"+t.namespace+"' for api version '"+
			version+"'. The supported api-versions are '"+strings.Join(t.versions, ",")+"'."), false
	}
}

// noType is the refusal of a type, or a namespace, that the world does not have.
func (q armRequest) noType(namespace string) reply {
	for _, t := range q.w.types {
		if strings.EqualFold(t.namespace, namespace) {
			return armError(q.w, http.StatusNotFound, "InvalidResourceType", "The resource type could not be found in the namespace '"+t.namespace+
				"' for api version '"+q.URL.Query().Get("api-version")+"'.")
		}
	}
	if strings.HasPrefix(strings.ToLower(namespace), "microsoft.") {
		return q.notBuilt() // Azure has many that are not here
	}
	return armError(q.w, http.StatusNotFound, "InvalidResourceNamespace", "The resource namespace '"+namespace+"' is invalid.")
}
