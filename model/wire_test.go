package model_test

import (
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// noonThere is what the clock of a host says in these tests.
func noonThere() time.Time { return time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC) }

// met is a case of a kind, with what is known of most.
func met(kind model.WireKind, changes ...func(*model.Wire)) model.Wire {
	w := model.Wire{
		Kind: kind, Service: "Konnect", Host: text("global.api.konghq.com"), Waited: 10 * time.Second, Detail: text("the system's words"), Reason: "its reason",
		Refused: model.Certificate{
			Subject: text("global.api.konghq.com"), Issuer: text("Corp Root CA"), Names: []safe.Text{text("other.example")},
			NotBefore: noonThere().AddDate(0, -1, 0), NotAfter: noonThere().AddDate(0, 0, -3),
		},
		Clock: model.Clock{Here: noonThere()},
	}
	for _, change := range changes {
		change(&w)
	}
	return w
}

func proxied(w *model.Wire) {
	w.Proxy = model.Proxy{Address: text("http://proxy.corp:3128"), From: "HTTPS_PROXY"}
}

// Each shut door on the way names what shuts it, and the key.
func TestWhatStandsOnTheWay(t *testing.T) {
	t.Parallel()
	type want struct {
		kind   model.FailureKind
		again  bool
		unsent bool
		says   string
		cure   string
	}
	const unreachable, timeout, contract, server = model.FailureUnreachable, model.FailureTimeout, model.FailureContract, model.FailureServer
	for _, c := range []struct {
		code string
		wire model.Wire
		want want
	}{
		{"host-name-unknown", met(model.WireNameUnknown), want{unreachable, true, true, "the name global.api.konghq.com does not resolve", "Command: dig global.api.konghq.com"}},
		{"own-dns-silent", met(model.WireNoResolver), want{unreachable, true, true, "this machine's DNS does not answer for global.api.konghq.com: the system's words", "name servers"}},
		{"host-refuses", met(model.WireRefused), want{unreachable, true, true, "global.api.konghq.com refuses the connection", "name it with HTTPS_PROXY or --proxy"}},
		{"host-refuses", met(model.WireRefused, func(w *model.Wire) { w.OnlyHTTPProxy = true }), want{unreachable, true, true, "refuses", "set HTTPS_PROXY to the same"}},
		{"host-silent", met(model.WireSilent), want{timeout, true, true, "took no connection within 10 s", "firewall"}},
		{"host-no-route", met(model.WireNoRoute, func(w *model.Wire) { w.Address = text("[2001:db8::1]:443") }), want{unreachable, true, true, "no route to global.api.konghq.com ([2001:db8::1]:443)", "curl -4"}},
		{"host-closed", met(model.WireClosed), want{unreachable, true, false, "closed the connection before the answer was complete", "curl"}},
		{"host-unreached", met(model.WireUnreached), want{unreachable, true, false, "cannot be reached: the system's words", "curl"}},
		{"host-unreached", met("no such kind"), want{unreachable, true, false, "cannot be reached", "curl"}},
		{"host-no-http", met(model.WireNoHTTP, func(w *model.Wire) { w.Begins = text("SSH-2.0") }), want{unreachable, false, false, "speaks no HTTP; it begins with “SSH-2.0”", "port"}},
		{"host-no-answer", met(model.WireNoAnswer), want{timeout, true, false, "nothing came within 10 s", "Look again"}},

		{"proxy-name-unknown", met(model.WireProxyUnknown, proxied), want{unreachable, false, true, "the proxy http://proxy.corp:3128 (set by HTTPS_PROXY) cannot be found: the name proxy.corp does not", "Command: dig proxy.corp"}},
		{"proxy-refuses", met(model.WireProxyRefused, proxied), want{unreachable, false, true, "the proxy http://proxy.corp:3128 (set by HTTPS_PROXY) refuses the connection", "--proxy none"}},
		{"proxy-silent", met(model.WireProxySilent, proxied), want{timeout, true, true, "does not answer: nothing came within 10 s", "Correct HTTPS_PROXY"}},
		{"proxy-no-route", met(model.WireProxyNoRoute, proxied), want{unreachable, true, true, "no route to the proxy http://proxy.corp:3128", "VPN"}},
		{"proxy-closed", met(model.WireProxyClosed, proxied), want{unreachable, true, true, "before it had connected to global.api", "whoever runs the proxy"}},
		{"proxy-unreached", met(model.WireProxyUnreached, proxied), want{unreachable, true, true, "cannot be reached: the system's words", "HTTPS_PROXY"}},
		{"proxy-no-http", met(model.WireProxyNoHTTP, proxied), want{unreachable, false, true, "speaks no HTTP", "socks5://"}},
		{"proxy-no-socks", met(model.WireProxyNoSOCKS, proxied), want{unreachable, false, true, "no SOCKS5 proxy", "http://"}},
		{"proxy-wants-tls", met(model.WireProxyWantsTLS, proxied), want{unreachable, false, true, "speaks TLS, and was spoken to in plain", "Write https:// in place of http:// in HTTPS_PROXY"}},
		{"proxy-no-tls", met(model.WireProxyNoTLS, proxied), want{unreachable, false, true, "does not speak TLS", "write http:// in place of https:// in HTTPS_PROXY"}},
		{"proxy-certificate", met(model.WireProxyCertificate, proxied), want{unreachable, false, true, "the certificate of the proxy http://proxy.corp:3128 (set by HTTPS_PROXY) is not accepted", "--ca-file"}},
		{"proxy-sign-in", met(model.WireProxySignIn, proxied, offering("Basic", "NTLM")), want{unreachable, false, true, "wants to be signed in to (407), by Basic or NTLM", "http://USER:PASSWORD@proxy.corp:3128"}},
		{"proxy-sign-in", met(model.WireProxySignIn, proxied, offering("Negotiate", "NTLM")), want{unreachable, false, true, "by Negotiate or NTLM", "px or cntlm"}},
		{"proxy-sign-in", met(model.WireProxySignIn, proxied, offering("Basic"), func(w *model.Wire) { w.Proxy.SignsIn = true }), want{unreachable, false, true, "(407)", "refuses the user or the password that stand in HTTPS_PROXY"}},
		{"proxy-sign-in", met(model.WireProxySignIn, proxied, offering()), want{unreachable, false, true, "(407), and does not say how", "USER:PASSWORD"}},
		{"proxy-forbids", met(model.WireProxyForbids, proxied, func(w *model.Wire) { w.Reason, w.Title = "403 Forbidden", text("Blocked") }), want{unreachable, false, true, "refuses to connect to global.api.konghq.com: 403 Forbidden; its page says “Blocked”", "Please allow CONNECT to global.api.konghq.com, port 443"}},
		{"proxy-cannot-reach", met(model.WireProxyCannot, proxied), want{unreachable, true, true, "cannot connect to global.api.konghq.com: its reason", "whoever runs the proxy"}},
		{"proxy-no-proxy", met(model.WireNoProxy, proxied), want{unreachable, false, true, "opens no connections: its reason", "wrong port"}},

		{"host-no-tls", met(model.WireNoTLS), want{unreachable, false, true, "does not speak TLS", "port"}},
		{"host-wants-tls", met(model.WireWantsTLS), want{unreachable, false, false, "asked in plain HTTP", "https://"}},
		{"tls-untrusted", met(model.WireUntrusted), want{unreachable, false, true, "is signed by Corp Root CA, which this machine does not trust", "--ca-file FILE"}},
		{"tls-untrusted", met(model.WireUntrusted, issuedBy("Zscaler Intermediate Root CA (zscaler.net)")), want{unreachable, false, true, "a name that Zscaler gives to what opens TLS on the way", "openssl s_client"}},
		{"tls-untrusted", met(model.WireUntrusted, proxied), want{unreachable, false, true, "through the proxy http://proxy.corp:3128", "-proxy proxy.corp:3128"}},
		{"tls-untrusted", met(model.WireUntrusted, func(w *model.Wire) { w.NoRoots = text("SSL_CERT_FILE cannot be read") }), want{unreachable, false, true, "; SSL_CERT_FILE cannot be read", "--ca-file"}},
		{"tls-untrusted", met(model.WireUntrusted, func(w *model.Wire) { w.Sent = 1 }), want{unreachable, false, true, "it sent that one certificate alone", ""}},
		{"tls-self-signed", met(model.WireSelfSigned), want{unreachable, false, true, "signed by itself", "--ca-file"}},
		{"tls-other-host", met(model.WireOtherHost), want{unreachable, false, true, "for another host: other.example, and not for global.api.konghq.com", "browser"}},
		{"tls-expired", met(model.WireExpired), want{unreachable, false, true, "it ended 2026-11-25 12:00 UTC, and this machine's clock says 2026-11-28 12:00 UTC", "date -u"}},
		{"tls-expired", met(model.WireExpired, hostSays(noonThere())), want{unreachable, false, true, "as that of global.api.konghq.com does", "renew"}},
		{"clock-off", met(model.WireExpired, hostSays(noonThere().AddDate(0, 0, -5))), want{unreachable, false, true, "is valid, and seems not to be: this machine's clock is 5 days ahead of", "Set the clock"}},
		{"tls-not-yet-valid", met(model.WireNotYet), want{unreachable, false, true, "it begins 2026-10-28", "too early"}},
		{"clock-off", met(model.WireClockOff, hostSays(noonThere().Add(time.Hour))), want{unreachable, false, false, "this machine's clock is 1 h behind that of global.api.konghq.com: it says 2026-11-28 12:00 UTC here, and 2026-11-28 13:00 UTC there", "timedatectl"}},
		{"tls-invalid", met(model.WireInvalid), want{unreachable, false, true, "is not valid: the system's words", "runs"}},
		{"tls-refused", met(model.WireTLSRefused), want{unreachable, false, true, "ends the TLS handshake: its reason", "Please let it pass"}},
		{"tls-version", met(model.WireTLSVersion), want{unreachable, false, true, "no version of TLS in common", "TLS 1.2"}},
		{"tls-client-certificate", met(model.WireClientCertificate), want{unreachable, false, true, "wants a certificate of this machine", "client certificate"}},
		{"tls-cut", met(model.WireTLSCut), want{unreachable, true, true, "closed in the TLS handshake", "firewall"}},
		{"tls-silent", met(model.WireTLSSilent), want{timeout, true, true, "nothing came within 10 s", "tunnel"}},

		{"request-held", met(model.WireHeld, func(w *model.Wire) { w.Rest = time.Minute }), want{model.FailureThrottled, true, true, "asked for fewer requests, so this one was not sent", "Look again in 1 min"}},
		{"request-no-turn", met(model.WireNoTurn), want{timeout, true, true, "was not sent: as many as global.api.konghq.com bears were under way", "--timeout"}},

		{"answer-slow", met(model.WireSlow, func(w *model.Wire) { w.Bytes, w.Waited = 29, 30*time.Second }), want{timeout, true, false, "answered too slowly: 29 bytes in 30 s", "Look again"}},
		{"answer-cut", met(model.WireCut, func(w *model.Wire) { w.Bytes = 1 }), want{unreachable, true, false, "it ends after 1 byte", "Look again"}},
		{"answer-too-large", met(model.WireTooLarge), want{contract, false, false, "the system's words", "Check that global.api.konghq.com is Konnect"}},
		{"answer-cut", met(model.WireCut, func(w *model.Wire) { w.Whole = true }), want{contract, true, false, "of global.api.konghq.com is not complete", "Look again"}},
		{"stream-reset", met(model.WireStreamReset), want{server, true, false, "stream reset, its reason", "Look again"}},
		{"stream-reset", met(model.WireStreamReset, func(w *model.Wire) { w.Reason = "HTTP_1_1_REQUIRED" }), want{server, false, false, "HTTP_1_1_REQUIRED", "GODEBUG=http2client=0 peerdeck"}},
		{"connection-ended", met(model.WireGoAway), want{server, true, false, "GOAWAY, its reason", "Look again"}},
		{"answer-page", met(model.WirePage, page(403, "Access denied")), want{contract, false, false, "a web page came in place of Konnect's answer: “Access denied” (403)", "Konnect has not answered"}},
		{"answer-page", met(model.WirePage, page(200, "")), want{contract, false, false, "in place of Konnect's answer (200)", "browser"}},
		{"answer-page", met(model.WirePage, page(503, "Service Unavailable")), want{server, true, false, "“Service Unavailable” (503)", "front end"}},
		{"answer-page", met(model.WirePage, page(511, "Hotel")), want{contract, false, false, "“Hotel” (511)", "signed in to"}},
		{"answer-page", met(model.WirePage, page(429, "Slow down"), func(w *model.Wire) { w.Rest = time.Minute }), want{model.FailureThrottled, true, false, "“Slow down” (429)", "Look again in 1 min"}},
		{"answer-elsewhere", met(model.WireElsewhere, func(w *model.Wire) { w.To, w.Status = text("login.corp"), 302 }), want{contract, false, false, "elsewhere, to login.corp (302)", "does not follow"}},
		{"answer-empty", met(model.WireEmpty), want{contract, true, false, "is empty", "Look again"}},
		{"answer-other", met(model.WireOther, func(w *model.Wire) { w.Begins = text("hello") }), want{contract, true, false, "is not what was asked for: the system's words; it begins with “hello”", "report"}},
	} {
		f := c.wire.Failure()
		if string(f.FindingCode()) != c.code || f.Kind != c.want.kind || f.Retryable != c.want.again || f.Unsent != c.want.unsent || !strings.Contains(f.Cause.String(), c.want.says) || !strings.Contains(f.Cure, c.want.cure) {
			t.Errorf("%s: %+v", c.code, f)
		}
		if _, found := finding.Lookup(c.code); !found || f.Cure == "" {
			t.Errorf("%s: in the catalogue: %v; cure %q", c.code, found, f.Cure)
		}
		if left := f.Cause.String() + f.Cure; strings.ContainsAny(left, "{}") {
			t.Errorf("%s: a word is left open: %s", c.code, left)
		}
		if f.Unsent && f.Unsure() {
			t.Errorf("%s: what has not left may have taken effect", c.code)
		}
	}
}

func offering(schemes ...string) func(*model.Wire) {
	return func(w *model.Wire) { w.Status, w.Schemes = 407, schemes }
}

func issuedBy(name string) func(*model.Wire) {
	return func(w *model.Wire) { w.Refused.Issuer = text(name) }
}

func hostSays(at time.Time) func(*model.Wire) {
	return func(w *model.Wire) { w.Clock.There = at }
}

func page(status int, title string) func(*model.Wire) {
	return func(w *model.Wire) { w.Status, w.Title = status, text(title) }
}

// Every kind has an entry, and every entry of the way there is given by a kind.
func TestTheCatalogueKnowsTheWay(t *testing.T) {
	t.Parallel()
	for _, e := range finding.Entries() {
		if e.Subject != finding.OfWay {
			continue
		}
		if f := met(model.WireKind(e.Code), proxied, hostSays(noonThere().Add(time.Hour))).Failure(); f.FindingCode() != e.Code && !strings.HasPrefix(string(e.Code), "tls-") {
			t.Errorf("%s becomes %s", e.Code, f.FindingCode())
		}
	}
	if f := (model.Wire{Kind: model.WireCancelled}).Failure(); f.Kind != model.FailureCancelled || f.FindingCode() != "failure-cancelled" {
		t.Errorf("got %+v", f)
	}
}

// Seconds are the way of an answer; a minute is no fault yet, and an hour is one.
func TestAClockThatIsWrong(t *testing.T) {
	t.Parallel()
	for off, wrong := range map[time.Duration]bool{
		0: false, time.Second: false, -time.Minute: false, 2*time.Minute + 5*time.Second: false, 3 * time.Minute: true, -time.Hour: true, time.Hour: true,
	} {
		c := model.Clock{Here: noonThere().Add(off), There: noonThere(), Within: 10 * time.Second}
		if c.Off() != off || c.Wrong() != wrong {
			t.Errorf("%s: off by %s, wrong is %v", off, c.Off(), c.Wrong())
		}
	}
	if (model.Clock{Here: noonThere()}).Wrong() || (model.Clock{There: noonThere()}).Wrong() {
		t.Error("one clock alone cannot be wrong")
	}
}

// A clock that is wrong makes tokens look valid that are not; it is not blamed for what no
// clock can do.
func TestRefusedTokensAndTheClock(t *testing.T) {
	t.Parallel()
	behind := model.Clock{Here: noonThere().Add(-time.Hour), There: noonThere()}
	for code, blamed := range map[string]bool{"": true, "ExpiredAuthenticationToken": true, "InvalidAuthenticationToken": true, "InvalidAuthenticationTokenTenant": false} {
		f := model.Failure{Kind: model.FailureAuth, Status: 401, Code: text(code), Cause: text("Azure refuses the sign-in")}
		got := f.ByClock("Azure", text("management.azure.com"), behind)
		if (got.FindingCode() == "clock-off") != blamed || blamed && (!strings.Contains(got.Cause.String(), "1 h behind") || !strings.Contains(got.Cure, "Set the clock")) {
			t.Errorf("%q: %+v", code, got)
		}
		if same := f.ByClock("Azure", text("management.azure.com"), model.Clock{Here: noonThere(), There: noonThere()}); same.FindingCode() == "clock-off" {
			t.Errorf("a good clock is blamed: %+v", same)
		}
		if explained := got.Explain(model.RefusedCall{Service: "Azure"}); blamed && explained.Cause != got.Cause {
			t.Errorf("a second look forgets the clock: %+v", explained)
		}
	}
	if f := (model.Failure{Kind: model.FailurePermission, Status: 403}).ByClock("Azure", text("a"), behind); f.FindingCode() == "clock-off" {
		t.Errorf("got %+v", f)
	}
}

// What is found on the way is a finding, with the command apart; a wrong clock is one
// beside whatever else it is.
func TestFindingsOfTheWay(t *testing.T) {
	t.Parallel()
	refused := met(model.WireProxyRefused, proxied).Failure()
	way := model.Way{Service: "Konnect", Host: text("global.api.konghq.com"), Failure: &refused, Clock: model.Clock{Here: noonThere(), There: noonThere().Add(-time.Hour)}}
	got := way.Findings()
	if len(got) != 2 || got[0].Code != "proxy-refuses" || !strings.HasPrefix(got[0].Next.Command, "curl ") || strings.Contains(got[0].Next.Text, "Command:") || got[0].Severity != finding.Unknown {
		t.Fatalf("got %+v", got)
	}
	if got[1].Code != "clock-off" || got[1].Severity != finding.Attention || !strings.Contains(got[1].Cause, "1 h ahead of") {
		t.Errorf("got %+v", got[1])
	}
	if well := (model.Way{Service: "Konnect", Status: 401}).Findings(); well != nil {
		t.Errorf("got %+v", well)
	}
}
