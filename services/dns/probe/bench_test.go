package probe_test

import (
	"context"
	"net"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/miekg/dns"

	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	dnsprobe "github.com/peerdeck/peerdeck/services/dns/probe"
	script "github.com/peerdeck/peerdeck/services/dns/probe/probetest"
)

// away is a server on loopback that answers after a delay, many questions at a time. It
// returns its port.
func away(b *testing.B, delay time.Duration) string {
	b.Helper()
	answer := dns.HandlerFunc(func(w dns.ResponseWriter, r *dns.Msg) {
		time.Sleep(delay) // as the way to a VNET would take
		_ = w.WriteMsg(new(dns.Msg).SetReply(r))
	})
	packets, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	listener, err := net.Listen("tcp", packets.LocalAddr().String())
	if err != nil {
		b.Skip("the port is taken for TCP: " + err.Error())
	}
	for _, s := range []*dns.Server{{PacketConn: packets, Handler: answer}, {Listener: listener, Handler: answer}} {
		ready, done := make(chan struct{}), make(chan struct{})
		s.NotifyStartedFunc = func() { close(ready) }
		go func() { defer close(done); _ = s.ActivateAndServe() }()
		<-ready
		b.Cleanup(func() { _ = s.Shutdown(); <-done })
	}
	_, port, err := net.SplitHostPort(packets.LocalAddr().String())
	if err != nil {
		b.Fatal(err)
	}
	return port
}

// BenchmarkMatrix asks two servers on loopback that take 20 ms for 1,000 domains: for
// each the SOA record over UDP and over TCP, and its addresses. The bound on questions a
// second is off, as it would be all that is measured; those on what is in flight hold.
// Beside it, where dig is installed, one dig -f with every sixth of the same questions: it
// asks them one after another, so all of them take six times as long.
func BenchmarkMatrix(b *testing.B) {
	port := away(b, 20*time.Millisecond)
	asks := matrix(1000, 2)
	m := newMeter()
	p := dnsprobe.New(dnsprobe.Options{PerSecond: -1, Dial: m.dial(script.To("127.0.0.1:" + port))})
	for b.Loop() {
		reports, err := p.Run(context.Background(), asks, dnsprobe.Plan{})
		if err != nil {
			b.Fatal(err)
		}
		for _, row := range reports {
			if !row[0].Best(dnsverdict.StepA).Answered() || !row[1].Find(dnsverdict.StepSOA, dnsverdict.TCP).Answered() {
				b.Fatalf("got %+v", row)
			}
		}
	}
	ours := b.Elapsed() / time.Duration(b.N)
	b.ReportMetric(float64(max(m.most["10.1.0.4:53"], m.most["10.1.0.5:53"])), "most-in-flight-per-server")
	dig, err := exec.LookPath("dig")
	if err != nil {
		b.Log("dig is not installed: nothing to compare with")
		return
	}
	const share, questions = 6, 1000
	var lines strings.Builder
	for i, a := range asks {
		q := []string{" SOA +notcp", " SOA +tcp", " A +notcp"}[i%3]
		lines.WriteString("@127.0.0.1 -p " + port + " " + a.Domain.Raw() + q + "\n")
	}
	c := exec.Command(dig, "-f", "-")
	c.Stdin = strings.NewReader(lines.String())
	began := time.Now()
	out, err := c.Output()
	if err != nil || strings.Count(string(out), "status: NOERROR") != questions {
		b.Fatalf("dig: %v, %d answers", err, strings.Count(string(out), "status: NOERROR"))
	}
	b.ReportMetric(share*float64(time.Since(began))/float64(ours), "times-as-fast-as-dig")
}

// BenchmarkDeadMatrix asks six servers that are silent, for 1,000 domains, in real
// time. It is for people: the test in virtual time holds the bound.
func BenchmarkDeadMatrix(b *testing.B) {
	packets, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = packets.Close() })
	silent := packets.LocalAddr().String()
	o := dnsprobe.Options{Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
		if network == "tcp" {
			<-ctx.Done()
			return nil, ctx.Err()
		}
		return new(net.Dialer).DialContext(ctx, network, silent)
	}}
	for b.Loop() {
		if _, err := dnsprobe.New(o).Run(context.Background(), matrix(1000, 6), dnsprobe.Plan{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(b.Elapsed().Seconds()/float64(b.N), "s/matrix")
}
