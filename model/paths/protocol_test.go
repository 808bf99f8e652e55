package paths_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/safe"
)

// A protocol that is a new one is not judged as if TCP carried it.
func TestAProtocolThatNobodyKnows(t *testing.T) {
	t.Parallel()
	for protocol, unknown := range map[string]bool{"quic": true, "HTTP": true, "udp": false, "https": false, "tls_passthrough": false, "": false} {
		f := around()
		f.Planes = []gateway.Plane{{Services: []gateway.Service{{ID: safe.New("s"), Name: safe.New("odd"), Protocol: safe.New(protocol), Host: safe.New("10.20.1.10"), Port: 80, Enabled: true}}}}
		said := false
		for _, one := range paths.Judge(f).Hosts[0].Findings {
			said = said || one.Code == "path-not-known" && strings.Contains(one.Cause, "does not know the protocol")
		}
		if said != unknown {
			t.Errorf("%q: %+v", protocol, paths.Judge(f).Hosts[0].Findings)
		}
	}
}
