package sandbox

import (
	"net/http"

	"github.com/google/uuid"
)

// writeKonnect answers what changes something: networks, peerings and private DNS of a network.
func (w *World) writeKonnect(r *http.Request, path []string, token string) reply {
	if len(path) >= 3 && path[0] == "v2" && path[1] == "control-planes" {
		return w.writePlane(r, path[2:], token)
	}
	if toNetworks(path) {
		return w.writeNetwork(r, path, token)
	}
	if len(path) < 5 || len(path) > 6 || path[0] != "v2" || path[1] != "cloud-gateways" || path[2] != "networks" || (path[4] != "transit-gateways" && path[4] != "private-dns") {
		return problem(w, http.StatusNotImplemented, "Not Implemented", "The sandbox does not simulate "+r.Method+" here: it writes networks, and their peerings and private DNS.")
	}
	if token == ViewerToken {
		return problem(w, http.StatusForbidden, "Forbidden", "You do not have permission to perform this action.")
	}
	n := w.byID[path[3]]
	if n == nil {
		if uuid.Validate(path[3]) != nil {
			return invalid(w, invalidParameter{Field: "networkId", Rule: "is_uuid", Reason: "must be a UUID", Source: "path"})
		}
		return w.nothingHere()
	}
	if len(path) == 5 {
		switch {
		case r.Method != http.MethodPost:
			return problem(w, http.StatusMethodNotAllowed, "Method Not Allowed", "Method Not Allowed")
		case path[4] == "transit-gateways":
			return w.postPeering(r, n)
		default:
			return w.postDNS(r, n)
		}
	}
	if uuid.Validate(path[5]) != nil {
		field := "transitGatewayId"
		if path[4] == "private-dns" {
			field = "privateDnsId"
		}
		return invalid(w, invalidParameter{Field: field, Rule: "is_uuid", Reason: "must be a UUID", Source: "path"})
	}
	if path[4] == "transit-gateways" {
		return w.writePeering(r, n, path[5])
	}
	return w.writeDNS(r, n, path[5])
}

func (w *World) nothingHere() reply {
	return problem(w, http.StatusNotFound, "Not Found", "Not Found")
}

// unready refuses what hangs on a network that is not ready. The status is
// assumed: the contract says only that the network must be ready, and a conflict
// would read as "exists already".
func (w *World) unready(n *network) (reply, bool) {
	if n.state == "ready" {
		return reply{}, false
	}
	return invalid(w, invalidParameter{Field: "networkId", Rule: "invalid", Reason: "the network is " + n.state + "; it must be ready", Source: "path"}), true
}

func (w *World) conflict(detail string) reply {
	return problem(w, http.StatusConflict, "Conflict", detail)
}
