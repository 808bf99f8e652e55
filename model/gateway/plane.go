package gateway

import "peerdeck/model"

// Plane is a control plane with what it tells its data planes. Each list may be missing by
// itself: what could not be read is not empty, it is not known.
type Plane struct {
	model.ControlPlane

	Services  []Service
	Routes    []Route
	Upstreams []Upstream

	ServicesRead  model.Part
	RoutesRead    model.Part
	UpstreamsRead model.Part // with their targets
}
