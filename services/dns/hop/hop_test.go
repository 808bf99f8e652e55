package hop_test

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/miekg/dns"

	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/dns/hop"
	dnsprobe "github.com/peerdeck/peerdeck/services/dns/probe"
	script "github.com/peerdeck/peerdeck/services/dns/probe/probetest"
	"github.com/peerdeck/peerdeck/services/run/work"
)

// The test program is also a stand-in for ssh: what PEERDECK_SSH says is what it does.
func TestMain(m *testing.M) {
	mode, standIn := os.LookupEnv("PEERDECK_SSH")
	if !standIn {
		os.Exit(m.Run()) //nolint:forbidigo // as TestMain must
	}
	os.Exit(ssh(mode)) //nolint:forbidigo // as a command must
}

// ssh answers questions as a DNS server behind a hop, or says why it cannot.
func ssh(mode string) int {
	if log := os.Getenv("PEERDECK_SSH_LOG"); log != "" {
		f, err := os.OpenFile(log, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			return 1
		}
		_, _ = fmt.Fprintf(f, "%q\n", os.Args[1:])
		_ = f.Close()
	}
	switch mode {
	case "answer":
		var size [2]byte
		for {
			if _, err := io.ReadFull(os.Stdin, size[:]); err != nil {
				return 0
			}
			q := make([]byte, binary.BigEndian.Uint16(size[:]))
			m := new(dns.Msg)
			if _, err := io.ReadFull(os.Stdin, q); err != nil || m.Unpack(q) != nil {
				return 1
			}
			r, err := new(dns.Msg).SetRcode(m, dns.RcodeNameError).Pack()
			if err != nil {
				return 1
			}
			_, _ = os.Stdout.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(r))), r...))
		}
	case "together": // signed in, and as silent as its server until all are there
		_, _ = fmt.Fprintln(os.Stderr, `Authenticated to jump ([127.0.0.1]:22) using "publickey".`)
		for {
			said, _ := os.ReadFile(os.Getenv("PEERDECK_SSH_LOG"))
			if strings.Count(string(said), "\n") >= sideBySide {
				_, _ = fmt.Fprintln(os.Stderr, "channel 0: open failed: connect failed: Connection timed out\nTransferred: sent 3200, received 2800 bytes, in 0.1 seconds\nBytes per second: sent 1, received 1")
				return 255
			}
			runtime.Gosched()
		}
	case "hang":
		_, _ = io.Copy(io.Discard, os.Stdin)
		select {}
	default:
		_, _ = fmt.Fprintln(os.Stderr, mode)
		return 255
	}
}

// standIn puts an ssh on PATH that behaves as told, and returns the file with the
// arguments that it was given.
func standIn(t *testing.T, mode string) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the stand-in is a script for sh")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	text := "#!/bin/sh\nexec '" + self + "' \"$@\"\n"
	if err := os.WriteFile(filepath.Join(dir, "ssh"), []byte(text), 0o700); err != nil {
		t.Fatal(err)
	}
	log := filepath.Join(dir, "log")
	t.Setenv("PATH", dir)
	t.Setenv("PEERDECK_SSH", mode)
	t.Setenv("PEERDECK_SSH_LOG", log)
	return log
}

// probe asks a server about example.com through a hop.
func probe(t *testing.T, via string, first time.Duration) dnsverdict.Report {
	t.Helper()
	v, err := hop.Parse(via)
	if err != nil {
		t.Fatal(err)
	}
	o := v.Options()
	if first > 0 {
		o.FirstTry, o.SecondTry = first, first
	}
	asks := []dnsprobe.Ask{{Domain: safe.New("example.com"), Servers: []safe.Text{safe.New("10.1.0.4")}}}
	reports, err := dnsprobe.New(o).Run(t.Context(), asks, dnsprobe.Plan{})
	if err != nil {
		t.Fatal(err)
	}
	return reports[0][0]
}

func TestThroughSSH(t *testing.T) {
	log := standIn(t, "answer")
	r := probe(t, "ssh:me@jump:2222", 0)
	tcp, udp := r.Find(dnsverdict.StepSOA, dnsverdict.TCP), r.Find(dnsverdict.StepSOA, dnsverdict.UDP)
	if tcp.Reply.Code != dnsverdict.NXDomain || udp.Outcome != dnsverdict.OutcomeUntestable || !strings.Contains(udp.Reason.String(), "through a hop") {
		t.Errorf("%+v\n%+v", tcp, udp)
	}
	said, err := os.ReadFile(log)
	want := `["-W" "10.1.0.4:53" "-o" "BatchMode=yes" "-o" "ConnectTimeout=5" "-o" "LogLevel=VERBOSE" "-o" "ControlMaster=no" "-a" "-x" "-l" "me" "-p" "2222" "--" "jump"]`
	if line, _, _ := strings.Cut(string(said), "\n"); err != nil || line != want {
		t.Errorf("%s, %v", line, err)
	}
}

func TestWhatSSHSaysIsUnderstood(t *testing.T) {
	for said, want := range map[string]struct {
		outcome dnsverdict.Outcome
		reason  string
	}{
		"channel 0: open failed: connect failed: Connection refused\nstdio forwarding failed": {dnsverdict.OutcomeClosed, "says the hop"},
		"channel 0: open failed: connect failed: No route to host\nstdio forwarding failed":   {dnsverdict.OutcomeNoRoute, "no way to the server"},
		"channel 0: open failed: connect failed: Connection timed out":                        {dnsverdict.OutcomeSilent, "in time"},
		"channel 0: open failed: administratively prohibited: open failed":                    {dnsverdict.OutcomeFailed, "AllowTcpForwarding"},
		"me@jump: Permission denied (publickey).":                                             {dnsverdict.OutcomeFailed, "ssh-add"},
		"Host key verification failed.":                                                       {dnsverdict.OutcomeFailed, "by hand"},
		"ssh: Could not resolve hostname jump: Name or service not known":                     {dnsverdict.OutcomeFailed, "check its name"},
		"ssh: connect to host jump port 22: Connection refused":                               {dnsverdict.OutcomeFailed, "the hop cannot be used"},
		"banner\x1b[2J " + strings.Repeat("x", 9000):                                          {dnsverdict.OutcomeFailed, `\u{1b}`},
		"": {dnsverdict.OutcomeFailed, "said nothing"},
	} {
		t.Run(want.reason, func(t *testing.T) {
			standIn(t, said)
			e := probe(t, "ssh:jump", 0).Find(dnsverdict.StepSOA, dnsverdict.TCP)
			if e.Outcome != want.outcome || !strings.Contains(e.Reason.String(), want.reason) || len(e.Reason.Raw()) > 500 || e.Heard() != (want.outcome == dnsverdict.OutcomeClosed) {
				t.Errorf("%s %s", e.Outcome, e.Reason)
			}
		})
	}
}

func TestAHopThatRefusesIsLeftAlone(t *testing.T) {
	log := standIn(t, "Permission denied (publickey).")
	v, err := hop.Parse("ssh:jump")
	if err != nil {
		t.Fatal(err)
	}
	dial := v.Dialer()
	for range 4 {
		conn, err := dial(t.Context(), "tcp", "10.1.0.4:53")
		if err != nil {
			continue
		}
		_, err = conn.Read(make([]byte, 2))
		if e, ok := errors.AsType[hop.Error](err); !ok || e.Outcome() != dnsverdict.OutcomeFailed {
			t.Errorf("%v", err)
		}
		_ = conn.Close()
	}
	if said, _ := os.ReadFile(log); strings.Count(string(said), "\n") != 1 {
		t.Errorf("tried again:\n%s", said)
	}
	if _, err := dial(t.Context(), "udp", "10.1.0.4:53"); err == nil || !strings.Contains(err.Error(), "TCP only") {
		t.Errorf("%v", err)
	}
}

func TestSSHEndsWithItsContext(t *testing.T) {
	standIn(t, "hang")
	if e := probe(t, "ssh:jump", 50*time.Millisecond).Find(dnsverdict.StepSOA, dnsverdict.TCP); e.Outcome != dnsverdict.OutcomeSilent {
		t.Errorf("%s %s", e.Outcome, e.Reason)
	}
	v, err := hop.Parse("ssh:jump")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	conn, err := v.Dialer()(ctx, "tcp", "10.1.0.4:53")
	if err != nil {
		t.Fatal(err)
	}
	if err := conn.SetDeadline(time.Unix(1, 0)); err != nil {
		t.Error(err)
	}
	if _, err := conn.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("%v", err)
	}
	if err := conn.SetReadDeadline(time.Time{}); err != nil {
		t.Error(err)
	}
	stop()
	if _, err := conn.Read(make([]byte, 1)); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	twice := []error{conn.Close(), conn.Close()}
	if errors.Join(twice...) != nil || conn.RemoteAddr().String() != "ssh:jump" {
		t.Error("it does not close")
	}
}

// sideBySide is how many servers are silent at the same time below: more than sshd lets
// sign in at once.
const sideBySide = 16

// silentServers asks many servers, and returns those that are known to be silent.
func silentServers(t *testing.T, via string) int {
	t.Helper()
	v, err := hop.Parse(via)
	if err != nil {
		t.Fatal(err)
	}
	a := dnsprobe.Ask{Domain: safe.New("example.com")}
	for i := range sideBySide {
		a.Servers = append(a.Servers, safe.New(fmt.Sprintf("10.1.0.%d", 4+i)))
	}
	o := v.Options()
	o.FirstTry, o.SecondTry = time.Minute, time.Minute // all of them are heard together, or none is
	reports, err := dnsprobe.New(o).Run(t.Context(), []dnsprobe.Ask{a}, dnsprobe.Plan{Depth: dnsprobe.Full})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, r := range reports[0] {
		if e := r.Find(dnsverdict.StepSOA, dnsverdict.TCP); e.Outcome == dnsverdict.OutcomeSilent {
			n++
		} else {
			t.Errorf("%s: %s %s", r.Server, e.Outcome, e.Reason)
		}
	}
	return n
}

// gathering holds who comes until all are there.
type gathering struct {
	came atomic.Int32
	all  chan struct{}
}

func newGathering() *gathering { return &gathering{all: make(chan struct{})} }

func (g *gathering) wait() {
	if g.came.Add(1) == sideBySide {
		close(g.all)
	}
	<-g.all
}

// Servers that are silent behind a hop are waited for side by side, whatever their number:
// here none of them gives up before all are asked.
func TestSilentServersAreAskedSideBySide(t *testing.T) {
	standIn(t, "together")
	if n := silentServers(t, "ssh:jump"); n != sideBySide {
		t.Errorf("through ssh: %d of %d", n, sideBySide)
	}
	if n := silentServers(t, "socks5://"+proxy{code: 6, together: newGathering()}.listen(t)); n != sideBySide {
		t.Errorf("through SOCKS5: %d of %d", n, sideBySide)
	}
}

func TestNoSSH(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if e := probe(t, "ssh:jump", 0).Find(dnsverdict.StepSOA, dnsverdict.TCP); e.Outcome != dnsverdict.OutcomeFailed || !strings.Contains(e.Reason.String(), "no ssh on this machine") {
		t.Errorf("%s %s", e.Outcome, e.Reason)
	}
}

// proxy is a SOCKS5 proxy for a test.
type proxy struct {
	user, password string // empty: anybody may
	code           byte   // of its answer to a request
	greeting       string // instead of SOCKS5
	silent         bool
	together       *gathering // it answers nobody before all requests are there; nil: at once
	dial           script.Dial
}

// listen serves the proxy on loopback and returns its address.
func (p proxy) listen(tb testing.TB) string {
	tb.Helper()
	var config net.ListenConfig
	l, err := config.Listen(tb.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	g := work.NewGroup(context.Background(), func(p work.Panic) { tb.Errorf("%v: %v", p, p.Value) })
	tb.Cleanup(func() {
		_ = l.Close()
		g.Stop()
	})
	g.Go("accept", func(ctx context.Context) {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			stop := context.AfterFunc(ctx, func() { _ = conn.Close() })
			g.Go("serve", func(ctx context.Context) {
				defer stop()
				defer func() { _ = conn.Close() }()
				_ = p.serve(ctx, g, conn)
			})
		}
	})
	return l.Addr().String()
}

func (p proxy) serve(ctx context.Context, g *work.Group, conn net.Conn) error {
	if p.silent {
		_, err := io.Copy(io.Discard, conn)
		return err
	}
	head := make([]byte, 2)
	if _, err := io.ReadFull(conn, head); err != nil {
		return err
	}
	if _, err := io.ReadFull(conn, make([]byte, head[1])); err != nil {
		return err
	}
	if p.greeting != "" {
		_, err := io.WriteString(conn, p.greeting)
		return err
	}
	method := byte(0)
	if p.user != "" {
		method = 2
		if head[1] < 2 {
			method = 0xff
		}
	}
	_, _ = conn.Write([]byte{5, method})
	if method == 2 {
		want := string([]byte{1, byte(len(p.user))}) + p.user + string([]byte{byte(len(p.password))}) + p.password
		got := make([]byte, len(want))
		if _, err := io.ReadFull(conn, got); err != nil || string(got) != want {
			_, _ = conn.Write([]byte{1, 1})
			return err
		}
		_, _ = conn.Write([]byte{1, 0})
	}
	request := make([]byte, 10)
	if _, err := io.ReadFull(conn, request); err != nil {
		return err
	}
	if p.together != nil {
		p.together.wait()
	}
	if _, err := conn.Write([]byte{5, p.code, 0, 3, 1, 'x', 0, 0}); err != nil || p.code != 0 {
		return err
	}
	to := net.JoinHostPort(net.IP(request[4:8]).String(), strconv.Itoa(int(request[8])<<8|int(request[9])))
	server, err := p.dial(ctx, "tcp", to)
	if err != nil {
		return err
	}
	defer func() { _ = server.Close() }()
	g.Go("back", func(context.Context) { _, _ = io.Copy(conn, server) })
	_, err = io.Copy(server, conn)
	return err
}

func TestThroughSOCKS(t *testing.T) {
	zone := script.Zone(t, "example.com. 60 IN SOA ns. host. 7 1 1 1 60", "example.com. 60 IN A 10.1.0.9")
	for name, c := range map[string]struct {
		proxy proxy
		login string
		want  dnsverdict.Outcome
		words string
	}{
		"anybody":          {proxy{}, "", dnsverdict.OutcomeAnswered, ""},
		"password":         {proxy{user: "u", password: "pass:w@rd"}, "u:pass:w%40rd@", dnsverdict.OutcomeAnswered, ""},
		"wrong password":   {proxy{user: "u", password: "right"}, "u:wrong@", dnsverdict.OutcomeFailed, "refuses the user or the password"},
		"password missing": {proxy{user: "u", password: "right"}, "", dnsverdict.OutcomeFailed, "another way of signing in"},
		"server closed":    {proxy{code: 5}, "", dnsverdict.OutcomeClosed, "says the proxy"},
		"no way":           {proxy{code: 4}, "", dnsverdict.OutcomeNoRoute, "cannot reach the server"},
		"forbidden":        {proxy{code: 2}, "", dnsverdict.OutcomeFailed, "rules forbid"},
		"some failure":     {proxy{code: 1}, "", dnsverdict.OutcomeFailed, "code 1"},
		"no proxy":         {proxy{greeting: "HTTP/1.1 400 Bad Request\r\n\x1b[2J"}, "", dnsverdict.OutcomeFailed, "no SOCKS5 proxy"},
	} {
		t.Run(name, func(t *testing.T) {
			c.proxy.dial = script.Sockets(t, zone)
			r := probe(t, "socks5://"+c.login+c.proxy.listen(t), 0)
			e := r.Find(dnsverdict.StepSOA, dnsverdict.TCP)
			if e.Outcome != c.want || !strings.Contains(e.Reason.String(), c.words) || strings.Contains(e.Reason.String(), "wrong") {
				t.Errorf("%s %s", e.Outcome, e.Reason)
			}
			if c.want == dnsverdict.OutcomeAnswered && (e.Reply.SOA.Serial != 7 || len(r.Chain().Addresses) != 1) {
				t.Errorf("%+v", r)
			}
		})
	}
}

// A hop that is not there says nothing about the server.
func TestAProxyThatIsNotThere(t *testing.T) {
	e := probe(t, "socks5://127.0.0.1:1", 0).Find(dnsverdict.StepSOA, dnsverdict.TCP)
	if e.Outcome != dnsverdict.OutcomeFailed || e.Heard() || !strings.Contains(e.Reason.String(), "the proxy cannot be reached: ") {
		t.Errorf("%s %s", e.Outcome, e.Reason)
	}
	e = probe(t, "socks5://"+proxy{silent: true}.listen(t), 100*time.Millisecond).Find(dnsverdict.StepSOA, dnsverdict.TCP)
	if e.Outcome != dnsverdict.OutcomeFailed || !strings.Contains(e.Reason.String(), "the proxy does not answer") {
		t.Errorf("%s %s", e.Outcome, e.Reason)
	}
}
