package model

import "github.com/peerdeck/peerdeck/model/safe"

// NewNetwork is a network that is to be made. None of it can be changed afterwards but its
// name.
type NewNetwork struct {
	Name    safe.Text
	Account safe.Text // the id of the provider account
	Region  safe.Text
	Zones   []safe.Text
	CIDR    safe.Text
}
