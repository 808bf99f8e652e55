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

// TestCheckIsLinear holds what the rules cost for a row, in a small table and in a large one.
func TestCheckIsLinear(t *testing.T) {
	const most = 10 // allocations for a row; there are 5, and 8 in a small table
	var small float64
	for _, n := range []int{500, 5000} {
		list, s := bigTable(n)
		got := testing.AllocsPerRun(2, func() { dnstable.Check(list, s) }) / float64(n)
		if got > most {
			t.Errorf("%d rows: %.1f allocations for a row, more than %d", n, got, most)
		}
		if small > 0 && got > small*1.1 {
			t.Errorf("%d rows: %.1f allocations for a row, and %.1f in a small table", n, got, small)
		}
		small = got
	}
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
