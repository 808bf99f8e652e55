package table

import (
	"net/netip"
	"strings"

	"github.com/peerdeck/peerdeck/model/safe"
)

// NormalServer returns the usual spelling of a server's address: blanks around it and
// the port 53 are taken away, an IPv4 address inside an IPv6 one is taken out. What is
// no address has none, nor has one that names a network card.
func NormalServer(text string) (addr string, ok bool) {
	a, _ := readServer(text)
	if !a.IsValid() {
		return "", false
	}
	return a.String(), true
}

// dnsPort is the port that DNS servers are asked on. Konnect takes no other.
const dnsPort = 53

// readServer returns the address of a server, or why it is none. What Konnect does not
// take has an address too, where the text names exactly one.
func readServer(text string) (netip.Addr, *fault) {
	typed := strings.TrimSpace(text)
	show := safe.Clean(typed)
	a, err := netip.ParseAddr(typed)
	if err == nil && a.Zone() != "" {
		return netip.Addr{}, faulty("S06", "%s is an address of one network card and cannot be reached through the peering.", show)
	}
	if err == nil {
		return a.Unmap(), nil
	}
	if ap, err := netip.ParseAddrPort(typed); err == nil && ap.Addr().Zone() == "" {
		a = ap.Addr().Unmap()
		if ap.Port() == dnsPort {
			return a, nil
		}
		f := faulty("S03", "Konnect takes addresses without a port; the port is 53. Write %s.", a.String())
		f.fix = a.String()
		return netip.Addr{}, f
	}
	if p, err := netip.ParsePrefix(typed); err == nil {
		f := faulty("S04", "Give one address, not a range: %s names %s.", show, span(p))
		if p.IsSingleIP() {
			f.fix = p.Addr().Unmap().String()
		}
		return netip.Addr{}, f
	}
	if bare, ok := withoutLeadingZeros(typed); ok {
		f := faulty("S02", "Write %s, not %s: some programs read the zeros as octal.", bare, show)
		f.fix = bare
		return netip.Addr{}, f
	}
	if typed == "" {
		return netip.Addr{}, faulty("S02", "An empty server is not an IPv4 address such as 10.1.0.4.")
	}
	return netip.Addr{}, faulty("S02", "\"%s\" is not an IPv4 address such as 10.1.0.4.", show)
}

// withoutLeadingZeros takes the zeros before the numbers of an IPv4 address away: some
// programs read such numbers as octal. It is false for what is no address then, and
// for what had no such zero.
func withoutLeadingZeros(s string) (address string, ok bool) {
	parts := strings.Split(s, ".")
	for i, p := range parts {
		parts[i] = strings.TrimLeft(p, "0")
		if parts[i] == "" && p != "" {
			parts[i] = "0"
		}
	}
	address = strings.Join(parts, ".")
	_, err := netip.ParseAddr(address)
	return address, err == nil && address != s
}

// span says how much a range holds.
func span(p netip.Prefix) string {
	if p.IsSingleIP() {
		return "one address as a range"
	}
	return "many"
}

// rewritten reports whether the normal form of a server is more than a matter of blanks.
func rewritten(text string, a netip.Addr) (port, mapped bool) {
	typed := strings.TrimSpace(text)
	if !strings.Contains(typed, ":") {
		return false, false // neither a port nor an address in an address
	}
	if ap, err := netip.ParseAddrPort(typed); err == nil {
		return true, ap.Addr().Is4In6()
	}
	was, err := netip.ParseAddr(typed)
	return false, err == nil && was.Is4In6() && a.Is4()
}

// publicResolver names the operator of a well-known public resolver; empty for others.
func publicResolver(a netip.Addr) string {
	if a.IsPrivate() {
		return ""
	}
	switch a.String() {
	case "8.8.8.8", "8.8.4.4", "2001:4860:4860::8888", "2001:4860:4860::8844":
		return "Google"
	case "1.1.1.1", "1.0.0.1", "1.1.1.2", "1.0.0.2", "1.1.1.3", "1.0.0.3", "2606:4700:4700::1111", "2606:4700:4700::1001":
		return "Cloudflare"
	case "9.9.9.9", "9.9.9.10", "9.9.9.11", "149.112.112.112", "2620:fe::fe", "2620:fe::9":
		return "Quad9"
	case "208.67.222.222", "208.67.220.220":
		return "OpenDNS"
	case "4.2.2.1", "4.2.2.2", "209.244.0.3", "209.244.0.4":
		return "Level 3"
	case "94.140.14.14", "94.140.15.15":
		return "AdGuard"
	case "64.6.64.6", "64.6.65.6":
		return "Verisign"
	default:
		return ""
	}
}
