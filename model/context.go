package model

import (
	"github.com/peerdeck/peerdeck/model/azurecloud"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Context is one of the organizations that the configuration file tells apart: whose
// token is used, where Azure is signed in to, and how careful one is there.
type Context struct {
	Name     safe.Text
	Konnect  safe.Text // the host that is asked; empty where it cannot be told
	Token    safe.Text // where the token comes from, in words
	Cloud    azurecloud.Cloud
	ReadOnly bool
	Colour   Colour
	Current  bool // it is the one that is used, where nobody says another
	// Problem says why it cannot be used, and what to do; empty where nothing is known
	// against it.
	Problem safe.Text
}

// Colour is what a context is shown in, beside its name.
type Colour string

// The colours. None is that of labels.
const (
	NoColour Colour = ""
	Red      Colour = "red"
	Orange   Colour = "orange"
	Yellow   Colour = "yellow"
	Green    Colour = "green"
	Blue     Colour = "blue"
	Purple   Colour = "purple"
	Grey     Colour = "grey"
)

// Colours lists those that a context can have.
func Colours() []Colour { return []Colour{Red, Orange, Yellow, Green, Blue, Purple, Grey} }
