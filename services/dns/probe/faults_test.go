package probe_test

import (
	"context"
	"fmt"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/miekg/dns"

	"github.com/peerdeck/peerdeck/model"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
	dnsprobe "github.com/peerdeck/peerdeck/services/dns/probe"
	script "github.com/peerdeck/peerdeck/services/dns/probe/probetest"
)

const (
	corp   = "corp.example"
	orders = "orders.corp.example"
	soa    = "corp.example. 60 IN SOA ns.corp.example. admin.corp.example. 7 2 3 4 300"
)

// options are those of a prober that dials a script; labels and the rate are known.
func options(d script.Dial) dnsprobe.Options {
	return dnsprobe.Options{Dial: dnsprobe.Dial(d), Label: func() string { return "zzz" }, PerSecond: -1}
}

func ask(servers ...string) []dnsprobe.Ask {
	a := dnsprobe.Ask{Domain: safe.New(corp), Name: safe.New(orders)}
	for _, s := range servers {
		a.Servers = append(a.Servers, safe.New(s))
	}
	return []dnsprobe.Ask{a}
}

// traced asks one server.
func traced(t *testing.T, o dnsprobe.Options, depth dnsprobe.Depth) dnsverdict.Report {
	t.Helper()
	reports, err := dnsprobe.New(o).Run(t.Context(), ask("10.1.0.4"), dnsprobe.Plan{Depth: depth})
	if err != nil {
		t.Fatal(err)
	}
	return reports[0][0]
}

// inBubble asks one server that follows a script, in virtual time.
func inBubble(t *testing.T, s script.Script, depth dnsprobe.Depth, check func(t *testing.T, r dnsverdict.Report)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		r := traced(t, options(script.Piped(t, s)), depth)
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("it took %v", took)
		}
		check(t, r)
	})
}

func zone(t *testing.T) script.Script {
	t.Helper()
	return script.Zone(t, soa, "orders.corp.example. 60 IN A 10.1.0.9")
}

func TestServerThatIsFine(t *testing.T) {
	t.Parallel()
	r := traced(t, options(script.Sockets(t, zone(t))), dnsprobe.Full)
	for _, over := range []dnsverdict.Transport{dnsverdict.UDP, dnsverdict.TCP} {
		e := r.Find(dnsverdict.StepSOA, over)
		if !e.Answered() || e.EDNS != dnsverdict.EDNSUsed || e.Sent != 1 || e.Reply.SOA.Serial != 7 || e.Reply.SOA.Minimum != time.Minute || !e.Reply.AA || e.Reply.UDPSize != 1232 || !e.Recursion {
			t.Errorf("%s: %+v", over, e)
		}
	}
	if c := r.Chain(); len(c.Addresses) != 1 || c.Addresses[0].Raw() != "10.1.0.9" {
		t.Errorf("got %+v", c)
	}
	if e := r.Best(dnsverdict.StepAAAA); !e.Answered() || !e.Reply.Empty() || e.Reply.SOA.IsZero() {
		t.Errorf("IPv6: %+v", e)
	}
	if e := r.Best(dnsverdict.StepRandom); e.Reply.Code != dnsverdict.NXDomain || e.Name.Raw() != "zzz.corp.example" {
		t.Errorf("the random name: %+v", e)
	}
	if e := r.Find(dnsverdict.StepAuthority, dnsverdict.UDP); e.Outcome != "" {
		t.Errorf("asked without need: %+v", e)
	}
}

// Fault 47: a DNS server says nothing, over UDP and TCP.
// Seen: the cell says TIMEOUT with how many questions were lost and how long each was waited
// for; where nothing proves a way to the server, it says that this cannot be tested from here.
// Nothing more is asked of a dead server.
//
// Silence is a time-out over both, with the time that was waited, and ends the probe.
func TestFault47Silence(t *testing.T) {
	t.Parallel()
	inBubble(t, script.Silent, dnsprobe.Full, func(t *testing.T, r dnsverdict.Report) {
		t.Helper()
		for _, over := range []dnsverdict.Transport{dnsverdict.UDP, dnsverdict.TCP} {
			if e := r.Find(dnsverdict.StepSOA, over); e.Outcome != dnsverdict.OutcomeSilent || e.Sent != 2 || e.Lost != 2 || e.Waited != 5*time.Second || e.Reason.IsEmpty() {
				t.Errorf("%s: %+v", over, e)
			}
		}
		if len(r.Exchanges) != 2 {
			t.Errorf("%d questions to a dead server", len(r.Exchanges))
		}
		// Where nothing proves a way to the server, its silence says nothing of it.
		if cell := dnsverdict.CellOf(r, nil, dnsverdict.NotKnown[bool]("nobody looked")); r.Serves() || cell.Severity != model.SeverityUnknown {
			t.Errorf("got %+v", cell)
		}
	})
}

// Fault 48: nothing listens at the server's port.
// Seen: UNREACH, at once and after one question.
func TestFault48PortClosed(t *testing.T) {
	t.Parallel()
	const address = "127.0.0.1:1" // nothing listens there
	r := traced(t, options(script.To(address)), dnsprobe.Brief)
	for _, over := range []dnsverdict.Transport{dnsverdict.UDP, dnsverdict.TCP} {
		if e := r.Find(dnsverdict.StepSOA, over); e.Outcome != dnsverdict.OutcomeClosed || e.Sent != 1 {
			t.Errorf("%s: %+v", over, e)
		}
	}
}

// Fault 49: hundreds of answers with a wrong id come before the right one.
// Seen: the right answer, with a note that others came that were not meant for this question.
//
// A flood of guesses does not hide the true answer, and is told.
func TestFault49Flood(t *testing.T) {
	t.Parallel()
	const flood = 500
	s := script.By(func(a *script.Asked) {
		for range flood {
			m := a.Reply()
			m.Id++
			m.Answer = script.Records(t, "orders.corp.example. 60 IN A 6.6.6.6")
			a.Write(m)
		}
		zone(t)(a)
	}, zone(t))
	inBubble(t, s, dnsprobe.Brief, func(t *testing.T, r dnsverdict.Report) {
		t.Helper()
		if e := r.Find(dnsverdict.StepA, dnsverdict.UDP); !e.Answered() || e.Foreign != flood || !strings.Contains(e.ForeignWhy, "id") || r.Chain().Addresses[0].Raw() != "10.1.0.9" {
			t.Errorf("got %+v", e)
		}
	})
}

// Fault 50: an answer has another id, name, type, class or opcode, no question or two, or is
// our own question; or it comes from another port.
// Seen: WRONG with what did not fit, and never OK; what comes from another port is not even
// looked at.
//
// Wrong messages are waited over until the time is over, over UDP and over TCP, and are
// never taken for an answer.
func TestFault50Foreign(t *testing.T) {
	t.Parallel()
	for about, change := range map[string]func(m *dns.Msg){
		"another id":       func(m *dns.Msg) { m.Id ^= 1 },
		"another name":     func(m *dns.Msg) { m.Question[0].Name = "other.example." },
		"another type":     func(m *dns.Msg) { m.Question[0].Qtype = dns.TypeMX },
		"another class":    func(m *dns.Msg) { m.Question[0].Qclass = dns.ClassCHAOS },
		"our own question": func(m *dns.Msg) { m.Response = false },
		"another opcode":   func(m *dns.Msg) { m.Opcode = dns.OpcodeNotify },
		"no question":      func(m *dns.Msg) { m.Question = nil },
		"two questions":    func(m *dns.Msg) { m.Question = append(m.Question, m.Question[0]) },
		"nothing, unasked": func(m *dns.Msg) { m.Question, m.Answer, m.Ns, m.Rcode = nil, nil, nil, dns.RcodeNameError },
	} {
		t.Run(about, func(t *testing.T) {
			t.Parallel()
			s := script.Changed(zone(t), func(_ *script.Asked, m *dns.Msg) { change(m) })
			inBubble(t, s, dnsprobe.Brief, func(t *testing.T, r dnsverdict.Report) {
				t.Helper()
				for _, over := range []dnsverdict.Transport{dnsverdict.UDP, dnsverdict.TCP} {
					if e := r.Find(dnsverdict.StepSOA, over); r.Serves() || e.Outcome != dnsverdict.OutcomeForeign || e.Waited != 5*time.Second || e.Foreign != 2 || e.ForeignWhy == "" {
						t.Errorf("%s: %+v", over, e)
					}
				}
			})
		})
	}
}

// An answer from another port never reaches a connected socket.
func TestFault50OtherSource(t *testing.T) {
	t.Parallel()
	packets, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	elsewhere, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	t.Cleanup(func() { _ = packets.Close(); _ = elsewhere.Close(); <-done })
	go func() {
		defer close(done)
		buffer := make([]byte, 4096)
		for {
			n, from, err := packets.ReadFrom(buffer)
			if err != nil {
				return
			}
			q := new(dns.Msg)
			if q.Unpack(buffer[:n]) == nil {
				packed, _ := new(dns.Msg).SetReply(q).Pack()
				_, _ = elsewhere.WriteTo(packed, from)
			}
		}
	}()
	o := options(script.To(packets.LocalAddr().String()))
	o.FirstTry, o.SecondTry = 20*time.Millisecond, 20*time.Millisecond
	if e := traced(t, o, dnsprobe.Brief).Find(dnsverdict.StepSOA, dnsverdict.UDP); e.Outcome != dnsverdict.OutcomeSilent || e.Foreign != 0 {
		t.Errorf("got %+v", e)
	}
}

// Fault 51: an answer over UDP is cut (TC), and over TCP the server answers, stalls, hangs up,
// lies about the length, or sends a byte a second.
// Seen: the whole answer where TCP brings it; otherwise TRUNC, what TCP did, and how many bytes
// of how many came.
//
// What a server can do with TCP after it has cut an answer.
func TestFault51Cut(t *testing.T) {
	t.Parallel()
	good := zone(t)
	udp := script.Changed(good, func(_ *script.Asked, m *dns.Msg) { m.Truncated, m.Answer, m.Ns = true, nil, nil })
	for about, c := range map[string]struct {
		tcp     script.Script
		outcome dnsverdict.Outcome
		waited  time.Duration
		reason  string
	}{
		"whole":    {good, dnsverdict.OutcomeAnswered, 0, ""},
		"stalls":   {script.Silent, dnsverdict.OutcomeSilent, 5 * time.Second, "connected, and no answer came"},
		"hangs up": {func(a *script.Asked) { a.Hang() }, dnsverdict.OutcomeHungUp, 0, "ended"},
		"lies about its length, and ends": {func(a *script.Asked) {
			a.Send([]byte{0, 200, 1, 2, 3})
			a.Hang()
		}, dnsverdict.OutcomeHungUp, 0, "5 of 202 bytes"},
		"lies about its length, and waits": {func(a *script.Asked) { a.Send([]byte{255, 255, 1, 2, 3}) }, dnsverdict.OutcomeSilent, 5 * time.Second, "5 of 65537 bytes"},
		"a byte a second": {func(a *script.Asked) {
			for _, b := range []byte{0, 90, 1, 2, 3, 4, 5, 6, 7, 8, 9} {
				a.Send([]byte{b})
				time.Sleep(time.Second)
			}
		}, dnsverdict.OutcomeSilent, 5 * time.Second, "of 92 bytes"},
		"one byte": {func(a *script.Asked) { a.Send([]byte{0}) }, dnsverdict.OutcomeSilent, 5 * time.Second, "one byte"},
		"no bytes": {func(a *script.Asked) { a.Send([]byte{0, 0}) }, dnsverdict.OutcomeForeign, 5 * time.Second, "0 bytes"},
	} {
		t.Run(about, func(t *testing.T) {
			t.Parallel()
			inBubble(t, script.By(udp, c.tcp), dnsprobe.Brief, func(t *testing.T, r dnsverdict.Report) {
				t.Helper()
				if !r.Find(dnsverdict.StepSOA, dnsverdict.UDP).Reply.TC {
					t.Error("the cut is not told")
				}
				for _, step := range []dnsverdict.Step{dnsverdict.StepSOA, dnsverdict.StepA} {
					e := r.Find(step, dnsverdict.TCP)
					if e.Outcome != c.outcome || e.Waited != c.waited || !strings.Contains(e.Reason.Raw(), c.reason) {
						t.Errorf("%s: %+v", step, e)
					}
				}
				if r.Best(dnsverdict.StepA).Reply.TC == (c.outcome == dnsverdict.OutcomeAnswered) {
					t.Errorf("the best answer: %+v", r.Best(dnsverdict.StepA))
				}
			})
		})
	}
}

// Fault 52: a server answers FORMERR to EDNS, or drops it, and answers without.
// Seen: the answer, with a note on EDNS; the questions after it go without.
//
// EDNS that is refused, dropped, or only late.
func TestFault52EDNS(t *testing.T) {
	t.Parallel()
	good := zone(t)
	var late dropFirst
	for about, c := range map[string]struct {
		udp  script.Script
		edns dnsverdict.EDNS
		sent int
		rest dnsverdict.EDNS // of the questions after it
	}{
		"FORMERR": {func(a *script.Asked) {
			if a.IsEdns0() != nil {
				m := new(dns.Msg).SetReply(a.Msg)
				m.Rcode, m.Question = dns.RcodeFormatError, nil
				a.Write(m)
				return
			}
			good(a)
		}, dnsverdict.EDNSRefused, 2, dnsverdict.EDNSOff},
		"dropped": {func(a *script.Asked) {
			if a.IsEdns0() == nil {
				good(a)
			}
		}, dnsverdict.EDNSDropped, 3, dnsverdict.EDNSOff},
		"late": {late.once(good), dnsverdict.EDNSLate, 3, dnsverdict.EDNSUsed},
	} {
		t.Run(about, func(t *testing.T) {
			t.Parallel()
			inBubble(t, script.By(c.udp, good), dnsprobe.Brief, func(t *testing.T, r dnsverdict.Report) {
				t.Helper()
				e, a := r.Find(dnsverdict.StepSOA, dnsverdict.UDP), r.Find(dnsverdict.StepA, dnsverdict.UDP)
				if !e.Answered() || e.EDNS != c.edns || e.Sent != c.sent || e.Reply.SOA.IsZero() {
					t.Errorf("got %+v", e)
				}
				if !a.Answered() || a.EDNS != c.rest || a.Sent != 1 {
					t.Errorf("after it: %+v", a)
				}
			})
		})
	}
}

// dropFirst loses the first question.
type dropFirst struct{ lost atomic.Bool }

func (d *dropFirst) once(s script.Script) script.Script {
	return func(a *script.Asked) {
		if d.lost.Swap(true) {
			s(a)
		}
	}
}

// A server that says FORMERR to everything has said so.
func TestFormErrToEverything(t *testing.T) {
	t.Parallel()
	inBubble(t, script.Code(dns.RcodeFormatError), dnsprobe.Brief, func(t *testing.T, r dnsverdict.Report) {
		t.Helper()
		if e := r.Find(dnsverdict.StepSOA, dnsverdict.UDP); e.Reply.Code != dnsverdict.FormErr || e.EDNS != dnsverdict.EDNSUsed || e.Sent != 2 {
			t.Errorf("got %+v", e)
		}
	})
}

// Fault 53: the answer is noise, 13 bytes long, a circle of name pointers, 64 KiB, or says that
// it has 10,000 records.
// Seen: WRONG with what did not fit; of a great answer that is true, the first records and how
// many more there were.
//
// Messages that no server should send: each becomes a word, none an answer.
func TestFault53Garbage(t *testing.T) {
	t.Parallel()
	header := func(a *script.Asked, counts ...byte) []byte {
		b := []byte{byte(a.Id >> 8), byte(a.Id), 0x84, 0, 0, 1, 0, 0, 0, 0, 0, 0}
		for i, n := range counts {
			b[4+i] = n
		}
		return b
	}
	question := func(a *script.Asked) []byte {
		packed, _ := (&dns.Msg{Question: a.Question}).Pack()
		return packed[12:]
	}
	for about, send := range map[string]func(a *script.Asked) []byte{
		"noise":               func(*script.Asked) []byte { return []byte("this is no message of any kind") },
		"thirteen bytes":      func(a *script.Asked) []byte { return append(header(a), 0) },
		"three bytes":         func(*script.Asked) []byte { return []byte{1, 2, 3} },
		"a pointer to itself": func(a *script.Asked) []byte { return append(header(a), 0xc0, 12, 0, 6, 0, 1) },
		"a circle in an answer": func(a *script.Asked) []byte {
			b := append(header(a, 0, 1, 0, 1), question(a)...)
			return append(b, 0xc0, byte(len(b)), 0, 1, 0, 1, 0, 0, 0, 9, 0, 4, 10, 1, 0, 9)
		},
		"fewer records than it says": func(a *script.Asked) []byte { return append(header(a, 0, 1, 0, 3), question(a)...) },
		"ten thousand records":       func(a *script.Asked) []byte { return append(header(a, 0, 1, 0x27, 0x10), question(a)...) },
		"five thousand records, all there": func(a *script.Asked) []byte {
			b := append(header(a, 0, 1, 0x13, 0x88), question(a)...)
			for range 5000 {
				b = append(b, 0, 0, 99, 0, 1, 0, 0, 0, 9, 0, 0)
			}
			return b
		},
		"64 KiB": func(a *script.Asked) []byte { return append(header(a), make([]byte, 65000)...) },
	} {
		t.Run(about, func(t *testing.T) {
			t.Parallel()
			inBubble(t, func(a *script.Asked) { a.SendMessage(send(a)) }, dnsprobe.Brief, func(t *testing.T, r dnsverdict.Report) {
				t.Helper()
				for _, over := range []dnsverdict.Transport{dnsverdict.UDP, dnsverdict.TCP} {
					if e := r.Find(dnsverdict.StepSOA, over); e.Outcome != dnsverdict.OutcomeForeign || e.ForeignWhy == "" || len(e.Reply.Answers) > 0 {
						t.Errorf("%s: %+v", over, e)
					}
				}
				if cell := dnsverdict.CellOf(r, nil, dnsverdict.Know(true)); cell.Word != "WRONG" {
					t.Errorf("got %+v", cell)
				}
			})
		})
	}
}

// A large answer is bounded in what is kept, and says how much more there was.
func TestFault53LargeAnswers(t *testing.T) {
	t.Parallel()
	records := []string{soa}
	for i := range 900 {
		records = append(records, fmt.Sprintf("orders.corp.example. 60 IN A 10.2.%d.%d", i/250, i%250))
	}
	s := script.Changed(script.Zone(t, records...), func(a *script.Asked, m *dns.Msg) {
		if a.Over == "udp" && len(m.Answer) > 20 {
			m.Truncated, m.Answer = true, nil
		}
		m.Compress = true
	})
	inBubble(t, s, dnsprobe.Brief, func(t *testing.T, r dnsverdict.Report) {
		t.Helper()
		if e := r.Best(dnsverdict.StepA); e.Transport != dnsverdict.TCP || len(e.Reply.Answers) != 32 || e.Reply.More != 868 {
			t.Errorf("%s, %d kept, %d more", e.Transport, len(e.Reply.Answers), e.Reply.More)
		}
	})
}

// Fault 54: aliases (CNAME) lead in a circle, or fifty of them follow each other.
// Seen: the chain as far as the eighth, with a note that it is a circle or goes on.
func TestFault54Aliases(t *testing.T) {
	t.Parallel()
	circle := []string{soa, "orders.corp.example. 60 IN CNAME a.corp.example.", "a.corp.example. 60 IN CNAME orders.corp.example."}
	long := []string{soa, "orders.corp.example. 60 IN CNAME n0.corp.example."}
	for i := range 50 {
		long = append(long, fmt.Sprintf("n%d.corp.example. 60 IN CNAME n%d.corp.example.", i, i+1))
	}
	for about, c := range map[string]struct {
		records []string
		note    string
	}{"circle": {circle, "circle"}, "fifty": {long, "after 8"}} {
		t.Run(about, func(t *testing.T) {
			t.Parallel()
			inBubble(t, script.Zone(t, c.records...), dnsprobe.Brief, func(t *testing.T, r dnsverdict.Report) {
				t.Helper()
				if chain := r.Chain(); !strings.Contains(chain.Note, c.note) || len(chain.Aliases) > 8 {
					t.Errorf("got %+v", chain)
				}
			})
		})
	}
}

// Fault 55: the texts of an answer (TXT, extended error, NSID) hold escape sequences.
// Seen: the same texts with each such character spelled out, cut to a length.
//
// What a server writes cannot reach a terminal as it is.
func TestFault55Escapes(t *testing.T) {
	t.Parallel()
	const evil = "\x1b]52;c;ZXZpbA==\x07\u202e"
	s := func(a *script.Asked) {
		m := a.Reply()
		m.Rcode = dns.RcodeServerFailure
		m.Answer = []dns.RR{&dns.TXT{Hdr: dns.RR_Header{Name: a.Question[0].Name, Rrtype: dns.TypeTXT, Class: dns.ClassINET}, Txt: []string{evil, strings.Repeat("x", 250), strings.Repeat("y", 250)}}}
		if opt := m.IsEdns0(); opt != nil {
			opt.Option = []dns.EDNS0{&dns.EDNS0_EDE{InfoCode: 22, ExtraText: evil + strings.Repeat("z", 5000)}, &dns.EDNS0_EDE{InfoCode: 4711}, &dns.EDNS0_NSID{Code: dns.EDNS0NSID, Nsid: "1b5b33316d6e7331"}}
		}
		a.Write(m)
	}
	inBubble(t, s, dnsprobe.Full, func(t *testing.T, r dnsverdict.Report) {
		t.Helper()
		e := r.Find(dnsverdict.StepSOA, dnsverdict.UDP)
		if len(e.Reply.Errors) != 2 || e.Reply.Errors[0].Name != "No Reachable Authority" || e.Reply.Errors[1].Name != "" || e.Reply.NSID.Raw() != "\x1b[31mns1" || len(e.Reply.Answers) != 1 {
			t.Fatalf("got %+v", e.Reply)
		}
		said := fmt.Sprint(e.Reply, e.Reply.Explained(), dnsverdict.CellOf(r, nil, dnsverdict.Know(true)), dnsverdict.Diagnose(dnsverdict.Case{Name: safe.New(orders), Domain: safe.New(corp), Reports: []dnsverdict.Report{r}}))
		if strings.ContainsAny(said, "\x1b\x07\u202e") || len(said) > 8000 {
			t.Errorf("%d bytes: %q", len(said), said)
		}
		if own := r.Find(dnsverdict.StepAuthority, dnsverdict.UDP); !own.Answered() || own.Recursion {
			t.Errorf("the server's own data was not asked for: %+v", own)
		}
	})
}

// Fault 56: two servers of a row answer with the same records, in another order, with another
// TTL, with other data, or with serials that differ, also around 2^32.
// Seen: “same”, “differs: 2 answers” or “serial -3”; order and TTL do not count.
//
// Two servers of a row, through the prober: what counts and what does not.
func TestFault56Replicas(t *testing.T) {
	t.Parallel()
	serial := func(n string) string { return strings.Replace(soa, " 7 ", " "+n+" ", 1) }
	a, b := "orders.corp.example. 60 IN A 10.1.0.9", "orders.corp.example. 60 IN A 10.1.0.8"
	for about, c := range map[string]struct {
		first, second []string
		word          string
	}{
		"same":          {[]string{soa, a, b}, []string{soa, a, b}, "same"},
		"rotated":       {[]string{soa, a, b}, []string{soa, b, a}, "same"},
		"another TTL":   {[]string{soa, a}, []string{soa, strings.Replace(a, "60", "7", 1)}, "same"},
		"other data":    {[]string{soa, a}, []string{soa, b}, "differs: 2 answers"},
		"no such name":  {[]string{soa, a}, []string{soa}, "differs: 2 answers"},
		"behind":        {[]string{serial("4"), a}, []string{soa, a}, "serial -3"},
		"behind, wraps": {[]string{serial("4294967295"), a}, []string{serial("1"), a}, "serial -2"},
	} {
		t.Run(about, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				o := options(script.Piped(t, script.ByServer(map[string]script.Script{
					"10.1.0.4": script.Zone(t, c.first...), "10.1.0.5": script.Zone(t, c.second...),
				})))
				reports, err := dnsprobe.New(o).Run(t.Context(), ask("10.1.0.4", "10.1.0.5"), dnsprobe.Plan{})
				if err != nil {
					t.Fatal(err)
				}
				if got := dnsverdict.Compare(reports[0]); got.Word != c.word {
					t.Errorf("got %+v", got)
				}
			})
		})
	}
}

// A way that carries TCP only says so of UDP, and asks the rest over TCP.
func TestNoUDPThroughAHop(t *testing.T) {
	t.Parallel()
	o := options(script.Sockets(t, zone(t)))
	direct := o.Dial
	o.NoUDP = "a SOCKS5 hop carries TCP only"
	o.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
		if network != "tcp" {
			t.Errorf("dialled %s", network)
		}
		return direct(ctx, network, address)
	}
	r := traced(t, o, dnsprobe.Full)
	if e := r.Find(dnsverdict.StepSOA, dnsverdict.UDP); e.Outcome != dnsverdict.OutcomeUntestable || e.Reason.Raw() != o.NoUDP {
		t.Errorf("got %+v", e)
	}
	if c := r.Chain(); len(c.Addresses) != 1 || r.Best(dnsverdict.StepA).Transport != dnsverdict.TCP {
		t.Errorf("got %+v", c)
	}
	if e := r.Best(dnsverdict.StepSOA); !r.Serves() || e.Transport != dnsverdict.TCP {
		t.Errorf("got %+v", e)
	}
}

func peeringReady() dnsverdict.Known[model.PeeringStatus] {
	return dnsverdict.Know(model.PeeringStatus{Peering: model.Peering{State: model.PeeringReady}})
}
