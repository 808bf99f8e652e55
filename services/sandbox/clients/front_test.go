package clients_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/services/sandbox"
)

// front gives the sandbox the names of the real Azure, over https: a proxy that leads to it
// whoever asks for one of them, with a certificate of an authority that is made for the test.
// Nothing that goes through it leaves this machine.
type front struct {
	proxy string // its address
	ca    string // file with the authority's certificate
}

func newFront(t *testing.T, s *sandbox.Server) front {
	t.Helper()
	hosts := map[string]string{"login.microsoftonline.com": s.Login, "management.azure.com": s.ARM, "graph.microsoft.com": s.Graph}
	certificate, ca := certificateFor(t, hosts)
	tlsServer := httptest.NewUnstartedServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		to, err := url.Parse(hosts[r.Host])
		if err != nil || hosts[r.Host] == "" {
			http.Error(rw, "no such host", http.StatusBadGateway)
			return
		}
		p := httputil.ReverseProxy{ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError), Rewrite: func(p *httputil.ProxyRequest) {
			p.SetURL(to)
			p.Out.Host = p.In.Host
			p.Out.Header.Set("X-Forwarded-Proto", "https")
		}}
		p.ServeHTTP(rw, r)
	}))
	tlsServer.TLS = &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}
	tlsServer.StartTLS()
	t.Cleanup(tlsServer.Close)
	proxy := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		host, _, _ := net.SplitHostPort(r.Host)
		if r.Method != http.MethodConnect || hosts[host] == "" {
			http.Error(rw, "nothing leaves this machine", http.StatusForbidden)
			return
		}
		tunnel(rw, tlsServer.Listener.Addr().String())
	}))
	t.Cleanup(proxy.Close)
	return front{proxy: proxy.URL, ca: ca}
}

// tunnel joins a client that has asked for a connection with where it leads.
func tunnel(rw http.ResponseWriter, to string) {
	out, err := net.Dial("tcp", to)
	if err != nil {
		http.Error(rw, err.Error(), http.StatusBadGateway)
		return
	}
	defer func() { _ = out.Close() }()
	in, buffered, err := http.NewResponseController(rw).Hijack()
	if err != nil {
		return
	}
	defer func() { _ = in.Close() }()
	_, _ = io.WriteString(in, "HTTP/1.1 200 Connection established\r\n\r\n")
	var both sync.WaitGroup
	both.Go(func() { _, _ = io.Copy(out, buffered); _ = out.Close() })
	_, _ = io.Copy(in, out)
	_ = in.Close()
	both.Wait()
}

// certificateFor makes an authority, and a certificate of its for some hosts.
func certificateFor(t *testing.T, hosts map[string]string) (tls.Certificate, string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	authority := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "a test's authority"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	leaf := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "azure"}, NotBefore: authority.NotBefore, NotAfter: authority.NotAfter,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	for host := range hosts {
		leaf.DNSNames = append(leaf.DNSNames, host)
	}
	signed := func(c *x509.Certificate) []byte {
		data, err := x509.CreateCertificate(rand.Reader, c, authority, &key.PublicKey, key)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	root := signed(authority)
	file := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: root}), 0o600); err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{signed(leaf), root}, PrivateKey: key}, file
}
