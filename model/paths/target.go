package paths

import (
	"net/netip"
	"strconv"
	"strings"

	"github.com/peerdeck/peerdeck/model/safe"
)

// splitTarget parts the HOST:PORT of an upstream's target; the port is -1 where there is
// none that is a number. Kong gives a target without one the port 8000.
func splitTarget(t safe.Text) (host safe.Text, port int) {
	const usual = 8000
	raw := t.Raw()
	if a, err := netip.ParseAddrPort(raw); err == nil {
		return safe.New(a.Addr().String()), int(a.Port())
	}
	if _, err := netip.ParseAddr(strings.Trim(raw, "[]")); err == nil {
		return safe.New(strings.Trim(raw, "[]")), usual
	}
	at := strings.LastIndexByte(raw, ':')
	if at < 0 {
		return t, usual
	}
	n, err := strconv.Atoi(raw[at+1:])
	if err != nil {
		n = -1
	}
	return safe.New(raw[:at]), n
}
