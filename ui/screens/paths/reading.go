package paths

import (
	"peerdeck/model/paths"
	"peerdeck/model/safe"
)

// take keeps what was read, unless something newer is known.
func (s *Screen) take(v paths.View) {
	of := viewed(v)
	if v.Number >= s.views[of].Number {
		s.views[of] = v
	}
}

// viewed is the id of the network that a view is of.
func viewed(v paths.View) safe.Text {
	if v.Network != nil {
		return v.Network.ID
	}
	return v.Of
}

// view is what is known of the network that is shown; its number is 0 when nothing is.
func (s *Screen) view() paths.View { return s.views[s.chosen] }
