package sandbox_test

import (
	"context"
	"net"
	"testing"
	"time"

	"github.com/miekg/dns"

	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

// ask puts one question to the server at an address.
func ask(t *testing.T, s *sandbox.Server, network, address, name string, kind uint16) (*dns.Msg, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	conn, err := s.DialDNS(ctx, network, address)
	if err != nil {
		return nil, err
	}
	defer func() { _ = conn.Close() }()
	question := new(dns.Msg).SetQuestion(dns.Fqdn(name), kind)
	client := &dns.Client{Net: network}
	answer, _, err := client.ExchangeWithConnContext(ctx, question, &dns.Conn{Conn: conn})
	return answer, err
}

func TestNameServers(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Start(t, sandbox.Options{Clock: manual()})
	for _, network := range []string{"udp", "tcp"} {
		for _, c := range []struct {
			address, name string
			kind          uint16
			code          int
			answers       int
		}{
			{"10.20.0.4:53", "orders.internal.example.org", dns.TypeA, dns.RcodeSuccess, 1},
			{"10.20.0.4:53", "DEEP.under.corp.example.org", dns.TypeA, dns.RcodeSuccess, 1},
			{"10.20.0.4:53", "corp.example.org", dns.TypeAAAA, dns.RcodeSuccess, 0},
			{"10.20.0.4:53", "corp.example.org", dns.TypeSOA, dns.RcodeSuccess, 1},
			{"10.20.0.4:53", "elsewhere.example.com", dns.TypeA, dns.RcodeNameError, 0},
			{"10.20.0.5:53", "hr.example.org", dns.TypeA, dns.RcodeRefused, 0},
			{"10.64.0.4:53", "anything.labs.example.org", dns.TypeA, dns.RcodeSuccess, 1},
			{"10.64.0.5:53", "db.internal.labs.example.org", dns.TypeA, dns.RcodeSuccess, 1},
			{"10.70.0.4:53", "anything.labs.example.org", dns.TypeA, dns.RcodeNameError, 0},
		} {
			answer, err := ask(t, s, network, c.address, c.name, c.kind)
			if err != nil || answer.Rcode != c.code || len(answer.Answer) != c.answers {
				t.Errorf("%s %s %s: %v, %v", network, c.address, c.name, answer, err)
			}
		}
		for _, silent := range []string{"10.24.0.5:53", "10.20.0.9:53", "10.99.0.4:53", "168.63.129.16:53", "10.20.0.4:5353"} {
			if answer, err := ask(t, s, network, silent, "stage.example.org", dns.TypeA); err == nil {
				t.Errorf("%s %s answered %v", network, silent, answer)
			} else if e, ok := err.(net.Error); !ok || !e.Timeout() { //nolint:errorlint // what a dialer returns
				t.Errorf("%s %s: %v is no timeout", network, silent, err)
			}
		}
	}
	one, err := ask(t, s, "udp", "10.20.0.4:53", "hr.corp.example.org", dns.TypeA)
	other, err2 := ask(t, s, "tcp", "10.20.0.5:53", "hr.corp.example.org", dns.TypeA)
	if err != nil || err2 != nil || one.Answer[0].String() != other.Answer[0].String() {
		t.Errorf("two servers of one VNET disagree: %v %v", one, other)
	}
	for _, bad := range [][2]string{{"unix", "10.20.0.4:53"}, {"udp", "10.20.0.4"}} {
		if _, err := s.DialDNS(t.Context(), bad[0], bad[1]); err == nil {
			t.Errorf("%v was dialled", bad)
		}
	}
	s.Close()
	if _, err := s.DialDNS(t.Context(), "udp", "10.20.0.4:53"); err == nil {
		t.Error("a closed sandbox was dialled")
	}
}
