package gateway

import (
	"net/netip"
	"strings"

	"golang.org/x/net/idna"

	"github.com/peerdeck/peerdeck/model/safe"
)

const (
	maxHost  = 253 // of a name in DNS, without the dot at its end
	maxLabel = 63
)

// HostProblem says what is wrong with the host of a service that is there, with the way
// out; empty for nothing. It may be a name, an address or the name of an upstream.
func HostProblem(host safe.Text) string {
	var p problems
	p.host(host)
	if len(p.list) == 0 {
		return ""
	}
	return p.list[0].Text
}

// host checks where a service is. It may be a name, an address or the name of an upstream.
func (p *problems) host(host safe.Text) {
	raw := host.Raw()
	if raw == "" {
		p.wrongf(FieldHost, "the service has no host; give a name that the network can resolve, an address, or the name of an upstream")
		return
	}
	if strings.Contains(raw, "://") {
		p.wrongf(FieldHost, "%s is a whole address; give the host alone, and the rest as protocol, port and path", host.Quoted())
		return
	}
	if at, err := netip.ParseAddrPort(raw); err == nil {
		p.wrongf(FieldHost, "%s has more in it than a host; give the host %s, and %d as the port", host.Quoted(), at.Addr(), at.Port())
		return
	}
	if isLiteral(raw) {
		if strings.ContainsAny(raw, "%") {
			p.wrongf(FieldHost, "the address %s names a network card of one machine; leave out what follows the %%", host.Quoted())
		}
		return
	}
	if name, port, ok := strings.Cut(raw, ":"); ok {
		p.wrongf(FieldHost, "%s has more in it than a host; give the host %s, and %s as the port", host.Quoted(), safe.New(name).Quoted(), safe.New(port).Quoted())
		return
	}
	if name, path, ok := strings.Cut(raw, "/"); ok {
		p.wrongf(FieldHost, "%s has more in it than a host; give the host %s, and %s as the path", host.Quoted(), safe.New(name).Quoted(), safe.New("/"+path).Quoted())
		return
	}
	if text := hostFault(raw); text != "" {
		p.wrongf(FieldHost, "the host %s %s", host.Quoted(), text)
	}
}

// hostFault says what is wrong with a name as a host, with the way out; empty for nothing.
func hostFault(name string) string {
	if strings.HasSuffix(name, ".") && len(name) > 1 {
		return "has a dot at its end, which Kong does not take; leave it out"
	}
	if len(name) > maxHost {
		return "is longer than a name in DNS can be (253 characters); check whether more than the host was pasted"
	}
	for label := range strings.SplitSeq(name, ".") {
		switch {
		case label == "":
			return "has an empty part between its dots; take out one of them"
		case len(label) > maxLabel:
			return "has a part that is longer than DNS allows (63 characters)"
		case strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-"):
			return "has a part that begins or ends with a hyphen, which no name in DNS may"
		case strings.IndexFunc(label, func(r rune) bool { return r >= 0x80 }) >= 0:
			if ascii, err := idna.Lookup.ToASCII(name); err == nil {
				return "is to be written as DNS has it: " + ascii
			}
			return "has letters that no name in DNS has"
		case strings.IndexFunc(label, func(r rune) bool { return !labelRune(r) }) >= 0:
			return "has a character in it that no host has; letters, digits, hyphens, underscores and dots are what it is made of"
		}
	}
	if numeric(name) {
		return "is made of numbers and is no address; an address has four of them from 0 to 255, without zeros before them"
	}
	return ""
}

func labelRune(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_'
}

// numeric reports whether the last part of a name is a number, which no name ends with.
func numeric(name string) bool {
	last := name[strings.LastIndexByte(name, '.')+1:]
	return strings.Contains(name, ".") && strings.Trim(last, "0123456789") == ""
}

// isLiteral reports whether a host is an address; one of IPv6 may stand in brackets.
func isLiteral(host string) bool {
	if inner, ok := strings.CutPrefix(host, "["); ok {
		inner, ok = strings.CutSuffix(inner, "]")
		return ok && strings.Contains(inner, ":") && isAddress(inner)
	}
	return isAddress(host)
}

func isAddress(text string) bool {
	_, err := netip.ParseAddr(text)
	return err == nil
}
