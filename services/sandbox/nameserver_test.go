package sandbox_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/miekg/dns"

	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

// broken is the server that breaks.
const broken = "10.20.0.4"

// exchange puts one question to it and returns what came back as it is, nil where
// nothing did.
func exchange(t *testing.T, s *sandbox.Server, network string, question *dns.Msg) ([]byte, error) {
	t.Helper()
	conn, err := s.DialDNS(t.Context(), network, broken+":53")
	if err != nil {
		return nil, err
	}
	defer func() { _ = conn.Close() }()
	_ = conn.SetDeadline(time.Now().Add(250 * time.Millisecond))
	packet, err := question.Pack()
	if err != nil {
		t.Fatal(err)
	}
	if network == "tcp" {
		packet = append(binary.BigEndian.AppendUint16(nil, uint16(len(packet))), packet...)
	}
	if _, err := conn.Write(packet); err != nil {
		return nil, err
	}
	if network == "udp" {
		answer := make([]byte, 1<<16)
		n, err := conn.Read(answer)
		return answer[:n], err
	}
	var head [2]byte
	if n, err := io.ReadFull(conn, head[:]); err != nil {
		return head[:n], err
	}
	answer := make([]byte, binary.BigEndian.Uint16(head[:]))
	_, err = io.ReadFull(conn, answer)
	return answer, err
}

func query(name string, kind uint16, edns bool) *dns.Msg {
	m := new(dns.Msg).SetQuestion(dns.Fqdn(name), kind)
	if edns {
		m.SetEdns0(1232, false)
	}
	return m
}

// flags writes what a forwarder looks at.
func flags(m *dns.Msg) string {
	var words []string
	for word, set := range map[string]bool{"aa": m.Authoritative, "ra": m.RecursionAvailable, "tc": m.Truncated} {
		if set {
			words = append(words, word)
		}
	}
	slices.Sort(words)
	return strings.TrimSpace(dns.RcodeToString[m.Rcode] + " " + strings.Join(words, " "))
}

// Everything that a server says in a whole message, over both transports.
func TestWhatNameServersSay(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Start(t, sandbox.Options{Clock: manual()})
	const name = "www.corp.example.org"
	for about, c := range map[string]struct {
		b       sandbox.Behaviour
		name    string
		kind    uint16
		flags   string
		answers []string // parts of the answers, in order
		beside  string   // part of the authority section
	}{
		"both kinds of server": {flags: "NOERROR aa ra", answers: []string{"A\t10.20.0."}},
		"an authority":         {b: sandbox.Behaviour{As: "authority"}, flags: "NOERROR aa", answers: []string{"A\t10.20.0."}},
		"a recursor":           {b: sandbox.Behaviour{As: "recursor"}, flags: "NOERROR ra", answers: []string{"A\t10.20.0."}},
		"outside of its zones": {name: "www.elsewhere.example.com", flags: "NXDOMAIN ra", beside: "a.root-servers.net."},
		"a made-up name":       {name: "peerdeck-abcdefghijklmnop.corp.example.org", flags: "NXDOMAIN aa ra", beside: "corp.example.org."},
		"another type":         {kind: dns.TypeMX, flags: "NOERROR aa ra", beside: "SOA"},
		"refused":              {b: sandbox.Behaviour{As: "refused"}, flags: "REFUSED ra"},
		"refused for its zone": {b: sandbox.Behaviour{As: "refused", Domain: "corp.example.org"}, flags: "REFUSED ra"},
		"refused for another":  {b: sandbox.Behaviour{As: "refused", Domain: "db.example.org"}, flags: "NOERROR aa ra", answers: []string{"A\t10.20.0."}},
		"servfail":             {b: sandbox.Behaviour{As: "servfail"}, flags: "SERVFAIL ra"},
		"formerr":              {b: sandbox.Behaviour{As: "formerr"}, flags: "FORMERR ra"},
		"notimp":               {b: sandbox.Behaviour{As: "notimp"}, flags: "NOTIMP ra"},
		"no such name":         {b: sandbox.Behaviour{As: "nxdomain", Domain: "*.corp.example.org"}, flags: "NXDOMAIN aa ra", beside: "SOA"},
		"the name above it":    {b: sandbox.Behaviour{As: "nxdomain", Domain: "*.corp.example.org"}, name: "corp.example.org", flags: "NOERROR aa ra", answers: []string{"A\t10.20.0."}},
		"empty":                {b: sandbox.Behaviour{As: "empty"}, flags: "NOERROR aa ra", beside: "SOA"},
		"a referral":           {b: sandbox.Behaviour{As: "referral"}, flags: "NOERROR", beside: "NS\tns1.hosting.example.net."},
		"a wildcard":           {b: sandbox.Behaviour{As: "wildcard"}, name: "peerdeck-abcdefghijklmnop.corp.example.org", flags: "NOERROR aa ra", answers: []string{"A\t10.20.0."}},
		"other addresses":      {b: sandbox.Behaviour{Addresses: []string{"10.9.9.9", "10.9.9.8"}}, flags: "NOERROR aa ra", answers: []string{"10.9.9.9", "10.9.9.8"}},
		"an older zone":        {b: sandbox.Behaviour{Domain: "corp.example.org", Serial: 7, TTL: 90 * time.Second}, name: "corp.example.org", kind: dns.TypeSOA, flags: "NOERROR aa ra", answers: []string{" 7 3600 600 86400 90"}},
		"a circle":             {b: sandbox.Behaviour{As: "loop"}, flags: "NOERROR aa ra", answers: []string{"CNAME\talias.corp.example.org.", "CNAME\twww.corp.example.org."}},
		"a public address": {
			b: sandbox.Behaviour{As: "public"}, name: "sql.privatelink.database.windows.net", flags: "NOERROR ra",
			answers: []string{"CNAME\tdataslice6.northeurope.database.windows.net.", "CNAME\tcr6.northeurope1-a.control.database.windows.net.", "A\t20.50.2."},
		},
		"rotated": {b: sandbox.Behaviour{As: "rotate"}, flags: "NOERROR aa ra", answers: []string{"A\t10.20.0.", "A\t10.20.0."}},
	} {
		s.World.Apply(sandbox.Event{NameServer: broken, Behave: &sandbox.Behaviour{As: "healthy"}})
		s.World.Apply(sandbox.Event{NameServer: broken, Behave: &c.b})
		for _, network := range []string{"udp", "tcp"} {
			if c.name == "" {
				c.name = name
			}
			if c.kind == 0 {
				c.kind = dns.TypeA
			}
			packet, err := exchange(t, s, network, query(c.name, c.kind, true))
			m := new(dns.Msg)
			if err != nil || m.Unpack(packet) != nil {
				t.Errorf("%s over %s: %v", about, network, err)
				continue
			}
			if flags(m) != c.flags || len(m.Answer) != len(c.answers) || c.beside == "" != (len(m.Ns) == 0) || m.IsEdns0() == nil {
				t.Errorf("%s over %s:\n%v", about, network, m)
				continue
			}
			for i, part := range c.answers {
				if !strings.Contains(m.Answer[i].String(), part) {
					t.Errorf("%s over %s: %v", about, network, m.Answer)
				}
			}
			if c.beside != "" && !strings.Contains(m.Ns[0].String(), c.beside) {
				t.Errorf("%s over %s: %v", about, network, m.Ns)
			}
		}
	}
}

// What is no answer, and what comes over one transport alone.
func TestWhatNameServersDo(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Start(t, sandbox.Options{Clock: manual()})
	const name = "www.corp.example.org"
	answered := func(packet []byte, err error, _ *dns.Msg) bool {
		m := new(dns.Msg)
		return err == nil && m.Unpack(packet) == nil && len(m.Answer) == 1
	}
	closed := func(_ []byte, err error, _ *dns.Msg) bool { return errors.Is(err, syscall.ECONNREFUSED) }
	type outcome = func(packet []byte, err error, question *dns.Msg) bool
	for about, c := range map[string]struct {
		b        sandbox.Behaviour
		udp, tcp outcome
		plain    outcome // without EDNS, over UDP
	}{
		"stalls":            {sandbox.Behaviour{As: "stalls"}, silent, silent, silent},
		"stalls over TCP":   {sandbox.Behaviour{As: "stalls", Over: "tcp"}, answered, silent, answered},
		"silent for a zone": {sandbox.Behaviour{As: "silent", Domain: "corp.example.org"}, silent, silent, silent},
		"silent over UDP":   {sandbox.Behaviour{As: "silent", Over: "udp"}, silent, answered, silent},
		"closed":            {sandbox.Behaviour{As: "closed"}, closed, closed, closed},
		"closed over TCP":   {sandbox.Behaviour{As: "closed", Over: "tcp"}, answered, closed, answered},
		"drops EDNS":        {sandbox.Behaviour{As: "silent-for-edns"}, silent, silent, answered},
		"refuses EDNS": {sandbox.Behaviour{As: "formerr-for-edns", Over: "udp"}, func(packet []byte, err error, _ *dns.Msg) bool {
			m := new(dns.Msg)
			return err == nil && m.Unpack(packet) == nil && m.Rcode == dns.RcodeFormatError && m.IsEdns0() == nil
		}, answered, answered},
		"our own question": {sandbox.Behaviour{As: "echo"}, same, same, same},
		"garbage":          {sandbox.Behaviour{As: "garbage"}, garbled, garbled, garbled},
		"another id": {sandbox.Behaviour{As: "wrong-id", Over: "udp"}, func(packet []byte, err error, q *dns.Msg) bool {
			m := new(dns.Msg)
			return err == nil && m.Unpack(packet) == nil && m.Id != q.Id
		}, answered, nil},
		"another question": {sandbox.Behaviour{As: "wrong-question", Over: "udp"}, func(packet []byte, err error, _ *dns.Msg) bool {
			m := new(dns.Msg)
			return err == nil && m.Unpack(packet) == nil && m.Question[0].Name == "another.example.com."
		}, answered, nil},
		"a byte a second": {sandbox.Behaviour{As: "trickle"}, answered, func(packet []byte, err error, _ *dns.Msg) bool {
			var e net.Error
			return len(packet) == 1 && errors.As(err, &e) && e.Timeout()
		}, answered},
	} {
		s.World.Apply(sandbox.Event{NameServer: broken, Behave: &sandbox.Behaviour{As: "healthy"}})
		s.World.Apply(sandbox.Event{NameServer: broken, Behave: &c.b})
		for over, want := range map[string]outcome{"udp": c.udp, "tcp": c.tcp, "plain": c.plain} {
			if want == nil {
				continue
			}
			q, network := query(name, dns.TypeA, over != "plain"), over
			if over == "plain" {
				network = "udp"
			}
			if packet, err := exchange(t, s, network, q); !want(packet, err, q) {
				t.Errorf("%s over %s: %v, %q", about, over, err, packet)
			}
		}
	}
}

// silent is an exchange in which nothing comes.
func silent(packet []byte, err error, _ *dns.Msg) bool {
	var e net.Error
	return len(packet) == 0 && errors.As(err, &e) && e.Timeout()
}

func same(packet []byte, err error, question *dns.Msg) bool {
	sent, _ := question.Pack()
	return err == nil && bytes.Equal(packet, sent)
}

func garbled(packet []byte, err error, _ *dns.Msg) bool {
	return err == nil && len(packet) > 0 && new(dns.Msg).Unpack(packet) != nil
}

// An answer that does not fit is cut over UDP, by what the question takes.
func TestLargeAnswers(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Start(t, sandbox.Options{Clock: manual()})
	s.World.Apply(sandbox.Event{NameServer: broken, Behave: &sandbox.Behaviour{As: "large", Domain: "corp.example.org"}})
	sizes := map[string]int{}
	for over, edns := range map[string]bool{"udp": true, "tcp": true, "plain": false} {
		network := strings.Replace(over, "plain", "udp", 1)
		packet, err := exchange(t, s, network, query("www.corp.example.org", dns.TypeA, edns))
		m := new(dns.Msg)
		if err != nil || m.Unpack(packet) != nil || m.Truncated != (network == "udp") {
			t.Fatalf("over %s: %v, %v", over, err, m)
		}
		sizes[over] = len(packet)
	}
	if sizes["plain"] > 512 || sizes["udp"] <= 512 || sizes["udp"] > 1232 || sizes["tcp"] <= 1232 {
		t.Errorf("got %v", sizes)
	}
	if packet, err := exchange(t, s, "udp", query("corp.example.org", dns.TypeSOA, true)); err != nil || new(dns.Msg).Unpack(packet) != nil {
		t.Errorf("the zone: %v", err)
	}
}

// Slow answers come, and hold up no other one.
func TestSlowAnswers(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Start(t, sandbox.Options{Clock: manual()})
	const delay = 40 * time.Millisecond
	s.World.Apply(sandbox.Event{NameServer: broken, Behave: &sandbox.Behaviour{As: "servfail", Domain: "corp.example.org", Delay: delay, EDE: 22, Text: "nobody there"}})
	s.World.Apply(sandbox.Event{NameServer: broken, Behave: &sandbox.Behaviour{As: "refused", Domain: "db.example.org", Delay: time.Minute}})
	for _, network := range []string{"udp", "tcp"} {
		if _, err := exchange(t, s, network, query("db.example.org", dns.TypeA, true)); err == nil {
			t.Error("a minute is over")
		}
		began := time.Now()
		packet, err := exchange(t, s, network, query("corp.example.org", dns.TypeSOA, true))
		m := new(dns.Msg)
		if err != nil || m.Unpack(packet) != nil || m.Rcode != dns.RcodeServerFailure || time.Since(began) < delay {
			t.Fatalf("over %s: %v, %v", network, err, m)
		}
		ede, is := m.IsEdns0().Option[0].(*dns.EDNS0_EDE)
		if !is || ede.InfoCode != 22 || ede.ExtraText != "nobody there" {
			t.Errorf("over %s: %v", network, m)
		}
	}
}
