package model

import (
	"fmt"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model/phrase"
)

// timeStep is how exactly a wait is told: to the second, where it has one.
func timeStep(d time.Duration) time.Duration {
	if d < time.Second {
		return time.Millisecond
	}
	return time.Second
}

// splitHost takes the port off a host, if it has one.
func splitHost(host string) (name, port string) {
	if rest, ok := strings.CutPrefix(host, "["); ok {
		name, after, _ := strings.Cut(rest, "]")
		return name, strings.TrimPrefix(after, ":")
	}
	if name, port, found := strings.Cut(host, ":"); found && !strings.Contains(port, ":") {
		return name, port
	}
	return host, ""
}

func afterScheme(address string) string {
	_, host, found := strings.Cut(address, "://")
	if !found {
		return address
	}
	return host
}

// ownMachine reports whether a host is this machine, to which no proxy is asked.
func ownMachine(name string) bool {
	return strings.EqualFold(name, "localhost") || strings.HasPrefix(name, "127.") || name == "::1"
}

// through names the proxy that lies on the way.
func (w Wire) through() string {
	if w.Proxy.IsZero() {
		return ""
	}
	return " through the proxy " + w.Proxy.Address.String()
}

// at is the address that was dialled, where the host is a name.
func (w Wire) at() string {
	a := w.Address.String()
	if a == "" || a == w.Host.String() || strings.HasPrefix(a, w.Host.String()+":") {
		return ""
	}
	return " (" + a + ")"
}

// unproxied is the way around the proxy, where there may be one.
func (w Wire) unproxied(name string) string {
	if w.Proxy.IsZero() {
		return ""
	}
	return "If " + name + " can be reached without a proxy, put it into NO_PROXY, or give --proxy none."
}

// noProxy reminds of a proxy where none is set.
func (w Wire) noProxy(name string) string {
	switch {
	case !w.Proxy.IsZero() || ownMachine(name):
		return ""
	case w.OnlyHTTPProxy:
		return "HTTP_PROXY is set, which is for http addresses alone: set HTTPS_PROXY to the same if this network leads out through it."
	default:
		return "If this network leads out through a proxy alone, name it with HTTPS_PROXY or --proxy."
	}
}

// signed is the proxy's address with a place for user and password.
func (w Wire) signed() string {
	scheme, host, found := strings.Cut(w.Proxy.Address.String(), "://")
	if !found {
		scheme, host = "http", w.Proxy.Address.String()
	}
	return scheme + "://USER:PASSWORD@" + host
}

func (w Wire) offers() string {
	status := ""
	if w.Status != 0 {
		status = fmt.Sprintf(" (%d)", w.Status)
	}
	if len(w.Schemes) == 0 {
		return status + ", and does not say how"
	}
	return status + ", by " + phrase.Or(w.Schemes)
}

// page names a page by its title, and by its status where that says something.
func (w Wire) page() string {
	status := ""
	if w.Status != 0 && w.Kind == WirePage {
		status = fmt.Sprintf(" (%d)", w.Status)
	}
	if w.Title.IsEmpty() {
		return status
	}
	if w.Kind == WirePage {
		return ": “" + w.Title.String() + "”" + status
	}
	return "; its page says “" + w.Title.String() + "”"
}

// after is where an answer was cut.
func (w Wire) after() string {
	if w.Bytes == 0 {
		return ""
	}
	return ": it ends after " + phrase.Count(int(w.Bytes), "byte")
}

// later is when to look again.
func (w Wire) later() string {
	if w.Rest > 0 {
		return "in " + phrase.Span(w.Rest)
	}
	return "in a while"
}

func (w Wire) said() string {
	if w.Begins.IsEmpty() {
		return ""
	}
	return "; it begins with “" + w.Begins.String() + "”"
}

// roots says why this machine may trust too few.
func (w Wire) roots() string {
	if w.NoRoots.IsEmpty() {
		return ""
	}
	return "; " + w.NoRoots.String()
}

const mostHostNames = 3

func (w Wire) names() string {
	if len(w.Refused.Names) == 0 {
		return w.Refused.Subject.Or("no host").String()
	}
	return phrase.Few(phrase.Strings(w.Refused.Names), mostHostNames)
}

const clockForm = "2006-01-02 15:04 MST"

func (w Wire) expired() string {
	text := w.Refused.whose() + "ended " + w.Refused.NotAfter.UTC().Format(clockForm)
	return text + w.hereNow()
}

func (w Wire) notYet() string {
	text := w.Refused.whose() + "begins " + w.Refused.NotBefore.UTC().Format(clockForm)
	return text + w.hereNow()
}

// whose names an authority's certificate; that of the host needs no name.
func (c Certificate) whose() string {
	if len(c.Names) > 0 || c.Subject.IsEmpty() {
		return "it "
	}
	return "that of " + c.Subject.String() + " "
}

// validAt reports whether a time lies within the certificate's.
func (c Certificate) validAt(t time.Time) bool {
	return !t.Before(c.NotBefore) && !t.After(c.NotAfter)
}

func (w Wire) hereNow() string {
	if w.Clock.Here.IsZero() {
		return ""
	}
	text := ", and this machine's clock says " + w.Clock.Here.UTC().Format(clockForm)
	if !w.Clock.There.IsZero() && !w.Clock.Wrong() {
		text += ", as that of " + w.Host.String() + " does"
	}
	return text
}

// clock says by how much and which way this machine's clock is off.
func (w Wire) clock() string {
	off, way := w.Clock.Off(), "ahead of"
	if off < 0 {
		way = "behind"
	}
	return fmt.Sprintf("this machine's clock is %s %s that of %s: it says %s here, and %s there", phrase.Span(off.Abs()), way, w.Host, w.Clock.Here.UTC().Format(clockForm), w.Clock.There.UTC().Format(clockForm))
}

func (w Wire) curl(scheme string) string {
	proxy := ""
	if !w.Proxy.IsZero() {
		proxy = "-x " + ShellQuote(w.Proxy.Address.String()) + " "
	}
	return "curl -sv -o /dev/null " + proxy + ShellQuote(scheme+"://"+w.Host.String()+"/")
}

func (w Wire) openssl(name, port string) string {
	proxy := ""
	if strings.HasPrefix(w.Proxy.Address.String(), "http://") {
		proxy = "-proxy " + ShellQuote(afterScheme(w.Proxy.Address.String())) + " "
	}
	return "openssl s_client -showcerts " + proxy + "-servername " + ShellQuote(name) + " -connect " + ShellQuote(name+":"+port) + " </dev/null"
}

// inspects says of an issuer that its name is known as one of a product that opens TLS on
// the way. It is a fact of the name, and no proof of what stands there.
func (w Wire) inspects() string {
	issuer := strings.ToLower(w.Refused.Issuer.String() + " " + w.Refused.Subject.String())
	for _, product := range inspectors() {
		if strings.Contains(issuer, strings.ToLower(product)) {
			return " (a name that " + product + " gives to what opens TLS on the way)"
		}
	}
	return ""
}

// inspectors are the names that products which open TLS give to their authorities by
// themselves, as their makers' manuals show them.
func inspectors() []string {
	return []string{
		"Zscaler", "Netskope", "FortiGate", "Fortinet", "Palo Alto", "Blue Coat", "Cisco Umbrella", "Sophos", "Forcepoint", "Websense", "Check Point", "Barracuda", "WatchGuard", "SonicWall",
		"Skyhigh", "McAfee Web Gateway", "iboss", "Menlo Security", "Cato Networks", "Cloudflare Gateway", "Kaspersky", "ESET SSL Filter", "Avast", "Bitdefender", "Squid", "mitmproxy", "DO_NOT_TRUST_FiddlerRoot", "Fiddler", "Charles Proxy", "PortSwigger",
	}
}

// cutLast cuts a text around the last place of a mark.
func cutLast(text, mark string) (before, after string, found bool) {
	at := strings.LastIndex(text, mark)
	if at < 0 {
		return text, "", false
	}
	return strings.TrimSpace(text[:at]), text[at+len(mark):], true
}
