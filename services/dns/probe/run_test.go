package probe_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/miekg/dns"

	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
	dnsprobe "github.com/peerdeck/peerdeck/services/dns/probe"
	script "github.com/peerdeck/peerdeck/services/dns/probe/probetest"
)

// matrix makes asks for many domains at many servers.
func matrix(domains, servers int) []dnsprobe.Ask {
	var list []safe.Text
	for i := range servers {
		list = append(list, safe.New(fmt.Sprintf("10.1.0.%d", 4+i)))
	}
	asks := make([]dnsprobe.Ask, domains)
	for i := range asks {
		asks[i] = dnsprobe.Ask{Domain: safe.New(fmt.Sprintf("d%d.example", i)), Servers: list}
	}
	return asks
}

// meter counts what goes on at servers.
type meter struct {
	mu      sync.Mutex
	open    map[string]int
	most    map[string]int
	all     int
	mostAll int
	asked   map[string][]time.Time
}

func newMeter() *meter {
	return &meter{open: map[string]int{}, most: map[string]int{}, asked: map[string][]time.Time{}}
}

// dial counts connections, each of which carries one question.
func (m *meter) dial(d script.Dial) dnsprobe.Dial {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		m.mu.Lock()
		m.open[address]++
		m.all++
		m.most[address], m.mostAll = max(m.most[address], m.open[address]), max(m.mostAll, m.all)
		m.asked[address] = append(m.asked[address], time.Now())
		m.mu.Unlock()
		conn, err := d(ctx, network, address)
		return &counted{Conn: conn, closed: func() {
			m.mu.Lock()
			defer m.mu.Unlock()
			m.open[address]--
			m.all--
		}}, err
	}
}

// Fault 57: six servers are all dead, and a thousand domains are asked of each.
// Seen: it ends within ten seconds: TIMEOUT where it was asked, “skipped, server silent” in the
// other cells.
//
// Six dead servers and a thousand domains end soon, within the bounds, and every cell
// says why it was not asked.
func TestFault57DeadMatrix(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := newMeter()
		o := options(script.Piped(t, script.Silent))
		o.Dial, o.PerSecond = m.dial(script.Dial(o.Dial)), 0
		began, reported := time.Now(), 0
		reports, err := dnsprobe.New(o).Run(t.Context(), matrix(1000, 6), dnsprobe.Plan{Report: func(int, int, dnsverdict.Report) { reported++ }})
		if err != nil {
			t.Fatal(err)
		}
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("it took %v", took)
		}
		silent, skipped := 0, 0
		for _, row := range reports {
			for _, r := range row {
				switch cell := dnsverdict.CellOf(r, row, dnsverdict.Know(true)); cell.Word {
				case "TIMEOUT 2/2":
					silent++
				case "skipped":
					skipped++
					if r.Skipped != "server silent" {
						t.Fatalf("got %+v", r)
					}
				default:
					t.Fatalf("got %+v", cell)
				}
			}
		}
		if silent+skipped != 6000 || silent < 6*3 || silent > 200 || reported != 6000 {
			t.Errorf("%d silent, %d skipped, %d reported", silent, skipped, reported)
		}
		if m.mostAll > 64 {
			t.Errorf("%d in flight", m.mostAll)
		}
	})
}

// No server gets more than its share, neither at a time nor in any second.
func TestBounds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := newMeter()
		slow := func(a *script.Asked) {
			time.Sleep(20 * time.Millisecond)
			a.Write(a.Reply())
		}
		o := options(script.Piped(t, slow))
		o.Dial, o.PerSecond = m.dial(script.Dial(o.Dial)), 0
		p := dnsprobe.New(o)
		// Two runs at a time share the bounds.
		var wg sync.WaitGroup
		for range 2 {
			wg.Go(func() {
				if _, err := p.Run(t.Context(), matrix(60, 8), dnsprobe.Plan{}); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if m.mostAll > 64 {
			t.Errorf("%d in flight", m.mostAll)
		}
		for server, at := range m.asked {
			if len(at) != 2*60*3 || m.most[server] > 16 {
				t.Errorf("%s: %d questions, %d in flight", server, len(at), m.most[server])
			}
			for i := range at {
				if i+50 < len(at) && at[i+50].Sub(at[i]) < time.Second {
					t.Fatalf("%s: more than 50 questions in %v", server, at[i+50].Sub(at[i]))
				}
			}
		}
	})
}

// A firewall that drops TCP does not hold up the rest, nor one that drops UDP.
func TestOneTransportIsSilent(t *testing.T) {
	t.Parallel()
	good := func(a *script.Asked) { a.Write(a.Reply()) }
	for about, c := range map[string]struct {
		s    script.Script
		dead dnsverdict.Transport
	}{"TCP": {script.By(good, script.Silent), dnsverdict.TCP}, "UDP": {script.By(script.Silent, good), dnsverdict.UDP}} {
		t.Run(about, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				reports, err := dnsprobe.New(options(script.Piped(t, c.s))).Run(t.Context(), matrix(200, 1), dnsprobe.Plan{})
				if err != nil || time.Since(began) > 11*time.Second {
					t.Fatalf("%v after %v", err, time.Since(began))
				}
				for _, row := range reports {
					if r := row[0]; !r.Best(dnsverdict.StepA).Answered() || r.Find(dnsverdict.StepSOA, c.dead).Answered() {
						t.Fatalf("got %+v", r)
					}
				}
			})
		})
	}
}

// The end of the context ends everything at once; what was not asked says so.
func TestRunStopsAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(1500*time.Millisecond, cancel)
		began := time.Now()
		reports, err := dnsprobe.New(options(script.Piped(t, script.Silent))).Run(ctx, matrix(100, 3), dnsprobe.Plan{})
		if !errors.Is(err, context.Canceled) || time.Since(began) != 1500*time.Millisecond {
			t.Errorf("%v after %v", err, time.Since(began))
		}
		for _, row := range reports {
			for _, r := range row {
				cell := dnsverdict.CellOf(r, row, dnsverdict.Know(true))
				if cell.Word != "skipped" || cell.Text != "not asked: the probe was stopped" {
					t.Fatalf("%+v: %+v", cell, r)
				}
			}
		}
	})
}

// Results come while the rest is still being asked, one at a time.
func TestResultsStream(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := script.ByServer(map[string]script.Script{"10.1.0.4": func(a *script.Asked) { a.Write(a.Reply()) }})
		var quick, slow time.Duration
		var exchanges int
		began := time.Now()
		_, err := dnsprobe.New(options(script.Piped(t, s))).Run(t.Context(), matrix(1, 2), dnsprobe.Plan{
			Exchange: func(ask, _ int, e dnsverdict.Exchange) {
				exchanges++
				if ask != 0 || e.Server.IsEmpty() || e.Step == "" {
					t.Errorf("got %+v", e)
				}
			},
			Report: func(_, place int, _ dnsverdict.Report) {
				if place == 0 {
					quick = time.Since(began)
				} else {
					slow = time.Since(began)
				}
			},
		})
		if err != nil || quick != 0 || slow != 5*time.Second || exchanges != 5 {
			t.Errorf("%v: %v, %v, %d exchanges", err, quick, slow, exchanges)
		}
	})
}

func TestLatency(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		delays := []time.Duration{300 * time.Millisecond, 30 * time.Millisecond, 10 * time.Millisecond, 20 * time.Millisecond}
		asked := 0
		s := script.Script(func(a *script.Asked) {
			m := a.Reply()
			switch {
			case a.Kind() != "A" || a.Name() != orders:
			case a.Over == "tcp": // one of those that rotate
				m.Answer = script.Records(t, "orders.corp.example. 60 IN A 10.1.0.1")
			default:
				time.Sleep(delays[asked])
				asked++
				m.Answer = script.Records(t, fmt.Sprintf("orders.corp.example. 60 IN A 10.1.0.%d", asked%2))
			}
			a.Write(m)
		})
		l := traced(t, options(script.Piped(t, s)), dnsprobe.Detail).Latency
		want := dnsverdict.Latency{First: delays[0], Min: 10 * time.Millisecond, Median: 20 * time.Millisecond, Asked: 3, Sets: 2}
		if l != want {
			t.Errorf("got %+v", l)
		}
	})
}

// RD=0 when it is wished for, although nothing is odd.
func TestNoRecursion(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := script.Script(func(a *script.Asked) {
			m := a.Reply()
			if !a.RecursionDesired {
				m.Rcode = dns.RcodeRefused
			}
			a.Write(m)
		})
		reports, err := dnsprobe.New(options(script.Piped(t, s))).Run(t.Context(), ask("10.1.0.4"), dnsprobe.Plan{Depth: dnsprobe.Full, NoRecursion: true})
		if err != nil {
			t.Fatal(err)
		}
		if e := reports[0][0].Find(dnsverdict.StepAuthority, dnsverdict.UDP); e.Recursion || e.Reply.Code != dnsverdict.Refused {
			t.Errorf("got %+v", e)
		}
	})
}

// What cannot be asked is a word in its cell, and no server hears of it.
func TestRunWithoutSense(t *testing.T) {
	t.Parallel()
	o := options(func(context.Context, string, string) (net.Conn, error) {
		t.Error("asked")
		return nil, errors.New("no")
	})
	text := safe.New
	reports, err := dnsprobe.New(o).Run(t.Context(), []dnsprobe.Ask{
		{Domain: text("a b"), Servers: []safe.Text{text("10.1.0.4")}},
		{Domain: text(corp), Name: text("x\x1b[2J"), Servers: []safe.Text{text("10.1.0.4"), text("nonsense")}},
		{Domain: text(corp), Name: text("*.corp.example"), Servers: []safe.Text{text("10.1.0.4")}},
		{Domain: text(corp)},
	}, dnsprobe.Plan{})
	if err != nil || len(reports[3]) != 0 {
		t.Fatalf("%v: %+v", err, reports)
	}
	for _, row := range reports {
		for _, r := range row {
			if cell := dnsverdict.CellOf(r, row, dnsverdict.Known[bool]{}); cell.Word != "INVALID" {
				t.Errorf("%+v: %+v", cell, r)
			}
		}
	}
	if none, err := dnsprobe.New(o).Run(t.Context(), nil, dnsprobe.Plan{}); err != nil || len(none) != 0 {
		t.Errorf("%v, %v", none, err)
	}
}

// A trace whose servers are silent costs one time-out, whatever their number, and no more
// where only one transport is silent, or the questions after the first. The bounds are
// those of this machine and those of a hop.
func TestSilenceCostsItsTimeOnce(t *testing.T) {
	t.Parallel()
	soa := script.Zone(t, "d0.example. 60 IN SOA ns. host. 7 1 1 1 60")
	first := func(a *script.Asked) {
		if a.Question[0].Qtype == dns.TypeSOA {
			soa(a)
		}
	}
	quiet := func(*script.Asked) {}
	for about, c := range map[string]struct {
		says    script.Script
		options func(dnsprobe.Options) dnsprobe.Options
	}{
		"all":                {quiet, nil},
		"all, through a hop": {quiet, func(o dnsprobe.Options) dnsprobe.Options { o.NoUDP = "TCP only"; return o }},
		"UDP":                {script.By(quiet, soa), nil},
		"TCP":                {script.By(soa, quiet), nil},
		"the rest":           {first, nil},
		"TCP and the rest":   {script.By(first, quiet), nil},
		"UDP and the rest":   {script.By(quiet, first), nil},
	} {
		t.Run(about, func(t *testing.T) {
			t.Parallel()
			took := func(servers int) (d time.Duration) {
				synctest.Test(t, func(t *testing.T) {
					o := options(script.Piped(t, c.says))
					o.FirstTry, o.SecondTry = 0, 0
					if c.options != nil {
						o = c.options(o)
					}
					began := time.Now()
					if _, err := dnsprobe.New(o).Run(t.Context(), matrix(1, servers), dnsprobe.Plan{Depth: dnsprobe.Full}); err != nil {
						t.Error(err)
					}
					d = time.Since(began)
				})
				return d
			}
			one, most := took(1), 12
			if strings.HasPrefix(about, "all") { // two questions each are in flight, and not five
				most = 32
			}
			for _, servers := range []int{2, 9, most} {
				if many := took(servers); many != one {
					t.Errorf("%d servers take %s, and one %s", servers, many, one)
				}
			}
			if whole := 5 * time.Second; one < whole || one > whole+whole/10 {
				t.Errorf("%s is not one time-out", one)
			}
		})
	}
}
