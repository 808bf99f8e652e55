package probe_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/miekg/dns"
	"go.uber.org/goleak"

	"peerdeck/model"
	"peerdeck/model/safe"
	dnsprobe "peerdeck/services/dns/probe"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// server is a DNS server on loopback, over UDP and TCP at the same port.
func server(t *testing.T, answer dns.HandlerFunc) dnsprobe.Options {
	t.Helper()
	packets, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", packets.LocalAddr().String())
	if err != nil {
		t.Skip("the port is taken for TCP: " + err.Error())
	}
	for _, s := range []*dns.Server{{PacketConn: packets, Handler: answer}, {Listener: listener, Handler: answer}} {
		ready, done := make(chan struct{}), make(chan struct{})
		s.NotifyStartedFunc = func() { close(ready) }
		go func() { defer close(done); _ = s.ActivateAndServe() }()
		<-ready
		t.Cleanup(func() { _ = s.Shutdown(); <-done })
	}
	return to(packets.LocalAddr().String())
}

// to leads every question to one address, whatever server is meant.
func to(address string) dnsprobe.Options {
	return dnsprobe.Options{Dial: func(ctx context.Context, network, meant string) (net.Conn, error) {
		if !strings.HasSuffix(meant, ":53") {
			return nil, errors.New("not port 53: " + meant)
		}
		return new(net.Dialer).DialContext(ctx, network, address)
	}}
}

func record(t *testing.T, text string) dns.RR {
	t.Helper()
	rr, err := dns.NewRR(text)
	if err != nil {
		t.Fatal(err)
	}
	return rr
}

func query(name string) dnsprobe.Query {
	return dnsprobe.Query{Name: safe.New(name), Server: netip.MustParseAddr("10.1.0.4")}
}

func TestAnswersOfServers(t *testing.T) {
	t.Parallel()
	soa := "corp.example. 60 IN SOA ns.corp.example. admin.corp.example. 1 2 3 4 5"
	for name, c := range map[string]struct {
		answer  func(r, m *dns.Msg)
		outcome model.ProbeOutcome
		rcode   string
		serves  bool
		check   func(a model.ProbeAnswer) bool
	}{
		"a zone with an address": {func(r, m *dns.Msg) {
			if r.Question[0].Qtype == dns.TypeSOA {
				m.Answer = []dns.RR{record(t, soa)}
			} else {
				m.Answer = []dns.RR{record(t, "corp.example. 60 IN A 10.1.0.9")}
			}
		}, model.ProbeAnswered, "NOERROR", true, func(a model.ProbeAnswer) bool {
			return a.Zone.Raw() == "corp.example" && len(a.Addresses) == 1 && a.Addresses[0].Raw() == "10.1.0.9" && a.Transport == "UDP"
		}},
		"no data": {func(_, m *dns.Msg) { m.Ns = []dns.RR{record(t, soa)} }, model.ProbeAnswered, "NOERROR", true, nil},
		"nothing": {func(_, m *dns.Msg) { m.Rcode = dns.RcodeNameError }, model.ProbeAnswered, "NXDOMAIN", false, nil},
		"above": {func(_, m *dns.Msg) {
			m.Rcode = dns.RcodeNameError
			m.Ns = []dns.RR{record(t, strings.Replace(soa, "corp.", "", 1))}
		}, model.ProbeAnswered, "NXDOMAIN", false, nil},
		"refused":  {func(_, m *dns.Msg) { m.Rcode = dns.RcodeRefused }, model.ProbeRefused, "REFUSED", false, nil},
		"failed":   {func(_, m *dns.Msg) { m.Rcode = dns.RcodeServerFailure }, model.ProbeAnswered, "SERVFAIL", false, nil},
		"unknown":  {func(_, m *dns.Msg) { m.Rcode = 14 }, model.ProbeAnswered, "RCODE 14", false, nil},
		"referral": {func(_, m *dns.Msg) { m.Ns = []dns.RR{record(t, "example. 60 IN NS a.example.")} }, model.ProbeAnswered, "NOERROR", false, func(a model.ProbeAnswer) bool { return a.Referral }},
		"names and no SOA": {func(r, m *dns.Msg) {
			if r.Question[0].Qtype == dns.TypeSOA {
				m.Rcode = dns.RcodeServerFailure
				return
			}
			m.Answer = []dns.RR{record(t, "corp.example. 60 IN A 10.1.0.9")}
		}, model.ProbeAnswered, "NOERROR", true, func(a model.ProbeAnswer) bool { return len(a.Addresses) == 1 }},
		"no EDNS": {func(r, m *dns.Msg) {
			if r.IsEdns0() != nil {
				m.Rcode = dns.RcodeFormatError
				return
			}
			m.Answer = []dns.RR{record(t, soa)}
		}, model.ProbeAnswered, "NOERROR", true, nil},
		"a hundred addresses": {func(r, m *dns.Msg) {
			if r.Question[0].Qtype == dns.TypeA {
				for i := range 100 {
					m.Answer = append(m.Answer, record(t, fmt.Sprintf("corp.example. 60 IN A 10.1.1.%d", i)))
				}
			}
		}, model.ProbeAnswered, "NOERROR", true, func(a model.ProbeAnswer) bool { return len(a.Addresses) == 8 }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := dnsprobe.New(server(t, func(w dns.ResponseWriter, r *dns.Msg) {
				m := new(dns.Msg)
				m.SetReply(r)
				c.answer(r, m)
				_ = w.WriteMsg(m)
			}))
			a := p.Probe(t.Context(), query("Corp.Example."))
			if a.Outcome != c.outcome || a.RCode.Raw() != c.rcode || a.Serves() != c.serves || (c.check != nil && !c.check(a)) {
				t.Errorf("got %+v: %s", a, a.Words())
			}
		})
	}
}

// A cut answer is fetched whole over TCP; where that fails, it is said.
func TestCutAnswers(t *testing.T) {
	t.Parallel()
	cut := func(whole bool) dns.HandlerFunc {
		return func(w dns.ResponseWriter, r *dns.Msg) {
			m := new(dns.Msg)
			m.SetReply(r)
			if _, udp := w.LocalAddr().(*net.UDPAddr); udp {
				m.Truncated = true
			} else if whole {
				m.Answer = []dns.RR{record(t, "corp.example. 60 IN SOA ns.corp.example. a.corp.example. 1 2 3 4 5")}
			} else {
				_ = w.Close()
				return
			}
			_ = w.WriteMsg(m)
		}
	}
	if a := dnsprobe.New(server(t, cut(true))).Probe(t.Context(), query("corp.example")); a.Transport != "TCP" || a.Records != 1 || !a.Serves() {
		t.Errorf("got %+v", a)
	}
	a := dnsprobe.New(server(t, cut(false))).Probe(t.Context(), query("corp.example"))
	if a.Transport != "UDP" || !strings.Contains(a.Words(), "TCP brings no whole one") {
		t.Errorf("got %+v", a)
	}
}

// What is no answer to the question is never taken for one.
func TestForgedAnswers(t *testing.T) {
	t.Parallel()
	for name, forge := range map[string]func(m *dns.Msg){
		"another id":       func(m *dns.Msg) { m.Id++ },
		"another name":     func(m *dns.Msg) { m.Question[0].Name = "other.example." },
		"another type":     func(m *dns.Msg) { m.Question[0].Qtype = dns.TypeMX },
		"the question":     func(m *dns.Msg) { m.Response = false },
		"no question":      func(m *dns.Msg) { m.Question = nil },
		"two questions":    func(m *dns.Msg) { m.Question = append(m.Question, m.Question[0]) },
		"another opcode":   func(m *dns.Msg) { m.Opcode = dns.OpcodeNotify },
		"nothing, unasked": func(m *dns.Msg) { m.Question = nil; m.Rcode = dns.RcodeNameError },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				a := dnsprobe.New(piped(func(r *dns.Msg, write func([]byte)) {
					m := new(dns.Msg)
					m.SetReply(r)
					forge(m)
					packed, err := m.Pack()
					if err != nil {
						t.Error(err)
					}
					write(packed)
				})).Probe(t.Context(), query("corp.example"))
				if a.Outcome != model.ProbeGarbled || a.Serves() || a.Reason.IsEmpty() {
					t.Errorf("got %+v", a)
				}
			})
		})
	}
	t.Run("the true one comes after", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			a := dnsprobe.New(piped(func(r *dns.Msg, write func([]byte)) {
				m := new(dns.Msg)
				m.SetReply(r)
				good, _ := m.Pack()
				m.Id++
				bad, _ := m.Pack()
				write([]byte("noise"))
				write(bad)
				write(good)
			})).Probe(t.Context(), query("corp.example"))
			if a.Outcome != model.ProbeAnswered || a.RCode.Raw() != "NOERROR" {
				t.Errorf("got %+v", a)
			}
		})
	})
}

// piped is a server at the other end of a pipe, for bubbles of virtual time.
func piped(answer func(r *dns.Msg, write func([]byte))) dnsprobe.Options {
	return dnsprobe.Options{Dial: func(context.Context, string, string) (net.Conn, error) {
		here, there := net.Pipe()
		go func() {
			defer func() { _ = there.Close() }()
			buffer := make([]byte, 4096)
			for {
				n, err := there.Read(buffer)
				if err != nil {
					return
				}
				r := new(dns.Msg)
				if r.Unpack(buffer[:n]) != nil {
					return
				}
				answer(r, func(b []byte) { _, _ = there.Write(b) })
			}
		}()
		return here, nil
	}}
}

func TestSilence(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var asked atomic.Int32
		quiet := piped(func(*dns.Msg, func([]byte)) { asked.Add(1) })
		a := dnsprobe.New(quiet).Probe(t.Context(), query("corp.example"))
		if a.Outcome != model.ProbeSilent || asked.Load() != 2 || a.Severity() != model.SeverityUnknown {
			t.Errorf("%d questions, %+v", asked.Load(), a)
		}
	})
}

// A server that answers only without EDNS, because something drops the rest.
func TestDroppedEDNS(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := dnsprobe.New(piped(func(r *dns.Msg, write func([]byte)) {
			if r.IsEdns0() != nil {
				return
			}
			m := new(dns.Msg)
			m.SetReply(r)
			packed, _ := m.Pack()
			write(packed)
		})).Probe(t.Context(), query("corp.example"))
		if a.Outcome != model.ProbeAnswered {
			t.Errorf("got %+v", a)
		}
	})
}

func TestNoWayToTheServer(t *testing.T) {
	t.Parallel()
	closed, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := closed.LocalAddr().String()
	_ = closed.Close()
	if a := dnsprobe.New(to(address)).Probe(t.Context(), query("corp.example")); a.Outcome != model.ProbeUnreachable || a.Reason.IsEmpty() {
		t.Errorf("got %+v", a)
	}
	no := dnsprobe.Options{Dial: func(context.Context, string, string) (net.Conn, error) { return nil, errors.New("no route") }}
	if a := dnsprobe.New(no).Probe(t.Context(), query("corp.example")); a.Outcome != model.ProbeUnreachable || a.Reason.Raw() != "no route" {
		t.Errorf("got %+v", a)
	}
}

func TestWhatCannotBeAsked(t *testing.T) {
	t.Parallel()
	p := dnsprobe.New(dnsprobe.Options{Dial: func(context.Context, string, string) (net.Conn, error) {
		t.Error("asked")
		return nil, errors.New("no")
	}})
	for _, name := range []string{"", ".", "a..b", "a b", "x\x1b[2J", "münchen.example", strings.Repeat("a", 64) + ".b", strings.Repeat("a.", 200)} {
		if a := p.Probe(t.Context(), query(name)); a.Outcome != model.ProbeInvalid || a.Reason.IsEmpty() {
			t.Errorf("%q: %+v", name, a)
		}
	}
	if a := p.Probe(t.Context(), dnsprobe.Query{Name: safe.New("corp.example")}); a.Outcome != model.ProbeInvalid {
		t.Errorf("got %+v", a)
	}
}

func mapping(domains, servers string) model.DNSMapping {
	var m model.DNSMapping
	for d := range strings.FieldsSeq(domains) {
		m.Domains = append(m.Domains, safe.New(d))
	}
	for s := range strings.FieldsSeq(servers) {
		m.Servers = append(m.Servers, safe.New(s))
	}
	return m
}

// Every pair is asked once, and no server gets more than its share at a time.
func TestProbeAll(t *testing.T) {
	t.Parallel()
	var (
		mu       sync.Mutex
		inFlight = map[string]int{}
		most     int
		asked    = map[string]int{}
	)
	echo := piped(func(r *dns.Msg, write func([]byte)) {
		m := new(dns.Msg)
		m.SetReply(r)
		packed, _ := m.Pack()
		write(packed)
	})
	o := dnsprobe.Options{Dial: func(ctx context.Context, network, address string) (net.Conn, error) {
		mu.Lock()
		inFlight[address]++
		asked[address]++
		most = max(most, inFlight[address])
		mu.Unlock()
		conn, err := echo.Dial(ctx, network, address)
		return &counted{Conn: conn, closed: func() { mu.Lock(); inFlight[address]--; mu.Unlock() }}, err
	}}
	var many strings.Builder
	for i := range 40 {
		fmt.Fprintf(&many, "d%d.example ", i)
	}
	answers, err := dnsprobe.New(o).ProbeAll(t.Context(), []model.DNSMapping{
		mapping(many.String(), "10.1.0.4 10.1.0.5"), mapping("d3.example e.example", "10.1.0.4 nonsense"),
	})
	if err != nil || len(answers) != 83 {
		t.Fatalf("%d answers, %v", len(answers), err)
	}
	for i, a := range answers {
		if want := a.Server.Raw() != "nonsense"; a.Serves() != want || (!want && a.Outcome != model.ProbeInvalid) {
			t.Errorf("%d: %+v", i, a)
		}
	}
	if answers[1].Server.Raw() != "10.1.0.5" || answers[1].Domain.Raw() != "d0.example" {
		t.Errorf("the order is lost: %+v", answers[1])
	}
	if most > 4 || asked["10.1.0.4:53"] != 82 || asked["10.1.0.5:53"] != 80 {
		t.Errorf("%d at a time, asked %v", most, asked)
	}
}

type counted struct {
	net.Conn
	closed func()
	once   sync.Once
}

func (c *counted) Close() error {
	c.once.Do(c.closed)
	return c.Conn.Close()
}

// A silent server is left alone after some questions; the others are asked.
func TestSilentServersAreLeftAlone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var asked atomic.Int32
		quiet := piped(func(*dns.Msg, func([]byte)) { asked.Add(1) })
		answers, err := dnsprobe.New(quiet).ProbeAll(t.Context(), []model.DNSMapping{mapping(strings.Repeat("x", 1)+" b c d e f g h i j k l m n", "10.1.0.4")})
		if err != nil {
			t.Fatal(err)
		}
		count := map[model.ProbeOutcome]int{}
		for _, a := range answers {
			count[a.Outcome]++
		}
		if count[model.ProbeSilent] > 8 || count[model.ProbeSilent] < 3 || count[model.ProbeSkipped] == 0 || int(asked.Load()) != 2*count[model.ProbeSilent] {
			t.Errorf("%v, %d questions", count, asked.Load())
		}
	})
}

func TestStopping(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		quiet := piped(func(*dns.Msg, func([]byte)) { cancel() })
		answers, err := dnsprobe.New(quiet).ProbeAll(ctx, []model.DNSMapping{mapping("a b c", "10.1.0.4 10.1.0.5")})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
		for _, a := range answers {
			if a.Outcome != model.ProbeSkipped {
				t.Errorf("got %+v", a)
			}
		}
	})
}

// Whatever a server sends, the probe says something and holds nothing that a
// terminal would obey.
func FuzzReplies(f *testing.F) {
	good := new(dns.Msg)
	good.SetQuestion("corp.example.", dns.TypeSOA)
	good.Response = true
	packed, err := good.Pack()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(packed)
	f.Add([]byte{})
	f.Add([]byte("noise that is no message"))
	f.Fuzz(func(t *testing.T, reply []byte) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		o := dnsprobe.Options{Dial: func(context.Context, string, string) (net.Conn, error) {
			return &parrot{reply: reply}, nil
		}}
		a := dnsprobe.New(o).Probe(ctx, query("corp.example"))
		if a.Words() == "" || a.Outcome == "" {
			t.Errorf("nothing is said: %+v", a)
		}
		for _, r := range a.Words() {
			if r < ' ' {
				t.Errorf("%q", a.Words())
			}
		}
	})
}

// parrot is a connection that answers every question with the same bytes, under
// the id of the question, and then ends.
type parrot struct {
	net.Conn
	reply []byte
	id    []byte
	done  bool
}

func (p *parrot) Write(b []byte) (int, error) {
	p.id = append([]byte{}, b[:2]...)
	return len(b), nil
}

func (p *parrot) Read(b []byte) (int, error) {
	if p.done {
		return 0, net.ErrClosed
	}
	p.done = true
	n := copy(b, p.reply)
	copy(b[:min(n, 2)], p.id)
	return n, nil
}

func (p *parrot) Close() error { return nil }
