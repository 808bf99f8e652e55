package hop

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
)

const (
	maxWords = 4 << 10         // bytes of what ssh says that are kept
	grace    = 1 * time.Second // for ssh to end after its output did
)

// argv is the command line of ssh: it joins its input and output to an address. No
// shell reads it, and the host stands behind the end of the options. Its log says when it
// has signed in.
func (v Via) argv(address string) []string {
	list := []string{
		"-W", address, "-o", "BatchMode=yes", "-o", "ConnectTimeout=5", "-o", "LogLevel=VERBOSE", "-o", "ControlMaster=no",
		"-a", "-x",
	}
	if v.user != "" {
		list = append(list, "-l", v.user)
	}
	if v.port != "" {
		list = append(list, "-p", v.port)
	}
	return append(list, "--", v.host)
}

// ssh opens a connection through the system's ssh. It is there at once: whether the hop
// lets in shows when something is read. SignedIn is called when it has let in, or when the
// connection is over.
func (v Via) ssh(ctx context.Context, address string, b *breaker, signedIn func()) (net.Conn, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	path, err := exec.LookPath("ssh")
	if err != nil {
		return nil, v.ofHop(model.FailureInvalid, "there is no ssh on this machine", "install an OpenSSH client, or ask through a SOCKS5 proxy")
	}
	running, cancel := context.WithCancel(ctx)
	c := &child{via: v, ctx: ctx, cancel: cancel, breaker: b, wait: nil, said: words{signedIn: signedIn}}
	cmd := exec.CommandContext(running, path, v.argv(address)...) //nolint:gosec // checked by Parse, and read by no shell
	cmd.SysProcAttr = apart()
	cmd.Cancel = func() error { return kill(cmd.Process) }
	cmd.WaitDelay = grace
	cmd.Stderr = &c.said
	theirs, ours, err := os.Pipe()
	if err != nil {
		cancel()
		return nil, v.ofHop(model.FailureBug, "no pipe: "+err.Error(), "")
	}
	from, to, err := os.Pipe()
	if err != nil {
		cancel()
		_, _ = theirs.Close(), ours.Close()
		return nil, v.ofHop(model.FailureBug, "no pipe: "+err.Error(), "")
	}
	cmd.Stdin, cmd.Stdout = theirs, to
	c.in, c.out = ours, from
	err = cmd.Start()
	_, _ = theirs.Close(), to.Close()
	if err != nil {
		cancel()
		_, _ = ours.Close(), from.Close()
		return nil, v.ofHop(model.FailureInvalid, "ssh cannot be started: "+err.Error(), "check the ssh on this machine")
	}
	c.wait = sync.OnceValue(cmd.Wait)
	return c, nil
}

// child is a connection that a child process carries.
type child struct {
	via     Via
	ctx     context.Context //nolint:containedctx // the connection ends with it
	cancel  context.CancelFunc
	breaker *breaker
	in, out *os.File
	said    words
	wait    func() error
	closed  sync.Once
}

// Read reads what the server sends. When ssh ends without a byte, the error is why.
func (c *child) Read(p []byte) (int, error) {
	n, err := c.out.Read(p)
	switch {
	case n > 0:
		c.said.signedIn()
		c.breaker.note(Error{}, false)
		return n, nil
	case errors.Is(err, io.EOF):
		return 0, c.ended(io.EOF)
	default:
		return n, err
	}
}

// Write sends to the server.
func (c *child) Write(p []byte) (int, error) {
	n, err := c.in.Write(p)
	if err != nil && !errors.Is(err, os.ErrDeadlineExceeded) && !errors.Is(err, os.ErrClosed) {
		return n, c.ended(err)
	}
	return n, err
}

// ended waits for the end of ssh and says why it ended, or err when it ended well.
func (c *child) ended(err error) error {
	late := time.AfterFunc(grace, c.cancel)
	defer late.Stop()
	exit := c.wait()
	c.said.signedIn()
	if c.ctx.Err() != nil {
		return c.ctx.Err()
	}
	if exit == nil {
		return err
	}
	e := c.via.sshFailure(c.said.String())
	c.breaker.note(e, true)
	return e
}

// Close ends ssh and what it started.
func (c *child) Close() error {
	c.closed.Do(func() {
		c.cancel()
		_ = c.wait() // it was killed, so its exit says nothing
		c.said.signedIn()
		_, _ = c.in.Close(), c.out.Close()
	})
	return nil
}

// LocalAddr names this end.
func (c *child) LocalAddr() net.Addr { return place("this machine") }

// RemoteAddr names the other end.
func (c *child) RemoteAddr() net.Addr { return place(c.via.String()) }

// SetDeadline bounds reading and writing, where the system bounds pipes.
func (c *child) SetDeadline(t time.Time) error {
	return errors.Join(c.SetReadDeadline(t), c.SetWriteDeadline(t))
}

// SetReadDeadline bounds reading.
func (c *child) SetReadDeadline(t time.Time) error { return c.out.SetReadDeadline(t) }

// SetWriteDeadline bounds writing.
func (c *child) SetWriteDeadline(t time.Time) error { return c.in.SetWriteDeadline(t) }

// place is the address of an end that has none.
type place string

// Network names the kind of connection.
func (place) Network() string { return "ssh" }

// String names the place.
func (p place) String() string { return string(p) }

// words keeps the beginning of what ssh says, and hears when it has signed in. It never
// refuses, so that the program does not end for it.
type words struct {
	signedIn func()
	mu       sync.Mutex
	buf      bytes.Buffer
}

// letIn is what ssh says, and in no other case, when it has signed in.
const letIn = "Authenticated to "

func (w *words) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.buf.Write(p[:min(len(p), maxWords-w.buf.Len())])
	if bytes.Contains(w.buf.Bytes(), []byte(letIn)) {
		w.signedIn()
	}
	return len(p), nil
}

func (w *words) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.buf.String()
}

// sshFailure reads what ssh says before it ends. The line that counts is the first of
// those that are known, else the last one.
func (v Via) sshFailure(said string) Error {
	low := strings.ToLower(said)
	has := func(s string) bool { return strings.Contains(low, s) }
	line := telling(said)
	if has("open failed") {
		switch {
		case has("connection refused"):
			return v.behind(dnsverdict.OutcomeClosed, "connection refused, says the hop")
		case has("no route to host"), has("unreachable"):
			return v.behind(dnsverdict.OutcomeNoRoute, "the hop has no way to the server")
		case has("timed out"):
			return v.behind(dnsverdict.OutcomeSilent, "the hop could not reach the server in time")
		case has("prohibited"):
			return v.ofHop(model.FailurePermission, "the hop forbids forwarding: "+line, "have AllowTcpForwarding and PermitOpen set in its sshd_config")
		default:
			return v.behind(dnsverdict.OutcomeFailed, "the hop could not connect: "+line)
		}
	}
	switch {
	case has("host key verification failed"), has("remote host identification has changed"):
		return v.ofHop(model.FailureAuth, "the hop's key is not known here, or is another one: "+line, "sign in once with ssh by hand, and look at the key")
	case has("permission denied"), has("too many authentication failures"):
		return v.ofHop(model.FailureAuth, "the hop does not let in: "+line, "load the key into the agent (ssh-add), and check the user")
	case has("could not resolve"):
		return v.ofHop(model.FailureNotFound, "the hop's name is not known: "+line, "check its name")
	case line == "":
		return v.ofHop(model.FailureUnreachable, "ssh ended and said nothing", "sign in once with ssh by hand")
	default:
		return v.ofHop(model.FailureUnreachable, "the hop cannot be used: "+line, "sign in once with ssh by hand")
	}
}

// telling returns the line of a text that tells most, cleaned and bounded.
func telling(said string) string {
	last := ""
	for line := range strings.Lines(said) {
		line = safe.Clean(strings.TrimSpace(line))
		if beside(line) {
			continue
		}
		low := strings.ToLower(line)
		for _, word := range []string{"denied", "failed", "refused", "resolve", "timed out", "changed", "unreachable", "no route", "too many"} {
			if strings.Contains(low, word) {
				return bounded(line)
			}
		}
		if line != "" {
			last = line
		}
	}
	return bounded(last)
}

// beside reports whether a line tells how the connection went, and not why it ended.
func beside(line string) bool {
	return slices.ContainsFunc([]string{letIn, "Transferred: ", "Bytes per second: "}, func(word string) bool { return strings.HasPrefix(line, word) })
}

func bounded(line string) string {
	if r := []rune(line); len(r) > 200 {
		return string(r[:200]) + "…"
	}
	return line
}
