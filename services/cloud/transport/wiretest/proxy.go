package wiretest

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/base64"
	"encoding/binary"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
)

// Listen plays a server that does with each connection what a test says. It ends with the
// test, and all connections with it.
func Listen(tb testing.TB, each func(conn net.Conn)) string {
	tb.Helper()
	l, err := new(net.ListenConfig).Listen(tb.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	serve(tb, l, each)
	return l.Addr().String()
}

func serve(tb testing.TB, l net.Listener, each func(conn net.Conn)) {
	tb.Helper()
	var (
		mu    sync.Mutex
		open  = map[net.Conn]bool{}
		ended bool
		wg    sync.WaitGroup
	)
	wg.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			mu.Lock()
			if ended {
				mu.Unlock()
				_ = conn.Close()
				return
			}
			open[conn] = true
			mu.Unlock()
			wg.Go(func() {
				each(conn)
				_ = conn.Close()
				mu.Lock()
				delete(open, conn)
				mu.Unlock()
			})
		}
	})
	tb.Cleanup(func() {
		_ = l.Close()
		mu.Lock()
		ended = true
		for conn := range open {
			_ = conn.Close()
		}
		mu.Unlock()
		wg.Wait()
	})
}

// Silent takes connections and says nothing.
func Silent(tb testing.TB) string {
	tb.Helper()
	return Listen(tb, func(conn net.Conn) { _, _ = io.Copy(io.Discard, conn) })
}

// Saying answers the first bytes that come with a text, and ends.
func Saying(tb testing.TB, text string) string {
	tb.Helper()
	return Listen(tb, func(conn net.Conn) {
		buffer := make([]byte, 4096)
		_, _ = conn.Read(buffer)
		_, _ = io.WriteString(conn, text)
	})
}

// Proxy is an HTTP proxy on loopback.
type Proxy struct {
	Address string

	mu    sync.Mutex
	asked []string
}

// Asked lists the hosts that it was asked for.
func (p *Proxy) Asked() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.asked...)
}

// Doing says what a proxy does.
type Doing struct {
	// To is where it connects to, whatever host it is asked for; those of Hosts go elsewhere.
	To    string
	Hosts map[string]string
	// Refusal is written in place of a connection: a whole answer.
	Refusal string
	// User and Password are what it wants, by Basic.
	User, Password string
	TLS            *tls.Config // it speaks TLS itself
}

// NewProxy starts one.
func NewProxy(tb testing.TB, d Doing) *Proxy {
	tb.Helper()
	l, err := new(net.ListenConfig).Listen(tb.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	p := &Proxy{Address: l.Addr().String()}
	if d.TLS != nil {
		l = tls.NewListener(l, d.TLS)
	}
	serve(tb, l, func(conn net.Conn) {
		from := bufio.NewReader(conn)
		req, err := http.ReadRequest(from)
		if err != nil {
			return
		}
		p.mu.Lock()
		p.asked = append(p.asked, req.Host)
		p.mu.Unlock()
		if d.User != "" && req.Header.Get("Proxy-Authorization") != "Basic "+base64.StdEncoding.EncodeToString([]byte(d.User+":"+d.Password)) {
			_, _ = io.WriteString(conn, "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"corp\", charset=\"UTF-8\"\r\nContent-Length: 0\r\n\r\n")
			return
		}
		if d.Refusal != "" {
			_, _ = io.WriteString(conn, d.Refusal)
			return
		}
		to := d.To
		if at, has := d.Hosts[req.Host]; has {
			to = at
		}
		join(tb.Context(), conn, to, "HTTP/1.1 200 Connection established\r\n\r\n")
	})
	return p
}

// join connects two ends until one is over.
func join(ctx context.Context, conn net.Conn, to, hello string) {
	other, err := new(net.Dialer).DialContext(ctx, "tcp", to)
	if err != nil {
		_, _ = io.WriteString(conn, "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
		return
	}
	_, _ = io.WriteString(conn, hello)
	var wg sync.WaitGroup
	wg.Go(func() {
		_, _ = io.Copy(other, conn)
		_ = other.Close()
	})
	_, _ = io.Copy(conn, other)
	_ = other.Close()
	_ = conn.Close()
	wg.Wait()
}

// SOCKS starts a SOCKS5 proxy that answers each request with a code, and connects to one
// address where that is 0. With a user it wants to be signed in to.
func SOCKS(tb testing.TB, code byte, to, user, password string) string {
	tb.Helper()
	return Listen(tb, func(conn net.Conn) {
		head := make([]byte, 2)
		if _, err := io.ReadFull(conn, head); err != nil {
			return
		}
		ways := make([]byte, head[1])
		if _, err := io.ReadFull(conn, ways); err != nil {
			return
		}
		if user != "" {
			if !strings.Contains(string(ways), "\x02") {
				_, _ = conn.Write([]byte{5, 0xff})
				return
			}
			_, _ = conn.Write([]byte{5, 2})
			if !signedIn(conn, user, password) {
				_, _ = conn.Write([]byte{1, 1})
				return
			}
			_, _ = conn.Write([]byte{1, 0})
		} else {
			_, _ = conn.Write([]byte{5, 0})
		}
		ask := make([]byte, 5)
		if _, err := io.ReadFull(conn, ask); err != nil {
			return
		}
		rest := map[byte]int{1: 4 - 1, 3: int(ask[4]), 4: 16 - 1}[ask[3]] + 2
		if _, err := io.ReadFull(conn, make([]byte, rest)); err != nil {
			return
		}
		reply := binary.BigEndian.AppendUint16([]byte{5, code, 0, 1, 0, 0, 0, 0}, 0)
		if code != 0 {
			_, _ = conn.Write(reply)
			return
		}
		join(tb.Context(), conn, to, string(reply))
	})
}

func signedIn(conn net.Conn, user, password string) bool {
	read := func() string {
		size := make([]byte, 1)
		if _, err := io.ReadFull(conn, size); err != nil {
			return ""
		}
		word := make([]byte, size[0])
		_, _ = io.ReadFull(conn, word)
		return string(word)
	}
	if _, err := io.ReadFull(conn, make([]byte, 1)); err != nil {
		return false
	}
	name, word := read(), read()
	return name == user && word == password
}
