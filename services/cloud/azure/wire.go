package azure

// What is read of a VNET, and nothing else: the SDK's models take each object apart once for
// each level around it, which for VNETs with their subnets and peerings was most of what a
// look at Azure cost. Every member is a pointer that may be nil.

type vnetWire struct {
	ID         *string `json:"id"`
	Name       *string `json:"name"`
	Location   *string `json:"location"`
	Properties *struct {
		ResourceGUID *string    `json:"resourceGuid"`
		AddressSpace *spaceWire `json:"addressSpace"`
		DhcpOptions  *struct {
			DNSServers []*string `json:"dnsServers"`
		} `json:"dhcpOptions"`
		Subnets  []*subnetWire `json:"subnets"`
		Peerings []*halfWire   `json:"virtualNetworkPeerings"`
	} `json:"properties"`
}

type subnetWire struct {
	Name       *string `json:"name"`
	Properties *struct {
		AddressPrefix           *string       `json:"addressPrefix"`
		AddressPrefixes         []*string     `json:"addressPrefixes"`
		SecurityGroup           *resourceWire `json:"networkSecurityGroup"`
		RouteTable              *resourceWire `json:"routeTable"`
		PrivateEndpointPolicies *string       `json:"privateEndpointNetworkPolicies"`
		Delegations             []*struct {
			Properties *struct {
				ServiceName *string `json:"serviceName"`
			} `json:"properties"`
		} `json:"delegations"`
	} `json:"properties"`
}

type halfWire struct {
	ID         *string `json:"id"`
	Name       *string `json:"name"`
	Properties *struct {
		ResourceGUID         *string       `json:"resourceGuid"`
		PeeringState         *string       `json:"peeringState"`
		PeeringSyncLevel     *string       `json:"peeringSyncLevel"`
		ProvisioningState    *string       `json:"provisioningState"`
		RemoteVNet           *resourceWire `json:"remoteVirtualNetwork"`
		LocalSpace           *spaceWire    `json:"localAddressSpace"`
		LocalVNetSpace       *spaceWire    `json:"localVirtualNetworkAddressSpace"`
		RemoteSpace          *spaceWire    `json:"remoteAddressSpace"`
		RemoteVNetSpace      *spaceWire    `json:"remoteVirtualNetworkAddressSpace"`
		AllowAccess          *bool         `json:"allowVirtualNetworkAccess"`
		AllowForwarded       *bool         `json:"allowForwardedTraffic"`
		AllowGatewayTransit  *bool         `json:"allowGatewayTransit"`
		UseRemoteGateways    *bool         `json:"useRemoteGateways"`
		PeerCompleteVNets    *bool         `json:"peerCompleteVnets"`
		LocalSubnetNames     []*string     `json:"localSubnetNames"`
		RemoteSubnetNames    []*string     `json:"remoteSubnetNames"`
		OnlyIPv6             *bool         `json:"enableOnlyIPv6Peering"`
		RemoteVNetEncryption *struct {
			Enabled     *bool   `json:"enabled"`
			Enforcement *string `json:"enforcement"`
		} `json:"remoteVirtualNetworkEncryption"`
	} `json:"properties"`
}

type spaceWire struct {
	AddressPrefixes []*string `json:"addressPrefixes"`
}

type resourceWire struct {
	ID *string `json:"id"`
}
