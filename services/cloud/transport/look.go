package transport

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Look asks what stands between this machine and a service: whether a proxy is used and
// why, which certificates are shown and who has signed them, the version of HTTP, the time
// that the service's clock says, and how long it took. It makes a connection of its own,
// sends one GET without any token, and takes any answer that may be the service's for a
// good one: what stands in the way of an answer is the way's Failure, in the same words
// as every request's. Nothing of it is kept.
//
// Service is how people call it. Address is a whole one, best of something that answers to
// everybody: Konnect's /v2/cloud-gateways/availability.json, the sign-in's
// /common/v2.0/.well-known/openid-configuration, ARM's /subscriptions?api-version=2022-12-01
// and Graph's /v1.0/organization, which answer 401 in JSON.
func (c *Client) Look(ctx context.Context, service, address string) model.Way {
	way := model.Way{Service: service}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		f := WireFailure(err, service, address)
		way.Failure = &f
		return way
	}
	req.Header.Set("User-Agent", "peerdeck")
	req.Header.Set("Accept", "application/json")
	way.Host = safe.New(req.URL.Host)
	p, why := c.dialer.proxies.choose(req.URL.Scheme, addressed(req))
	way.Proxy, way.Direct = p.shown(), why
	once := &Client{dialer: c.dialer, http: &http.Client{Timeout: c.http.Timeout, Transport: c.dialer.transport(), CheckRedirect: c.http.CheckRedirect}}
	defer once.Close()
	began := time.Now()
	resp, err := once.send(req.WithContext(httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(g httptrace.GotConnInfo) { way.Address = safe.New(g.Conn.RemoteAddr().String()) },
	})))
	way.Took = time.Since(began)
	if err != nil {
		c.missed(ctx, &way, req.URL, describe(err))
		return way
	}
	defer func() { _ = resp.Body.Close() }()
	_, _ = io.CopyN(io.Discard, resp.Body, maxPage)
	way.Protocol, way.Status = resp.Proto, resp.StatusCode
	way.Clock = clockOf(resp.Header, began, way.Took)
	c.shown(&way, resp.TLS)
	return way
}

// missed fills in a way that led to no answer.
func (c *Client) missed(ctx context.Context, way *model.Way, at *url.URL, e *Error) {
	way.Certificates = chainOf(e.chain)
	if kind := e.Wire.Kind; kind == model.WireExpired || kind == model.WireNotYet {
		e.Wire.Clock.There = c.dialer.timeOf(ctx, at, e.chain)
	}
	e.Wire.Service = way.Service
	way.Clock = e.Wire.Clock
	f := e.Wire.Failure()
	way.Failure = &f
}

// shown fills in what was agreed on in TLS.
func (c *Client) shown(way *model.Way, state *tls.ConnectionState) {
	if state == nil {
		return
	}
	way.TLS, way.Certificates = tls.VersionName(state.Version), chainOf(state.PeerCertificates)
	for _, chain := range state.VerifiedChains {
		root := chain[len(chain)-1]
		if own := c.dialer.trust.adds(root); own || way.Root.IsEmpty() {
			way.Root, way.OwnRoot = name(root.Subject), own
		}
	}
}

// ClockOf compares the Date of an answer that has just come with a time of this machine.
// An answer that was kept by somebody on the way says nothing of now.
func ClockOf(header http.Header, now time.Time) model.Clock { return clockOf(header, now, 0) }

func clockOf(header http.Header, began time.Time, took time.Duration) model.Clock {
	there, err := http.ParseTime(header.Get("Date"))
	if err != nil || header.Get("Age") != "" {
		return model.Clock{}
	}
	return model.Clock{Here: began.Add(took / 2).Round(0), There: there, Within: took + time.Second}
}

// timeOf asks a host whose certificate seems to be out of its time what time it has. It is
// the one connection whose certificate is not held against this machine's clock; against
// everything else it is, as of a time at which it was valid. Nothing but a HEAD without a
// token is sent, and nothing but the Date is believed, for a sentence about the clock.
func (d *dialer) timeOf(ctx context.Context, at *url.URL, chain []*x509.Certificate) time.Time {
	if len(chain) == 0 {
		return time.Time{}
	}
	then := chain[0].NotBefore.Add(chain[0].NotAfter.Sub(chain[0].NotBefore) / 2)
	ctx, cancel := context.WithTimeout(ctx, d.limits.handshake)
	defer cancel()
	asks := &http.Transport{
		DisableKeepAlives: true, ResponseHeaderTimeout: d.limits.header, MaxResponseHeaderBytes: maxHeader,
		DialTLSContext: func(ctx context.Context, _, address string) (net.Conn, error) {
			defer d.done(address)
			conn, _, err := d.open(ctx, "https", address)
			if err != nil {
				return nil, err
			}
			c := tls.Client(conn, &tls.Config{ServerName: at.Hostname(), MinVersion: tls.VersionTLS12, RootCAs: d.trust.pool, Time: func() time.Time { return then }})
			if err := c.HandshakeContext(ctx); err != nil {
				_ = conn.Close()
				return nil, err
			}
			return c, nil
		},
	}
	defer asks.CloseIdleConnections()
	req, err := http.NewRequestWithContext(ctx, http.MethodHead, at.Scheme+"://"+at.Host+"/", http.NoBody)
	if err != nil {
		return time.Time{}
	}
	resp, err := asks.RoundTrip(req)
	if err != nil {
		return time.Time{}
	}
	_ = resp.Body.Close()
	return ClockOf(resp.Header, time.Now()).There
}
