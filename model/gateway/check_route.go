package gateway

import (
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// route checks a route: each of its values, and whether they are what its protocols are
// matched by.
func (p *problems) route(d RouteDraft, r Route, s Service) {
	p.name(FieldRoute, d.Name, "route", false)
	known := p.routeProtocols(r, s)
	p.each(FieldPaths, d.Paths, p.routePath)
	p.each(FieldHosts, d.Hosts, p.routeHost)
	p.each(FieldMethods, d.Methods, p.method)
	p.each(FieldSNIs, d.SNIs, p.sni)
	if _, ok := d.strips(r.Protocols); !ok {
		p.wrongf(FieldStripPath, "%s is no answer to whether the path is stripped; write true or false", d.StripPath.Quoted())
	}
	if known {
		p.matches(r)
	}
}

// each checks the values of a list, which has none twice.
func (p *problems) each(field Field, list []safe.Text, check func(safe.Text)) {
	for i, v := range list {
		switch {
		case v.IsEmpty():
			p.wrongf(field, "a value of %s is empty; leave it out", field)
		case slices.Contains(list[:i], v):
			p.wrongf(field, "%s is there twice; leave one out", v.Quoted())
		default:
			check(v)
		}
	}
}

// routeProtocols checks the protocols of a route and reports whether they are known and of one kind.
func (p *problems) routeProtocols(r Route, s Service) bool {
	bad := len(p.list)
	p.each(FieldProtocols, r.Protocols, func(word safe.Text) {
		if familyOf(word.Raw()) == "" {
			p.protocol(FieldProtocols, word)
		}
	})
	if len(p.list) > bad || familyOf(s.Protocol.Raw()) == "" {
		return false
	}
	of := family(r.Protocols)
	if of == "" {
		p.wrongf(FieldProtocols, "%s are matched in different ways; give a route the protocols of one kind, and make a second one for the others", phrase.And(phrase.Strings(r.Protocols)))
		return false
	}
	stream := func(f string) bool { return f == familyStream || f == familyPassthrough }
	if to := familyOf(s.Protocol.Raw()); stream(of) != stream(to) || (of == familyWebSocket) != (to == familyWebSocket) {
		p.wrongf(FieldProtocols, "a route of %s cannot lead to a service of %s; give it %s", phrase.And(phrase.Strings(r.Protocols)), s.Protocol, usualRoute(s.Protocol.Raw())[0])
	}
	return true
}

// matches checks whether a route has something to be matched by, and nothing that its
// protocols do not have.
func (p *problems) matches(r Route) {
	type part struct {
		field Field
		noun  string
		given bool
		fits  bool
	}
	of := family(r.Protocols)
	web := of == familyHTTP || of == familyGRPC || of == familyWebSocket
	parts := []part{
		{FieldPaths, "path", len(r.Paths) > 0, web},
		{FieldHosts, "host", len(r.Hosts) > 0, web},
		{FieldMethods, "method", len(r.Methods) > 0, of == familyHTTP},
		{FieldSNIs, "SNI", len(r.SNIs) > 0, secure(r.Protocols)},
	}
	var may []string
	some := false
	protocols := phrase.And(phrase.Strings(r.Protocols))
	for _, t := range parts {
		switch {
		case t.given && !t.fits:
			p.wrongf(t.field, "a route of %s is not matched by %s; leave them out", protocols, t.noun+"s")
		case t.fits:
			may = append(may, t.noun)
			some = some || t.given
		}
	}
	switch {
	case some:
	case len(may) == 0:
		p.wrongf(FieldProtocols, "a route of %s is matched by the address or the port that a connection comes from or goes to, which cannot be given here; make it in Konnect, or use tls with an SNI", protocols)
	default:
		p.wrongf(parts[slices.IndexFunc(parts, func(t part) bool { return t.fits })].field, "the route says nothing that a request could be known by; give it a %s", phrase.Or(may))
	}
	if of == familyGRPC && r.StripPath {
		p.wrongf(FieldStripPath, "a route of gRPC cannot strip its path; write false")
	}
}

// routeHost checks a name that clients ask for: one star at an end, and a port, are
// allowed.
func (p *problems) routeHost(host safe.Text) {
	name, port, ported := strings.Cut(host.Raw(), ":")
	if ported && (ServiceDraft{Port: safe.New(port)}).port() == noPort {
		p.wrongf(FieldHosts, "%s has no port after its colon; write NAME or NAME:PORT", host.Quoted())
		return
	}
	if text := wildcardFault(name); text != "" {
		p.wrongf(FieldHosts, "the host %s %s", host.Quoted(), text)
	}
}

// sni checks a name that clients say in TLS.
func (p *problems) sni(sni safe.Text) {
	raw := sni.Raw()
	if strings.Contains(raw, ":") {
		p.wrongf(FieldSNIs, "the SNI %s has a colon; an SNI is a name without a port", sni.Quoted())
		return
	}
	if text := wildcardFault(raw); text != "" {
		p.wrongf(FieldSNIs, "the SNI %s %s", sni.Quoted(), text)
		return
	}
	if isAddress(raw) {
		p.wrongf(FieldSNIs, "the SNI %s is an address, and no client names an address in TLS; give the name", sni.Quoted())
	}
}

// wildcardFault says what is wrong with a name that may have one star for its first or
// its last part; empty for nothing.
func wildcardFault(name string) string {
	first, last := strings.HasPrefix(name, "*."), strings.HasSuffix(name, ".*")
	if first && last || strings.Count(name, "*") > 1 {
		return "has two stars; one is allowed, at its beginning or at its end"
	}
	switch {
	case first:
		name = name[2:]
	case last:
		name = name[:len(name)-2]
	case strings.Contains(name, "*"):
		return "has a star within a name; it stands for a whole part, such as *.example.com or example.*"
	}
	if isAddress(name) {
		return ""
	}
	return hostFault(name)
}

// method checks a method of HTTP, which the contract wants in large letters.
func (p *problems) method(method safe.Text) {
	raw := method.Raw()
	upper := strings.ToUpper(raw)
	switch large := strings.Trim(upper, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""; {
	case !large:
		p.wrongf(FieldMethods, "%s is no method; a method is a word such as GET or POST", method.Quoted())
	case upper != raw:
		p.wrongf(FieldMethods, "the method %s is written in large letters: %s", method.Quoted(), upper)
	}
}
