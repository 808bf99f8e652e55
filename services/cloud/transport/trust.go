package transport

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/local/keep"
)

// Trust are the authorities whose certificates are accepted: those of the system, and some
// that a person adds. The zero value is the system's.
type Trust struct {
	pool  *x509.CertPool // nil: the system's
	added []*x509.Certificate
	// lost says which setting of the system's authorities cannot be read.
	lost string
}

// maxAuthorities bounds a file of certificates; the largest bundles have half a megabyte.
const maxAuthorities = 8 << 20

// ReadTrust reads the authorities of a file beside those of the system, which SSL_CERT_FILE
// and SSL_CERT_DIR may name on systems that have them in files. From is how the user knows
// the setting; an empty path adds nothing. The file holds certificates as PEM, or one as
// DER. Errors name the setting, the file and the way out.
func ReadTrust(path, from string, env func(name string) string) (Trust, error) {
	t := Trust{lost: unreadableRoots(env)}
	if path = unquoted(path); path == "" {
		return t, nil
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return Trust{}, fmt.Errorf("%s: %s cannot be read: %w", from, safe.Clean(path), keep.Reason(err))
	case info.IsDir():
		return Trust{}, fmt.Errorf("%s: %s is a folder; name the file with the certificate of the authority", from, safe.Clean(path))
	case info.Size() > maxAuthorities:
		return Trust{}, fmt.Errorf("%s: %s has %d bytes; a file of certificates has fewer than %d", from, safe.Clean(path), info.Size(), maxAuthorities)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return Trust{}, fmt.Errorf("%s: %s cannot be read: %w", from, safe.Clean(path), keep.Reason(err))
	}
	if t.added, err = certificates(data); err != nil {
		return Trust{}, fmt.Errorf("%s: %s %w", from, safe.Clean(path), err)
	}
	if t.pool, err = x509.SystemCertPool(); err != nil {
		t.pool = x509.NewCertPool()
	}
	for _, c := range t.added {
		t.pool.AddCert(c)
	}
	return t, nil
}

// Warning is what a person should know of the system's authorities; empty for nothing.
func (t Trust) Warning() string { return t.lost }

// adds reports whether a certificate is one of those that were added.
func (t Trust) adds(c *x509.Certificate) bool {
	for _, a := range t.added {
		if a.Equal(c) {
			return true
		}
	}
	return false
}

// certificates reads PEM or DER. What is wrong with it is a clause.
func certificates(data []byte) ([]*x509.Certificate, error) {
	var out []*x509.Certificate
	others := map[string]bool{}
	rest := []byte(safe.Decode(data))
	for {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		if block.Type != "CERTIFICATE" && block.Type != "TRUSTED CERTIFICATE" && block.Type != "X509 CERTIFICATE" {
			others[block.Type] = true
			continue
		}
		c, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, fmt.Errorf("has a certificate that cannot be understood (number %d): have it exported again, as PEM", len(out)+1)
		}
		out = append(out, c)
	}
	if len(out) > 0 {
		return out, nil
	}
	if c, err := x509.ParseCertificates(data); err == nil && len(c) > 0 {
		return c, nil
	}
	for kind := range others {
		if strings.Contains(kind, "PRIVATE KEY") {
			return nil, errors.New("holds a private key and no certificate; name the file with the authority's certificate, and keep the key to yourself")
		}
		return nil, fmt.Errorf("holds no certificate but a %s", strings.ToLower(safe.Clean(kind)))
	}
	return nil, errors.New("holds no certificate; it must be PEM (-----BEGIN CERTIFICATE-----) or DER. A Windows store (.p7b, .pfx) is turned into PEM with openssl")
}

// unreadableRoots says which variable names authorities that are not there: Go passes it
// over in silence, and then trusts nobody.
func unreadableRoots(env func(string) string) string {
	path := env("SSL_CERT_FILE")
	if path == "" {
		return ""
	}
	if _, err := os.ReadFile(path); err != nil {
		return fmt.Sprintf("SSL_CERT_FILE names %s, which cannot be read: %v", safe.Clean(path), keep.Reason(err))
	}
	return ""
}
