package probe_test

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/miekg/dns"
	"go.uber.org/goleak"

	"github.com/peerdeck/peerdeck/model"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
	dnsprobe "github.com/peerdeck/peerdeck/services/dns/probe"
	script "github.com/peerdeck/peerdeck/services/dns/probe/probetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// apex asks one server for a domain itself.
func apex(t *testing.T, o dnsprobe.Options, domain string) dnsverdict.Report {
	t.Helper()
	reports, err := dnsprobe.New(o).Run(t.Context(), []dnsprobe.Ask{{Domain: safe.New(domain), Servers: safe.Texts("10.1.0.4")}}, dnsprobe.Plan{})
	if err != nil {
		t.Fatal(err)
	}
	return reports[0][0]
}

// cellOf says how a server stands alone, seen from where there is a way to it.
func cellOf(r dnsverdict.Report) dnsverdict.Cell {
	return dnsverdict.CellOf(r, nil, dnsverdict.Know(true))
}

func TestAnswersOfServers(t *testing.T) {
	t.Parallel()
	address := "corp.example. 60 IN A 10.1.0.9"
	addressed := func(r dnsverdict.Report) bool {
		c := r.Chain()
		return len(c.Addresses) == 1 && c.Addresses[0].Raw() == "10.1.0.9"
	}
	for name, c := range map[string]struct {
		answer func(a *script.Asked, m *dns.Msg)
		code   dnsverdict.RCode
		serves bool
		cell   string // how it begins
		check  func(r dnsverdict.Report) bool
	}{
		"a zone with an address": {func(a *script.Asked, m *dns.Msg) {
			if a.Kind() == "SOA" {
				m.Answer = script.Records(t, soa)
			} else {
				m.Answer = script.Records(t, address)
			}
		}, dnsverdict.NoError, true, "OK ", func(r dnsverdict.Report) bool {
			zone, there := r.SOA()
			return there && zone.Zone.Raw() == corp && addressed(r) && r.Deciding().Transport == dnsverdict.UDP
		}},
		"no data": {func(_ *script.Asked, m *dns.Msg) { m.Ns = script.Records(t, soa) }, dnsverdict.NoError, true, "OK ", nil},
		"nothing": {func(_ *script.Asked, m *dns.Msg) { m.Rcode = dns.RcodeNameError }, dnsverdict.NXDomain, false, "NXDOMAIN", nil},
		"above": {func(_ *script.Asked, m *dns.Msg) {
			m.Rcode = dns.RcodeNameError
			m.Ns = script.Records(t, strings.Replace(soa, "corp.", "", 1))
		}, dnsverdict.NXDomain, false, "NXDOMAIN", nil},
		"refused": {func(_ *script.Asked, m *dns.Msg) { m.Rcode = dns.RcodeRefused }, dnsverdict.Refused, false, "REFUSED", nil},
		"failed":  {func(_ *script.Asked, m *dns.Msg) { m.Rcode = dns.RcodeServerFailure }, dnsverdict.ServFail, false, "SERVFAIL", nil},
		"unknown": {func(_ *script.Asked, m *dns.Msg) { m.Rcode = 14 }, "RCODE 14", false, "RCODE 14", nil},
		"referral": {func(_ *script.Asked, m *dns.Msg) { m.Ns = script.Records(t, "example. 60 IN NS a.example.") }, dnsverdict.NoError, false, "LAME", func(r dnsverdict.Report) bool {
			return r.Deciding().Reply.Referral()
		}},
		"names and no SOA": {func(a *script.Asked, m *dns.Msg) {
			if a.Kind() == "SOA" {
				m.Rcode = dns.RcodeServerFailure
				return
			}
			m.Answer = script.Records(t, address)
		}, dnsverdict.NoError, true, "OK ", addressed},
		"no EDNS": {func(a *script.Asked, m *dns.Msg) {
			if a.IsEdns0() != nil {
				m.Rcode = dns.RcodeFormatError
				return
			}
			m.Answer = script.Records(t, soa)
		}, dnsverdict.NoError, true, "OK ", nil},
		"a hundred addresses": {func(a *script.Asked, m *dns.Msg) {
			if a.Kind() == "A" {
				for i := range 100 {
					m.Answer = append(m.Answer, script.Records(t, fmt.Sprintf("corp.example. 60 IN A 10.1.1.%d", i))...)
				}
			}
		}, dnsverdict.NoError, true, "OK ", func(r dnsverdict.Report) bool {
			reply := r.Deciding().Reply
			return len(reply.Answers) == 32 && reply.More == 68 && strings.Count(cellOf(r).Text, "10.1.1.") < 10
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := apex(t, options(script.Sockets(t, func(a *script.Asked) {
				m := new(dns.Msg).SetReply(a.Msg)
				c.answer(a, m)
				a.Write(m)
			})), "Corp.Example.")
			code, answered := r.Code()
			if cell := cellOf(r); !answered || code != c.code || r.Serves() != c.serves || !strings.HasPrefix(cell.Word, c.cell) || (c.check != nil && !c.check(r)) {
				t.Errorf("got %+v: %+v", cell, r)
			}
		})
	}
}

// A cut answer is fetched whole over TCP; where that fails, it is said.
func TestFault51CutAndShut(t *testing.T) {
	t.Parallel()
	cut := func(a *script.Asked) {
		m := new(dns.Msg).SetReply(a.Msg)
		m.Truncated = true
		a.Write(m)
	}
	whole := func(a *script.Asked) {
		m := new(dns.Msg).SetReply(a.Msg)
		m.Answer = script.Records(t, soa)
		a.Write(m)
	}
	r := apex(t, options(script.Sockets(t, script.By(cut, whole))), corp)
	if e := r.Best(dnsverdict.StepSOA); e.Transport != dnsverdict.TCP || len(e.Reply.Answers) != 1 || !r.Serves() {
		t.Errorf("got %+v", e)
	}
	r = apex(t, options(script.Sockets(t, script.By(cut, func(a *script.Asked) { a.Hang() }))), corp)
	if cell := cellOf(r); r.Deciding().Transport != dnsverdict.UDP || cell.Word != "TRUNC" || !strings.Contains(cell.Text, "TCP brings no whole one") {
		t.Errorf("got %+v: %+v", cell, r)
	}
}

// What is no answer to the question is waited over until the true one comes.
func TestTrueAnswerComesAfterForgedOnes(t *testing.T) {
	t.Parallel()
	inBubble(t, func(a *script.Asked) {
		good := a.Reply()
		bad := good.Copy()
		bad.Id++
		a.SendMessage([]byte("noise"))
		a.Write(bad)
		a.Write(good)
	}, dnsprobe.Brief, func(t *testing.T, r dnsverdict.Report) {
		t.Helper()
		for _, over := range []dnsverdict.Transport{dnsverdict.UDP, dnsverdict.TCP} {
			if e := r.Find(dnsverdict.StepSOA, over); e.Reply.Code != dnsverdict.NoError || !e.Answered() || e.Foreign != 2 {
				t.Errorf("%s: %+v", over, e)
			}
		}
	})
}

// A fault of the way itself is said as it is.
func TestNoWayToTheServer(t *testing.T) {
	t.Parallel()
	no := func(context.Context, string, string) (net.Conn, error) { return nil, errors.New("no route") }
	r := apex(t, dnsprobe.Options{Dial: no}, corp)
	for _, over := range []dnsverdict.Transport{dnsverdict.UDP, dnsverdict.TCP} {
		if e := r.Find(dnsverdict.StepSOA, over); e.Outcome != dnsverdict.OutcomeFailed || e.Reason.Raw() != "no route" {
			t.Errorf("%s: %+v", over, e)
		}
	}
}

func TestWhatCannotBeAsked(t *testing.T) {
	t.Parallel()
	p := dnsprobe.New(dnsprobe.Options{Dial: func(context.Context, string, string) (net.Conn, error) {
		t.Error("asked")
		return nil, errors.New("no")
	}})
	asks := []dnsprobe.Ask{{Domain: safe.New(corp), Servers: safe.Texts("")}}
	for _, name := range []string{"", ".", "a..b", "a b", "x\x1b[2J", "münchen.example", strings.Repeat("a", 64) + ".b", strings.Repeat("a.", 200)} {
		asks = append(asks, dnsprobe.Ask{Domain: safe.New(name), Servers: safe.Texts("10.1.0.4")})
	}
	reports, err := p.Run(t.Context(), asks, dnsprobe.Plan{})
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range reports {
		e := row[0].Exchanges
		if len(e) != 1 || e[0].Outcome != dnsverdict.OutcomeInvalid || e[0].Reason.IsEmpty() || row[0].Asked() {
			t.Errorf("%q: %+v", asks[i].Domain.Raw(), row[0])
		}
	}
}

// Asks makes a row of each domain, with the servers of its mapping; each server of each
// row is asked three questions, and the reports lie as the rows do.
func TestRowsOfMappings(t *testing.T) {
	t.Parallel()
	var many []string
	for i := range 40 {
		many = append(many, fmt.Sprintf("d%d.example", i))
	}
	asks := append(asksOf(many, "10.1.0.4", "10.1.0.5"), asksOf([]string{"e.example"}, "10.1.0.4", "nonsense")...)
	m := newMeter()
	o := options(script.Piped(t, func(a *script.Asked) { a.Write(a.Reply()) }))
	o.Dial = m.dial(script.Dial(o.Dial))
	reports, err := dnsprobe.New(o).Run(t.Context(), asks, dnsprobe.Plan{})
	if err != nil || len(reports) != 41 {
		t.Fatalf("%d rows, %v", len(reports), err)
	}
	for i, row := range reports {
		for j, r := range row {
			if r.Server != asks[i].Servers[j] || r.Domain != asks[i].Domain {
				t.Errorf("the order is lost: %d, %d: %+v", i, j, r)
			}
			if want := r.Server.Raw() != "nonsense"; r.Serves() != want || (!want && cellOf(r).Word != "INVALID") {
				t.Errorf("%d, %d: %+v", i, j, r)
			}
		}
	}
	if len(m.asked["10.1.0.4:53"]) != 3*41 || len(m.asked["10.1.0.5:53"]) != 3*40 || len(m.asked) != 2 {
		t.Errorf("asked %d and %d questions of %d servers", len(m.asked["10.1.0.4:53"]), len(m.asked["10.1.0.5:53"]), len(m.asked))
	}
}

// asksOf makes the rows of one mapping.
func asksOf(domains []string, servers ...string) []dnsprobe.Ask {
	return dnsprobe.Asks([]model.DNSMapping{{Domains: safe.Texts(domains...), Servers: safe.Texts(servers...)}})
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

// A silent server is left alone after some questions.
func TestSilentServersAreLeftAlone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var asked atomic.Int32
		quiet := options(script.Piped(t, func(*script.Asked) { asked.Add(1) }))
		reports, err := dnsprobe.New(quiet).Run(t.Context(), asksOf(strings.Fields("a b c d e f g h i j k l m n"), "10.1.0.4"), dnsprobe.Plan{})
		if err != nil {
			t.Fatal(err)
		}
		silent, skipped, sent := 0, 0, 0
		for _, row := range reports {
			switch {
			case !row[0].Asked() && row[0].Skipped == "server silent":
				skipped++
			case row[0].Unheard():
				silent++
			default:
				t.Errorf("got %+v", row[0])
			}
			for _, e := range row[0].Exchanges {
				sent += e.Sent
			}
		}
		// Eight begin together, and two more may before the third silence is counted.
		if silent > 8+2 || silent < 3 || skipped == 0 || int(asked.Load()) != sent || sent < 4*3 {
			t.Errorf("%d silent, %d skipped, %d questions", silent, skipped, asked.Load())
		}
	})
}

func TestStopping(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		quiet := options(script.Piped(t, func(*script.Asked) { cancel() }))
		reports, err := dnsprobe.New(quiet).Run(ctx, asksOf([]string{"a", "b", "c"}, "10.1.0.4", "10.1.0.5"), dnsprobe.Plan{})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
		for _, row := range reports {
			for _, r := range row {
				if cell := cellOf(r); cell.Word != "skipped" || r.Asked() {
					t.Errorf("got %+v: %+v", cell, r)
				}
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
		r := apex(t, dnsprobe.Options{PerSecond: -1, Dial: func(_ context.Context, network, _ string) (net.Conn, error) {
			return &parrot{reply: reply[:min(len(reply), dns.MaxMsgSize-1)], framed: network == "tcp"}, nil
		}}, corp)
		cell := cellOf(r)
		if cell.Word == "" || cell.Text == "" || len(r.Exchanges) == 0 {
			t.Errorf("nothing is said: %+v: %+v", cell, r)
		}
		for _, c := range cell.Word + cell.Text {
			if c < ' ' {
				t.Errorf("%q", cell.Text)
			}
		}
	})
}

// parrot is a connection that answers every question with the same bytes, under
// the id of the question, and then ends.
type parrot struct {
	net.Conn
	reply  []byte
	framed bool // its length stands before a message
	rest   []byte
}

func (p *parrot) Write(b []byte) (int, error) {
	message := b
	if p.framed {
		message = b[2:]
	}
	p.rest = append([]byte{}, p.reply...)
	copy(p.rest[:min(len(p.rest), 2)], message[:2])
	if p.framed {
		p.rest = append(binary.BigEndian.AppendUint16(nil, uint16(len(p.reply))), p.rest...)
	}
	return len(b), nil
}

func (p *parrot) Read(b []byte) (int, error) {
	if len(p.rest) == 0 {
		return 0, net.ErrClosed
	}
	n := copy(b, p.rest)
	p.rest = p.rest[n:]
	return n, nil
}

func (p *parrot) Close() error { return nil }
