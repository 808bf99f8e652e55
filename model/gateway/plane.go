package gateway

import "github.com/peerdeck/peerdeck/model"

// Plane is a control plane with what it tells its data planes. Each list may be missing by
// itself: what could not be read is not empty, it is not known. A part that has a failure
// beside its time was read, but not whole: what is in the list is so, and there is more.
type Plane struct {
	model.ControlPlane
	// Group is the control plane group whose data planes carry out what this one says, as a
	// member of it; without an id where its data planes are its own.
	Group model.ControlPlane

	Services  []Service
	Routes    []Route
	Upstreams []Upstream

	ServicesRead  model.Part
	RoutesRead    model.Part
	UpstreamsRead model.Part // with their targets

	// Seen is what its data planes saw of requests, as far as the token may read that.
	Seen Record
}
