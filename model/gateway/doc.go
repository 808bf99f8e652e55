// Package gateway is what a control plane tells its data planes of where requests go:
// gateway services with their routes, and upstreams with their targets. Source of the
// fields: Konnect's contract of control plane configuration.
package gateway
