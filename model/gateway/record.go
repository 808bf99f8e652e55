package gateway

import (
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Record is what the data planes of a control plane saw of requests: Konnect's API requests,
// the newest first. Source of the fields: Kong's document of the Konnect API Request
// Analytics API, which is no part of the contract that peerdeck is tested with.
type Record struct {
	Requests []Request
	// Span is how far back was asked for.
	Span time.Duration
	// More: there are older ones in the span than were asked for.
	More bool
	Read model.Part
}

// Request is one request that a data plane has served.
type Request struct {
	At        time.Time // zero where Konnect gave none
	ServiceID safe.Text // of the gateway service; empty where no service was found for it
	Node      safe.Text // id of the data plane
	Version   safe.Text // of the data plane
	Status    int       // that the client was given; 0 where Konnect gave none
	Source    safe.Text // who gave that status, in Konnect's words
	Upstream  int       // status that the upstream gave; 0 where it gave none
	// UpstreamMS and GatewayMS are how long the upstream and the gateway took, in
	// milliseconds; -1 where Konnect gave none.
	UpstreamMS, GatewayMS int
	UpstreamURI           safe.Text
	Extra                 []model.Field // members that peerdeck does not know
}
