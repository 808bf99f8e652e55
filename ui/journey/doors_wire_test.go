//go:build unix

package journey_test

import (
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/services/cloud/transport/wiretest"
)

// beyond is a Konnect that only a proxy finds.
const beyond = "https://konnect.test"

// atProxy puts Konnect behind a proxy.
func (d *desk) atProxy(address string) {
	d.env["PEERDECK_KONNECT_URL"], d.env["HTTPS_PROXY"] = beyond, address
}

// saying is a Konnect that answers everything in one way.
func saying(t *testing.T, d *desk, status int, kind, body string) {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}))
	t.Cleanup(s.Close)
	d.env["PEERDECK_KONNECT_URL"] = s.URL
}

// What stands between the whole program and the clouds is named by every face.
func TestDoorsOnTheWire(t *testing.T) {
	t.Parallel()
	authority := func(t *testing.T) *wiretest.Authority { t.Helper(); return wiretest.NewAuthority(t, "Corp Root CA") }
	meetAll(t, []door{
		{
			name: "a proxy that is down", code: "proxy-refuses", says: []string{"proxy http://127.0.0.1:1 (set by HTTPS_PROXY) refuses", "--proxy none"}, hides: []string{"hunter2", "konnect.test refuses"},
			shut: func(_ *testing.T, d *desk) { d.atProxy("http://me:hunter2@127.0.0.1:1") },
		},
		{
			name: "a proxy that wants to be signed in to", code: "proxy-sign-in", says: []string{"(407), by Negotiate or NTLM", "px or cntlm"},
			shut: func(t *testing.T, d *desk) {
				t.Helper()
				d.atProxy("http://" + wiretest.NewProxy(t, wiretest.Doing{Refusal: "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Negotiate\r\nProxy-Authenticate: NTLM\r\nContent-Length: 0\r\n\r\n"}).Address)
			},
		},
		{
			name: "a proxy that forbids", code: "proxy-forbids", says: []string{"403 Forbidden; its page says “Category: hosting”", "Please allow CONNECT to konnect.test"},
			shut: func(t *testing.T, d *desk) {
				t.Helper()
				const page = "<title>Category: hosting</title>"
				d.atProxy("http://" + wiretest.NewProxy(t, wiretest.Doing{Refusal: fmt.Sprintf("HTTP/1.1 403 Forbidden\r\nContent-Length: %d\r\n\r\n%s", len(page), page)}).Address)
			},
		},
		{
			name: "a SOCKS5 proxy by its rules", code: "proxy-forbids", says: []string{"connection not allowed by ruleset"},
			shut: func(t *testing.T, d *desk) { t.Helper(); d.atProxy("socks5h://" + wiretest.SOCKS(t, 2, "", "", "")) },
		},
		{
			name: "TLS that is opened on the way", code: "tls-untrusted", says: []string{"is signed by Corp Root CA, which this machine does not trust", "--ca-file FILE"},
			shut: func(t *testing.T, d *desk) {
				t.Helper()
				at := wiretest.Serve(t, &tls.Config{Certificates: []tls.Certificate{authority(t).Valid("konnect.test")}}, http.NotFoundHandler())
				d.atProxy("http://" + wiretest.NewProxy(t, wiretest.Doing{To: at}).Address)
			},
		},
		{
			name: "a certificate of another host", code: "tls-other-host", says: []string{"portal.hotel, and not for konnect.test"},
			shut: func(t *testing.T, d *desk) {
				t.Helper()
				a := authority(t)
				at := wiretest.Serve(t, &tls.Config{Certificates: []tls.Certificate{a.Valid("portal.hotel")}}, http.NotFoundHandler())
				d.env["PEERDECK_CA_FILE"] = a.File()
				d.atProxy("http://" + wiretest.NewProxy(t, wiretest.Doing{To: at}).Address)
			},
		},
		{
			name: "a web filter with 403", code: "answer-page", says: []string{"“Access denied” (403)", "Konnect has not answered"}, hides: []string{"Network Admin"},
			shut: func(t *testing.T, d *desk) {
				t.Helper()
				saying(t, d, 403, "text/html", "<html><title>Access denied</title></html>")
			},
		},
		{
			name: "a sign-in page with 200", code: "answer-page", says: []string{"“Hotel Wi-Fi” (200)", "browser"},
			shut: func(t *testing.T, d *desk) {
				t.Helper()
				saying(t, d, 200, "text/html", "<html><title>Hotel Wi-Fi</title></html>")
			},
		},
		{
			name: "https to a plain port", code: "host-no-tls", says: []string{"does not speak TLS"},
			shut: func(_ *testing.T, d *desk) {
				d.env["PEERDECK_KONNECT_URL"] = strings.Replace(d.server.Konnect, "http://", "https://", 1)
			},
		},
		{
			name: "http to a TLS port", code: "host-wants-tls", says: []string{"was asked in plain HTTP"},
			shut: func(t *testing.T, d *desk) {
				t.Helper()
				d.env["PEERDECK_KONNECT_URL"] = "http://" + wiretest.Serve(t, &tls.Config{}, http.NotFoundHandler())
			},
		},
		{
			name: "a connection that is reset", code: "host-closed", not: []string{"setup"}, says: []string{"closed the connection"},
			shut: func(t *testing.T, d *desk) {
				t.Helper()
				d.env["PEERDECK_KONNECT_URL"] = "http://" + wiretest.Listen(t, func(c net.Conn) { _, _ = c.Read(make([]byte, 4096)) })
			},
		},
		{
			name: "a file of authorities that holds none", says: []string{"PEERDECK_CA_FILE: ", "it must be PEM"},
			shut: func(t *testing.T, d *desk) { t.Helper(); d.env["PEERDECK_CA_FILE"] = d.file(t, "ca.pem", "hello") },
		},
		{
			name: "a proxy of a kind that there is not", says: []string{`PEERDECK_PROXY: peerdeck knows no proxies of the kind "ftp"`}, hides: []string{"hunter2"},
			shut: func(_ *testing.T, d *desk) { d.env["PEERDECK_PROXY"] = "ftp://me:hunter2@proxy" },
		},
	})
}

// Behind a proxy that lets through, with the organization's own authority, all is as
// anywhere else.
func TestThroughAProxy(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	a := wiretest.NewAuthority(t, "Corp Root CA")
	to := strings.TrimPrefix(d.server.Konnect, "http://")
	at := wiretest.Serve(t, &tls.Config{Certificates: []tls.Certificate{a.Valid("konnect.test")}}, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		out := r.Clone(r.Context())
		out.URL.Scheme, out.URL.Host, out.RequestURI = "http", to, ""
		resp, err := http.DefaultTransport.RoundTrip(out) //nolint:forbidigo // it stands for somebody else's proxy
		if err != nil {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		defer func() { _ = resp.Body.Close() }()
		w.Header().Set("Content-Type", resp.Header.Get("Content-Type"))
		w.WriteHeader(resp.StatusCode)
		_, _ = io.Copy(w, resp.Body)
	}))
	proxy := wiretest.NewProxy(t, wiretest.Doing{To: at, User: "me", Password: "right"})
	config := d.file(t, "config.yaml", "proxy: http://me:right@"+proxy.Address+"\nca_file: "+a.File()+"\n")
	if err := os.Chmod(config, 0o600); err != nil {
		t.Fatal(err)
	}
	d.env["PEERDECK_KONNECT_URL"], d.env["PEERDECK_CONFIG"] = beyond, config
	if said := d.run(t, "status", "-o", "json"); !strings.Contains(said, "eu-prod") || strings.Contains(said, "proxy-") || len(proxy.Asked()) == 0 || proxy.Asked()[0] != "konnect.test:443" {
		t.Errorf("%q: %s", proxy.Asked(), said)
	}
	d.leavesNothing(t)
}
