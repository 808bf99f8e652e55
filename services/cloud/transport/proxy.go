package transport

import (
	"cmp"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/http/httpproxy"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/local/secret"
)

// NoProxy is what a setting says to use none, whatever the environment says.
const NoProxy = "none"

// proxy is one that is set.
type proxy struct {
	scheme     string // http, https, socks5
	host, port string
	user       string
	password   secret.Secret
	from       string // where it is set
}

func (p *proxy) address() string { return net.JoinHostPort(p.host, p.port) }

// shown is the proxy for people: its password, and its user, stay here.
func (p *proxy) shown() model.Proxy {
	if p == nil {
		return model.Proxy{}
	}
	return model.Proxy{Address: safe.New(p.scheme + "://" + p.address()), From: p.from, SignsIn: p.user != ""}
}

// Proxies are those of the settings and the environment. The zero value is none at all.
type Proxies struct {
	web, plain *proxy // for https and for http addresses
	// direct reports whether an address is reached without one, by NO_PROXY.
	direct func(at *url.URL) bool
	none   string // why there is none, as a clause
}

// ReadProxies finds the proxies. Setting is a proxy that was named for peerdeck itself, and
// from how the user knows the place; empty: the environment decides, as it does for curl.
//
//   - HTTPS_PROXY is for https addresses, which those of the clouds are; HTTP_PROXY for http
//     addresses; ALL_PROXY for both where they have none of their own. Small letters count
//     the same, and come first, as with curl.
//   - NO_PROXY names hosts that are reached without, also where a setting names a proxy:
//     domains with all below them, addresses, ranges, "*"; with commas or blanks between.
//   - This machine's own addresses, and those of Azure's metadata service, never go through
//     a proxy.
//
// A value that is no proxy is an error that names the place and does not repeat a password.
func ReadProxies(setting, from string, env func(name string) string) (Proxies, error) {
	noProxy, _ := lookUp(env, "no_proxy", "NO_PROXY")
	p := Proxies{direct: bypass(noProxy), none: "no proxy is set"}
	if setting = unquoted(setting); setting != "" {
		if strings.EqualFold(setting, NoProxy) || strings.EqualFold(setting, "direct") {
			return Proxies{none: from + " says so"}, nil
		}
		named, err := parseProxy(setting, from)
		p.web, p.plain = named, named
		return p, err
	}
	for _, side := range []struct {
		to    **proxy
		names []string
	}{{&p.web, []string{"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}}, {&p.plain, []string{"http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"}}} {
		value, name := lookUp(env, side.names...)
		if value == "" {
			continue
		}
		if name == "HTTP_PROXY" && env("REQUEST_METHOD") != "" {
			continue // a header of a request to a CGI program, and no setting
		}
		named, err := parseProxy(value, name)
		if err != nil {
			return Proxies{}, err
		}
		*side.to = named
	}
	return p, nil
}

// lookUp returns the first variable that is set, and its name.
func lookUp(env func(string) string, names ...string) (value, name string) {
	for _, n := range names {
		if v := unquoted(env(n)); v != "" {
			return v, n
		}
	}
	return "", ""
}

// unquoted takes off what people leave around a value: blanks, line ends, quotes.
func unquoted(text string) string {
	return strings.Trim(strings.TrimSpace(strings.TrimPrefix(text, "\ufeff")), `"'`)
}

// bypass makes the rule of NO_PROXY.
func bypass(list string) func(*url.URL) bool {
	list = strings.Join(strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' || r == ';' }), ",")
	rule := (&httpproxy.Config{HTTPProxy: "http://any", HTTPSProxy: "http://any", NoProxy: list}).ProxyFunc()
	return func(at *url.URL) bool {
		through, err := rule(at)
		return err == nil && through == nil
	}
}

// choose returns the proxy for an address; nil for none, and then why.
func (p Proxies) choose(scheme, address string) (through *proxy, why string) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		host = address
	}
	through = p.web
	if scheme == "http" {
		through = p.plain
	}
	switch {
	case local(host):
		return nil, "it is this machine's own"
	case through == nil:
		return nil, cmp.Or(p.none, "no proxy is set")
	case p.direct != nil && p.direct(&url.URL{Scheme: scheme, Host: address}):
		return nil, "NO_PROXY names it"
	default:
		return through, ""
	}
}

// onlyPlain reports whether a proxy is set for http addresses alone, which people do who
// think it is for all.
func (p Proxies) onlyPlain() bool { return p.web == nil && p.plain != nil }

// local reports whether a host is this machine, or one that only this machine can ask: the
// link-local addresses, of which Azure's metadata service has one, and Azure's own address
// in each VNET.
func local(host string) bool {
	if strings.EqualFold(strings.TrimSuffix(host, "."), "localhost") {
		return true
	}
	a, err := netip.ParseAddr(host)
	if err != nil {
		return false
	}
	a = a.Unmap()
	return a.IsLoopback() || a.IsLinkLocalUnicast() || a == netip.AddrFrom4([4]byte{168, 63, 129, 16})
}

// schemes that a proxy's address may have, and the port that each has by itself.
func proxyPorts() map[string]string {
	return map[string]string{"http": "80", "https": "443", "socks5": "1080", "socks5h": "1080", "socks": "1080"}
}

// parseProxy reads the address of a proxy. The errors repeat no part of it that may be a
// password.
func parseProxy(text, from string) (*proxy, error) {
	const form = "write http://host:port, https://host:port or socks5://host:port"
	if !strings.Contains(text, "://") {
		text = "http://" + text
	}
	u, err := url.Parse(text)
	scheme, _, _ := strings.Cut(text, "://")
	scheme = strings.ToLower(scheme)
	port, known := proxyPorts()[scheme]
	switch {
	case !known:
		return nil, fmt.Errorf("%s: peerdeck knows no proxies of the kind %q; %s", from, safe.Clean(scheme), form)
	case err != nil || u.Hostname() == "":
		if strings.Contains(text, "@") {
			return nil, fmt.Errorf("%s is no address of a proxy; write scheme://user:password@host:port, where signs such as @ : / # of user and password are written as %%40 %%3A %%2F %%23", from)
		}
		return nil, fmt.Errorf("%s: %q is no address of a proxy; %s", from, safe.Clean(text), form)
	case u.Path != "" && u.Path != "/" || u.RawQuery != "" || u.Fragment != "":
		return nil, fmt.Errorf("%s holds more than the address of a proxy, behind %q; %s", from, safe.Clean(u.Host), form)
	}
	p := &proxy{scheme: strings.TrimSuffix(scheme, "h"), host: u.Hostname(), port: cmp.Or(u.Port(), port), from: from}
	if p.scheme == "socks" {
		p.scheme = "socks5"
	}
	if u.User != nil {
		word, _ := u.User.Password()
		p.user, p.password = u.User.Username(), secret.New(word)
		if strings.ContainsAny(p.user+word, "\r\n\x00") || strings.Contains(p.user, ":") && p.scheme != "socks5" {
			return nil, fmt.Errorf("%s: the proxy's user or password has a character that no proxy takes", from)
		}
	}
	return p, nil
}

// signInSchemes lists the ways of signing in that a proxy offers, each once.
func signInSchemes(header http.Header) []string {
	var out []string
	for _, value := range header.Values("Proxy-Authenticate") {
		for part := range strings.SplitSeq(value, ",") {
			name, _, _ := strings.Cut(strings.TrimSpace(part), " ")
			if name == "" || strings.Contains(name, "=") || slices.ContainsFunc(out, func(o string) bool { return strings.EqualFold(o, name) }) {
				continue
			}
			out = append(out, safe.Clean(name))
		}
	}
	return out
}

// errNoHTTP is an answer that is none of HTTP.
var errNoHTTP = errors.New("the answer is no HTTP")
