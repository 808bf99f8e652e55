package model

import "github.com/peerdeck/peerdeck/model/safe"

// DeviceCode is what a person needs to sign in to Azure on another device.
type DeviceCode struct {
	Tenant safe.Text
	Code   safe.Text
	URL    safe.Text
}
