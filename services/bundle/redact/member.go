package redact

import "strings"

// class is how the strings of a member are redacted.
type class int

const (
	names   class = iota // a value that names something
	texts                // a sentence
	enums                // a word of an interface
	domains              // a domain
	ranges               // an address, a range, or a word such as Internet
	secrets              // a secret
)

// memberName is a member's name in one spelling.
func memberName(member string) string {
	return strings.NewReplacer("_", "", "-", "", "$", "", "@", "", ".", "").Replace(strings.ToLower(member))
}

// members are what the members of the clouds' answers, and of peerdeck's own documents,
// hold. A member that is not here is for the document to say.
func members() map[class]string {
	return map[class]string{
		names: `id name displayname fullname preferredname email mail userprincipalname username user owner account accountname organization organizationname tenant tenantid tenantname
			subscription subscriptionid resourcegroup resourcegroupname vnet vnetname network networkname networkid objectid objectname peering resolver principalid clientid appid nexthops resourceid routeorigin associatedconnections propagatingconnections
			createdby lastmodifiedby updatedby rolename scope hostpath subnet group via hop
			cloudgatewaynetworkid cloudgatewayprovideraccountid provideraccountid controlplaneid`,
		texts: `message reason detail details title description cause verdict nextstep next command commands cure text operation error summary rule field instance hint says words line note notes
			warning warnings why lasts findings subject step steps source explanation label question what how code policies errors reportedstatus etag headline fix doubt`,
		enums: `type kind state status provisioningstate peeringstate peeringsynclevel location region provider protocol direction access aspect from to method severity principaltype
			privateipallocationmethod nexthoptype forwardingrulestate controlplanegeo geo version apiversion tier size sku over fault run origin service confidence level actions notactions dataactions
			notdataactions availabilityzones apiaccess linkstate registrationstate virtualnetworklinkstate allowvirtualnetworkaccess odatatype format outcome stopat dnsmode finding object errorcode
			roletype condition conditionversion aliases features capabilities cloud dnsresolverstate resolutionpolicy authorizationsource serviceprincipaltype countrycode tenantcategory redirect category skuname family environment synclevel peeringsync
			disablepeeringroute privateendpointnetworkpolicies privatelinkservicenetworkpolicies protocols methods addressprefixtype clustertype routingstate virtualwanresourcetype destinationtype hubroutingpreference`,
		domains: `domain domains domainname domainproxylist hostname hostnames fqdn fqdns verifieddomains dnsname zone zones domainnamelabel internaldomainnamesuffix host hosts defaultdomain ns cname snis hostheader`,
		ranges: `sourceaddressprefix sourceaddressprefixes destinationaddressprefix destinationaddressprefixes addressprefix addressprefixes sourceportrange sourceportranges destinationportrange
			destinationportranges cidrblock cidrblocks reservedcidrblocks nexthopipaddress server servers address addresses ipaddress privateipaddress remotednsserveripaddresses destinations`,
	}
}

// classes is the table by member.
func classes() map[string]class {
	out := map[string]class{}
	for c, list := range members() {
		for name := range strings.FieldsSeq(list) {
			out[name] = c
		}
	}
	return out
}

// free reports members whose own members are a person's: their names are values too.
func free(small string) bool {
	switch small {
	case "tags", "labels", "annotations", "hiddenlink", "userassignedidentities":
		return true
	default:
		return false
	}
}
