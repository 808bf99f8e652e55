package trace

import (
	"context"

	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/safe"
	dnsprobe "github.com/peerdeck/peerdeck/services/dns/probe"
)

// Names asks the servers of mapped names for them, and returns what each of them said, as
// far as it was asked before ctx ends. Via is the way, empty for the usual one. It waits.
func (d *Tracer) Names(ctx context.Context, network safe.Text, names []paths.Name, via string) ([]paths.Answer, error) {
	way, err := d.o.Way(via)
	if err != nil {
		return nil, err
	}
	n, err := d.network(network)
	if err != nil {
		return nil, err
	}
	t := &tracing{Tracer: d, net: n}
	var servers []safe.Text
	asks := make([]dnsprobe.Ask, len(names))
	for i, name := range names {
		asks[i] = dnsprobe.Ask{Domain: name.Domain, Name: name.Name, Servers: name.Servers}
		servers = append(servers, name.Servers...)
	}
	t.look(ctx, way, servers)
	reports, err := way.Prober.Run(ctx, asks, dnsprobe.Plan{})
	facts := t.facts.Heard(answeredOf(reports)...)
	var out []paths.Answer
	for i, row := range reports {
		for _, r := range row {
			if r.Server.IsEmpty() {
				continue // its turn did not come
			}
			route := dnsverdict.NotKnown[bool]("the ways of this machine are not known")
			if way.Look != nil || r.Heard() {
				route = facts.Decide(address(r.Server)).Route()
			}
			c := dnsverdict.CellOf(r, row, route)
			out = append(out, paths.Answer{
				Name: names[i].Name, Domain: names[i].Domain, Server: r.Server, At: d.o.Time.Now(), Vantage: facts.Label(),
				Severity: c.Severity, Says: c.Text, Addresses: r.Chain().Addresses,
			})
		}
	}
	return out, err
}

// answeredOf are reports of the servers that answered, one of each: they tell about the way.
func answeredOf(rows [][]dnsverdict.Report) []dnsverdict.Report {
	seen := map[safe.Text]bool{}
	var out []dnsverdict.Report
	for _, row := range rows {
		for _, r := range row {
			if !seen[r.Server] && r.Answered() {
				seen[r.Server] = true
				out = append(out, r)
			}
		}
	}
	return out
}
