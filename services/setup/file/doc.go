// Package file reads and writes set-up files: YAML that says what a set-up is
// to bring about. People write them by hand and keep them with their code, so what
// is not understood is an error with its line and column, and never passed over.
//
//	network: eu-prod            # name or id in Konnect
//	peering: hub-vnet           # the name that Konnect shows
//	azure:
//	  tenant_id: 3b1c…
//	  subscription_id: 8f0e…
//	  resource_group: rg-network
//	  vnet: vnet-hub
//	  role_name: …              # optional
//	  app_id: …                 # optional
//	dns:
//	  mode: resolver            # resolver | peering | none
//	  mappings:
//	    - domains: [example.com, example2.com]
//	      servers: [192.168.1.1, 192.168.1.2]
//	route:                      # optional: made last
//	  control_plane: shop       # name or id
//	  geo: eu                   # where the name is not one alone
//	  service:
//	    name: orders
//	    url: https://orders.example.com   # or protocol, host, port, path
//	  route:
//	    paths: [/orders]        # or hosts, methods, snis
package file
