package konnect

// The roles of Konnect that calls take beside those of networks, as a sentence goes on.
// Source: Konnect's documentation of teams and roles.
const (
	rolePlaneViewer = "Viewer of this control plane"
	rolePlaneAdmin  = "Admin of this control plane"
	roleAnalytics   = "that the team Analytics Viewer has"
)
