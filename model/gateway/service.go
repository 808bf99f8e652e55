package gateway

import (
	"time"

	"github.com/peerdeck/peerdeck/model/safe"
)

// Service is a gateway service: where the requests of its routes are sent.
type Service struct {
	ID        safe.Text
	Name      safe.Text // may be empty
	Protocol  safe.Text // http, https, grpc, grpcs, tcp, tls, tls_passthrough, udp, ws, wss; others are kept as received
	Host      safe.Text // a name, an address, or the name of an upstream
	Port      int       // 0 to 65535; -1 where Konnect gave none that is a number
	Path      safe.Text // empty for none
	Enabled   bool
	TLSVerify *bool // whether the server's certificate is checked; nil leaves it to the gateway
	Tags      []safe.Text
	CreatedAt time.Time // zero where Konnect gave none
	UpdatedAt time.Time
}

// TLS reports whether the data planes speak TLS to the service's host themselves.
func (s Service) TLS() bool {
	switch s.Protocol.Raw() {
	case "https", "grpcs", "tls", "wss":
		return true
	default:
		return false
	}
}

// Transport is what carries the requests: tcp or udp.
func (s Service) Transport() string {
	if s.Protocol.Raw() == "udp" {
		return "udp"
	}
	return "tcp"
}

// Label names the service for people: its name, or its id where it has none.
func (s Service) Label() string { return s.Name.Or(s.ID.Raw()).Or("a service without a name").String() }
