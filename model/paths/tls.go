package paths

import (
	"slices"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/safe"
)

// tls says of a service whose host is an address literal by which name the certificate is
// checked. A data plane sends the host as the TLS name, unless a route keeps the client's or
// the upstream gives one; an address is no name, and a certificate for a name fits none.
func (j *judging) tls(h Host, u gateway.Upstream) Host {
	verify := h.Service.TLSVerify
	if !h.Service.TLS() || verify != nil && !*verify || j.named(h, u) {
		return h
	}
	var literal safe.Text
	for _, p := range h.Places {
		if _, is := addressOf(p.Host); is && p.Weight > 0 {
			literal = p.Host
			break
		}
	}
	if literal.IsEmpty() {
		return h
	}
	cause := "The service " + h.Service.Label() + " speaks TLS to the address " + literal.String() + ", and an address is no TLS name: the server is asked without a name"
	f := found(CodeTLSName, finding.Attention, "TLS name", cause+", and where certificates are checked, one for a name does not match")
	if verify != nil {
		f = found(CodeTLSName, finding.Broken, "TLS name", cause+", and its certificate is checked (tls_verify), which cannot match")
	}
	h.Findings = urgent(append(slices.Clip(h.Findings), next(f, finding.NextKonnect,
		"Give the service in Konnect the name that stands in the server's certificate, and map it; or let its routes keep the client's host (preserve_host).")))
	return h
}

// named reports whether something else than the host gives the TLS name.
func (*judging) named(h Host, u gateway.Upstream) bool {
	isName := func(t safe.Text) bool {
		_, address := addressOf(t)
		return !t.IsEmpty() && !address
	}
	if !h.Upstream.IsEmpty() && isName(u.HostHeader) {
		return true
	}
	keeps := func(r gateway.Route) bool { return r.PreserveHost }
	return len(h.Routes) > 0 && !slices.ContainsFunc(h.Routes, func(r gateway.Route) bool { return !keeps(r) })
}
