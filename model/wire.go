package model

import (
	"time"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// What goes wrong on the way to a service is told by what stands there: a name server, a
// proxy, a certificate, a page that somebody else wrote. services/cloud/transport makes the
// values of this file of what it met; what they mean and what to do about it stands in the
// rows of wire_*.go, as that of refusals does in refusal_*.go.

// WireKind is what went wrong on the way. It is the code of the finding.
type WireKind finding.Code

// The kinds, in the order of the way: names, proxy, host, TLS, answer.
const (
	// WireNameUnknown: nobody knows the name of the host.
	WireNameUnknown WireKind = "host-name-unknown"
	// WireNoResolver: this machine's DNS gives no answer.
	WireNoResolver WireKind = "own-dns-silent"
	// WireRefused, WireSilent, WireNoRoute, WireClosed: no connection, or one that ended.
	WireRefused WireKind = "host-refuses"
	WireSilent  WireKind = "host-silent"
	WireNoRoute WireKind = "host-no-route"
	WireClosed  WireKind = "host-closed"
	// WireUnreached: no connection, for a reason that is none of the others.
	WireUnreached WireKind = "host-unreached"

	// WireProxyUnknown and those below: the same between this machine and the proxy.
	WireProxyUnknown   WireKind = "proxy-name-unknown"
	WireProxyRefused   WireKind = "proxy-refuses"
	WireProxySilent    WireKind = "proxy-silent"
	WireProxyNoRoute   WireKind = "proxy-no-route"
	WireProxyClosed    WireKind = "proxy-closed"
	WireProxyUnreached WireKind = "proxy-unreached"
	// WireProxyNoHTTP, WireProxyNoSOCKS, WireProxyWantsTLS, WireProxyNoTLS: it is not what
	// its address says.
	WireProxyNoHTTP   WireKind = "proxy-no-http"
	WireProxyNoSOCKS  WireKind = "proxy-no-socks"
	WireProxyWantsTLS WireKind = "proxy-wants-tls"
	WireProxyNoTLS    WireKind = "proxy-no-tls"
	// WireProxyCertificate: the certificate of the proxy itself is not accepted.
	WireProxyCertificate WireKind = "proxy-certificate"
	// WireProxySignIn: it wants to be signed in to.
	WireProxySignIn WireKind = "proxy-sign-in"
	// WireProxyForbids: it may not be used for this host.
	WireProxyForbids WireKind = "proxy-forbids"
	// WireProxyCannot: it has no way to the host itself.
	WireProxyCannot WireKind = "proxy-cannot-reach"
	// WireNoProxy: what answers opens no connections.
	WireNoProxy WireKind = "proxy-no-proxy"

	// WireNoTLS, WireWantsTLS: one side speaks TLS and the other does not.
	WireNoTLS    WireKind = "host-no-tls"
	WireWantsTLS WireKind = "host-wants-tls"
	WireNoHTTP   WireKind = "host-no-http"
	// WireUntrusted and those below: the certificate of the host.
	WireUntrusted  WireKind = "tls-untrusted"
	WireSelfSigned WireKind = "tls-self-signed"
	WireOtherHost  WireKind = "tls-other-host"
	WireExpired    WireKind = "tls-expired"
	WireNotYet     WireKind = "tls-not-yet-valid"
	WireInvalid    WireKind = "tls-invalid"
	// WireTLSRefused and the others: the handshake came to nothing.
	WireTLSRefused        WireKind = "tls-refused"
	WireTLSVersion        WireKind = "tls-version"
	WireClientCertificate WireKind = "tls-client-certificate"
	WireTLSCut            WireKind = "tls-cut"
	WireTLSSilent         WireKind = "tls-silent"

	// WireNoAnswer: connected and asked, and nothing came.
	WireNoAnswer WireKind = "host-no-answer"
	// WireSlow: the answer began, and did not end in time.
	WireSlow WireKind = "answer-slow"
	// WireCut: the answer ends before its end.
	WireCut WireKind = "answer-cut"
	// WireTooLarge: the answer has no end, or headers without end.
	WireTooLarge WireKind = "answer-too-large"
	// WireStreamReset, WireGoAway: HTTP/2 broke the exchange off.
	WireStreamReset WireKind = "stream-reset"
	WireGoAway      WireKind = "connection-ended"
	// WirePage: somebody else's page came in place of the answer.
	WirePage WireKind = "answer-page"
	// WireElsewhere: the request is sent to another host.
	WireElsewhere WireKind = "answer-elsewhere"
	// WireEmpty, WireOther: an answer that says that all is well and does not hold it.
	WireEmpty WireKind = "answer-empty"
	WireOther WireKind = "answer-other"
	// WireClockOff: this machine's clock differs from the host's by more than can be.
	WireClockOff WireKind = "clock-off"
	// WireHeld: the host asked for fewer requests, so this one was not sent.
	WireHeld WireKind = "request-held"
	// WireNoTurn: as many requests as the host bears were under way until its time was over.
	WireNoTurn WireKind = "request-no-turn"
	// WireCancelled: peerdeck gave up on purpose. It is no finding.
	WireCancelled WireKind = "cancelled"
)

// Wire is what went wrong on the way to a service, as it was met.
type Wire struct {
	Kind    WireKind
	Service string    // how people call it: Konnect, Azure, Graph
	Host    safe.Text // where it was asked, with its port where one is written
	Plain   bool      // it was asked over http
	Proxy   Proxy     // through which; zero for none
	Address safe.Text // the address that was dialled, where one was
	Waited  time.Duration
	Bytes   int64     // of the answer that had come; 0: not counted
	Whole   bool      // an answer that is cut came to its end by itself
	Status  int       // of the answer, or of the proxy's
	Title   safe.Text // of a page
	Begins  safe.Text // how an answer that is neither JSON nor a page begins
	To      safe.Text // the host that a redirect leads to
	Schemes []string  // the ways of signing in that a proxy offers
	// Refused is the certificate that was not accepted; Sent is how many came with it.
	Refused Certificate
	Sent    int
	Rest    time.Duration // how long the host wants to be left alone; 0: it does not say
	Clock   Clock         // zero where the host's time is not known
	Reason  string        // an alert of TLS, a reply of SOCKS, a code of HTTP/2, in the protocol's words
	Detail  safe.Text
	// Unsent: the request did not reach the service.
	Unsent bool
	// OnlyHTTPProxy: a proxy is set for http addresses, and none for https.
	OnlyHTTPProxy bool
	// NoRoots is the setting that names authorities and cannot be read: SSL_CERT_FILE.
	NoRoots safe.Text
}

// Proxy is what requests go through.
type Proxy struct {
	Address safe.Text // with its scheme, without user and password: http://proxy.corp:3128
	From    string    // where it is set: HTTPS_PROXY, --proxy
	SignsIn bool      // the address has a user
}

// IsZero reports whether there is none.
func (p Proxy) IsZero() bool { return p.Address.IsEmpty() }

// Certificate is one of those that a host shows.
type Certificate struct {
	Subject, Issuer safe.Text // by their common names, or what they have in their place
	NotBefore       time.Time
	NotAfter        time.Time
	Names           []safe.Text // of hosts; empty for an authority's
	SelfSigned      bool
}

// Clock is what two clocks said at one time.
type Clock struct {
	Here, There time.Time
	// Within is how far the two may be apart for the time that the answer was on its way.
	Within time.Duration
}

// maxClockOff is how far a clock may be off before it is said. Azure takes five minutes
// for tokens; seconds are the way of a request and the steps of the Date header.
const maxClockOff = 2 * time.Minute

// Off is how far this machine's clock is ahead of the other; negative: behind. It is 0
// where the other is not known.
func (c Clock) Off() time.Duration {
	if c.There.IsZero() || c.Here.IsZero() {
		return 0
	}
	return c.Here.Sub(c.There)
}

// Wrong reports whether the difference is more than any request takes.
func (c Clock) Wrong() bool { return c.Off().Abs() > maxClockOff+c.Within }
