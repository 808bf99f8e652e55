package model

import (
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model/safe"
)

// PeeringKind is the kind of a transit gateway attachment.
type PeeringKind string

// The kinds of the contract; others are kept as received.
const (
	KindAzureVNet           PeeringKind = "azure-vnet-peering-attachment"
	KindAzureVHub           PeeringKind = "azure-vhub-peering-attachment"
	KindAWSTransitGateway   PeeringKind = "aws-transit-gateway-attachment"
	KindAWSVPCPeering       PeeringKind = "aws-vpc-peering-attachment"
	KindAWSResourceEndpoint PeeringKind = "aws-resource-endpoint-attachment"
	KindGCPVPCPeering       PeeringKind = "gcp-vpc-peering-attachment"
)

// Label returns the kind in the words of its cloud.
func (k PeeringKind) Label() string {
	switch k {
	case KindAzureVNet:
		return "Azure VNET peering"
	case KindAzureVHub:
		return "Azure virtual hub peering"
	case KindAWSTransitGateway:
		return "AWS transit gateway"
	case KindAWSVPCPeering:
		return "AWS VPC peering"
	case KindAWSResourceEndpoint:
		return "AWS resource endpoint"
	case KindGCPVPCPeering:
		return "GCP VPC peering"
	case "":
		return "no kind given"
	default:
		return string(k)
	}
}

// Cloud returns the provider that the kind's name begins with.
func (k PeeringKind) Cloud() Provider {
	cloud, _, _ := strings.Cut(string(k), "-")
	return Provider(cloud)
}

// Peering is Konnect's half: an attachment of a network to something in the
// customer's cloud. An Azure peering cannot be changed after its creation.
type Peering struct {
	ID             safe.Text
	Name           safe.Text
	Kind           PeeringKind
	State          PeeringState
	ReportedStatus safe.Text
	Reason         safe.Text
	VNet           VNetRef // set for KindAzureVNet
	Hub            HubRef  // set for KindAzureVHub
	Target         []Field // what it attaches to, for every kind
	CIDRs          []Prefix
	DNS            []DNSMapping
	EntityVersion  int
	CreatedAt      time.Time
	UpdatedAt      time.Time
	Extra          []Field
}

// Place is where the customer's end of an Azure peering is: the VNET, or the virtual hub
// under the same members. It is zero for other kinds.
func (p Peering) Place() VNetRef {
	if p.Kind == KindAzureVHub {
		return VNetRef(p.Hub)
	}
	return p.VNet
}

// EndKey returns one spelling for all spellings of the VNET or the virtual hub that an Azure
// peering leads to; empty for other kinds.
func (p Peering) EndKey() string {
	switch p.Kind {
	case KindAzureVNet:
		return p.VNet.Key()
	case KindAzureVHub:
		return p.Hub.Key()
	default:
		return ""
	}
}

// VNetRef names a virtual network in Azure.
type VNetRef struct {
	TenantID       safe.Text
	SubscriptionID safe.Text
	ResourceGroup  safe.Text
	Name           safe.Text
}

// IsZero reports whether the reference names nothing.
func (r VNetRef) IsZero() bool { return r == VNetRef{} }

// Key returns one spelling for all spellings of the same VNET: Azure compares
// names and ids without regard to case.
func (r VNetRef) Key() string {
	return strings.ToLower(strings.Join([]string{r.SubscriptionID.Raw(), r.ResourceGroup.Raw(), r.Name.Raw()}, "\x00"))
}

// ID returns the ARM resource id.
func (r VNetRef) ID() safe.Text {
	return safe.New("/subscriptions/" + r.SubscriptionID.Raw() + "/resourceGroups/" + r.ResourceGroup.Raw() +
		"/providers/Microsoft.Network/virtualNetworks/" + r.Name.Raw())
}

// DNSMapping is a set of domains that are resolved by a set of servers. The
// order of the servers matters: they are tried in turn.
type DNSMapping struct {
	Domains []safe.Text
	Servers []safe.Text
	Extra   []Member // members of a resolver's entry that peerdeck does not know
}

// Member is a member of an object in Konnect's answer that peerdeck does not know. It
// is sent back as it came.
type Member struct {
	Name safe.Text
	JSON safe.Text // the value, as compact JSON
}

// CountDomains returns the number of domains in all mappings.
func CountDomains(mappings []DNSMapping) int {
	n := 0
	for _, m := range mappings {
		n += len(m.Domains)
	}
	return n
}
