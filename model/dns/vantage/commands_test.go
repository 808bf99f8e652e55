package vantage_test

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/miekg/dns"

	digtext "github.com/peerdeck/peerdeck/model/dns/dig"
	"github.com/peerdeck/peerdeck/model/dns/vantage"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
)

func question(domain, name string, servers ...string) vantage.Question {
	q := vantage.Question{Domain: safe.New(domain), Name: safe.New(name)}
	for _, s := range servers {
		q.Servers = append(q.Servers, safe.New(s))
	}
	return q
}

func TestTheCommandsAreWrittenOut(t *testing.T) {
	t.Parallel()
	q := question("example.com", "a.example.com", "10.1.0.4")
	q.NoRecursion, q.Random = true, safe.New("peerdeck-x.example.com")
	want := `dig @10.1.0.4 example.com. SOA +ignore +time=2 +tries=2
dig @10.1.0.4 example.com. SOA +tcp +time=2 +tries=2
dig @10.1.0.4 example.com. SOA +norecurse +time=2 +tries=2
dig @10.1.0.4 a.example.com. A +time=2 +tries=2
dig @10.1.0.4 a.example.com. AAAA +time=2 +tries=2
dig @10.1.0.4 peerdeck-x.example.com. A +time=2 +tries=2`
	if got := strings.Join(q.Commands(), "\n"); got != want {
		t.Errorf("%s", got)
	}
	if n := len(question("example.com", "", "10.1.0.4", "10.1.0.5", "ns1", "$(id)").Commands()); n != 8 {
		t.Errorf("%d commands", n)
	}
	for _, bad := range []vantage.Question{question("", ""), question("a b", "", "10.1.0.4"), question("$(id).com", "-x", "10.1.0.4"), question("example.com", "")} {
		if got := bad.Commands(); len(got) != 0 || bad.Script() != "" {
			t.Errorf("%q", got)
		}
	}
}

// run runs a script with programs of ours only, and returns what it prints.
func run(t *testing.T, script string, programs map[string]string) string {
	t.Helper()
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no sh here")
	}
	dir := t.TempDir()
	for name, text := range programs {
		syscall.ForkLock.RLock() // what is open for writing in a child cannot be started
		err := os.WriteFile(filepath.Join(dir, name), []byte("#!"+sh+"\n"+text), 0o700)
		syscall.ForkLock.RUnlock()
		if err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.CommandContext(t.Context(), sh, "-e", "-u", "-c", script)
	cmd.Env = []string{"PATH=" + dir}
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%v: %s", err, out)
	}
	return string(out)
}

// What is printed runs as it is printed, on the machine and through Azure.
func TestTheScriptsRun(t *testing.T) {
	t.Parallel()
	q := question("example.com", "a.example.com", "10.1.0.4", "10.1.0.5")
	show := map[string]string{"dig": `for a in "$@"; do printf '<%s>' "$a"; done; echo`}
	plain := run(t, q.Script(), show)
	if n := strings.Count(plain, "$ dig @"); n != 8 || !strings.Contains(plain, "$ dig @10.1.0.4 a.example.com. A +time=2 +tries=2\n<@10.1.0.4><a.example.com.><A><+time=2><+tries=2>\n") {
		t.Errorf("%s", plain)
	}
	check(t, q.Script())
}

// check has shellcheck look at a script, where there is one.
func check(t *testing.T, script string) {
	t.Helper()
	path, err := exec.LookPath("shellcheck")
	if err != nil {
		return
	}
	cmd := exec.CommandContext(t.Context(), path, "--shell=sh", "-")
	cmd.Stdin = strings.NewReader(script)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

// A real dig asks a real server, and what it prints is read again.
func TestRealDigIsRead(t *testing.T) {
	t.Parallel()
	dig, err := exec.LookPath("dig")
	if err != nil {
		t.Skip("there is no dig here")
	}
	port := serve(t)
	show := question("example.com", "a.example.com", "10.1.0.4").Script()
	// The server is on this machine, at another port; everything else stays.
	show = strings.ReplaceAll(show, "@10.1.0.4", "@127.0.0.1 -p "+port)
	out := run(t, show, map[string]string{"dig": "exec '" + dig + "' \"$@\""})
	r, problem := digtext.Read(out, safe.Text{})
	if problem != "" || len(r.Exchanges) != 4 {
		t.Fatalf("%s: %+v from\n%s", problem, r, out)
	}
	for i, want := range []dnsverdict.Step{dnsverdict.StepSOA, dnsverdict.StepSOA, dnsverdict.StepA, dnsverdict.StepAAAA} {
		e := r.Exchanges[i]
		if e.Step != want || !e.Answered() || e.Server.Raw() != "127.0.0.1" || (e.Transport == dnsverdict.TCP) != (i == 1) {
			t.Errorf("%+v", e)
		}
	}
	reports := r.Reports(safe.New("example.com"), safe.New("a.example.com"))
	if len(reports) != 1 || len(reports[0].Chain().Addresses) != 1 || !reports[0].Serves() {
		t.Errorf("%+v", reports)
	}
}

// serve answers on loopback over UDP and TCP, and returns the port.
func serve(t *testing.T) string {
	t.Helper()
	answer := dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
		m := new(dns.Msg).SetReply(q)
		m.RecursionAvailable = true
		for _, text := range []string{"example.com. 60 IN SOA ns. host. 7 1 1 1 60", "a.example.com. 60 IN A 10.1.0.9"} {
			if rr, err := dns.NewRR(text); err == nil && rr.Header().Name == q.Question[0].Name && rr.Header().Rrtype == q.Question[0].Qtype {
				m.Answer = append(m.Answer, rr)
			}
		}
		_ = w.WriteMsg(m)
	})
	started := make(chan struct{}, 2)
	begin := func(s *dns.Server) {
		s.Handler, s.NotifyStartedFunc = answer, func() { started <- struct{}{} }
		go func() { _ = s.ActivateAndServe() }()
		<-started
		t.Cleanup(func() { _ = s.Shutdown() })
	}
	listener, packets := onePort(t)
	begin(&dns.Server{Listener: listener})
	begin(&dns.Server{PacketConn: packets})
	address := listener.Addr().String()
	return address[strings.LastIndexByte(address, ':')+1:]
}

// onePort listens on one port over TCP and UDP. A port that is free for the one may be in
// use for the other, so it looks for one that is free for both.
func onePort(t *testing.T) (net.Listener, net.PacketConn) {
	t.Helper()
	const tries = 50
	var listen net.ListenConfig
	for range tries {
		l, err := listen.Listen(t.Context(), "tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		p, err := listen.ListenPacket(t.Context(), "udp", l.Addr().String())
		if err == nil {
			return l, p
		}
		_ = l.Close()
	}
	t.Fatalf("no port is free over both TCP and UDP, after %d tries", tries)
	return nil, nil
}
