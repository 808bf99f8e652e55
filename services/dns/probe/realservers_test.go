package probe_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
	dnsprobe "github.com/peerdeck/peerdeck/services/dns/probe"
)

// The faults that matter most, made by the servers that people run: NSD as an authority
// and Unbound as a recursive server, on loopback. Where a program is not installed, its
// part is skipped and says so; .ci/run installs both.

// house is some DNS servers on high ports, reached under the addresses of a VNET.
type house struct {
	t     *testing.T
	mu    sync.Mutex
	ports map[string]int // by address
}

func (h *house) dial(ctx context.Context, network, address string) (net.Conn, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	h.mu.Lock()
	port := h.ports[host]
	h.mu.Unlock()
	return new(net.Dialer).DialContext(ctx, network, fmt.Sprintf("127.0.0.1:%d", port))
}

// port reserves a port that is free for UDP and TCP, for a server at an address.
func (h *house) port(address string) int {
	h.t.Helper()
	for range 50 {
		// Not one that the system would give: until the server has it, it may give it to
		// another test.
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", 10000+rand.IntN(20000)))
		if err != nil {
			continue
		}
		port := l.Addr().(*net.TCPAddr).Port
		p, err := net.ListenPacket("udp", l.Addr().String())
		_ = l.Close()
		if err != nil {
			continue
		}
		_ = p.Close()
		h.mu.Lock()
		h.ports[address] = port
		h.mu.Unlock()
		return port
	}
	h.t.Fatal("no port is free")
	return 0
}

// program finds a server program, or skips the test.
func program(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		path = "/usr/sbin/" + name
		if _, err := os.Stat(path); err != nil {
			t.Skipf("%s is not installed, so what it says cannot be judged here", name)
		}
	}
	return path
}

// run starts a program that serves until the test ends, and waits until it answers.
func (h *house) run(address, path string, args ...string) {
	h.t.Helper()
	cmd := exec.CommandContext(h.t.Context(), path, args...)
	var said strings.Builder
	cmd.Stdout, cmd.Stderr = &said, &said
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 5 * time.Second
	if err := cmd.Start(); err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() {
		_ = cmd.Wait() // its context has ended
		if h.t.Failed() {
			h.t.Logf("%s at %s: %s", filepath.Base(path), address, said.String())
		}
	})
	p := dnsprobe.New(dnsprobe.Options{Dial: h.dial, FirstTry: 200 * time.Millisecond, SecondTry: 200 * time.Millisecond, PerSecond: -1})
	ctx, cancel := context.WithTimeout(h.t.Context(), 20*time.Second)
	defer cancel()
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for ctx.Err() == nil {
		reports, err := p.Run(ctx, []dnsprobe.Ask{{Domain: safe.New("ready.invalid"), Servers: safe.Texts(address)}}, dnsprobe.Plan{})
		if err == nil && reports[0][0].Find(dnsverdict.StepSOA, dnsverdict.UDP).Answered() {
			return
		}
		select {
		case <-again.C:
		case <-ctx.Done():
		}
	}
	h.t.Fatalf("%s does not answer", path)
}

func (h *house) write(dir, name, text string) string {
	h.t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		h.t.Fatal(err)
	}
	return path
}

// authority runs NSD with zones, each as its lines behind the SOA record.
func (h *house) authority(address string, serial int, zones map[string]string) {
	h.t.Helper()
	nsd := program(h.t, "nsd")
	dir := h.t.TempDir()
	conf := fmt.Sprintf("server:\n ip-address: 127.0.0.1@%d\n server-count: 1\n username: \"\"\n zonesdir: %q\n database: \"\"\n pidfile: %q\n xfrdfile: %q\n xfrdir: %q\n zonelistfile: %q\nremote-control:\n control-enable: no\n",
		h.port(address), dir, filepath.Join(dir, "pid"), filepath.Join(dir, "xfrd"), dir, filepath.Join(dir, "list"))
	for zone, lines := range zones {
		h.write(dir, zone+".zone", fmt.Sprintf("$ORIGIN %s.\n$TTL 300\n@ IN SOA ns1 hostmaster %d 3600 600 86400 60\nns1 IN A 10.9.0.1\n@ IN NS ns1\n%s\n", zone, serial, lines))
		conf += fmt.Sprintf("zone:\n name: %q\n zonefile: %q\n", zone, zone+".zone")
	}
	h.run(address, nsd, "-d", "-c", h.write(dir, "nsd.conf", conf))
}

// recursor runs Unbound.
func (h *house) recursor(address, server, more string) {
	h.t.Helper()
	unbound := program(h.t, "unbound")
	dir := h.t.TempDir()
	conf := fmt.Sprintf("server:\n interface: 127.0.0.1\n port: %d\n do-daemonize: no\n username: \"\"\n chroot: \"\"\n directory: %q\n pidfile: \"\"\n use-syslog: no\n num-threads: 1\n module-config: \"iterator\"\n do-not-query-localhost: no\n local-zone: \"test.\" transparent\n local-zone: \"invalid.\" refuse\n %s\nremote-control:\n control-enable: no\n%s",
		h.port(address), dir, server, more)
	h.run(address, unbound, "-d", "-p", "-c", h.write(dir, "unbound.conf", conf))
}

// ask traces a name at some servers, as the table's row for a domain.
func (h *house) ask(domain, name string, servers ...string) (dnsverdict.Case, []string) {
	h.t.Helper()
	ask := dnsprobe.Ask{Domain: safe.New(domain), Name: safe.New(name)}
	for _, s := range servers {
		ask.Servers = append(ask.Servers, safe.New(s))
	}
	reports, err := dnsprobe.New(dnsprobe.Options{Dial: h.dial}).Run(h.t.Context(), []dnsprobe.Ask{ask}, dnsprobe.Plan{Depth: dnsprobe.Full})
	if err != nil {
		h.t.Fatal(err)
	}
	var words []string
	for _, r := range reports[0] {
		words = append(words, dnsverdict.CellOf(r, reports[0], dnsverdict.Know(true)).Word)
	}
	return dnsverdict.Case{Name: ask.Name, Domain: ask.Domain, Reports: reports[0], Facts: dnsverdict.Facts{Route: dnsverdict.Know(true)}}, words
}

// wants checks the words of the cells, and that a row of the table of symptoms is found.
func (h *house) wants(c dnsverdict.Case, words []string, row int, cells ...string) {
	h.t.Helper()
	if !slices.EqualFunc(words, cells, strings.HasPrefix) {
		h.t.Errorf("%s: the cells are %q, want %q", c.Name, words, cells)
	}
	found := dnsverdict.Diagnose(c)
	if row > 0 && !slices.ContainsFunc(found, func(f finding.Finding) bool { return f.Code == finding.Code(fmt.Sprintf("N%02d", row)) }) {
		h.t.Errorf("%s: row %d of the table is missing in %+v", c.Name, row, found)
	}
	if row == 0 && slices.ContainsFunc(found, func(f finding.Finding) bool { return f.Severity.NeedsPerson() }) {
		h.t.Errorf("%s: nothing is wrong, and this is found: %+v", c.Name, found)
	}
}

func newHouse(t *testing.T) *house {
	t.Helper()
	if testing.Short() {
		t.Skip("it starts servers")
	}
	return &house{t: t, ports: map[string]int{}}
}

const (
	first, second = "10.9.0.1", "10.9.0.2"
	recursive     = "10.9.0.3"
)

func TestAuthoritiesOfNSD(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	big := ""
	for i := range 120 {
		big += fmt.Sprintf("big IN A 10.1.2.%d\n", i+1)
	}
	h.authority(first, 2026112502, map[string]string{
		"corp.test": "www IN A 10.1.1.1\nsame IN A 10.1.1.3\nalias IN CNAME www\n" + big, "test": "gone IN NS ns.elsewhere.example.\n",
		"late.test": "www IN A 10.1.1.1\n",
	})
	h.authority(second, 2026112501, map[string]string{"corp.test": "www IN A 10.1.1.9\nsame IN A 10.1.1.3\n", "late.test": "www IN A 10.1.1.1\n"})

	c, words := h.ask("corp.test", "www.corp.test", first)
	h.wants(c, words, 0, "OK")
	if r := c.Reports[0]; !r.Serves() || dnsverdict.Willing(r).Is != model.Yes {
		t.Errorf("an authority that answers is willing: %+v", dnsverdict.Willing(r))
	}
	c, words = h.ask("corp.test", "alias.corp.test", first)
	h.wants(c, words, 0, "OK")
	c, words = h.ask("corp.test", "none.corp.test", first)
	h.wants(c, words, 33, "NXDOMAIN")
	c, words = h.ask("corp.test", "big.corp.test", first)
	h.wants(c, words, 18, "OK")
	c, words = h.ask("gone.test", "www.gone.test", first)
	h.wants(c, words, 14, "LAME")
	c, words = h.ask("other.example", "www.other.example", first, second)
	h.wants(c, words, 7, "REFUSED", "REFUSED")
	c, words = h.ask("corp.test", "alias.corp.test", first, second)
	h.wants(c, words, 12, "DIFF", "NXDOMAIN")
	c, words = h.ask("corp.test", "www.corp.test", first, second)
	h.wants(c, words, 17, "DIFF", "DIFF")
	c, words = h.ask("late.test", "www.late.test", first, second)
	h.wants(c, words, 17, "OK", "OK")
	if a := dnsverdict.Compare(c.Reports); a.Word != "serial -1" {
		t.Errorf("%+v", a)
	}
}

func TestRecursiveServersOfUnbound(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		server, more string
		name         string
		row          int
		cell         string
	}{
		"a list of clients":   {"access-control: 127.0.0.0/8 refuse", "", "www.corp.test", 7, "REFUSED"},
		"a dead forwarder":    {"outbound-msg-retry: 1", "forward-zone:\n name: \".\"\n forward-addr: 127.0.0.1@1\n", "www.corp.test", 0, "SERVFAIL"},
		"a healthy one":       {"local-zone: \"corp.test.\" static\n local-data: \"corp.test. 300 IN SOA ns.corp.test. h.corp.test. 7 1 1 1 60\"\n local-data: \"www.corp.test. 300 IN A 10.1.1.1\"", "", "www.corp.test", 0, "OK"},
		"TCP is switched off": {"do-tcp: no\n local-zone: \"corp.test.\" static\n local-data: \"corp.test. 300 IN SOA ns.corp.test. h.corp.test. 7 1 1 1 60\"\n local-data: \"www.corp.test. 300 IN A 10.1.1.1\"", "", "www.corp.test", 36, "NOTCP"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			h.recursor(recursive, c.server, c.more)
			got, words := h.ask("corp.test", c.name, recursive)
			if c.cell == "SERVFAIL" { // how long it takes decides between the rows 8 and 9
				c.row = 8
				if slices.ContainsFunc(dnsverdict.Diagnose(got), func(f finding.Finding) bool { return f.Code == "N09" }) {
					c.row = 9
				}
			}
			h.wants(got, words, c.row, c.cell)
		})
	}
}

// A recursive server in front of an authority, and the two as servers of one row.
func TestUnboundInFrontOfNSD(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.authority(first, 7, map[string]string{"corp.test": "www IN A 10.1.1.1\n"})
	h.recursor(recursive, "", fmt.Sprintf("stub-zone:\n name: \"corp.test\"\n stub-addr: 127.0.0.1@%d\n stub-no-cache: yes\n", h.ports[first]))
	c, words := h.ask("corp.test", "www.corp.test", recursive, first)
	h.wants(c, words, 0, "OK", "OK")
	if a := dnsverdict.Compare(c.Reports); a.Word != "same" {
		t.Errorf("%+v", a)
	}
}
