package transport

import (
	"crypto/x509"
	"crypto/x509/pkix"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// certificate is one for people.
func certificate(c *x509.Certificate) model.Certificate {
	out := model.Certificate{Subject: name(c.Subject), Issuer: name(c.Issuer), NotBefore: c.NotBefore, NotAfter: c.NotAfter, SelfSigned: selfSigned(c)}
	for _, n := range c.DNSNames {
		out.Names = append(out.Names, safe.New(n))
	}
	for _, a := range c.IPAddresses {
		out.Names = append(out.Names, safe.New(a.String()))
	}
	return out
}

// name is how people call who a certificate is for: the common name, with the organization
// where it says more.
func name(n pkix.Name) safe.Text {
	text := n.CommonName
	if len(n.Organization) > 0 && n.Organization[0] != text {
		if text == "" {
			return safe.New(n.Organization[0])
		}
		text += " (" + n.Organization[0] + ")"
	}
	if text == "" {
		text = n.String()
	}
	return safe.New(text)
}

func selfSigned(c *x509.Certificate) bool {
	return string(c.RawIssuer) == string(c.RawSubject) && c.CheckSignature(c.SignatureAlgorithm, c.RawTBSCertificate, c.Signature) == nil
}
