package hop_test

import (
	"fmt"
	"strconv"
	"testing"

	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/dns/hop"
	dnsprobe "github.com/peerdeck/peerdeck/services/dns/probe"
)

// BenchmarkSilentServers asks servers that are all silent, through a proxy whose other side
// never comes, in real time: six must take no longer than one.
func BenchmarkSilentServers(b *testing.B) {
	via := "socks5://" + proxy{silent: true}.listen(b)
	v, err := hop.Parse(via)
	if err != nil {
		b.Fatal(err)
	}
	for _, n := range []int{1, 6} {
		a := dnsprobe.Ask{Domain: safe.New("example.com")}
		for i := range n {
			a.Servers = append(a.Servers, safe.New(fmt.Sprintf("10.1.0.%d", 4+i)))
		}
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			for b.Loop() {
				reports, err := dnsprobe.New(v.Options()).Run(b.Context(), []dnsprobe.Ask{a}, dnsprobe.Plan{Depth: dnsprobe.Full})
				if err != nil {
					b.Fatal(err)
				}
				for _, r := range reports[0] {
					if r.Find(dnsverdict.StepSOA, dnsverdict.TCP).Answered() {
						b.Fatal("a silent server has answered")
					}
				}
			}
			b.ReportMetric(b.Elapsed().Seconds()/float64(b.N), "s/trace")
		})
	}
}
