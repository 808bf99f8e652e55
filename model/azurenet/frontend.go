package azurenet

import "github.com/peerdeck/peerdeck/model/safe"

// Balancer is a load balancer.
type Balancer struct {
	ID        safe.Text
	Name      safe.Text
	Frontends []Frontend
	Pools     []Pool
	Rules     []BalancerRule
}

// Frontend is an address at which a load balancer or an application gateway is asked.
type Frontend struct {
	ID      safe.Text
	Name    safe.Text
	Address safe.Text // private; empty for a public one and one that Azure did not tell
	Subnet  safe.Text // ARM id; empty for a public one
}

// Pool is a pool of backends.
type Pool struct {
	ID      safe.Text
	Name    safe.Text
	Targets []PoolTarget
}

// PoolTarget is a backend of a pool: a network card of the VNET, an address or a name.
type PoolTarget struct {
	Name    safe.Text // of the backend address; may be empty
	Address safe.Text // empty where it is a name, or a card whose address was not read
	Host    safe.Text // a name, of an application gateway's pool; empty otherwise
	Card    safe.Text // ARM id of the network card; empty for one by address
	VNet    safe.Text // ARM id of the VNET of a backend by address; empty where Azure did not tell
}

// BalancerRule sends what is asked of a front end to a pool.
type BalancerRule struct {
	Name        safe.Text
	Frontend    safe.Text // ARM id
	Pool        safe.Text // ARM id
	Protocol    safe.Text // Tcp, Udp, All
	Port        int       // that is asked; 0 for all ports
	BackendPort int       // that the backends are asked on; 0 for the one that was asked
	FloatingIP  bool      // backends see the front end's address and port
	Probe       safe.Text // ARM id; empty for none
	ProbePort   int       // 0 where it is not known
	ProbeKind   safe.Text // protocol of the probe: Tcp, Http, Https; empty where it is not known
}

// AppGateway is an application gateway.
type AppGateway struct {
	ID        safe.Text
	Name      safe.Text
	Subnet    safe.Text // ARM id of the subnet that its instances are in
	Frontends []Frontend
	Pools     []Pool
	Listeners []Listener
}

// Listener is a port of an application gateway with what requests there are sent to.
type Listener struct {
	Name     safe.Text
	Frontend safe.Text // ARM id
	Port     int
	Protocol safe.Text // Http, Https
	Pool     safe.Text // ARM id; empty where a path map or a redirect decides
	Settings safe.Text // name of the HTTP settings
	Backend  int       // port that the pool is asked on; 0 where it is not known
}

// PrivateEndpoint is a private endpoint of a service.
type PrivateEndpoint struct {
	ID     safe.Text
	Name   safe.Text
	Subnet safe.Text   // ARM id
	Cards  []safe.Text // ARM ids of its network cards
	Target safe.Text   // ARM id of the service
	State  safe.Text   // of the connection: Approved, Pending, Rejected, Disconnected
	Groups []safe.Text // application security groups, by ARM id
}

// SubnetPolicies says which policies private endpoints in a subnet obey.
type SubnetPolicies struct {
	Subnet    safe.Text // ARM id
	Endpoints safe.Text // privateEndpointNetworkPolicies: Disabled, Enabled, NetworkSecurityGroupEnabled, RouteTableEnabled
}
