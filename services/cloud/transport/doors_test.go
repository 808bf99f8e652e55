package transport_test

import (
	"bufio"
	"compress/gzip"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/azure"
	"github.com/peerdeck/peerdeck/services/cloud/endpoint"
	"github.com/peerdeck/peerdeck/services/cloud/entra"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
	"github.com/peerdeck/peerdeck/services/cloud/signin"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/cloud/transport/wiretest"
	"github.com/peerdeck/peerdeck/services/local/secret"
)

// cloud is the host of these tests. Only a proxy finds it.
const cloud = "cloud.test"

// canary is in every place that a secret can stand.
const canary = "kpat_canary"

// shut is a door on the way to a cloud.
type shut struct {
	base  string // https://cloud.test where nothing is said
	proxy string
	ca    string // a file
	code  string
	kind  model.FailureKind
	says  string // in the cause
	cure  string
	sent  bool // the request has reached somebody who may have acted on it
	hides string
}

// clients are the three clients, each with one read.
func clients(t *testing.T, base string, o transport.Options, limit time.Duration) map[string]func(ctx context.Context) error {
	t.Helper()
	sender := transport.Open(transport.Impatient(o, limit))
	t.Cleanup(sender.Close)
	at, err := endpoint.Parse("a test", base)
	if err != nil {
		t.Fatal(err)
	}
	tenant := safe.New("11111111-1111-4111-8111-111111111111")
	options := azure.Options{Tokens: signin.New(signin.Options{Given: secret.New(canary)}), Endpoint: at, Sender: sender, Retry: transport.Once()}
	k := konnect.New(konnect.Options{Endpoint: at, Token: secret.Static{Value: secret.New(canary), From: "a test"}, Sender: sender, Version: "test", Retry: transport.Once()})
	return map[string]func(ctx context.Context) error{
		"Konnect": func(ctx context.Context) error { _, err := k.Organization(ctx); return err },
		"Azure": func(ctx context.Context) error {
			_, err := azure.New(options).VNet(ctx, model.VNetRef{TenantID: tenant, SubscriptionID: safe.New("22222222-2222-4222-8222-222222222222"), ResourceGroup: safe.New("rg"), Name: safe.New("vnet-hub")})
			return err
		},
		"Graph": func(ctx context.Context) error {
			_, _, err := entra.New(options).Principal(ctx, tenant, safe.New("app"))
			return err
		},
	}
}

func options(t *testing.T, proxy, ca string) transport.Options {
	t.Helper()
	none := func(string) string { return "" }
	proxies, err := transport.ReadProxies(proxy, "--proxy", none)
	if err != nil {
		t.Fatal(err)
	}
	trust, err := transport.ReadTrust(ca, "--ca-file", none)
	if err != nil {
		t.Fatal(err)
	}
	return transport.Options{Proxies: proxies, Trust: trust}
}

// The limits: short is one that a test can wait for; ample is for what answers, however busy
// the machine is.
const (
	short = 300 * time.Millisecond
	ample = 20 * time.Second
)

// opened asks by one client until the door says what it should. The limit doubles: on a
// busy machine a door that answers may need longer than one that is silent is waited for.
func (s shut) opened(t *testing.T, base, name string) error {
	t.Helper()
	for limit := short; ; limit *= 2 {
		err := clients(t, base, options(t, s.proxy, s.ca), limit)[name](t.Context())
		if f, failed := model.AsFailure(err); failed && string(f.FindingCode()) == s.code || limit > 10*time.Second {
			return err
		}
	}
}

// meet holds every client to what a door says.
func (s shut) meet(t *testing.T) {
	t.Helper()
	base := s.base
	if base == "" {
		base = "https://" + cloud
	}
	for name := range clients(t, base, options(t, s.proxy, s.ca), short) {
		err := s.opened(t, base, name)
		f, failed := model.AsFailure(err)
		if !failed || string(f.FindingCode()) != s.code || f.Kind != s.kind || f.Operation == "" || !strings.Contains(f.Cause.String(), s.says) || !strings.Contains(f.Cure, s.cure) || f.Unsent == s.sent {
			t.Errorf("%s: %s, %s, unsent %v\n%s\n%s", name, f.FindingCode(), f.Kind, f.Unsent, f.Error(), f.Cure)
		}
		if _, found := finding.Lookup(s.code); !found {
			t.Errorf("there is no finding %s", s.code)
		}
		said := fmt.Sprintf("%v %+v %+v", err, f, f.AsFinding())
		for _, never := range []string{canary, "hunter2", s.hides} {
			if never != "" && strings.Contains(said, never) {
				t.Errorf("%s says %q: %s", name, never, said)
			}
		}
	}
}

func meetAll(t *testing.T, doors map[string]shut) {
	t.Helper()
	for name, s := range doors {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s.meet(t)
		})
	}
}

func answering(status int, kind, body string, header ...string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	})
}

const refusalPage = "HTTP/1.1 %s\r\nContent-Type: text/html\r\nX-Squid-Error: ERR_ACCESS_DENIED 0\r\nContent-Length: %d\r\n%s\r\n%s"

func refusing(status, header, page string) string {
	return fmt.Sprintf(refusalPage, status, len(page), header, page)
}

// A proxy that is no way to anywhere is named, and not the cloud.
func TestProxiesThatAreShut(t *testing.T) {
	t.Parallel()
	const un, timeout = model.FailureUnreachable, model.FailureTimeout
	closed := wiretest.Listen(t, func(net.Conn) {})
	nowhere := wiretest.Nowhere()
	authority := wiretest.NewAuthority(t, "Corp Proxy CA")
	inTLS := wiretest.NewProxy(t, wiretest.Doing{TLS: &tls.Config{Certificates: []tls.Certificate{authority.Valid("127.0.0.1")}}})
	with := func(d wiretest.Doing) string { return "http://" + wiretest.NewProxy(t, d).Address }
	ntlm := strings.Replace(with(wiretest.Doing{Refusal: refusing("407 Proxy Authentication Required", "Proxy-Authenticate: Negotiate\r\nProxy-Authenticate: NTLM\r\n", "")}), "//", "//corp%5Cme:hunter2@", 1)
	basic := with(wiretest.Doing{User: "me", Password: "right"})
	meetAll(t, map[string]shut{
		"refuses the connection": {proxy: "http://" + nowhere, code: "proxy-refuses", kind: un, says: "the proxy http://" + nowhere + " (set by --proxy) refuses", cure: "--proxy none"},
		"says nothing":           {proxy: "http://" + wiretest.Silent(t), code: "proxy-silent", kind: timeout, says: "does not answer", cure: "--proxy"},
		"hangs up":               {proxy: "http://" + closed, code: "proxy-closed", kind: un, says: "before it had connected to " + cloud, cure: "whoever runs the proxy"},
		"speaks something else":  {proxy: "http://" + wiretest.Saying(t, "SSH-2.0-OpenSSH_9.6\r\n"), code: "proxy-no-http", kind: un, says: "speaks no HTTP; it begins with “SSH-2.0", cure: "port"},
		"speaks TLS":             {proxy: "http://" + wiretest.Saying(t, "\x15\x03\x01\x00\x02\x02\x16"), code: "proxy-wants-tls", kind: un, says: "speaks TLS", cure: "https:// in place of http://"},
		"says that it wants TLS": {proxy: with(wiretest.Doing{Refusal: refusing("400 Bad Request", "", "<h1>400</h1>The plain HTTP request was sent to HTTPS port")}), code: "proxy-wants-tls", kind: un, says: "speaks TLS"},
		"speaks no TLS":          {proxy: "https://" + wiretest.Saying(t, "HTTP/1.0 400 Bad request\r\n\r\n"), code: "proxy-no-tls", kind: un, says: "does not speak TLS; it begins with “HTTP/", cure: "http:// in place of https://"},
		"is not trusted":         {proxy: "https://" + inTLS.Address, code: "proxy-certificate", kind: un, says: "the certificate of the proxy https://" + inTLS.Address, cure: "--ca-file"},
		"wants Basic":            {proxy: basic, code: "proxy-sign-in", kind: un, says: "wants to be signed in to (407), by Basic", cure: "USER:PASSWORD@"},
		"refuses the password":   {proxy: strings.Replace(basic, "//", "//me:hunter2@", 1), code: "proxy-sign-in", kind: un, says: "(407), by Basic", cure: "refuses the user or the password that stand in --proxy"},
		"wants NTLM":             {proxy: ntlm, code: "proxy-sign-in", kind: un, says: "by Negotiate or NTLM", cure: "px or cntlm"},
		"forbids":                {proxy: with(wiretest.Doing{Refusal: refusing("403 Forbidden", "", "<html><head><title>Web filter:\n  blocked</title>")}), code: "proxy-forbids", kind: un, says: "403 Forbidden, ERR_ACCESS_DENIED; its page says “Web filter: blocked”", cure: "Please allow CONNECT to " + cloud},
		"sends to a sign-in":     {proxy: with(wiretest.Doing{Refusal: "HTTP/1.1 302 Found\r\nLocation: https://login.corp/?x=hunter2\r\nContent-Length: 0\r\n\r\n"}), code: "proxy-forbids", kind: un, says: "302 Found, and leads to login.corp"},
		"cannot":                 {proxy: with(wiretest.Doing{Refusal: refusing("503 Service Unavailable", "", "<title>DNS failure</title>")}), code: "proxy-cannot-reach", kind: un, says: "cannot connect to " + cloud + ": 503 Service Unavailable", cure: "whoever runs the proxy"},
		"knows no CONNECT":       {proxy: with(wiretest.Doing{Refusal: refusing("405 Method Not Allowed", "", "")}), code: "proxy-no-proxy", kind: un, says: "opens no connections: 405"},
		"SOCKS is HTTP":          {proxy: "socks5://" + wiretest.Saying(t, "HTTP/1.1 400 Bad Request\r\n\r\n"), code: "proxy-no-socks", kind: un, says: "no SOCKS5 proxy", cure: "http://"},
		"SOCKS by rules":         {proxy: "socks5h://" + wiretest.SOCKS(t, 2, "", "", ""), code: "proxy-forbids", kind: un, says: "connection not allowed by ruleset", cure: "Please allow"},
		"SOCKS has no network":   {proxy: "socks5://" + wiretest.SOCKS(t, 3, "", "", ""), code: "proxy-cannot-reach", kind: un, says: "network unreachable"},
		"SOCKS finds no host":    {proxy: "socks5://" + wiretest.SOCKS(t, 4, "", "", ""), code: "proxy-cannot-reach", kind: un, says: "host unreachable"},
		"SOCKS is refused":       {proxy: "socks5://" + wiretest.SOCKS(t, 5, "", "", ""), code: "proxy-cannot-reach", kind: un, says: "connection refused"},
		"SOCKS fails":            {proxy: "socks5://" + wiretest.SOCKS(t, 1, "", "", ""), code: "proxy-cannot-reach", kind: un, says: "general failure (code 1)"},
		"SOCKS wants a user":     {proxy: "socks5://" + wiretest.SOCKS(t, 0, "", "me", "right"), code: "proxy-sign-in", kind: un, says: "user and password", cure: "socks5://USER:PASSWORD@"},
		"SOCKS refuses the word": {proxy: "socks5://me:hunter2@" + wiretest.SOCKS(t, 0, "", "me", "right"), code: "proxy-sign-in", kind: un, says: "user and password", cure: "refuses the user or the password"},
		"SOCKS says nothing":     {proxy: "socks5://" + wiretest.Silent(t), code: "proxy-silent", kind: timeout, says: "does not answer"},
	})
}

// Each way through a proxy leads to the cloud, with HTTP/2 inside.
func TestProxiesThatAreOpen(t *testing.T) {
	t.Parallel()
	authority := wiretest.NewAuthority(t, "Corp Root CA")
	at := wiretest.Serve(t, &tls.Config{Certificates: []tls.Certificate{authority.Valid(cloud)}}, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = fmt.Fprintf(w, `{"id":"o","name":%q}`, r.Proto)
	}))
	own := &tls.Config{Certificates: []tls.Certificate{authority.Valid("127.0.0.1")}}
	for name, proxy := range map[string]string{
		"http":        "http://" + wiretest.NewProxy(t, wiretest.Doing{To: at}).Address,
		"no scheme":   wiretest.NewProxy(t, wiretest.Doing{To: at}).Address,
		"https":       "https://" + wiretest.NewProxy(t, wiretest.Doing{To: at, TLS: own}).Address,
		"Basic":       "http://m%40e:r%3Aght@" + wiretest.NewProxy(t, wiretest.Doing{To: at, User: "m@e", Password: "r:ght"}).Address,
		"socks5":      "socks5://" + wiretest.SOCKS(t, 0, at, "", ""),
		"socks5h":     "socks5h://" + wiretest.SOCKS(t, 0, at, "", ""),
		"socks5 user": "socks5://me:right@" + wiretest.SOCKS(t, 0, at, "me", "right"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sender := transport.Open(options(t, proxy, authority.File()))
			t.Cleanup(sender.Close)
			base, err := endpoint.Parse("a test", "https://"+cloud)
			if err != nil {
				t.Fatal(err)
			}
			k := konnect.New(konnect.Options{Endpoint: base, Token: secret.Static{Value: secret.New(canary)}, Sender: sender, Version: "test"})
			if o, err := k.Organization(t.Context()); err != nil || o.Name.Raw() != "HTTP/2.0" {
				t.Errorf("%+v, %v", o, err)
			}
			way := sender.Look(t.Context(), "Konnect", "https://"+cloud+"/")
			if way.Failure != nil || way.Proxy.IsZero() || way.Proxy.From != "--proxy" || way.TLS != "TLS 1.3" || way.Protocol != "HTTP/2.0" || way.Root.Raw() != "Corp Root CA" || !way.OwnRoot || len(way.Certificates) != 2 || way.Status != 200 || way.Clock.Wrong() || way.Clock.There.IsZero() {
				t.Errorf("the way is %+v", way)
			}
			if strings.Contains(fmt.Sprintf("%+v", way), "r%3Aght") || strings.Contains(fmt.Sprintf("%+v", way), "r:ght") || strings.Contains(fmt.Sprintf("%+v", way), "right") {
				t.Errorf("the way shows a password: %+v", way)
			}
		})
	}
}

// Certificates that are not accepted are named, with who signed them and the clock.
func TestCertificatesThatAreNotAccepted(t *testing.T) {
	t.Parallel()
	const un = model.FailureUnreachable
	authority, other := wiretest.NewAuthority(t, "Corp Root CA"), wiretest.NewAuthority(t, "Zscaler Root CA")
	now := time.Now()
	through := func(c *tls.Config) string {
		at := wiretest.Serve(t, c, answering(200, "application/json", "{}"))
		return "http://" + wiretest.NewProxy(t, wiretest.Doing{To: at}).Address
	}
	of := func(c tls.Certificate) *tls.Config { return &tls.Config{Certificates: []tls.Certificate{c}} }
	alone := authority.Valid(cloud)
	alone.Certificate = alone.Certificate[:1]
	raw := func(each func(net.Conn)) string {
		return "http://" + wiretest.NewProxy(t, wiretest.Doing{To: wiretest.Listen(t, each)}).Address
	}
	meetAll(t, map[string]shut{
		"of nobody":          {proxy: through(of(authority.Valid(cloud))), code: "tls-untrusted", kind: un, says: "is signed by Corp Root CA, which this machine does not trust", cure: "--ca-file FILE"},
		"of an inspector":    {proxy: through(of(other.Valid(cloud))), ca: authority.File(), code: "tls-untrusted", kind: un, says: "Zscaler Root CA (a name that Zscaler gives", cure: "openssl s_client -showcerts -proxy"},
		"without its signer": {proxy: through(of(alone)), code: "tls-untrusted", kind: un, says: "is signed by Corp Root CA"},
		"of another host":    {proxy: through(of(authority.Valid("portal.hotel", "www.hotel"))), ca: authority.File(), code: "tls-other-host", kind: un, says: "portal.hotel and www.hotel, and not for " + cloud, cure: "browser"},
		"expired":            {proxy: through(of(authority.Certificate(now.AddDate(-1, 0, 0), now.AddDate(0, 0, -3), cloud))), ca: authority.File(), code: "tls-expired", kind: un, says: "it ended ", cure: "date -u"},
		"not yet valid":      {proxy: through(of(authority.Certificate(now.AddDate(0, 0, 3), now.AddDate(1, 0, 0), cloud))), ca: authority.File(), code: "tls-not-yet-valid", kind: un, says: "it begins ", cure: "too early"},
		"too old a version":  {proxy: through(&tls.Config{Certificates: []tls.Certificate{authority.Valid(cloud)}, MaxVersion: tls.VersionTLS11}), ca: authority.File(), code: "tls-version", kind: un, says: "no version of TLS in common"},
		"wants one of ours": {
			proxy: through(&tls.Config{Certificates: []tls.Certificate{authority.Valid(cloud)}, ClientAuth: tls.RequireAnyClientCert, MaxVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}}), ca: authority.File(),
			code: "tls-client-certificate", kind: un, says: "wants a certificate of this machine", cure: "client certificate",
		},
		"refuses the name": {proxy: through(&tls.Config{GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return nil, errors.New("no") }}), ca: authority.File(), code: "tls-refused", kind: un, says: "ends the TLS handshake", cure: "Please let it pass"},
		"no TLS":           {proxy: raw(func(c net.Conn) { readSome(c); _, _ = io.WriteString(c, "HTTP/1.1 400 Bad Request\r\n\r\n") }), code: "host-no-tls", kind: un, says: "does not speak TLS"},
		"cut off":          {proxy: raw(readSome), code: "tls-cut", kind: un, says: "closed in the TLS handshake", cure: "cut off in the handshake"},
		"silent":           {proxy: raw(func(c net.Conn) { _, _ = io.Copy(io.Discard, c) }), code: "tls-silent", kind: model.FailureTimeout, says: "TLS handshake in time", cure: "tunnel"},
	})
}

func readSome(c net.Conn) { _, _ = c.Read(make([]byte, 4096)) }

// What somebody else has written is known by its content, whatever its status says; what
// the services write themselves stays what it is.
func TestAnswersOfSomebodyElse(t *testing.T) {
	t.Parallel()
	const contract, server = model.FailureContract, model.FailureServer
	at := func(h http.Handler) string {
		s := httptest.NewServer(h)
		t.Cleanup(s.Close)
		return s.URL
	}
	const filter = "\ufeff <!DOCTYPE html><html><head><title>Access &amp; use\x1b]0;x\x07 denied</title></head><body>no</body></html>"
	doors := map[string]shut{
		"a redirect to a sign-in":  {base: at(answering(302, "text/html", "", "Location", "https://login.hotel/?u=hunter2")), code: "answer-elsewhere", kind: contract, says: "to login.hotel (302)", cure: "does not follow", sent: true},
		"a page without a title":   {base: at(answering(200, "text/html", "<html><body><script>x()</script><p>Please sign in</p>")), code: "answer-page", kind: contract, says: "“Please sign in”", sent: true},
		"a page called JSON":       {base: at(answering(200, "application/json", "<html><title>Hotel</title>")), code: "answer-page", kind: contract, says: "“Hotel” (200)", sent: true},
		"a page of a front end":    {base: at(answering(503, "text/html", "<title>Service Unavailable</title>")), code: "answer-page", kind: server, says: "“Service Unavailable” (503)", cure: "front end", sent: true},
		"a page that asks to wait": {base: at(answering(429, "text/html", "<title>Slow down</title>", "Retry-After", "40")), code: "answer-page", kind: model.FailureThrottled, says: "(429)", cure: "in 40 s", sent: true},
		"the network's own 511":    {base: at(answering(511, "text/html", "<title>Sign in</title>")), code: "answer-page", kind: contract, says: "(511)", cure: "browser", sent: true},
		"a line of text":           {base: at(answering(403, "text/plain", "blocked by policy 7\n")), code: "answer-other", kind: contract, says: "no JSON but text/plain; it begins with “blocked by policy 7”", sent: true},
		"XML":                      {base: at(answering(403, "application/xml", "<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>")), code: "answer-page", kind: contract, says: "“AccessDenied”", sent: true},
		"nothing at all":           {base: at(answering(200, "application/json", "")), code: "answer-empty", kind: contract, says: "is empty", sent: true},
		"half of a document":       {base: at(answering(200, "application/json", `{"id":"o","va`)), code: "answer-cut", kind: contract, says: "is not complete", sent: true},
		"another document":         {base: at(answering(200, "application/json", `["pong"]`)), code: "answer-other", kind: contract, says: "not what was asked for", sent: true},
		"TLS behind http":          {base: "http://" + wiretest.Serve(t, &tls.Config{}, answering(200, "application/json", "{}")), code: "host-wants-tls", kind: model.FailureUnreachable, says: "asked in plain HTTP", cure: "https://", sent: true},
		"an alert behind http":     {base: "http://" + wiretest.Saying(t, "\x15\x03\x01\x00\x02\x02\x16"), code: "host-wants-tls", kind: model.FailureUnreachable, says: "asked in plain HTTP", sent: true},
		"no HTTP":                  {base: "http://" + wiretest.Saying(t, "220 mail.corp ESMTP\r\n"), code: "host-no-http", kind: model.FailureUnreachable, says: "speaks no HTTP", sent: true},
		"headers without end":      {base: at(answering(200, "application/json", "{}", "X-Long", strings.Repeat("x", 2<<20))), code: "answer-too-large", kind: contract, says: "headers", sent: true},
	}
	for _, status := range []int{200, 401, 403, 404, 409, 410} {
		doors[fmt.Sprintf("a page with %d", status)] = shut{base: at(answering(status, "text/html", filter)), code: "answer-page", kind: contract, says: fmt.Sprintf(`“Access & use\u{1b}]0;x\u{7} denied” (%d)`, status), cure: "has not answered", sent: true}
	}
	meetAll(t, doors)
}

// What is small on the wire and has no end is not unpacked.
func TestFault11ABombIsNotUnpacked(t *testing.T) {
	t.Parallel()
	s := httptest.NewServer(bomb())
	t.Cleanup(s.Close)
	resp, err := client(t).Do(get(t, s.URL))
	if err != nil {
		t.Fatal(err)
	}
	n, err := io.Copy(io.Discard, resp.Body)
	_ = resp.Body.Close()
	if f := transport.WireFailure(err, "Konnect", ""); n > 32<<20 || f.FindingCode() != "answer-too-large" || f.Retryable {
		t.Errorf("%d bytes, %+v", n, f)
	}
}

// bomb is an answer that is small on the wire, and no real one.
func bomb() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		_, _ = io.WriteString(z, "[")
		_, _ = io.CopyN(z, zeros{}, 33<<20)
		_ = z.Close()
	})
}

// A refusal of a service without a body stays a refusal, and one in JSON too.
func TestRefusalsOfTheServicesStayTheirs(t *testing.T) {
	t.Parallel()
	for status, kind := range map[int]model.FailureKind{401: model.FailureAuth, 403: model.FailurePermission, 404: model.FailureNotFound, 429: model.FailureThrottled, 500: model.FailureServer, 503: model.FailureServer} {
		for _, body := range []string{"", `{"message":"no"}`, "null"} {
			s := httptest.NewServer(answering(status, "application/json", body))
			t.Cleanup(s.Close)
			for name, ask := range clients(t, s.URL, transport.Options{}, ample) {
				if f, failed := model.AsFailure(ask(t.Context())); !failed || f.Kind != kind || strings.HasPrefix(string(f.FindingCode()), "answer-") {
					t.Errorf("%s, %d %q: %+v", name, status, body, f)
				}
			}
		}
	}
	for _, body := range []string{"upstream connect error", "no healthy upstream"} {
		s := httptest.NewServer(answering(503, "text/plain", body))
		t.Cleanup(s.Close)
		for name, ask := range clients(t, s.URL, transport.Options{}, ample) {
			if f, _ := model.AsFailure(ask(t.Context())); f.Kind != model.FailureServer || strings.HasPrefix(string(f.FindingCode()), "answer-") {
				t.Errorf("%s: %+v", name, f)
			}
		}
	}
}

// A host that drips, hangs, cuts or resets ends with the limit, and is told by what had
// come.
func TestHostsThatGiveUp(t *testing.T) {
	t.Parallel()
	const un, timeout = model.FailureUnreachable, model.FailureTimeout
	const head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 4096\r\n\r\n"
	after := func(rest func(net.Conn)) string {
		return "http://" + wiretest.Listen(t, func(c net.Conn) {
			if _, err := http.ReadRequest(bufio.NewReader(c)); err == nil {
				rest(c)
			}
		})
	}
	wait := func(c net.Conn) { _, _ = io.Copy(io.Discard, c) }
	meetAll(t, map[string]shut{
		"drips":        {base: after(func(c net.Conn) { _, _ = io.WriteString(c, head+`{"id":`); wait(c) }), code: "answer-slow", kind: timeout, says: "answered too slowly: 6 bytes in ", sent: true},
		"drips blanks": {base: after(func(c net.Conn) { _, _ = io.WriteString(c, head+"   "); wait(c) }), code: "answer-slow", kind: timeout, says: "3 bytes in ", sent: true},
		"hangs":        {base: after(wait), code: "host-no-answer", kind: timeout, says: "nothing came within", sent: true},
		"cuts":         {base: after(func(c net.Conn) { _, _ = io.WriteString(c, head+`{"id":`) }), code: "answer-cut", kind: un, says: "it ends after 6 bytes", sent: true},
		"hangs up":     {base: after(func(net.Conn) {}), code: "host-closed", kind: un, says: "closed the connection", sent: true},
		"resets": {base: after(func(c net.Conn) {
			if tcp, ok := c.(*net.TCPConn); ok {
				_ = tcp.SetLinger(0)
			}
		}), code: "host-closed", kind: un, says: "closed the connection", sent: true},
		"is not there": {base: "http://" + wiretest.Nowhere(), code: "host-refuses", kind: un, says: "refuses the connection", cure: "port"},
	})
}
