package table_test

import (
	"fmt"
	"strconv"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

// bigTable has n rows: zones in zones, some of other scripts, and servers of several subnets.
func bigTable(n int) ([]dnstable.Row, dnstable.Surroundings) {
	var list []dnstable.Row
	for i := range n {
		name := fmt.Sprintf("svc%d.team%d.corp.acme.io", i, i%50)
		switch i % 20 {
		case 0:
			name = fmt.Sprintf("team%d.corp.acme.io", i)
		case 1:
			name = fmt.Sprintf("büro%d.acme.io", i)
		}
		r := line(name, fmt.Sprintf("10.1.%d.4", i%200), fmt.Sprintf("10.2.%d.4", i%200))
		r.ID = dnstable.RowID(i + 1)
		list = append(list, r)
	}
	s := around(hub())
	for i := range 20 {
		s.VNets = append(s.VNets, dnstable.NearVNet{Name: safe.New(fmt.Sprintf("vnet-%d", i)), Prefixes: model.NewPrefixes(texts(fmt.Sprintf("10.%d.0.0/16", 2+i))), Read: true})
	}
	s.Before = list
	s.Probes = map[dnstable.ProbeKey]dnstable.ProbeResult{}
	return list, s
}

func BenchmarkCheck(b *testing.B) {
	for _, n := range []int{500, 5000} {
		list, s := bigTable(n)
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			for b.Loop() {
				dnstable.Check(list, s)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/row")
		})
	}
}
