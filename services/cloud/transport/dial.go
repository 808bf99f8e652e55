package transport

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/local/socks"
)

// dialer makes connections: to the host, or through a proxy, in plain or in TLS. It knows at
// any time what it waits for, so that the end of a request can be laid to that.
type dialer struct {
	proxies Proxies
	trust   Trust
	limits  limits
	leads   *leads
	to      func(ctx context.Context, network, address string) (net.Conn, error)

	mu   sync.Mutex
	busy map[string]*Error // by address: what it would be to end now
}

func newDialer(o Options) *dialer {
	to := o.Dial
	if to == nil {
		to = (&net.Dialer{Timeout: o.limits.connect, KeepAlive: 30 * time.Second}).DialContext
	}
	return &dialer{proxies: o.Proxies, trust: o.Trust, limits: o.limits, leads: &leads{hosts: map[string]*lead{}}, to: to, busy: map[string]*Error{}}
}

// step notes what is waited for on the way to an address.
func (d *dialer) step(address string, kind model.WireKind, p *proxy, waited time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	e := failed(kind, context.DeadlineExceeded)
	e.Wire.Proxy, e.Wire.Waited = p.shown(), waited
	d.busy[address] = e
}

// done forgets it.
func (d *dialer) done(address string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.busy, address)
}

// waitsFor is what the way to an address waits for now; nil for nothing.
func (d *dialer) waitsFor(address string) *Error {
	d.mu.Lock()
	defer d.mu.Unlock()
	e := d.busy[address]
	if e == nil {
		return nil
	}
	out := *e
	return &out
}

// plain connects to a host that is asked over http.
func (d *dialer) plain(ctx context.Context, _, address string) (net.Conn, error) {
	defer d.done(address)
	conn, _, err := d.open(ctx, "http", address)
	return conn, err
}

// http2 is how TLS names HTTP/2.
const http2 = "h2"

// secure connects to a host that is asked over https, and agrees on TLS.
func (d *dialer) secure(ctx context.Context, _, address string) (net.Conn, error) {
	defer d.done(address)
	conn, p, err := d.open(ctx, "https", address)
	if err != nil {
		return nil, err
	}
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		host = address
	}
	d.step(address, model.WireTLSSilent, p, d.limits.handshake)
	asked := false // for a certificate of this machine, which has none to show
	seen := &watched{Conn: conn}
	secured, err := d.handshake(ctx, seen, &tls.Config{ServerName: host, NextProtos: []string{http2, "http/1.1"}, GetClientCertificate: func(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
		asked = true
		return new(tls.Certificate), nil
	}})
	if err != nil {
		_ = conn.Close()
		e := d.ofHandshake(err)
		if asked && e.Wire.Kind == model.WireTLSRefused {
			e.Wire.Kind = model.WireClientCertificate
		}
		e.Wire.Proxy = p.shown()
		return nil, e
	}
	d.leads.made(address, secured.ConnectionState().NegotiatedProtocol == http2, seen)
	return secured, nil
}

// handshake agrees on TLS over a connection.
func (d *dialer) handshake(ctx context.Context, conn net.Conn, c *tls.Config) (*tls.Conn, error) {
	c.MinVersion, c.RootCAs = tls.VersionTLS12, d.trust.pool
	ctx, cancel := context.WithTimeout(ctx, d.limits.handshake)
	defer cancel()
	secured := tls.Client(conn, c)
	if err := secured.HandshakeContext(ctx); err != nil {
		return nil, err
	}
	return secured, nil
}

// ofHandshake describes the end of a handshake.
func (d *dialer) ofHandshake(err error) *Error {
	e := describe(err)
	switch {
	case e.Wire.Kind == model.WireCancelled:
	case isTimeout(err):
		e = failed(model.WireTLSSilent, err)
		e.Wire.Waited = d.limits.handshake
	case e.Wire.Kind == model.WireClosed:
		e.Wire.Kind = model.WireTLSCut
	case e.Wire.Kind == model.WireExpired:
		e.Wire.Clock.Here = time.Now()
		if e.Wire.Clock.Here.Before(e.Wire.Refused.NotBefore) {
			e.Wire.Kind = model.WireNotYet
		}
	default:
	}
	e.Wire.NoRoots = safe.New(d.trust.lost)
	return e
}

// open connects to a host, through a proxy where one is set for it.
func (d *dialer) open(ctx context.Context, scheme, address string) (net.Conn, *proxy, error) {
	p, _ := d.proxies.choose(scheme, address)
	if p == nil {
		d.step(address, model.WireSilent, nil, d.limits.connect)
		conn, err := d.to(ctx, "tcp", address)
		if err != nil {
			e := describe(err)
			if isTimeout(err) && e.Wire.Kind == model.WireNoAnswer {
				e.Wire.Kind, e.Wire.Waited = model.WireSilent, d.limits.connect
			}
			e.Wire.OnlyHTTPProxy = d.proxies.onlyPlain()
			return nil, nil, e
		}
		return conn, nil, nil
	}
	conn, err := d.through(ctx, p, address)
	if err != nil {
		e := describe(err)
		e.Wire.Proxy = p.shown()
		return nil, p, e
	}
	return conn, p, nil
}

// through connects to a proxy and has it connect to the host.
func (d *dialer) through(ctx context.Context, p *proxy, address string) (net.Conn, error) {
	d.step(address, model.WireProxySilent, p, d.limits.connect)
	conn, err := d.to(ctx, "tcp", p.address())
	if err != nil {
		return nil, d.ofProxy(err, d.limits.connect)
	}
	if p.scheme == "https" {
		secured, err := d.handshake(ctx, conn, &tls.Config{ServerName: p.host, NextProtos: []string{"http/1.1"}})
		if err != nil {
			_ = conn.Close()
			return nil, d.ofProxyTLS(err)
		}
		conn = secured
	}
	d.step(address, model.WireProxySilent, p, d.limits.header)
	_ = conn.SetDeadline(time.Now().Add(d.limits.header))
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	var open net.Conn
	if p.scheme == "socks5" {
		open, err = bySOCKS(conn, p, address)
	} else {
		open, err = byCONNECT(conn, p, address)
	}
	if !stop() && err == nil {
		err = ctx.Err()
	}
	if err != nil {
		_ = conn.Close()
		if ctx.Err() != nil && errors.Is(ctx.Err(), context.Canceled) {
			err = ctx.Err()
		}
		return nil, d.ofProxy(err, d.limits.header)
	}
	_ = conn.SetDeadline(time.Time{})
	return open, nil
}

// ofProxy describes an end between this machine and the proxy.
func (d *dialer) ofProxy(err error, waited time.Duration) *Error {
	e := describe(err)
	e.Wire.Waited = waited
	if isTimeout(err) && e.Wire.Kind == model.WireNoAnswer {
		e.Wire.Kind = model.WireProxySilent
		return e
	}
	for of, kind := range map[model.WireKind]model.WireKind{
		model.WireNameUnknown: model.WireProxyUnknown, model.WireRefused: model.WireProxyRefused, model.WireNoRoute: model.WireProxyNoRoute,
		model.WireClosed: model.WireProxyClosed, model.WireUnreached: model.WireProxyUnreached, model.WireNoHTTP: model.WireProxyNoHTTP,
	} {
		if e.Wire.Kind == of {
			e.Wire.Kind = kind
			break
		}
	}
	return e
}

// ofProxyTLS describes a handshake with the proxy itself that came to nothing.
func (d *dialer) ofProxyTLS(err error) *Error {
	e := d.ofHandshake(err)
	switch e.Wire.Kind {
	case model.WireCancelled:
	case model.WireTLSSilent:
		e.Wire.Kind = model.WireProxySilent
	case model.WireTLSCut:
		e.Wire.Kind = model.WireProxyClosed
	case model.WireNoTLS:
		e.Wire.Kind = model.WireProxyNoTLS
	case model.WireUntrusted, model.WireSelfSigned, model.WireOtherHost, model.WireExpired, model.WireNotYet, model.WireInvalid:
		e.Wire.Kind = model.WireProxyCertificate
	default:
		e.Wire.Kind = model.WireProxyUnreached
	}
	return e
}

// bySOCKS has a SOCKS5 proxy connect to a host. The proxy resolves the name.
func bySOCKS(conn net.Conn, p *proxy, address string) (net.Conn, error) {
	err := socks.SignIn(conn, socks.Login{Name: p.user, Password: p.password})
	if err == nil {
		err = socks.Connect(conn, address)
	}
	refused, ok := errors.AsType[socks.Error](err)
	if !ok {
		return conn, err
	}
	const byRules = 2 // connection not allowed by ruleset
	e := failed(model.WireProxyNoSOCKS, err)
	switch {
	case refused.Kind == socks.OtherSignIn && p.user == "", refused.Kind == socks.WrongSignIn:
		e.Wire.Kind, e.Wire.Schemes = model.WireProxySignIn, []string{model.ByPassword}
	case refused.Kind == socks.OtherSignIn:
		e.Wire.Kind, e.Wire.Schemes = model.WireProxySignIn, []string{"a way that it does not name"}
	case refused.Kind == socks.Refused && refused.Code == byRules:
		e.Wire.Kind, e.Wire.Reason = model.WireProxyForbids, refused.Text
	case refused.Kind == socks.Refused:
		e.Wire.Kind, e.Wire.Reason = model.WireProxyCannot, refused.Text
	case refused.Kind == socks.NoTarget:
		e.Wire.Kind = model.WireProxyUnreached
	default:
		e.Wire.Begins = safe.Text{}
	}
	return nil, e
}

// byCONNECT has an HTTP proxy connect to a host.
func byCONNECT(conn net.Conn, p *proxy, address string) (net.Conn, error) {
	req := &http.Request{Method: http.MethodConnect, URL: &url.URL{Opaque: address}, Host: address, Header: http.Header{"User-Agent": {"peerdeck"}}}
	if p.user != "" {
		word := base64.StdEncoding.EncodeToString([]byte(p.user + ":" + p.password.Reveal()))
		req.Header.Set("Proxy-Authorization", "Basic "+word)
	}
	if err := req.Write(conn); err != nil {
		return nil, err
	}
	from := bufio.NewReader(&capped{Conn: conn, left: maxHeader})
	first, err := from.Peek(1)
	if err != nil {
		return nil, err
	}
	if first[0] == tlsAlert || first[0] == tlsHandshake {
		return nil, failed(model.WireProxyWantsTLS, errNoHTTP)
	}
	resp, err := http.ReadResponse(from, req)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		defer func() { _ = resp.Body.Close() }()
		return nil, refusedBy(resp)
	}
	return &ahead{Conn: conn, from: from}, nil
}

// The first bytes of TLS records, which no HTTP begins with.
const (
	tlsAlert     = 0x15
	tlsHandshake = 0x16
)

// refusedBy describes a proxy that does not connect. Its status is about the connection
// and not about the service.
func refusedBy(resp *http.Response) *Error {
	page := read(resp)
	status := resp.StatusCode
	e := failed(model.WireProxyForbids, errors.New(resp.Status))
	e.Wire.Status, e.Wire.Title, e.Wire.Reason = status, page.title.Or(page.begins.Raw()), safe.Clean(resp.Status)
	if squid := resp.Header.Get("X-Squid-Error"); squid != "" {
		word, _, _ := strings.Cut(squid, " ")
		e.Wire.Reason += ", " + safe.Clean(word)
	}
	switch {
	case status == http.StatusProxyAuthRequired:
		e.Wire.Kind, e.Wire.Schemes = model.WireProxySignIn, signInSchemes(resp.Header)
	case page.wantsTLS():
		e.Wire.Kind = model.WireProxyWantsTLS
	case slices.Contains([]int{http.StatusBadRequest, http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusNotImplemented}, status):
		e.Wire.Kind = model.WireNoProxy
	case status >= 500:
		e.Wire.Kind = model.WireProxyCannot
	case status >= 300 && status < 400:
		e.Wire.Reason += ", and leads to " + location(resp).Or("another path").String()
	default:
	}
	return e
}

// ahead is a connection of which some has been read already.
type ahead struct {
	net.Conn

	from *bufio.Reader
}

// Read gives what was read ahead first.
func (a *ahead) Read(p []byte) (int, error) {
	if a.from.Buffered() > 0 {
		return a.from.Read(p[:min(len(p), a.from.Buffered())])
	}
	return a.Conn.Read(p)
}

// capped ends a connection that says more than a proxy has to say.
type capped struct {
	net.Conn

	left int
}

// Read reads as far as the limit.
func (c *capped) Read(p []byte) (int, error) {
	if c.left <= 0 {
		return 0, io.ErrUnexpectedEOF
	}
	n, err := c.Conn.Read(p[:min(len(p), c.left)])
	c.left -= n
	return n, err
}

// chainOf are certificates for people.
func chainOf(list []*x509.Certificate) []model.Certificate {
	var out []model.Certificate
	for _, c := range list {
		out = append(out, certificate(c))
	}
	return out
}
