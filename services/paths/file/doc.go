// Package file reads and writes what-if files: YAML that says which changes are to be
// judged before anybody makes them. People write them by hand and keep them with their code,
// so what is not understood is an error with its line and column, and never passed over.
//
//	network: eu-prod              # optional; the network that it is for
//	changes:
//	  - add: mapping
//	    domain: apps.example.net
//	    servers: [10.20.0.4]
//	  - remove: route
//	    table: rt-fw
//	    name: all-to-firewall
//
// Which keys belong to what is in [github.com/peerdeck/peerdeck/model/paths/assume.Fields], and for people in
// docs/paths-what-if.md.
package file
