// Package endpoint checks the addresses of services before a token is sent to
// them.
package endpoint

import (
	"fmt"
	"net/netip"
	"net/url"
	"strings"

	"github.com/peerdeck/peerdeck/model/safe"
)

// Endpoint is the checked base address of a service, without the version path.
type Endpoint struct{ url url.URL }

// Parse checks a base address. Name is how the user knows it ("--konnect-url").
// It must be https; plain http is taken for loopback only, because a token goes
// with every request.
func Parse(name, text string) (Endpoint, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return Endpoint{}, fmt.Errorf("%s is empty; give an address such as https://global.api.konghq.com", name)
	}
	if !strings.Contains(text, "://") {
		if strings.ContainsAny(text, "@?#") {
			return Endpoint{}, fmt.Errorf("%s must begin with https:// and hold no user, no password, and nothing after ? or #", name)
		}
		return Endpoint{}, fmt.Errorf("%s: %q has no scheme; write https://%s", name, text, safe.Clean(strings.TrimLeft(text, "/")))
	}
	u, err := url.Parse(text)
	if strings.ContainsAny(text, "@?#") && (err != nil || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "") {
		// It is not repeated: what stands there may be a password or a token.
		return Endpoint{}, fmt.Errorf("%s must hold no user, no password, and nothing after ? or #; give an address such as https://global.api.konghq.com", name)
	}
	switch {
	case err != nil || u.Hostname() == "":
		return Endpoint{}, fmt.Errorf("%s: %q is no address; give one such as https://global.api.konghq.com", name, text)
	case u.Scheme != "https" && u.Scheme != "http":
		return Endpoint{}, fmt.Errorf("%s: %q must begin with https://", name, text)
	case u.Scheme == "http" && !loopback(u.Hostname()):
		return Endpoint{}, fmt.Errorf("%s: %q is refused: the token would cross the network in the clear; use https:// (http:// is for this machine's own addresses)", name, text)
	}
	u.Path = strings.TrimRight(u.Path, "/")
	u.RawPath = ""
	return Endpoint{url: *u}, nil
}

// String returns the address without a slash at its end.
func (e Endpoint) String() string { return e.url.String() }

// Host returns the host with its port, if one is written.
func (e Endpoint) Host() string { return e.url.Host }

// Plain reports whether the address is http, which is so on loopback only.
func (e Endpoint) Plain() bool { return e.url.Scheme == "http" }

// Loopback reports whether the service is on this machine.
func (e Endpoint) Loopback() bool { return loopback(e.url.Hostname()) }

// IsZero reports whether there is no address.
func (e Endpoint) IsZero() bool { return e.url == url.URL{} }

// WithHost returns the address with another host.
func (e Endpoint) WithHost(host string) Endpoint {
	e.url.Host = host
	return e
}

// Geo returns the address of a region's control plane service. Konnect has one
// host for each region beside the global one: global.api.konghq.com becomes
// eu.api.konghq.com. An address that does not begin with "global." serves all
// regions itself, as the sandbox does.
func (e Endpoint) Geo(geo string) Endpoint {
	rest, ok := strings.CutPrefix(e.url.Host, "global.")
	if !ok {
		return e
	}
	return e.WithHost(geo + "." + rest)
}

func loopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	a, err := netip.ParseAddr(host)
	return err == nil && a.Unmap().IsLoopback()
}
