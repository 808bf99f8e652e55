package paths

import (
	"slices"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/gateway"
)

// protocol says of a service whose protocol is a new one that whether TCP or UDP carries it is
// not known, and so not what the rules on the way do with it.
func (h Host) protocol() Host {
	spoken := h.Service.Protocol
	if spoken.IsEmpty() || slices.Contains(gateway.Protocols(), spoken.Raw()) {
		return h
	}
	f := found(CodeNotKnown, finding.Unknown, "cannot tell", "Whether requests of "+h.Service.Label()+" arrive cannot be told: peerdeck does not know the protocol "+spoken.Quoted()+
		", so the rules were asked about TCP, which may not be what carries it")
	h.Findings = urgent(append(slices.Clip(h.Findings), next(f, finding.NextKonnect, "Look at the service in Konnect; send a request through the gateway.")))
	return h
}
