package model

import "github.com/peerdeck/peerdeck/model/safe"

// VirtualHub is a hub of an Azure Virtual WAN. It has a range of its own, which no VNET
// that is connected to it may meet.
type VirtualHub struct {
	ID       safe.Text
	Name     safe.Text
	Location safe.Text
	Prefix   Prefix // text that is empty for a hub that has none yet
}
