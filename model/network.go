package model

import (
	"time"

	"github.com/peerdeck/peerdeck/model/safe"
)

// Provider is the cloud that hosts a network.
type Provider string

// The providers of the contract; others are kept as received.
const (
	ProviderAzure   Provider = "azure"
	ProviderAWS     Provider = "aws"
	ProviderGCP     Provider = "gcp"
	ProviderUnknown Provider = ""
)

// Label returns the provider's name as people write it.
func (p Provider) Label() string {
	switch p {
	case ProviderAzure:
		return "Azure"
	case ProviderAWS:
		return "AWS"
	case ProviderGCP:
		return "GCP"
	case ProviderUnknown:
		return "unknown"
	default:
		return string(p)
	}
}

// ProviderAccount ties an organization to an account of a cloud: on Azure the
// account id is that of Kong's subscription.
type ProviderAccount struct {
	ID        safe.Text
	Provider  Provider
	AccountID safe.Text
}

// Network is a Konnect Dedicated Cloud Gateway network.
type Network struct {
	ID                 safe.Text
	Name               safe.Text
	ProviderAccountID  safe.Text
	Region             safe.Text
	AvailabilityZones  []safe.Text
	CIDR               Prefix
	State              NetworkState
	ReportedStatus     safe.Text
	Reason             safe.Text
	Default            bool
	VPCID              safe.Text // the id of Kong's VNET, when Konnect tells it
	SubnetIDs          []safe.Text
	PeeringCount       int // -1: Konnect gave none
	ConfigurationCount int
	EntityVersion      int
	CreatedAt          time.Time
	UpdatedAt          time.Time
	Extra              []Field // fields of the reply that peerdeck does not know
}

// Field is a labelled value that is shown as it came.
type Field struct {
	Label safe.Text
	Value safe.Text
}

// Organization is the Konnect organization that the token belongs to.
type Organization struct {
	ID   safe.Text
	Name safe.Text
}

// User is the person behind a Konnect token. A system account has none.
type User struct {
	ID    safe.Text // empty for a system account
	Email safe.Text
	Name  safe.Text
}

// KonnectRole is a role that was given to a person in Konnect, on one thing or on all of a
// kind.
type KonnectRole struct {
	Name   safe.Text // "Network Admin"
	Kind   safe.Text // of what it is for: "Networks"
	Entity safe.Text // the id of one, "*" for all
	Region safe.Text // "eu", "*" for all
}

// String names the role and what it is for.
func (r KonnectRole) String() string {
	s := r.Name.Or("a role without a name").String()
	if !r.Kind.IsEmpty() {
		s += " of " + r.Kind.String()
	}
	if !r.Region.IsEmpty() && r.Region.Raw() != "*" {
		s += " in " + r.Region.String()
	}
	return s
}

// ConfigurationReference is a control plane's configuration that runs data
// planes on a network.
type ConfigurationReference struct {
	ID             safe.Text
	ControlPlaneID safe.Text
	Geo            safe.Text
	Version        safe.Text
	// APIAccess is how its data planes can be reached: private (from the network alone),
	// public, private+public; others are kept as received. Empty where Konnect does not say,
	// which its contract takes for private+public.
	APIAccess  safe.Text
	Kind       safe.Text // dedicated.v0, serverless.v1; empty where Konnect does not say
	DataPlanes []DataPlaneGroup
}

// Private reports whether the data planes have private addresses alone, no public listener.
func (r ConfigurationReference) Private() bool { return r.APIAccess.Raw() == "private" }

// Public reports whether its data planes can be reached from the Internet, which they can
// where Konnect does not say.
func (r ConfigurationReference) Public() bool {
	return r.APIAccess.IsEmpty() || r.APIAccess.Raw() == "public" || r.APIAccess.Raw() == "private+public"
}

// DataPlaneGroup is a group of data planes on one network.
type DataPlaneGroup struct {
	ID         safe.Text
	NetworkID  safe.Text
	Provider   Provider
	Region     safe.Text // of the cloud, such as northeurope; Konnect names no zones here
	State      safe.Text
	Reason     safe.Text
	PrivateIPs []safe.Text // of the internal load balancer before the data planes
	EgressIPs  []safe.Text
	Hostnames  []safe.Text
}

// ControlPlane names a control plane.
type ControlPlane struct {
	ID   safe.Text
	Geo  safe.Text
	Name safe.Text
	// ClusterType is what kind it is, such as CLUSTER_TYPE_CONTROL_PLANE; others are kept as
	// received. Empty where Konnect does not say.
	ClusterType safe.Text
}

// Label names the control plane for people: its name, or its id where it has none.
func (p ControlPlane) Label() safe.Text { return p.Name.Or(p.ID.Raw()) }

// Group reports whether it is a group: its data planes carry out what its members say, and
// it has no services of its own.
func (p ControlPlane) Group() bool { return p.ClusterType.Raw() == "CLUSTER_TYPE_CONTROL_PLANE_GROUP" }
