package wayin

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
)

// usual are the ports on which HTTP and HTTPS are asked. On which port data planes take
// private requests no document of Kong says; its own names of gateways are asked there.
func usual(port int) bool {
	const http, https = 80, 443
	return port == http || port == https
}

// port speaks where data planes are asked on a port of which nothing says that they listen
// there.
func (a about) port() (finding.Finding, bool) {
	var odd []string
	for _, p := range a.e.Ports {
		if n := strconv.Itoa(p.Port); !usual(p.Port) && p.Port > 0 && !slices.Contains(odd, n) {
			odd = append(odd, n)
		}
	}
	if len(odd) == 0 || len(a.e.that(IsCurrent)) == 0 {
		return finding.Finding{}, false
	}
	return finding.Finding{
		Code: CodePort, Severity: finding.Unknown, Word: "port",
		Cause:   phrase.Capital(a.e.what()) + " asks data planes on port " + phrase.And(odd) + ": whether they listen there cannot be told. No document names the port; gateways' own names are asked on 443.",
		Next:    finding.Next{Kind: finding.NextCommand, Text: "Ask a data plane on that port from a machine in the VNET.", Command: fmt.Sprintf("nc -vz -w 3 %s %s", addressesOf(a.e.that(IsCurrent))[0], odd[0])},
		Missing: []string{"the port on which data planes take private requests: no document says"},
	}, true
}

// probe speaks where a load balancer asks for the health of data planes in a way that
// depends on their routes. Source: Microsoft, load balancer health probes (an HTTP probe
// takes 200 alone for well).
func (a about) probe() (finding.Finding, bool) {
	if a.e.Kind != KindBalancer || len(a.e.that(IsCurrent)) == 0 {
		return finding.Finding{}, false
	}
	for _, p := range a.e.Ports {
		web := strings.EqualFold(p.Probe, "Http") || strings.EqualFold(p.Probe, "Https")
		elsewhere := p.Probed && p.ProbePort > 0 && p.Port > 0 && p.ProbePort != p.Port
		if !web && !elsewhere {
			continue
		}
		why := "its probe asks over " + strings.ToUpper(p.Probe) + " and takes the answer 200 alone for well, which depends on the gateway's routes"
		if !web {
			why = fmt.Sprintf("its probe asks on port %d, and requests go to port %d", p.ProbePort, p.Port)
		}
		return finding.Finding{
			Code: CodeProbe, Severity: finding.Unknown, Word: "probe",
			Cause:   "Whether " + a.e.what() + " takes the data planes for well cannot be told: " + why + ".",
			Next:    finding.Next{Kind: finding.NextCommand, Text: "Look whether the load balancer finds its backends well; a probe over TCP on the port of the requests asks for nothing else.", Command: a.e.health()},
			Missing: []string{"what data planes answer to the probe"},
		}, true
	}
	return finding.Finding{}, false
}
