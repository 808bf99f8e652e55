package gateway

import (
	"time"

	"github.com/peerdeck/peerdeck/model/safe"
)

// Route says which requests go to a service.
type Route struct {
	ID           safe.Text
	Name         safe.Text
	ServiceID    safe.Text // empty for a route without a service
	Protocols    []safe.Text
	Methods      []safe.Text
	Hosts        []safe.Text
	Paths        []safe.Text
	SNIs         []safe.Text
	StripPath    bool
	PreserveHost bool      // the name that the client asked for is sent on, and is the TLS name too
	Expression   safe.Text // of a route that is written in the expressions language; empty for others
	CreatedAt    time.Time // zero where Konnect gave none
	UpdatedAt    time.Time
}
