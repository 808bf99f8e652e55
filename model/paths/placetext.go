package paths

import (
	"net/netip"
	"strconv"
	"strings"
)

// Text is a place as people write it: its host and its port.
func (p Place) Text() string {
	host := p.Host.Or("(no host)").String()
	if a, err := netip.ParseAddr(strings.Trim(host, "[]")); err == nil && a.Is6() {
		host = "[" + a.String() + "]"
	}
	if p.Port < 0 {
		return host
	}
	return host + ":" + strconv.Itoa(p.Port)
}
