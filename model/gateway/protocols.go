package gateway

import (
	"slices"

	"github.com/peerdeck/peerdeck/model/safe"
)

// Protocols lists what a service may speak, in the order of Konnect's contract.
func Protocols() []string {
	return []string{"grpc", "grpcs", "http", "https", "tcp", "tls", "tls_passthrough", "udp", "ws", "wss"}
}

// UsualPort is the port that a service of a protocol has where none is given: 443 where
// TLS is spoken, 80 else. Konnect itself takes 80 for all of them.
func UsualPort(protocol string) int {
	switch protocol {
	case "https", "grpcs", "tls", "tls_passthrough", "wss":
		return 443
	default:
		return 80
	}
}

// families of protocols: a route has those of one only, because each is matched by other
// things.
const (
	familyHTTP        = "http"
	familyGRPC        = "grpc"
	familyWebSocket   = "ws"
	familyStream      = "tcp"
	familyPassthrough = "tls_passthrough"
)

func familyOf(protocol string) string {
	switch protocol {
	case "http", "https":
		return familyHTTP
	case "grpc", "grpcs":
		return familyGRPC
	case "ws", "wss":
		return familyWebSocket
	case "tcp", "tls", "udp":
		return familyStream
	case "tls_passthrough":
		return familyPassthrough
	default:
		return ""
	}
}

// family is that of all of some protocols; empty where they have more than one, or none.
func family(protocols []safe.Text) string {
	first := ""
	for i, p := range protocols {
		f := familyOf(p.Raw())
		if i > 0 && f != first {
			return ""
		}
		first = f
	}
	return first
}

// usualRoute are the protocols of a route to a service where none are given: the secure
// one of its kind, which is Konnect's own default for a service of HTTP.
func usualRoute(protocol string) []safe.Text {
	switch familyOf(protocol) {
	case familyGRPC:
		return safe.Texts("grpcs")
	case familyWebSocket:
		return safe.Texts("wss")
	case familyStream, familyPassthrough:
		return safe.Texts(protocol)
	default:
		return safe.Texts("https")
	}
}

// secure reports whether clients of one of the protocols name a host in TLS.
func secure(protocols []safe.Text) bool {
	return slices.ContainsFunc(protocols, func(p safe.Text) bool {
		return slices.Contains([]string{"https", "grpcs", "tls", "tls_passthrough", "wss"}, p.Raw())
	})
}
