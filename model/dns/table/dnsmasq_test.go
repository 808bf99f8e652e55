//go:build unix

package table_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"net/netip"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/miekg/dns"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
)

// The matcher agrees with dnsmasq, which people test such tables with: for random
// tables and names, the server that dnsmasq asks is that of the row that wins here.
func TestMatcherAgreesWithDnsmasq(t *testing.T) {
	t.Parallel()
	program, err := exec.LookPath("dnsmasq")
	if err != nil {
		t.Skip("there is no dnsmasq on this machine to compare with (Debian: dnsmasq-base)")
	}
	const tables, rows, names = 12, 9, 60
	backends := startBackends(t, rows)
	chance := rand.New(rand.NewPCG(7, 9))
	for n := range tables {
		domains := randomDomains(chance, rows)
		ask := startDnsmasq(t, program, domains, backends)
		matcher := dnstable.NewMatcher(domains)
		won := 0
		for range names {
			name := randomName(chance, 1+chance.IntN(5))
			want := -1
			if places := matcher.Match(name); len(places) > 0 {
				want, won = places[0], won+1
			}
			if got := ask(name); got != want {
				t.Errorf("table %d, %v: %s goes to row %d in dnsmasq, here to %d", n, domains, name, got, want)
			}
		}
		if won == 0 {
			t.Errorf("table %d: no name falls under any row, so nothing was compared", n)
		}
	}
}

func randomName(chance *rand.Rand, labels int) string {
	words := []string{"a", "b", "ab", "corp", "x-1", "A"}
	var out []string
	for range labels {
		out = append(out, words[chance.IntN(len(words))])
	}
	return strings.Join(append(out, "zone"), ".")
}

// randomDomains are all different, and one of them may be the root.
func randomDomains(chance *rand.Rand, n int) []string {
	seen := map[string]bool{}
	var out []string
	for len(out) < n {
		d := randomName(chance, chance.IntN(4))
		if chance.IntN(20) == 0 {
			d = "."
		}
		if key := strings.ToLower(d); !seen[key] {
			seen[key] = true
			out = append(out, d)
		}
	}
	return out
}

// startBackends starts DNS servers on loopback; each answers with its own number.
func startBackends(t *testing.T, n int) []int {
	t.Helper()
	ports := make([]int, n)
	for i := range ports {
		conn, err := new(net.ListenConfig).ListenPacket(context.Background(), "udp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		ports[i] = conn.LocalAddr().(*net.UDPAddr).Port
		started := make(chan struct{})
		s := &dns.Server{PacketConn: conn, NotifyStartedFunc: func() { close(started) }, Handler: dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
			a := new(dns.Msg)
			a.SetReply(q)
			a.Answer = []dns.RR{&dns.A{Hdr: dns.RR_Header{Name: q.Question[0].Name, Rrtype: dns.TypeA, Class: dns.ClassINET}, A: net.IPv4(10, 0, 0, byte(i))}}
			_ = w.WriteMsg(a)
		})}
		ended := make(chan struct{})
		go func() { defer close(ended); _ = s.ActivateAndServe() }()
		<-started
		t.Cleanup(func() { _ = s.Shutdown(); <-ended })
	}
	return ports
}

// startDnsmasq starts the real thing with a table, and returns a function that says to
// which row a name goes, -1 for none.
func startDnsmasq(t *testing.T, program string, domains []string, ports []int) func(name string) int {
	t.Helper()
	port := freePort(t)
	args := []string{
		"--keep-in-foreground", "--conf-file=/dev/null", "--no-resolv", "--no-hosts", "--cache-size=0", "--pid-file=", "--user=",
		"--listen-address=127.0.0.1", "--bind-interfaces", "--port=" + strconv.Itoa(port),
	}
	for i, d := range domains {
		if d == "." {
			args = append(args, fmt.Sprintf("--server=127.0.0.1#%d", ports[i]))
			continue
		}
		args = append(args, fmt.Sprintf("--server=/%s/127.0.0.1#%d", d, ports[i]))
	}
	ctx, stop := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, program, args...)
	var said strings.Builder
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		stop()
		t.Fatal(err)
	}
	t.Cleanup(func() { stop(); _ = cmd.Wait() })
	address := net.JoinHostPort("127.0.0.1", strconv.Itoa(port))
	client := &dns.Client{Timeout: time.Second}
	return func(name string) int {
		t.Helper()
		q := new(dns.Msg)
		q.SetQuestion(dns.Fqdn(name), dns.TypeA)
		var answer *dns.Msg
		var err error
		// It may still be starting, and a busy machine may lose a packet.
		for range 50 {
			if answer, _, err = client.ExchangeContext(ctx, q, address); err == nil {
				break
			}
			time.Sleep(20 * time.Millisecond)
		}
		if err != nil {
			t.Fatalf("dnsmasq does not answer: %v\n%s", err, said.String())
		}
		for _, rr := range answer.Answer {
			if a, ok := rr.(*dns.A); ok {
				ip, _ := netip.AddrFromSlice(a.A.To4())
				return int(ip.As4()[3])
			}
		}
		return -1
	}
}

// freePort is free for UDP and for TCP at this moment.
func freePort(t *testing.T) int {
	t.Helper()
	var config net.ListenConfig
	for range 20 {
		udp, err := config.ListenPacket(context.Background(), "udp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		tcp, err := config.Listen(context.Background(), "tcp", udp.LocalAddr().String())
		_ = udp.Close()
		if err == nil {
			_ = tcp.Close()
			return udp.LocalAddr().(*net.UDPAddr).Port
		}
	}
	t.Fatal("no port is free for both")
	return 0
}
