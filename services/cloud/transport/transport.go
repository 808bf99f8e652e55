// Package transport is the way by which every request leaves: one HTTP client
// with limits, and the words for what can go wrong on the wire.
package transport

import (
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"time"
)

// Limits of one exchange. They are generous for the services at hand and keep a
// broken or hostile one from holding the program.
const (
	connectTimeout   = 10 * time.Second
	handshakeTimeout = 10 * time.Second
	headerTimeout    = 15 * time.Second
	exchangeTimeout  = 30 * time.Second // the whole of it, body included
	maxBody          = 32 << 20         // bytes, after decompression
	maxHeader        = 1 << 20          // bytes
	idleConnections  = 16               // one busy service with some to spare
)

// ErrTooLarge is returned by a body that is longer than any real answer.
var ErrTooLarge = errors.New("the answer is larger than 32 MiB")

// Client sends requests. It follows no redirect, because a token would go with
// it, and it verifies certificates, always.
type Client struct{ http *http.Client }

// New returns a client with connections of its own.
func New() *Client {
	dialer := &net.Dialer{Timeout: connectTimeout, KeepAlive: 30 * time.Second}
	return &Client{http: &http.Client{
		Timeout: exchangeTimeout,
		Transport: &http.Transport{
			Proxy:                  http.ProxyFromEnvironment,
			DialContext:            dialer.DialContext,
			ForceAttemptHTTP2:      true,
			TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
			TLSHandshakeTimeout:    handshakeTimeout,
			ResponseHeaderTimeout:  headerTimeout,
			MaxResponseHeaderBytes: maxHeader,
			MaxIdleConnsPerHost:    idleConnections,
			IdleConnTimeout:        90 * time.Second,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// Do sends one request. It is what azcore asks of a transporter.
func (c *Client) Do(req *http.Request) (*http.Response, error) {
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	resp.Body = &limited{ReadCloser: resp.Body, left: maxBody}
	return resp, nil
}

// Close drops the idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// limited fails a body that goes on beyond its limit, instead of cutting it: a
// cut answer could be taken for a whole one.
type limited struct {
	io.ReadCloser
	left int64
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		// One byte more decides between a body of exactly the limit and a longer one.
		var one [1]byte
		if n, err := l.ReadCloser.Read(one[:]); n == 0 {
			return 0, err
		}
		return 0, ErrTooLarge
	}
	if int64(len(p)) > l.left {
		p = p[:l.left]
	}
	n, err := l.ReadCloser.Read(p)
	l.left -= int64(n)
	return n, err
}

// Idempotent reports whether a request may be sent again without knowing what
// became of the first one.
func Idempotent(method string) bool {
	return method == http.MethodGet || method == http.MethodHead || method == http.MethodOptions
}
