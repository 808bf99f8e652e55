package transport

import (
	"context"
	"errors"
	"hash/maphash"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/services/run/width"
)

// Paced sends what a gate lets through, and tells it what came. It is safe for use by many
// goroutines.
type Paced struct {
	next   policy.Transporter
	gate   *width.Gate
	behind bool
	seed   maphash.Seed
}

// Pace returns a sender before another one, by a gate.
func Pace(next policy.Transporter, g *width.Gate) *Paced {
	return &Paced{next: next, gate: g, seed: maphash.MakeSeed()}
}

// Behind is the same sender for what nobody waits for: it lets all other requests go first.
func (p *Paced) Behind() *Paced {
	out := *p
	out.behind = true
	return &out
}

// Width is how many requests may be in flight now to the host of an address such as
// https://global.api.konghq.com, at least one.
func (p *Paced) Width(address string) int {
	_, host, _ := strings.Cut(address, "://")
	host, _, _ = strings.Cut(host, "/")
	return p.gate.Width(host)
}

// Do sends a request when the gate lets it through. One that the host does not want now is
// an [Error] of the kind WireHeld.
func (p *Paced) Do(req *http.Request) (*http.Response, error) {
	pass, err := p.gate.Enter(req.Context(), p.place(req), p.behind)
	if err != nil {
		return nil, notSent(req, err)
	}
	ctx, began := req.Context(), time.Now()
	resp, err := p.next.Do(req)
	if err != nil {
		pass.End(failedAnswer(ctx.Err() != nil, err))
		return nil, err
	}
	a := answered(resp, began)
	a.Took = time.Since(began)
	resp.Body = &passed{ReadCloser: resp.Body, end: func(err error) {
		if err != nil && a.Kind == width.Good {
			a = failedAnswer(ctx.Err() != nil, err)
		}
		pass.End(a)
	}}
	return resp, nil
}

// place is where a request goes, and who is counted for it there: who has signed in, and for
// what. A write is counted for nobody: there are few, each is sent because a person wants it,
// and the answer to it is the service's own.
func (p *Paced) place(req *http.Request) width.Place {
	if !Idempotent(req.Method) {
		return width.Place{Host: req.URL.Host}
	}
	who := strconv.FormatUint(maphash.String(p.seed, req.Header.Get("Authorization")), 36)
	return width.Place{Host: req.URL.Host, Account: who + " " + countedBy(req.URL.Path)}
}

// countedBy is what a service counts requests for. Azure does for each subscription, and each
// resource provider for what it serves; of Konnect it is not documented, and one that serves
// an API knows of no other.
func countedBy(path string) string {
	path = strings.ToLower(path)
	parts := strings.SplitN(strings.TrimPrefix(path, "/"), "/", 3)
	by := strings.Join(parts[:min(2, len(parts))], "/")
	if parts[0] != "subscriptions" {
		return by
	}
	if at := strings.LastIndex(path, "/providers/"); at >= 0 {
		of := strings.Split(path[at:], "/") // "", providers, the provider, the type
		by += strings.Join(of[:min(4, len(of))], "/")
	}
	return by
}

// notSent describes a request that did not get through the gate.
func notSent(req *http.Request, err error) *Error {
	e := failed(model.WireCancelled, err)
	if held, ok := errors.AsType[width.Held](err); ok {
		e = failed(model.WireHeld, err)
		e.Wire.Rest = held.Left
	} else if !errors.Is(err, context.Canceled) {
		e = failed(model.WireNoTurn, err)
	}
	t := trip{host: req.URL.Host, plain: req.URL.Scheme == "http"}
	e = t.told(e)
	e.Wire.Unsent = true
	return e
}

// failedAnswer is what an exchange without an answer says about the host, which one that was
// given up does not.
func failedAnswer(given bool, err error) width.Answer {
	a := width.Answer{Kind: width.Failing, Left: width.Unknown}
	if given {
		a.Kind = width.Void
	}
	if e, ok := errors.AsType[*Error](err); ok {
		a.After = e.Wire.Rest
		switch {
		case e.Wire.Status == http.StatusTooManyRequests:
			a.Kind = width.Refused
		case e.Wire.Status > 0 && e.Wire.Status < http.StatusInternalServerError:
			a.Kind = width.Good // a page, of whomever
		}
	}
	return a
}

// answered is what an answer says about the host.
func answered(resp *http.Response, now time.Time) width.Answer {
	a := width.Answer{Kind: width.Good, Left: width.Unknown}
	switch {
	case resp.StatusCode == http.StatusTooManyRequests:
		a.Kind, a.After = width.Refused, RetryAfter(resp.Header, now)
	case resp.StatusCode >= http.StatusInternalServerError:
		a.Kind, a.After = width.Failing, RetryAfter(resp.Header, now)
	default:
		a.Left, a.Reset = allowance(resp.Header, now)
	}
	return a
}

// passed ends a pass with the body.
type passed struct {
	io.ReadCloser

	once sync.Once
	end  func(error)
}

// Read reads on. The end of the body is the end of the exchange.
func (p *passed) Read(b []byte) (int, error) {
	n, err := p.ReadCloser.Read(b)
	if err != nil {
		p.over(err)
	}
	return n, err
}

// Close ends it as well.
func (p *passed) Close() error {
	p.over(nil)
	return p.ReadCloser.Close()
}

func (p *passed) over(err error) {
	if errors.Is(err, io.EOF) {
		err = nil
	}
	p.once.Do(func() { p.end(err) })
}
