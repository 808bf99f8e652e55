// Package transport is the way by which every request leaves: one HTTP client
// with limits, proxies and authorities, and what can go wrong on the wire as
// values that package model has the words for.
package transport

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/run/attempt"
	"github.com/peerdeck/peerdeck/services/run/width"
)

const (
	maxBody   = 32 << 20 // bytes, after decompression
	maxHeader = 1 << 20  // bytes
)

// limits of one exchange. They are generous for the services at hand and keep a
// broken or hostile one from holding the program.
type limits struct {
	connect   time.Duration
	handshake time.Duration
	header    time.Duration // from the request to the first byte of the answer; a proxy's too
	exchange  time.Duration // the whole of it, body included
}

func usual() limits {
	return limits{connect: 10 * time.Second, handshake: 10 * time.Second, header: 15 * time.Second, exchange: 30 * time.Second}
}

// ErrTooLarge is returned by a body that is longer than any real answer.
var ErrTooLarge = errors.New("the answer is larger than 32 MiB")

// Options of a client. The zero value goes straight to each host and trusts the
// system's authorities.
type Options struct {
	Proxies Proxies
	Trust   Trust
	// Dial connects to the address of a host or a proxy; nil is for the system's own way.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	// Clock is the time by which requests wait for their turn; nil: the machine's.
	Clock attempt.Clock

	limits limits // zero for the usual ones
}

// By are the same options with another time by which requests wait for their turn.
func (o Options) By(c attempt.Clock) Options {
	o.Clock = c
	return o
}

// Client sends requests. It follows no redirect, because a token would go with
// it, and it verifies certificates, always. An answer that somebody else than the
// service has written is an error, whatever its status: see [Error]. How many requests are
// under way to a host is found out by a gate: see [Paced].
type Client struct {
	*Paced

	http   *http.Client
	dialer *dialer
}

// New returns a client that goes straight to each host.
func New() *Client { return Open(Options{}) }

// Open returns a client with connections of its own.
func Open(o Options) *Client {
	if o.limits == (limits{}) {
		o.limits = usual()
	}
	d := newDialer(o)
	c := &Client{dialer: d, http: &http.Client{
		Timeout: o.limits.exchange, Transport: d.transport(),
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	c.Paced = Pace(sends(c.send), width.New(o.Clock))
	return c
}

// sends is a function that sends.
type sends func(*http.Request) (*http.Response, error)

// Do sends.
func (s sends) Do(req *http.Request) (*http.Response, error) { return s(req) }

// transport is net/http's part: proxies and TLS are the dialer's.
func (d *dialer) transport() *http.Transport {
	const quiet, answer = 15 * time.Second, 5 * time.Second
	return &http.Transport{
		DialContext: d.plain, DialTLSContext: d.secure,
		ForceAttemptHTTP2:      true,
		ResponseHeaderTimeout:  d.limits.header,
		MaxResponseHeaderBytes: maxHeader,
		MaxIdleConnsPerHost:    width.Most, // where each takes one request, all are kept that were of use
		IdleConnTimeout:        90 * time.Second,
		// A connection that a machine has slept through, or whose way has changed, is found
		// out before a request waits on it.
		HTTP2: &http.HTTP2Config{SendPingTimeout: quiet, PingTimeout: answer},
	}
}

// send sends one request. Every error is one of [Error].
func (c *Client) send(req *http.Request) (*http.Response, error) {
	t := &trip{dialer: c.dialer, url: addressed(req), host: req.URL.Host, plain: req.URL.Scheme == "http", began: time.Now(), ctx: req.Context(), limits: c.dialer.limits}
	p, _ := c.dialer.proxies.choose(req.URL.Scheme, t.url)
	t.proxy = p.shown()
	made := func() {}
	if !t.plain {
		made = c.dialer.leads.enter(req.Context(), t.url)
		defer made()
	}
	resp, err := c.http.Do(req.WithContext(httptrace.WithClientTrace(req.Context(), &httptrace.ClientTrace{
		GotConn:      func(httptrace.GotConnInfo) { t.connected.Store(true) },
		WroteHeaders: made, // the connection is there for all now
	})))
	if err != nil {
		return nil, t.ended(err)
	}
	resp.Body = &counted{ReadCloser: resp.Body, trip: t, left: maxBody}
	if resp.StatusCode == http.StatusProxyAuthRequired && p != nil {
		e := refusedBy(resp)
		_ = resp.Body.Close()
		return nil, t.told(e)
	}
	if err := foreign(resp); err != nil {
		_ = resp.Body.Close()
		return nil, t.told(describe(err))
	}
	return resp, nil
}

// Close drops the idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// addressed is the host and port that a request is sent to.
func addressed(req *http.Request) string {
	port := req.URL.Port()
	if port == "" {
		port = "443"
		if req.URL.Scheme == "http" {
			port = "80"
		}
	}
	return net.JoinHostPort(req.URL.Hostname(), port)
}

// trip is one exchange, for the words of its end.
type trip struct {
	dialer    *dialer
	url, host string
	plain     bool
	proxy     model.Proxy
	began     time.Time
	limits    limits
	ctx       context.Context //nolint:containedctx // the request's own: who ended it decides what is said
	connected atomic.Bool
}

// told adds what is known of the exchange.
func (t *trip) told(e *Error) *Error {
	out := *e
	if out.Wire.Host.IsEmpty() {
		out.Wire.Host = safe.New(t.host)
	}
	if out.Wire.Proxy.IsZero() {
		out.Wire.Proxy = t.proxy
	}
	out.Wire.Plain = t.plain
	return &out
}

// ended describes an exchange that came to no answer.
func (t *trip) ended(err error) *Error {
	if errors.Is(t.ctx.Err(), context.Canceled) {
		return t.told(failed(model.WireCancelled, err))
	}
	e := describe(err)
	if e.Wire.Kind == model.WireNoAnswer && e.Wire.Waited == 0 {
		// The whole time was over: with what was waited for decides.
		e.Wire.Waited = min(time.Since(t.began), t.limits.header)
		if waits := t.dialer.waitsFor(t.url); waits != nil && !t.connected.Load() {
			e = waits
			e.Wire.Waited = min(time.Since(t.began), e.Wire.Waited)
		}
	}
	e = t.told(e)
	e.Wire.Unsent = e.Wire.Unsent || !t.connected.Load()
	return e
}

// counted counts what comes of a body and fails one that goes on beyond its limit, instead
// of cutting it: a cut answer could be taken for a whole one.
type counted struct {
	io.ReadCloser

	trip  *trip
	left  int64
	bytes int64
}

// Read reads on, and describes an end that is none.
func (c *counted) Read(p []byte) (int, error) {
	if c.left <= 0 {
		// One byte more decides between a body of exactly the limit and a longer one.
		var one [1]byte
		n, err := c.ReadCloser.Read(one[:])
		if n == 0 {
			return 0, c.described(err)
		}
		return 0, c.trip.told(describe(ErrTooLarge))
	}
	if int64(len(p)) > c.left {
		p = p[:c.left]
	}
	n, err := c.ReadCloser.Read(p)
	c.left, c.bytes = c.left-int64(n), c.bytes+int64(n)
	return n, c.described(err)
}

func (c *counted) described(err error) error {
	if err == nil || err == io.EOF { //nolint:errorlint // io.Reader's own end must stay itself
		return err
	}
	e := describe(err)
	switch {
	case errors.Is(c.trip.ctx.Err(), context.Canceled):
		e = failed(model.WireCancelled, err)
	case e.Wire.Kind == model.WireNoAnswer:
		e = failed(model.WireSlow, err)
		e.Wire.Waited = time.Since(c.trip.began)
	case e.Wire.Kind == model.WireClosed, e.Wire.Kind == model.WireUnreached:
		e = failed(model.WireCut, err)
	default:
	}
	e = c.trip.told(e)
	e.Wire.Bytes = c.bytes
	return e
}

// Idempotent reports whether a request may be sent again without knowing what
// became of the first one.
func Idempotent(method string) bool {
	return method == http.MethodGet || method == http.MethodHead || method == http.MethodOptions
}
