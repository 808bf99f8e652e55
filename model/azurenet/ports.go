package azurenet

import "github.com/peerdeck/peerdeck/model/safe"

// PortsMeet reports whether two ports, ranges of ports or words for all ports share one.
// Text that is none of these meets nothing.
func PortsMeet(a, b safe.Text) bool {
	low, high, ok := portRange(a.Raw())
	first, last, also := portRange(b.Raw())
	return ok && also && low <= last && first <= high
}
