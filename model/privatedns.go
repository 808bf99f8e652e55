package model

import (
	"time"

	"github.com/peerdeck/peerdeck/model/safe"
)

// PrivateDNSKind is the kind of a private DNS attachment.
type PrivateDNSKind string

// The kinds of the contract; others are kept as received.
const (
	KindAzureResolver   PrivateDNSKind = "azure-outbound-resolver"
	KindAzureHostedZone PrivateDNSKind = "azure-private-hosted-zone-attachment"
	KindAWSResolver     PrivateDNSKind = "aws-outbound-resolver"
	KindAWSHostedZone   PrivateDNSKind = "aws-private-hosted-zone-attachment"
	KindGCPHostedZone   PrivateDNSKind = "gcp-private-hosted-zone-attachment"
)

// Label returns the kind in words.
func (k PrivateDNSKind) Label() string {
	switch k {
	case KindAzureResolver:
		return "Azure outbound resolver"
	case KindAzureHostedZone:
		return "Azure private hosted zone"
	case KindAWSResolver:
		return "AWS outbound resolver"
	case KindAWSHostedZone:
		return "AWS private hosted zone"
	case KindGCPHostedZone:
		return "GCP private hosted zone"
	case "":
		return "no kind given"
	default:
		return string(k)
	}
}

// LabelDomain is the label of the field of a target that names the domain of a zone.
const LabelDomain = "Domain"

// Zone reports whether the kind is that of a private hosted zone.
func (k PrivateDNSKind) Zone() bool {
	return k == KindAzureHostedZone || k == KindAWSHostedZone || k == KindGCPHostedZone
}

// PrivateDNS is a private DNS attachment of a network. For the resolver kinds
// DNS is its map, one mapping for each domain, sorted by domain because the
// order of a JSON object means nothing.
type PrivateDNS struct {
	ID             safe.Text
	Name           safe.Text
	Kind           PrivateDNSKind
	State          PrivateDNSState
	ReportedStatus safe.Text
	Reason         safe.Text
	DNS            []DNSMapping
	Unknown        []Member // of the configuration beside kind and map; to be sent back
	Target         []Field
	EntityVersion  int
	CreatedAt      time.Time
	UpdatedAt      time.Time
	Extra          []Field
}

// ZoneName is the domain of a private hosted zone, as its attachment names it; empty for
// other kinds, and where Konnect does not tell.
func (d PrivateDNS) ZoneName() safe.Text {
	for _, f := range d.Target {
		if f.Label.Raw() == LabelDomain {
			return f.Value
		}
	}
	return safe.Text{}
}
