package sandbox_test

import (
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/miekg/dns"
	"golang.org/x/net/proxy"

	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

// Another program reaches the servers over SOCKS, with a client that is not ours.
func TestSOCKS(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Start(t, sandbox.Options{Clock: manual()})
	at, err := s.ListenSOCKS(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	way, err := proxy.SOCKS5("tcp", at, nil, proxy.Direct)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := way.Dial("tcp", "10.20.0.4:53")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	for _, name := range []string{"www.corp.example.org.", "db.example.org."} { // two on one connection
		answer, _, err := new(dns.Client).ExchangeWithConn(new(dns.Msg).SetQuestion(name, dns.TypeA), &dns.Conn{Conn: conn})
		if err != nil || len(answer.Answer) != 1 {
			t.Errorf("%s: %v, %v", name, answer, err)
		}
	}
	s.World.Apply(sandbox.Event{NameServer: "10.20.0.4", Behave: &sandbox.Behaviour{As: "closed", Over: "tcp"}})
	if _, err := way.Dial("tcp", "10.20.0.4:53"); err == nil || !strings.Contains(err.Error(), "refused") {
		t.Errorf("a closed port: %v", err)
	}
	if _, err := way.Dial("tcp", "ns.example.org:53"); err == nil || !strings.Contains(err.Error(), "unreachable") {
		t.Errorf("a name: %v", err)
	}
}

// What is no SOCKS 5, and what is not taken, is told in its words or hung up on.
func TestSOCKSThatIsRefused(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Start(t, sandbox.Options{Clock: manual()})
	at, err := s.ListenSOCKS(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	reply := func(code string) string { return "\x05\x00\x05" + code + "\x00\x01\x00\x00\x00\x00\x00\x00" }
	for about, c := range map[string]struct{ sent, got string }{
		"SOCKS 4":       {"\x04\x01\x00\x35\x0a\x14\x00\x04\x00", ""},
		"HTTP":          {"GET / HTTP/1.1\r\n\r\n", ""},
		"a password":    {"\x05\x01\x02", "\x05\xff"},
		"BIND":          {"\x05\x01\x00\x05\x02\x00\x01\x0a\x14\x00\x04\x00\x35", reply("\x07")},
		"a strange one": {"\x05\x01\x00\x05\x01\x00\x09\x0a\x14\x00\x04\x00\x35", reply("\x08")},
		"no name":       {"\x05\x01\x00\x05\x01\x00\x03\x00\x00\x35", reply("\x08")},
		"a name":        {"\x05\x01\x00\x05\x01\x00\x03\x02ns\x00\x35", reply("\x04")},
	} {
		conn, err := net.Dial("tcp", at)
		if err != nil {
			t.Fatal(err)
		}
		_ = conn.SetDeadline(time.Now().Add(5 * time.Second))
		_, _ = conn.Write([]byte(c.sent))
		got, err := io.ReadAll(conn)
		if string(got) != c.got || err != nil && c.got != "" && !strings.Contains(err.Error(), "reset") {
			t.Errorf("%s: %q, %v", about, got, err)
		}
		_ = conn.Close()
	}
}
