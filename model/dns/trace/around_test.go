package trace_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// The findings around a matrix are those that the snapshot has, with the object's name, and
// only those that are not well.
func TestWhatIsAroundAMatrixIsWhatTheSnapshotSays(t *testing.T) {
	t.Parallel()
	n := network()
	n.Own = finding.Finding{Code: "network-ready"}
	n.Peerings[0].Finding = finding.Finding{Code: "azure-disconnected", Severity: finding.Broken, Cause: "Kong's half was deleted.", Next: finding.Next{Text: "Delete both halves."}}
	n.PrivateDNS[0].Finding = finding.Finding{Code: "dns-ready"}
	elsewhere := n.Peerings[0]
	elsewhere.ID, elsewhere.Name, elsewhere.DNS, elsewhere.Azure.VNet.AddressPrefixes = safe.New("p2"), safe.New("spoke"), nil, []model.Prefix{model.NewPrefix(safe.New("10.30.0.0/16"))}
	n.Peerings = append(n.Peerings, elsewhere) // no server lies there
	all := dnstrace.CloudFindings(n, dnstrace.AllRules(n))
	if len(all) != 1 || !all[0].Same(n.Peerings[0].Finding) || all[0].Cause != "hub-vnet: Kong's half was deleted." {
		t.Errorf("%+v", all)
	}
}

// A cell that is not good has the code of what explains it, and what Azure explains is not
// guessed at again.
func TestTheCellsOfAMatrixHaveCodes(t *testing.T) {
	t.Parallel()
	m := dnstrace.Matrix{Network: safe.New("n1"), NetworkName: safe.New("eu-prod"), State: dnstrace.Done, CIDR: model.NewPrefix(safe.New("10.4.0.0/16"))}
	m = m.Start([]dnstrace.Rule{{Domain: safe.New("hr.example.org"), Servers: texts("10.20.0.5", "10.20.0.6")}})
	routes := []dnsverdict.Known[bool]{dnsverdict.Know(true), dnsverdict.Know(true)}
	m.Columns[0].Route, m.Columns[0].Standing, m.Columns[1].Route, m.Columns[1].Standing = routes[0], "a way", routes[1], "a way"
	m.Lines[0] = m.Lines[0].Put(0, says("10.20.0.5", dnsverdict.Refused), routes).Put(1, silent("10.20.0.6"), routes)
	m = m.Counted()
	cells := m.Document().Domains[0].Cells
	if cells[0].Code != "N07" || cells[1].Code != "N31" {
		t.Errorf("%+v", cells)
	}
	closed := finding.Finding{Code: "server-port-closed", Severity: finding.Broken, Cause: "Port 53 is denied.", Servers: texts("10.20.0.6")}
	m.Around = dnstrace.Join(dnstrace.Join(nil, []finding.Finding{closed}), []finding.Finding{closed})
	for _, f := range m.Document().Domains[0].Findings {
		if f.Code == "N31" || f.Code == closed.Code {
			t.Errorf("what is around is said again: %+v", f)
		}
	}
	if cells = m.Document().Domains[0].Cells; cells[1].Code != closed.Code || len(m.Document().Findings) != 1 || !strings.Contains(m.Text(), "Around the servers\n  Port 53 is denied (broken, sure) [server-port-closed]") {
		t.Errorf("%+v\n%s", cells, m.Text())
	}
}
